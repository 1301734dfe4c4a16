import { Rational } from '../rational.ts'
import type { ListedQuorum } from './exact-program.ts'
import type { LiveSets } from './live-sets.ts'
import { sizeOf } from './monotone.ts'
import type { MonotoneFunctions } from './monotone.ts'
import type { Halves } from './price-bounds.ts'
import type { Question } from './question.ts'

/** What is asked of functions that are pairs: their quorums, sizes and probabilities. */
export class Pairs {
  readonly functions: MonotoneFunctions
  readonly question: Question
  /** The latency of the slowest member of each set. */
  readonly latencyOf: Float64Array
  /** The size of the smallest quorum of each half function; 99 if there is none. */
  readonly #smallest: Uint8Array
  readonly #survivors: Uint16Array | undefined
  readonly #liveSets: LiveSets
  readonly exactLatencyOf: readonly Rational[]

  constructor(question: Question, functions: MonotoneFunctions, liveSets: LiveSets) {
    this.question = question
    this.functions = functions
    this.#liveSets = liveSets
    this.#smallest = Uint8Array.from(functions.minimal, (sets) => {
      let least = 99
      for (const set of sets) least = Math.min(least, sizeOf(set))
      return least
    })
    if (question.failures > 0) {
      this.#survivors = Uint16Array.from(functions.tables, (table) =>
        functions.numberOf(afterOneFailure(table, functions.nodes)),
      )
    }
    this.exactLatencyOf = slowest(question.nodes.map(({ latency }) => latency))
    this.latencyOf = Float64Array.from(this.exactLatencyOf, (latency) => latency.toNumber())
  }

  /** The size of the smallest read quorum, over 99 if there is none. */
  smallestRead(low: number, high: number): number {
    return Math.min(this.#smallest[low]!, 1 + this.#smallest[high]!)
  }

  smallestWrite(low: number, high: number): number {
    const { dual } = this.functions
    return Math.min(this.#smallest[dual[high]!]!, 1 + this.#smallest[dual[low]!]!)
  }

  /** The quorums that strategies may use. */
  usable(low: number, high: number, into: Halves): void {
    const { dual } = this.functions
    into.readLow = low
    into.readHigh = high
    into.writeLow = dual[high]!
    into.writeHigh = dual[low]!
    for (let count = 0; count < this.question.failures; count++) {
      into.readHigh = this.#surviving(into.readLow, into.readHigh)
      into.readLow = this.#survivors![into.readLow]!
      into.writeHigh = this.#surviving(into.writeLow, into.writeHigh)
      into.writeLow = this.#survivors![into.writeLow]!
    }
  }

  /** Sets with the last node that are enough after any failure: of another node, or of that one. */
  #surviving(low: number, high: number): number {
    const { tables, numberOf } = this.functions
    return numberOf(tables[this.#survivors![high]!]! & tables[low]!)
  }

  /** The probability that no read quorum or no write quorum is alive. */
  failure(low: number, high: number): number {
    const { tables, dual, nodes } = this.functions
    const all = nodes === 5 ? -1 : (1 << (1 << nodes)) - 1
    const inLow = ~(tables[low]! & tables[dual[high]!]!) & all
    const inHigh = ~(tables[high]! & tables[dual[low]!]!) & all
    if (nodes === 5) return this.#liveSets.sum(0, inLow) + this.#liveSets.sum(1, inHigh)
    return this.#liveSets.sum(0, inLow | (inHigh << (1 << nodes)))
  }

  exactFailure(low: number, high: number): Rational {
    const { tables, dual, nodes } = this.functions
    const half = 1 << nodes
    const both = [tables[low]! & tables[dual[high]!]!, tables[high]! & tables[dual[low]!]!]
    return this.#liveSets.exactSum(
      (set) => ((both[set < half ? 0 : 1]! >>> (set & (half - 1))) & 1) === 0,
    )
  }

  /**
   * The quorums of a side that a strategy needs: the minimal ones. Of those that have to outlive
   * failures a bigger one may answer sooner, so where latency counts all of them are listed.
   */
  sets(low: number, high: number, usableLow: number, usableHigh: number): readonly ListedQuorum[] {
    const { functions, question } = this
    const minimal = minimalSets(functions, usableLow, usableHigh)
    if (question.failures === 0 || !countsLatency(question)) {
      return minimal.map((set) => ({ set, latency: this.exactLatencyOf[set]! }))
    }
    const inner = minimalSets(functions, low, high)
    const half = 1 << functions.nodes
    const tables = [functions.tables[usableLow]!, functions.tables[usableHigh]!]
    return Array.from({ length: 2 * half }, (_, set) => set)
      .filter((set) => ((tables[set < half ? 0 : 1]! >>> (set & (half - 1))) & 1) === 1)
      .map((set) => ({ set, latency: this.#soonest(set, inner) }))
  }

  #soonest(set: number, quorums: readonly number[]): Rational {
    return quorums
      .filter((quorum) => (quorum & ~set) === 0)
      .map((quorum) => this.exactLatencyOf[quorum]!)
      .reduce((a, b) => (a.compare(b) <= 0 ? a : b))
  }
}

export function countsLatency({ objective, limits }: Question): boolean {
  return objective === 'latency' || limits.latency !== undefined
}

/** The minimal sets of a function that is a pair. */
export function minimalSets(functions: MonotoneFunctions, low: number, high: number): number[] {
  const half = 1 << functions.nodes
  const table = functions.tables[low]!
  const found = [...functions.minimal[low]!]
  for (const set of functions.minimal[high]!) {
    if (((table >>> set) & 1) === 0) found.push(set | half)
  }
  return found
}

/** The sets that are enough whichever one of their members fails. */
function afterOneFailure(table: number, nodes: number): number {
  let result = 0
  for (let set = 0; set < 1 << nodes; set++) {
    let holds = (table >>> set) & 1
    for (let node = 0; node < nodes; node++) {
      if (((set >>> node) & 1) === 1) holds &= table >>> (set ^ (1 << node))
    }
    result |= holds << set
  }
  return result >>> 0
}

/** The greatest latency in each set. */
function slowest(latencies: readonly Rational[]): readonly Rational[] {
  let result: Rational[] = [Rational.zero]
  for (const latency of latencies) {
    const later = (other: Rational): Rational => (other.compare(latency) > 0 ? other : latency)
    result = [...result, ...result.map(later)]
  }
  return result
}
