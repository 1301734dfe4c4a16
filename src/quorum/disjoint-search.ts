import type { Meter } from '../core/budget.ts'
import type { Priced, QuorumSet } from './quorum-set.ts'
import { cheapestWith } from './structures/cheapest-in-tree.ts'
import type { FlatTree } from './structures/flat-tree.ts'
import { treeOf } from './structures/threshold-tree.ts'

/** A read quorum and a write quorum without a common node. */
export interface DisjointPair {
  readonly read: Int32Array
  readonly write: Int32Array
}

/** Far above the sum of all prices, so that it stands for `may not be used`. */
const BARRED = 2 ** 60
const FIRST_PRICE = 1024
const MOST_PRICE = 2 ** 30
const ROUNDS = 8

/**
 * Looks for disjoint quorums, where a node is in the read quorum or is not. If the cheapest quorums
 * of both sides together cost more than all nodes do, there are none, because each node could be
 * paid for once only. Prices move towards the nodes that both sides want until that is so, two
 * quorums are disjoint, or the rounds are over; then a contested node is decided. Prices are whole
 * numbers far below 2^53, so that the comparison is exact.
 * @param firstRounds how often prices move before the first decision; later it is less often
 */
export function searchDisjoint(
  reads: QuorumSet,
  writes: QuorumSet,
  meter: Meter,
  firstRounds = 100,
): DisjointPair | 'none' | 'unknown' {
  // Of a tree it is known which nodes can be in a quorum together.
  if (treeOf(reads) === undefined && treeOf(writes) !== undefined) {
    const found = searchDisjoint(writes, reads, meter, firstRounds)
    return typeof found === 'string' ? found : { read: found.write, write: found.read }
  }
  const search = new DisjointSearch(reads, writes)
  let rounds = firstRounds
  for (;;) {
    const contested = search.look(rounds, meter)
    rounds = Math.min(rounds, ROUNDS)
    if (contested === 'unknown' || typeof contested === 'object') return contested
    if (contested !== undefined) search.put(contested)
    else if (!search.leaveOutLast()) return 'none'
  }
}

const OPEN = 0
const IN_READ = 1
const NOT_IN_READ = 2

class DisjointSearch {
  readonly #reads: QuorumSet
  readonly #writes: QuorumSet
  readonly #tree: FlatTree | undefined
  readonly #prices: Float64Array
  readonly #state: Uint8Array
  readonly #isIn: Uint8Array
  /** The prices that the two sides see. */
  readonly #readPrices: Float64Array
  readonly #writePrices: Float64Array
  readonly #uses: Uint8Array
  readonly #decided: number[] = []

  constructor(reads: QuorumSet, writes: QuorumSet) {
    const { size } = reads
    this.#reads = reads
    this.#writes = writes
    this.#tree = treeOf(reads)
    this.#prices = new Float64Array(size).fill(FIRST_PRICE)
    this.#state = new Uint8Array(size)
    this.#isIn = new Uint8Array(size)
    this.#readPrices = new Float64Array(size)
    this.#writePrices = new Float64Array(size)
    this.#uses = new Uint8Array(size)
  }

  /** Disjoint quorums, a node that both sides want, or `undefined` if there is nothing here. */
  look(rounds: number, meter: Meter): DisjointPair | number | 'unknown' | undefined {
    for (let round = 1; ; round++) {
      if (!meter.step(this.#state.length + 1)) return 'unknown'
      const total = this.#showPrices()
      const read =
        this.#tree === undefined
          ? this.#reads.cheapest(this.#readPrices)
          : cheapestWith(this.#tree, this.#readPrices, this.#isIn)
      const write = this.#writes.cheapest(this.#writePrices)
      const spare = total - read.price - write.price
      if (spare < 0) return undefined
      const contested = this.#countUses(read, write)
      if (contested === undefined) return { read: read.members, write: write.members }
      const beside = round === 1 ? this.#besideEither(read, write) : undefined
      if (beside !== undefined) return beside
      if (round >= rounds) return contested
      this.#movePrices(spare)
    }
  }

  put(node: number): void {
    this.#state[node] = IN_READ
    this.#isIn[node] = 1
    this.#decided.push(node)
  }

  /** The last node that was put into the read quorum is left out of it; false if there is none. */
  leaveOutLast(): boolean {
    for (let node = this.#decided.pop(); node !== undefined; node = this.#decided.pop()) {
      this.#isIn[node] = 0
      if (this.#state[node] === IN_READ) {
        this.#state[node] = NOT_IN_READ
        this.#decided.push(node)
        return true
      }
      this.#state[node] = OPEN
    }
    return false
  }

  /** Answers the sum of the prices of the nodes that are paid for. */
  #showPrices(): number {
    let total = 0
    for (let i = 0; i < this.#state.length; i++) {
      const price = this.#prices[i]!
      const state = this.#state[i]!
      if (state === OPEN) total += price
      this.#readPrices[i] = state === OPEN ? price : state === IN_READ ? 0 : BARRED
      this.#writePrices[i] = state === OPEN ? price : state === IN_READ ? BARRED : 0
    }
    return total
  }

  /** One of the quorums and another one of the other side that is disjoint from it. */
  #besideEither(read: Priced, write: Priced): DisjointPair | undefined {
    const other = this.#beside(this.#writes, read.members)
    if (other !== undefined) return { read: read.members, write: other }
    const another = this.#beside(this.#reads, write.members)
    return another === undefined ? undefined : { read: another, write: write.members }
  }

  #beside(side: QuorumSet, members: Int32Array): Int32Array | undefined {
    const alive = new Uint8Array(side.size).fill(1)
    for (const member of members) alive[member] = 0
    if (!side.holds(alive)) return undefined
    return side.cheapest(alive.map((bit) => 1 - bit)).members
  }

  /** How many of the two quorums use each node; answers the dearest one that both do. */
  #countUses(read: Priced, write: Priced): number | undefined {
    this.#uses.fill(0)
    for (const node of read.members) this.#uses[node]!++
    let contested: number | undefined
    for (const node of write.members) {
      if (++this.#uses[node]! < 2) continue
      if (contested === undefined || this.#prices[node]! > this.#prices[contested]!) {
        contested = node
      }
    }
    return contested
  }

  /** Contested nodes become dearer and unused ones cheaper, as far as the bound is away. */
  #movePrices(spare: number): void {
    let moved = 0
    for (let i = 0; i < this.#uses.length; i++) {
      if (this.#state[i] === OPEN && this.#uses[i] !== 1) moved++
    }
    const step = Math.max(1, Math.ceil((spare + 1) / moved))
    for (let i = 0; i < this.#uses.length; i++) {
      if (this.#state[i] !== OPEN) continue
      const price = this.#prices[i]! + (this.#uses[i]! - 1) * step
      this.#prices[i] = Math.min(Math.max(price, 0), MOST_PRICE)
    }
  }
}
