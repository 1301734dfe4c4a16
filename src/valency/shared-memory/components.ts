/** Which of some numbered things hang together (union and find, with halved paths). */
export class Components {
  readonly #parents: Int32Array

  constructor(size: number) {
    this.#parents = new Int32Array(size)
    this.clear()
  }

  /** Everything by itself again. */
  clear(): void {
    for (let at = 0; at < this.#parents.length; at++) this.#parents[at] = at
  }

  /** The one that stands for all that hang together with this one. */
  find(at: number): number {
    const parents = this.#parents
    let root = at
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!
      root = parents[root]!
    }
    return root
  }

  /** True if they did not hang together before. */
  join(a: number, b: number): boolean {
    const first = this.find(a)
    const second = this.find(b)
    if (first === second) return false
    this.#parents[first] = second
    return true
  }
}
