import type { Budget } from '../../core/budget.ts'
import { Meter } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import { allOf, anyOf } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import { flatTree } from '../structures/flat-tree.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { GeneratedQuorums, generate, normalised, priceOfUse } from './column-generation.ts'
import type { Fractions } from './fractions.ts'
import { highs } from './highs.ts'
import type { FoundLoad } from './load.ts'
import { LoadProgram } from './load-program.ts'
import type { Side } from './load-program.ts'
import { isSeparable } from './separable.ts'
import { formulaBlock, statedBlock } from './side-blocks.ts'
import type { Block, Values } from './side-blocks.ts'
import { SolvedProgram } from './solved-program.ts'
import type { NearSolution } from './solved-program.ts'
import { meanLoad, usesOf } from './strategy-facts.ts'
import type { Workload } from './workload.ts'

/** Formulas with more parts are not put into a linear program. */
const MOST_PARTS = 300_000
/** Up to this many quorums each is a variable from the start. */
const MOST_LISTED = 2_000
/** Programs with more rows are not solved in fractions. */
const MOST_ROWS_EXACT = 3_000
export const MOST_BITS = 60_000

/** Bits after the point of a double that is made a fraction. */
const BITS = 64

/** By linear programming. What is exact is taken if it is accepted, else bounds. */
export async function programmedLoad<Answer>(
  system: QuorumSystem,
  workload: Workload,
  budget: Budget,
  accept: (found: FoundLoad) => Answer | undefined,
): Promise<Answer | FoundLoad> {
  const solver = await highs()
  const meter = new Meter(budget)
  const program = new LoadProgram(system.nodes, workload)
  const sides: Side[] = ['reads', 'writes']
  const blocks = sides.map((side) => blockOf(program, side, system[side]))
  const solved = new SolvedProgram(solver, program)
  try {
    const near = solution(system, program, solved, blocks, meter)
    if (near === undefined) throw tooLong(system)
    const method = [...new Set(blocks.map((block) => block.method))].join(' and ')
    if (program.rowLimits.length <= MOST_ROWS_EXACT && meter.look()) {
      const exact = exactLoad(solved, blocks, program, method)
      const accepted = exact === undefined ? undefined : accept(exact)
      if (accepted !== undefined) return accepted
    }
    return boundedLoad(system, program, blocks, near, method)
  } finally {
    solved.dispose()
  }
}

function tooLong({ name }: QuorumSystem): UserError {
  return new UserError(`the load of ${name} was not found in the time allowed`, {
    hint: 'more time, or a system with fewer nodes',
  })
}

export function blockOf(program: LoadProgram, side: Side, set: QuorumSet): Block {
  const tree = treeOf(set) ?? flatTree(set.formula())
  if (tree.vertices <= MOST_PARTS && isSeparable(tree, set.size)) {
    return formulaBlock(program, side, set, tree, 'compact linear program')
  }
  const stated = statedBlock(program, side, set)
  if (stated !== undefined) return stated
  const quorums = fewQuorums(set)
  if (quorums === undefined) return new GeneratedQuorums(program, side, set)
  const list = flatTree(anyOf(quorums.map((quorum) => allOf([...quorum]))))
  return formulaBlock(program, side, set, list, 'linear program over all quorums', true)
}

/** All minimal quorums, unless there are more than that. */
export function fewQuorums(set: QuorumSet, most = MOST_LISTED): Int32Array[] | undefined {
  const count = set.countMinimal?.()
  if (count !== undefined && count > BigInt(most)) return undefined
  const quorums: Int32Array[] = []
  for (const quorum of set.minimalQuorums()) {
    if (quorums.length === most) return undefined
    quorums.push(quorum)
  }
  return quorums
}

/** The last solution and the prices that prove most, once no quorum is missing or time is up. */
function solution(
  system: QuorumSystem,
  program: LoadProgram,
  solved: SolvedProgram,
  blocks: readonly Block[],
  meter: Meter,
): NearSolution | undefined {
  let last: NearSolution | undefined
  const solve = (): NearSolution | undefined => {
    if (!meter.look() || solved.solve(meter.rest.seconds ?? Infinity) !== 'optimal')
      return undefined
    last = solved.near()
    return last
  }
  const generated = blocks.filter((block) => block instanceof GeneratedQuorums)
  const boundAt = (prices: Float64Array) => {
    const reads = system.reads.cheapest(priceOfUse(program, 'reads', prices)).price
    return reads + system.writes.cheapest(priceOfUse(program, 'writes', prices)).price
  }
  const round = () => {
    const found = meter.step() ? solve() : undefined
    return found === undefined
      ? undefined
      : { prices: found.prices, load: program.meanLoad(found.values) }
  }
  const prices =
    generated.length === 0
      ? normalised(program, solve()?.prices ?? new Float64Array(0))
      : generate(program, generated, boundAt, round)
  return last === undefined || prices === undefined ? undefined : { values: last.values, prices }
}

function exactLoad(
  solved: SolvedProgram,
  blocks: readonly Block[],
  program: LoadProgram,
  method: string,
): FoundLoad | undefined {
  const exact = solved.exact(MOST_BITS)
  if (exact === undefined) return undefined
  const { numerators, denominator } = exact.values
  if (numerators.some((value) => value < 0n)) return undefined
  if (exact.prices.numerators.some((price) => price < 0n)) return undefined
  const load = program.loads.reduce((sum, variable, point) => {
    const weight = program.workload[point]?.weight ?? Rational.zero
    return sum.plus(weight.times(Rational.of(numerators[variable] ?? 0n, denominator)))
  }, Rational.zero)
  return {
    lower: load,
    upper: load,
    strategy: strategyAt(blocks, { numerators, denominator, exact: true }),
    prices: byPoint(program, exact.prices),
    method,
  }
}

export function strategyAt([reads, writes]: readonly Block[], values: Values) {
  if (reads === undefined || writes === undefined) throw new Error('a system has two sides')
  return { reads: reads.strategy(values), writes: writes.strategy(values) }
}

function byPoint({ workload, size }: LoadProgram, prices: Fractions): Fractions[] {
  return workload.map((_, point) => {
    const numerators = prices.numerators.slice(point * size, (point + 1) * size)
    return { numerators, denominator: prices.denominator }
  })
}

/** What the doubles prove once they are made fractions. */
function boundedLoad(
  system: QuorumSystem,
  program: LoadProgram,
  blocks: readonly Block[],
  near: NearSolution,
  method: string,
): FoundLoad {
  const denominator = 1n << BigInt(BITS)
  const numerators = Array.from(near.values, (value) => binary(Math.max(0, value)))
  const strategy = strategyAt(blocks, { numerators, denominator, exact: false })
  const reached = meanLoad(system.nodes, usesOf(system, strategy), program.workload)
  const prices = roundedPrices(system, program, near.prices)
  const proven = provenLoad(system, program, prices)
  return {
    lower: rounded(proven.minus(proven.times(MARGIN)), false),
    upper: rounded(reached, true),
    strategy,
    prices,
    method,
  }
}

/** The cheapest quorum is found in doubles, so that it may be a little dearer than another one. */
const MARGIN = Rational.of(1n, 1n << 38n)

function binary(value: number): bigint {
  return BigInt(Math.round(value * 2 ** 52)) << BigInt(BITS - 52)
}

/** Multiples of the capacities, so that the price of a use is short. */
function roundedPrices(
  { nodes }: QuorumSystem,
  program: LoadProgram,
  prices: Float64Array,
): Fractions[] {
  const { size, workload } = program
  const parts = nodes.map(
    ({ readCapacity, writeCapacity }) => readCapacity.numerator * writeCapacity.numerator,
  )
  return workload.map((_, point) => {
    const each = prices.slice(point * size, (point + 1) * size)
    const shares = each.map((price, i) => price / Number(parts[i]))
    const most = shares.reduce((a, b) => Math.max(a, b), 0)
    const numerators = Array.from(shares, (share, i) => binary(share / most) * (parts[i] ?? 0n))
    return { numerators, denominator: numerators.reduce((sum, price) => sum + price, 0n) }
  })
}

/** The price of the quorums that look cheapest, at prices that add up to the weights. */
function provenLoad(
  system: QuorumSystem,
  { workload }: LoadProgram,
  prices: readonly Fractions[],
): Rational {
  let sum = Rational.zero
  for (const side of ['reads', 'writes'] as const) {
    const costs = new Array<Rational>(system.size).fill(Rational.zero)
    for (const [point, { fraction, weight }] of workload.entries()) {
      const share = side === 'reads' ? fraction : Rational.one.minus(fraction)
      const { numerators = [], denominator = 1n } = prices[point] ?? {}
      if (share.isZero()) continue
      for (const [i, node] of system.nodes.entries()) {
        const capacity = side === 'reads' ? node.readCapacity : node.writeCapacity
        const price = Rational.of(numerators[i] ?? 0n, denominator)
        const cost = price.times(share).times(weight).over(capacity)
        costs[i] = costs[i]?.isZero() === false ? costs[i].plus(cost) : cost
      }
    }
    const near = Float64Array.from(costs, (cost) => cost.toNumber())
    for (const node of system[side].cheapest(near).members) {
      sum = sum.plus(costs[node] ?? Rational.zero)
    }
  }
  return sum
}

/** A short fraction just below or above. */
function rounded(value: Rational, up: boolean): Rational {
  const { numerator, denominator } = value
  if (numerator <= 0n) return Rational.zero
  let bits = 64
  while ((numerator << BigInt(bits)) / denominator < 1n << 60n) bits += 32
  const floor = (numerator << BigInt(bits)) / denominator
  return Rational.of(up ? floor + 1n : floor, 1n << BigInt(bits))
}
