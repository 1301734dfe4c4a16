/** Which total weights some of the items have, up to a limit, and which items they are. */
export class SubsetSums {
  readonly #weights: readonly number[]
  /** The item that reached a sum first, + 1; 0 for a sum that is not reached. */
  readonly #by: Int32Array

  constructor(weights: readonly number[], limit: number) {
    this.#weights = weights
    this.#by = new Int32Array(limit + 1)
    for (const [item, weight] of weights.entries()) {
      // Downwards, so that no item is used twice: what it adds to was reached by earlier ones.
      for (let sum = limit; sum >= weight; sum--) {
        if (this.#by[sum] === 0 && this.reaches(sum - weight)) this.#by[sum] = item + 1
      }
    }
  }

  reaches(sum: number): boolean {
    return sum === 0 || (this.#by[sum] ?? 0) > 0
  }

  /** The items of a sum that is reached. */
  itemsOf(sum: number): number[] {
    const items: number[] = []
    for (let rest = sum; rest > 0;) {
      const item = this.#by[rest]! - 1
      items.push(item)
      rest -= this.#weights[item]!
    }
    return items
  }

  /** The items of the smallest sum that is reached between the two, both included. */
  between(low: number, high: number): number[] | undefined {
    for (let sum = Math.max(0, low); sum <= high; sum++) {
      if (this.reaches(sum)) return this.itemsOf(sum)
    }
    return undefined
  }
}
