import type { Rational } from '../rational.ts'
import type { ExactOptimum } from './exact-program.ts'
import { wholeNumbers } from './whole-numbers.ts'
import type { Cheapest, Prices, Side } from './side.ts'

const MOST_KEPT = 24

/** Below this the limits can be kept as far as rounding allows to tell. */
const VIOLATION = 1e-9

/** Bounds by prices as `PriceBounds` has them, for candidates that are not in tables. */
export class SideBounds {
  /** The ones that excluded something last come first. */
  readonly #bounds: Bound[] = []
  readonly #exact: ExactBound[] = []
  readonly #found: Cheapest = { set: 0, latency: 0, cost: 0 }
  #target: Rational | undefined

  add(reads: Prices, writes: Prices, constant: number, infeasible: boolean): void {
    if (this.#bounds.length >= MOST_KEPT) this.#bounds.pop()
    this.#bounds.unshift({ reads: copied(reads), writes: copied(writes), constant, infeasible })
  }

  /** Prices that are fractions are scaled to whole numbers; latencies are not, so they are out. */
  addExact({ reads, writes, constant }: ExactOptimum): void {
    if (!reads.latency.isZero() || !writes.latency.isZero()) return
    const scaled = wholeNumbers([...reads.nodes, ...writes.nodes])
    if (scaled === undefined) return
    if (this.#exact.length >= MOST_KEPT) this.#exact.pop()
    const size = reads.nodes.length
    const bound = {
      reads: { nodes: scaled.values.subarray(0, size), latency: 0 },
      writes: { nodes: scaled.values.subarray(size), latency: 0 },
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

  /** Whether the candidate is proven to cost more than `value` or to break the limits. */
  exclude(reads: Side, writes: Side, value: number): boolean {
    const bounds = this.#bounds
    for (let i = 0; i < bounds.length; i++) {
      const bound = bounds[i]!
      const least = this.#cost(bound, reads, writes) + bound.constant
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
  reach(reads: Side, writes: Side): boolean {
    return this.#exact.some((bound) => this.#cost(bound, reads, writes) >= bound.enough)
  }

  #cost(prices: PricePair, reads: Side, writes: Side): number {
    reads.cheapest(prices.reads, this.#found)
    const read = this.#found.cost
    writes.cheapest(prices.writes, this.#found)
    return read + this.#found.cost
  }
}

interface PricePair {
  readonly reads: Prices
  readonly writes: Prices
}

interface Bound extends PricePair {
  readonly constant: number
  readonly infeasible: boolean
}

/** Prices are whole numbers, `scale` times the truth. */
interface ExactBound extends PricePair {
  readonly constant: Rational
  readonly scale: bigint
  /** From here on the cost proves that the target is reached. */
  enough: number
}

/** What a cost in whole numbers has to be for the value to be reached, exactly. */
export function enoughFor(
  { constant, scale }: { readonly constant: Rational; readonly scale: bigint },
  target: Rational,
): number {
  const { numerator, denominator } = target.minus(constant)
  const scaled = numerator * scale
  // Rounded up, as costs are whole numbers; what no double holds exactly is out of their reach.
  const up = scaled > 0n ? (scaled + denominator - 1n) / denominator : 0n
  return up > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(up)
}

function copied({ nodes, latency }: Prices): Prices {
  return { nodes: Float64Array.from(nodes), latency }
}
