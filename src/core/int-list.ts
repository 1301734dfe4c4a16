/** Whole numbers in one typed array that grows: a list, and a stack. */
export class IntList {
  data: Int32Array
  length = 0

  constructor(room = 1 << 10) {
    this.data = new Int32Array(room)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.#grow()
    this.data[this.length++] = value
  }

  pop(): number {
    return this.data[--this.length]!
  }

  #grow(): void {
    const longer = new Int32Array(this.data.length * 2)
    longer.set(this.data)
    this.data = longer
  }
}
