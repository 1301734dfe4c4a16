import type { ListedQuorum } from './exact-program.ts'

/** What a set of nodes costs: the prices of its members, and its latency times a price. */
export interface Prices {
  readonly nodes: Float64Array
  readonly latency: number
}

/** The quorum of least cost; one object is used again for each answer. */
export interface Cheapest {
  set: number
  latency: number
  cost: number
}

/** The quorums of one side of a candidate, as sets in bits. */
export interface Side {
  cheapest(prices: Prices, found: Cheapest): void
}

/** The quorums one by one, with their latencies. */
export class ListedSide implements Side {
  #sets: ArrayLike<number> = []
  #latencies: ArrayLike<number> = []
  readonly #sums: Float64Array

  /** @param size the number of nodes, small enough for a table of all sets */
  constructor(size: number) {
    this.#sums = new Float64Array(1 << size)
  }

  list(quorums: readonly ListedQuorum[]): void {
    this.#sets = quorums.map(({ set }) => set)
    this.#latencies = quorums.map(({ latency }) => latency.toNumber())
  }

  cheapest(prices: Prices, found: Cheapest): void {
    const sums = this.#sums
    const { nodes, latency } = prices
    for (let set = 1, node = -1; set < sums.length; set++) {
      if ((set & (set - 1)) === 0) node++
      sums[set] = sums[set ^ (1 << node)]! + nodes[node]!
    }
    const sets = this.#sets
    const latencies = this.#latencies
    found.cost = Infinity
    for (let i = 0; i < sets.length; i++) {
      const cost = sums[sets[i]!]! + latency * latencies[i]!
      if (cost < found.cost) {
        found.cost = cost
        found.set = sets[i]!
        found.latency = latencies[i]!
      }
    }
  }
}
