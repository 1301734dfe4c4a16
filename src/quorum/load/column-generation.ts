import type { QuorumSet } from '../quorum-set.ts'
import type { LoadProgram, Side } from './load-program.ts'
import { inProportion } from './side-blocks.ts'
import type { Block } from './side-blocks.ts'

/** Quorums of one side, a variable each: given, or what came up as the cheapest at some prices. */
export class GeneratedQuorums implements Block {
  readonly method: string
  readonly side: Side
  readonly set: QuorumSet
  readonly #program: LoadProgram
  readonly #once: number
  readonly #quorums: Int32Array[] = []
  readonly #variables: number[] = []
  readonly #known = new Set<string>()

  constructor(program: LoadProgram, side: Side, set: QuorumSet, given?: readonly Int32Array[]) {
    this.method = given === undefined ? 'column generation' : 'linear program over all quorums'
    this.side = side
    this.set = set
    this.#program = program
    this.#once = program.row(1, 1)
    if (given !== undefined) {
      for (const quorum of given) this.add(quorum)
      return
    }
    const ones = new Float64Array(set.size).fill(1)
    this.add(set.cheapest(ones).members)
    this.add(set.cheapest(priceOfUse(program, side, evenPrices(program))).members)
  }

  /** False if the quorum is there already. */
  add(quorum: Int32Array): boolean {
    const key = quorum.join(' ')
    if (this.#known.has(key)) return false
    this.#known.add(key)
    const variable = this.#program.variable(0, Infinity)
    for (const node of quorum) this.#program.use(this.side, node, variable)
    this.#program.enter(variable, this.#once, 1n)
    this.#quorums.push(quorum)
    this.#variables.push(variable)
    return true
  }

  /** The quorums with their variables. */
  get entries(): readonly (readonly [number, Int32Array])[] {
    return this.#variables.map((variable, k) => [variable, this.#quorums[k]!])
  }

  strategy({ numerators }: { readonly numerators: readonly bigint[] }) {
    return inProportion(
      this.#quorums,
      this.#variables.map((variable) => numerators[variable]!),
    )
  }
}

/** What a use of each node costs when the nodes ask these prices for being busy all the time. */
export function priceOfUse(
  program: LoadProgram,
  side: Side,
  prices: ArrayLike<number>,
): Float64Array {
  const { size, workload, whole } = program
  const each = side === 'reads' ? program.reads : program.writes
  const result = new Float64Array(size)
  for (let row = 0; row < workload.length * size; row++) {
    result[row % size]! += (prices[row]! * Number(each[row]!)) / Number(whole[row]!)
  }
  return result
}

/** All nodes ask the same. */
export function evenPrices({ size, workload }: LoadProgram): Float64Array {
  const prices = new Float64Array(workload.length * size)
  for (const [point, { weight }] of workload.entries()) {
    prices.fill(weight.toNumber() / size, point * size, (point + 1) * size)
  }
  return prices
}

/** The prices in each point of the workload as shares of its weight. */
export function normalised(
  { size, workload }: LoadProgram,
  prices: Float64Array,
): Float64Array | undefined {
  const result = prices.slice()
  for (const [point, { weight }] of workload.entries()) {
    const own = result.subarray(point * size, (point + 1) * size)
    const sum = own.reduce((total, price) => total + price, 0)
    if (!(sum > 0)) return undefined
    const factor = weight.toNumber() / sum
    for (let i = 0; i < own.length; i++) own[i]! *= factor
  }
  return result
}

/** The share of the best known prices in prices that are tried besides those of the solver. */
const BLENDS = [0.5, 0.8, 0.95]

/** The best proven bound ends the search when it is this near. */
const NEAR_ENOUGH = 1e-13

/**
 * Adds quorums until none is cheaper than those in use at the prices of the solver (Dantzig &
 * Wolfe 1960). Prices jump about at first, so quorums are also asked for at prices between those
 * that have proven most so far and the present ones (Wentges 1997). `solve` answers the prices
 * and the load that the quorums so far reach, or nothing when time is up.
 */
export function generate(
  program: LoadProgram,
  sides: readonly GeneratedQuorums[],
  boundAt: (prices: Float64Array) => number,
  solve: () => { readonly prices: Float64Array; readonly load: number } | undefined,
): Float64Array {
  let best = evenPrices(program)
  let proven = boundAt(best)
  for (;;) {
    const solved = solve()
    if (solved === undefined) return best
    const now = normalised(program, solved.prices)
    if (now === undefined) return best
    const tried = [now]
    for (const share of BLENDS) tried.push(blended(best, now, share))
    let added = false
    for (const prices of tried) {
      for (const side of sides) {
        const quorum = side.set.cheapest(priceOfUse(program, side.side, prices)).members
        if (side.add(quorum)) added = true
      }
      const bound = boundAt(prices)
      if (bound <= proven) continue
      proven = bound
      best = prices
    }
    if (!added || solved.load - proven <= NEAR_ENOUGH * solved.load) return best
  }
}

function blended(a: Float64Array, b: Float64Array, share: number): Float64Array {
  return a.map((value, i) => share * value + (1 - share) * b[i]!)
}
