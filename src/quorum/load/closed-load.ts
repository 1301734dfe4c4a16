import type { FlatTree } from '../structures/flat-tree.ts'
import { Rational } from '../rational.ts'
import { leastCommonMultiple, near } from './fractions.ts'
import type { Fractions } from './fractions.ts'

/**
 * The load of one side whose formula has each node once, in closed form.
 *
 * The rate at which a gate can be used while no node exceeds its capacity follows from the rates
 * g1 >= g2 >= ... of its inputs. Inputs that take turns `need` at a time can follow any rates up
 * to that of the gate that sum to `need` times it (McNaughton 1959), so the best rate r solves
 * sum of min(r, g) = need * r: it is the least of (g of all but the first j) / (need - j). The
 * first j inputs are not the bottleneck; the others share the price of the gate equally.
 */
export interface ClosedLoad {
  readonly load: Rational
  /** How often each vertex of the tree is used, the root once. */
  readonly amounts: Fractions
  /** The prices of the nodes, in proportion. */
  readonly prices: Fractions
}

/** @throws RangeError if the tree has weights. Capacities are not negative, and not all 0. */
export function closedLoad(tree: FlatTree, capacities: readonly Rational[]): ClosedLoad {
  if (tree.weighted) throw new RangeError('no closed form for weights')
  const quick = exactly(tree, capacities, bottlenecks(tree, capacities))
  const found = quick ?? exactly(tree, capacities, exactBottlenecks(tree, capacities))
  if (found === undefined) throw new Error('the bottlenecks of a tree do not fit its capacities')
  return found
}

interface Bottlenecks {
  /** Whether the vertex is an input that its gate does not wait for. */
  readonly spare: Uint8Array
  /** How many of the other inputs a gate needs at least: `need` - j. */
  readonly divisor: Float64Array
}

/** By doubles, which is right except where two ways are as good up to rounding. */
function bottlenecks(tree: FlatTree, capacities: readonly Rational[]): Bottlenecks {
  const { vertices, node, need, start, inputs } = tree
  const spare = new Uint8Array(vertices)
  const divisor = new Float64Array(vertices)
  const rate = new Float64Array(vertices)
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      rate[v] = near(capacities[node[v]!]!)
      continue
    }
    const first = start[v]!
    const count = start[v + 1]! - first
    const ascending = new Float64Array(count)
    let sum = 0
    for (let i = 0; i < count; i++) {
      const own = rate[inputs[first + i]!]!
      ascending[i] = own
      sum += own
    }
    if (need[v] === count) {
      slowestOnly(tree, v, rate, spare)
      divisor[v] = 1
      continue
    }
    if (need[v]! > 1) ascending.sort()
    let best = sum / need[v]!
    divisor[v] = need[v]!
    for (let j = 1; j < need[v]!; j++) {
      sum -= ascending[count - j]!
      if (sum / (need[v]! - j) >= best) break
      best = sum / (need[v]! - j)
      divisor[v] = need[v]! - j
    }
    rate[v] = best
    markSpare(tree, v, need[v]! - divisor[v]!, rate, ascending, spare)
  }
  return { spare, divisor }
}

/** A gate that needs all its inputs waits for the slowest. */
function slowestOnly(
  { start, inputs }: FlatTree,
  gate: number,
  rate: Float64Array,
  spare: Uint8Array,
): void {
  let slowest = inputs[start[gate]!]!
  for (let i = start[gate]!; i < start[gate + 1]!; i++) {
    spare[inputs[i]!] = 1
    if (rate[inputs[i]!]! < rate[slowest]!) slowest = inputs[i]!
  }
  spare[slowest] = 0
  rate[gate] = rate[slowest]!
}

/** Marks the `count` inputs with the highest rates, given all rates in ascending order. */
function markSpare(
  { start, inputs }: FlatTree,
  gate: number,
  count: number,
  rate: Float64Array,
  ascending: Float64Array,
  spare: Uint8Array,
): void {
  if (count === 0) return
  const least = ascending[ascending.length - count]!
  let equal = count
  for (let i = ascending.length - 1; i >= 0 && ascending[i]! > least; i--) equal--
  for (let i = start[gate]!; i < start[gate + 1]!; i++) {
    const own = rate[inputs[i]!]!
    if (own > least || (own === least && equal-- > 0)) spare[inputs[i]!] = 1
  }
}

/** The same by rationals. */
function exactBottlenecks(tree: FlatTree, capacities: readonly Rational[]): Bottlenecks {
  const { vertices, node, need, start, inputs } = tree
  const spare = new Uint8Array(vertices)
  const divisor = new Float64Array(vertices)
  const rates: Rational[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      rates.push(capacities[node[v]!]!)
      continue
    }
    const own = Array.from(inputs.subarray(start[v], start[v + 1]))
    own.sort((a, b) => rates[b]!.compare(rates[a]!))
    let sum = own.reduce((total, input) => total.plus(rates[input]!), Rational.zero)
    let best: Rational | undefined
    for (let j = 0; j < need[v]!; j++) {
      const rate = sum.over(Rational.from(need[v]! - j))
      if (best === undefined || rate.compare(best) < 0) {
        best = rate
        divisor[v] = need[v]! - j
      }
      sum = sum.minus(rates[own[j]!]!)
    }
    for (let i = 0; i < need[v]! - divisor[v]!; i++) spare[own[i]!] = 1
    rates.push(best!)
  }
  return { spare, divisor }
}

/** The numbers, given where the bottlenecks are; `undefined` if they are elsewhere. */
function exactly(
  tree: FlatTree,
  capacities: readonly Rational[],
  { spare, divisor }: Bottlenecks,
): ClosedLoad | undefined {
  const { vertices, node, start, inputs } = tree
  const parts = denominators(tree, divisor)
  const root = vertices - 1
  const own = new Set<bigint>()
  for (const leaf of node) if (leaf >= 0) own.add(capacities[leaf]!.denominator)
  // At this scale the rates of all gates are whole.
  const scale = parts[root]! * leastCommonMultiple(own)
  const rate: bigint[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      const { numerator, denominator } = capacities[node[v]!]!
      rate.push(numerator * (scale / denominator))
      continue
    }
    let sum = 0n
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      if (spare[inputs[i]!] === 0) sum += rate[inputs[i]!]!
    }
    const own = sum / BigInt(divisor[v]!)
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const other = rate[inputs[i]!]!
      if (spare[inputs[i]!] === 1 ? other < own : other > own) return undefined
    }
    rate.push(own)
  }
  return {
    load: Rational.of(scale, rate[root]),
    amounts: { numerators: amounts(tree, rate), denominator: rate[root]! },
    prices: prices(tree, { spare, divisor }, parts[root]!, rate, capacities.length),
  }
}

/** For each gate by what its rate has to be multiplied to be whole where capacities are. */
function denominators(
  { vertices, node, start, inputs }: FlatTree,
  divisor: Float64Array,
): bigint[] {
  const result: bigint[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      result.push(1n)
      continue
    }
    let common = 1n
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const other = result[inputs[i]!]!
      if (other !== 1n && other !== common) common = leastCommonMultiple([common, other])
    }
    result.push(common * BigInt(divisor[v]!))
  }
  return result
}

/** From the root down: inputs take over what they can until the gate has all it needs. */
function amounts(tree: FlatTree, rate: readonly bigint[]): bigint[] {
  const { vertices, node, need, start, inputs } = tree
  const result = [...rate]
  for (let v = vertices - 1; v >= 0; v--) {
    if (node[v]! >= 0) continue
    const whole = result[v]!
    let left = whole * BigInt(need[v]!)
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const input = inputs[i]!
      const most = rate[input]! < whole ? rate[input]! : whole
      const taken = most < left ? most : left
      result[input] = taken
      left -= taken
    }
    if (left !== 0n) throw new Error('the inputs of a gate cannot reach its rate')
  }
  return result
}

/** From the root down: the price of a gate goes in equal parts to the inputs it waits for. */
function prices(
  { vertices, node, start, inputs }: FlatTree,
  { spare, divisor }: Bottlenecks,
  whole: bigint,
  rate: readonly bigint[],
  size: number,
): Fractions {
  const price = new Array<bigint>(vertices).fill(0n)
  price[vertices - 1] = whole
  const numerators = new Array<bigint>(size).fill(0n)
  for (let v = vertices - 1; v >= 0; v--) {
    if (node[v]! >= 0) {
      numerators[node[v]!] = price[v]! * rate[v]!
      continue
    }
    if (price[v] === 0n) continue
    const share = price[v]! / BigInt(divisor[v]!)
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      if (spare[inputs[i]!] === 0) price[inputs[i]!] = share
    }
  }
  const denominator = numerators.reduce((sum, number) => sum + number, 0n)
  return { numerators, denominator }
}
