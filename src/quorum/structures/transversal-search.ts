/** A growing set of nodes, and which of the given sets it meets. */
export class TransversalSearch {
  readonly #sets: readonly Int32Array[]
  /** The sets that each node is in. */
  readonly #of: readonly (readonly number[])[]
  readonly #forbidden: Uint8Array
  /** How many taken nodes each set has, and their sum: with one taken node it is that node. */
  readonly #hits: Int32Array
  readonly #sums: Float64Array
  /** How many sets each taken node alone meets. */
  readonly #alone: Int32Array
  readonly #taken: Set<number> = new Set()
  #idle = 0
  #left: Float64Array

  constructor(sets: readonly Int32Array[], size: number) {
    const of: number[][] = Array.from({ length: size }, () => [])
    sets.forEach((members, set) => {
      for (const member of members) of[member]!.push(set)
    })
    this.#sets = sets
    this.#of = of
    this.#forbidden = new Uint8Array(size)
    this.#hits = new Int32Array(sets.length)
    this.#sums = new Float64Array(sets.length)
    this.#alone = new Int32Array(size)
    this.#left = new Float64Array(size)
  }

  members(): Int32Array {
    return Int32Array.from(this.#taken).sort()
  }

  take(node: number): void {
    this.#taken.add(node)
    for (const set of this.#of[node]!) {
      const hits = ++this.#hits[set]!
      if (hits === 1) this.#alone[node]!++
      else if (hits === 2 && --this.#alone[this.#sums[set]!]! === 0) this.#idle++
      this.#sums[set]! += node
    }
    if (this.#alone[node] === 0) this.#idle++
  }

  /** Undoes the last `take`. */
  giveBack(node: number): void {
    this.#taken.delete(node)
    if (this.#alone[node] === 0) this.#idle--
    for (const set of this.#of[node]!) {
      const hits = --this.#hits[set]!
      this.#sums[set]! -= node
      if (hits === 0) this.#alone[node]!--
      else if (hits === 1 && this.#alone[this.#sums[set]!]!++ === 0) this.#idle--
    }
  }

  /** Whether each taken node alone meets some set. */
  allNeeded(): boolean {
    return this.#idle === 0
  }

  forbid(node: number): void {
    this.#forbidden[node] = 1
  }

  allow(node: number): void {
    this.#forbidden[node] = 0
  }

  /** The set that is not met and has the fewest nodes that may be taken. */
  openSet(): number | undefined {
    let best: number | undefined
    let fewest = Infinity
    for (let set = 0; set < this.#sets.length && fewest > 0; set++) {
      if (this.#hits[set]! > 0) continue
      let count = 0
      for (const member of this.#sets[set]!) count += 1 - this.#forbidden[member]!
      if (count >= fewest) continue
      fewest = count
      best = set
    }
    return best
  }

  candidatesOf(set: number): number[] {
    return Array.from(this.#sets[set]!.filter((member) => this.#forbidden[member] === 0))
  }

  /** The same, those first that meet most for their price. */
  byValue(set: number, prices: ArrayLike<number>): number[] {
    const value = new Map<number, number>()
    const candidates = this.candidatesOf(set)
    for (const node of candidates) value.set(node, prices[node]! / this.#openCount(node))
    return candidates.sort((a, b) => value.get(a)! - value.get(b)!)
  }

  /**
   * What has to be paid at least to meet the other sets. Each of them pays a share of the price of
   * its nodes, so that no node is paid more than its price: first all the same share, then what is
   * left. Infinite where some set can no longer be met.
   */
  leastToMeetRest(prices: ArrayLike<number>): number {
    const left = this.#left
    for (let node = 0; node < left.length; node++) left[node] = prices[node]!
    const open: number[] = []
    for (let set = 0; set < this.#sets.length; set++) if (this.#hits[set] === 0) open.push(set)
    const counts = new Map<number, number>()
    const share = (node: number): number => {
      let count = counts.get(node)
      if (count === undefined) counts.set(node, (count = this.#openCount(node)))
      return prices[node]! / count
    }
    const shares = open.map((set) => this.#least(set, share))
    let total = 0
    open.forEach((set, at) => (total += this.#pay(set, shares[at]!)))
    if (total === Infinity) return total
    for (const set of open)
      total += this.#pay(
        set,
        this.#least(set, (node) => left[node]!),
      )
    return total
  }

  /** Without the nodes that are not needed, the last first. */
  minimised(members: Int32Array): Int32Array {
    const kept = new Set(members)
    for (const member of members.toReversed()) {
      kept.delete(member)
      const needed = this.#of[member]!.some((set) => !this.#sets[set]!.some((m) => kept.has(m)))
      if (needed) kept.add(member)
    }
    return Int32Array.from(kept).sort()
  }

  #openCount(node: number): number {
    let count = 0
    for (const set of this.#of[node]!) if (this.#hits[set] === 0) count++
    return count
  }

  #least(set: number, of: (node: number) => number): number {
    let least = Infinity
    for (const node of this.#sets[set]!) {
      if (this.#forbidden[node] === 0) least = Math.min(least, of(node))
    }
    return least
  }

  #pay(set: number, amount: number): number {
    for (const node of this.#sets[set]!) this.#left[node]! -= amount
    return amount
  }
}
