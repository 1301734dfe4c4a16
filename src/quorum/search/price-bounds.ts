import { Rational } from '../rational.ts'
import type { ExactOptimum, ExactPrices } from './exact-program.ts'
import type { MonotoneFunctions } from './monotone.ts'
import { enoughFor } from './side-bounds.ts'
import type { Prices } from './side.ts'
import { wholeNumbers } from './whole-numbers.ts'

/** More would cost more time than they save. */
const MOST_KEPT = 96

/** Below this the limits can be kept as far as rounding allows to tell. */
const VIOLATION = 1e-9

/**
 * Prices that proved the value of one candidate bound the value of all others from below (weak
 * duality): no strategy costs less than the cheapest read quorum and the cheapest write quorum.
 * For functions as pairs the cheapest quorum is the cheaper one of two that stand in tables, so
 * a candidate is excluded in a few look-ups.
 */
export class PriceBounds {
  readonly #functions: MonotoneFunctions
  /** The ones that excluded something last come first. */
  readonly #bounds: Bound[] = []
  readonly #exact: ExactBound[] = []
  #target: Rational | undefined

  constructor(functions: MonotoneFunctions) {
    this.#functions = functions
  }

  /** @param latencyOf the latency of each set of nodes, all of them asked */
  add(
    reads: Prices,
    writes: Prices,
    constant: number,
    infeasible: boolean,
    latencyOf: Float64Array,
  ): void {
    if (this.#bounds.length >= MOST_KEPT) this.#bounds.pop()
    const tables = this.#tables(setCosts(reads, latencyOf), setCosts(writes, latencyOf))
    this.#bounds.unshift({ ...tables, constant, infeasible })
  }

  /**
   * The same for prices that are fractions, scaled to whole numbers that doubles hold exactly; they
   * are left out where they are too big.
   */
  addExact({ reads, writes, constant }: ExactOptimum, latencies: readonly Rational[]): void {
    if (this.#exact.length >= MOST_KEPT) this.#exact.pop()
    const scaled = wholeNumbers([
      ...exactSetCosts(reads, latencies),
      ...exactSetCosts(writes, latencies),
    ])
    if (scaled === undefined) return
    const readCosts = scaled.values.subarray(0, latencies.length)
    const writeCosts = scaled.values.subarray(latencies.length)
    const bound = {
      ...this.#tables(readCosts, writeCosts),
      scale: scaled.scale,
      constant,
      enough: Infinity,
    }
    if (this.#target !== undefined) bound.enough = enoughFor(bound, this.#target)
    this.#exact.unshift(bound)
  }

  /** The value that `reach` compares with from now on. */
  aim(value: Rational): void {
    this.#target = value
    for (const bound of this.#exact) bound.enough = enoughFor(bound, value)
  }

  #tables(readCosts: Float64Array, writeCosts: Float64Array): Tables {
    const half = readCosts.length / 2
    const table = (costs: Float64Array, top: number): Float64Array =>
      cheapestOfEach(this.#functions, costs, top)
    return {
      readLow: table(readCosts, 0),
      readHigh: table(readCosts, half),
      writeLow: table(writeCosts, 0),
      writeHigh: table(writeCosts, half),
    }
  }

  /** Whether the candidate is proven to cost more than `value` or to break the limits. */
  exclude(candidate: Halves, value: number): boolean {
    const bounds = this.#bounds
    for (let i = 0; i < bounds.length; i++) {
      const bound = bounds[i]!
      const least = leastCost(bound, candidate) + bound.constant
      if (least <= (bound.infeasible ? VIOLATION : value)) continue
      if (i > 0) {
        bounds[i] = bounds[i - 1]!
        bounds[i - 1] = bound
      }
      return true
    }
    return false
  }

  /** Whether the candidate is proven to cost as much as the target or more, exactly. */
  reach(candidate: Halves): boolean {
    return this.#exact.some((bound) => leastCost(bound, candidate) >= bound.enough)
  }
}

function leastCost(tables: Tables, candidate: Halves): number {
  const { readLow, readHigh, writeLow, writeHigh } = candidate
  return (
    Math.min(tables.readLow[readLow]!, tables.readHigh[readHigh]!) +
    Math.min(tables.writeLow[writeLow]!, tables.writeHigh[writeHigh]!)
  )
}

/** The quorums of both sides that strategies may use, each side as a pair of functions. */
export interface Halves {
  readLow: number
  readHigh: number
  writeLow: number
  writeHigh: number
}

interface Tables {
  readonly readLow: Float64Array
  readonly readHigh: Float64Array
  readonly writeLow: Float64Array
  readonly writeHigh: Float64Array
}

interface Bound extends Tables {
  readonly constant: number
  readonly infeasible: boolean
}

/** Costs in the tables are whole numbers, `scale` times the truth. */
interface ExactBound extends Tables {
  readonly constant: Rational
  readonly scale: bigint
  /** From here on the cost proves that the target is reached. */
  enough: number
}

function setCosts({ nodes, latency }: Prices, latencyOf: Float64Array): Float64Array {
  const costs = new Float64Array(latencyOf.length)
  for (let set = 1, node = -1; set < costs.length; set++) {
    if ((set & (set - 1)) === 0) node++
    costs[set] = costs[set ^ (1 << node)]! + nodes[node]!
  }
  for (let set = 0; set < costs.length; set++) costs[set]! += latency * latencyOf[set]!
  return costs
}

function exactSetCosts(
  { nodes, latency }: ExactPrices,
  latencies: readonly Rational[],
): Rational[] {
  let costs = [Rational.zero]
  for (const price of nodes) costs = [...costs, ...costs.map((cost) => cost.plus(price))]
  return costs.map((cost, set) => cost.plus(latency.times(latencies[set]!)))
}

/**
 * For each function the cost of its cheapest set joined with `top`, from the costs for its halves:
 * there are far fewer different ones.
 */
function cheapestOfEach(
  functions: MonotoneFunctions,
  costs: Float64Array,
  top: number,
): Float64Array {
  const { nodes, tables, minimal, halves } = functions
  if (halves === undefined) {
    return Float64Array.from(minimal, (sets) =>
      sets.reduce((least, set) => Math.min(least, costs[set | top]!), Infinity),
    )
  }
  const below = halves.functions
  const low = cheapestOfEach(below, costs, top)
  const high = cheapestOfEach(below, costs, top | (1 << (nodes - 1)))
  const result = new Float64Array(tables.length)
  for (let f = 0; f < result.length; f++) {
    result[f] = Math.min(low[halves.low[f]!]!, high[halves.high[f]!]!)
  }
  return result
}
