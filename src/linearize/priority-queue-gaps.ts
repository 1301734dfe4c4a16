/** Gaps that are taken one after the other and never given back (union-find, Tarjan 1975). */
export class FreeGaps {
  readonly #next: Int32Array
  readonly #previous: Int32Array

  /** Gaps 0 to `last`; the last one has to stay free. */
  constructor(last: number) {
    this.#next = Int32Array.from({ length: last + 2 }, (_, gap) => gap)
    // Shifted by one: position 0 says that there is none.
    this.#previous = this.#next.slice()
  }

  /** The first free gap from `gap` on. */
  from(gap: number): number {
    return find(this.#next, gap)
  }

  /** The last free gap up to `gap`, or -1. */
  until(gap: number): number {
    return find(this.#previous, gap + 1) - 1
  }

  /** Takes the gaps `low .. high - 1`. */
  take(low: number, high: number): void {
    for (let gap = this.from(low); gap < high; gap = this.from(gap)) {
      this.#next[gap] = gap + 1
      this.#previous[gap + 1] = gap
    }
  }
}

function find(parent: Int32Array, start: number): number {
  let at = start
  while (parent[at] !== at) {
    const above = parent[parent[at]!]!
    parent[at] = above
    at = above
  }
  return at
}
