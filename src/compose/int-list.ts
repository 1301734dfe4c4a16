/** A list of integers that grows. */
export class Int32List {
  #items = new Int32Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const longer = new Int32Array(this.#length * 2)
      longer.set(this.#items)
      this.#items = longer
    }
    this.#items[this.#length++] = item
  }

  get(index: number): number {
    return this.#items[index]!
  }

  set(index: number, item: number): void {
    this.#items[index] = item
  }
}
