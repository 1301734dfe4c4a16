import type { Formula, Gate } from '../formula.ts'
import { Rational } from '../rational.ts'

/**
 * What `verifyLoad` knows about formulas. Nothing that finds loads uses this file, and it uses
 * nothing of theirs, so that a mistake there is not repeated here.
 */

/** A part of a formula: a node, or a gate over parts that stand before it. */
export interface Part {
  /** -1 for a gate. */
  readonly node: number
  readonly need: number
  readonly inputs: readonly number[]
  /** Only where they are not all 1. */
  readonly weights: readonly number[] | undefined
}

/** The parts in post-order, without gates that have a single input. */
export function partsOf(formula: Formula): Part[] {
  const parts: Part[] = []
  const open: { gate: Gate; inputs: number[] }[] = [
    { gate: { need: 1, inputs: [formula] }, inputs: [] },
  ]
  for (;;) {
    const top = open.at(-1)
    if (top === undefined) return parts
    let next = top.gate.inputs[top.inputs.length]
    while (typeof next === 'object' && next.inputs.length === 1) next = next.inputs[0]
    if (typeof next === 'object') {
      open.push({ gate: next, inputs: [] })
      continue
    }
    if (next === undefined) {
      open.pop()
      if (open.length === 0) return parts
      const weights = top.gate.weights?.every((weight) => weight === 1)
        ? undefined
        : top.gate.weights
      parts.push({ node: -1, need: top.gate.need, inputs: top.inputs, weights })
    } else parts.push({ node: next, need: 0, inputs: [], weights: undefined })
    open.at(-1)?.inputs.push(parts.length - 1)
  }
}

/** Whether the live nodes (1) are enough. */
export function stands(parts: readonly Part[], alive: Uint8Array): boolean {
  const held = new Uint8Array(parts.length)
  for (const [place, { node, need, inputs, weights }] of parts.entries()) {
    let weight = 0
    for (let i = 0; i < inputs.length && weight < need; i++) {
      if (held[inputs[i] ?? 0] === 1) weight += weights?.[i] ?? 1
    }
    held[place] = node >= 0 ? (alive[node] ?? 0) : weight >= need ? 1 : 0
  }
  return held.at(-1) === 1
}

/** How many parts are looked at before the answer is given up. */
const MOST_LOOKS = 20_000_000
const FEW_LOOKS = 300_000
/** Up to this many nodes all sets of them can be looked at. */
const MOST_NODES_FOR_TABLE = 18

/**
 * The least sum of prices of nodes that are enough, over the denominator; `undefined` where the
 * search would take too long. Prices are not negative.
 */
export function leastPrice(
  parts: readonly Part[],
  prices: readonly bigint[],
  denominator: bigint,
): Rational | undefined {
  const seen = new Set<number>()
  const readOnce = parts.every(({ node }) => node < 0 || (!seen.has(node) && seen.add(node)))
  const found = readOnce
    ? ofTree(parts, prices)
    : (ofGoals(parts, prices, FEW_LOOKS) ??
      ofTable(parts, prices) ??
      ofGoals(parts, prices, MOST_LOOKS))
  return found === undefined ? undefined : Rational.of(found, denominator)
}

/** The cheapest of all sets that are enough, where these are few enough to be looked at. */
function ofTable(parts: readonly Part[], prices: readonly bigint[]): bigint | undefined {
  const nodes = [...new Set(parts.map(({ node }) => node).filter((node) => node >= 0))]
  if (nodes.length > MOST_NODES_FOR_TABLE) return undefined
  const sets = 1 << nodes.length
  const all = (1n << BigInt(sets)) - 1n
  // Bit s of a part's table says whether it holds in set s; node i is in the sets with bit i.
  const tables: bigint[] = []
  for (const { node, need, inputs, weights } of parts) {
    if (node >= 0) {
      const block = 1n << BigInt(1 << nodes.indexOf(node))
      tables.push((all / (block + 1n)) * block)
      continue
    }
    const reached = [all, ...new Array<bigint>(need).fill(0n)]
    for (const [i, input] of inputs.entries()) {
      for (let weight = need; weight > 0; weight--) {
        const before = reached[Math.max(0, weight - (weights?.[i] ?? 1))] ?? 0n
        reached[weight] = (reached[weight] ?? 0n) | (before & (tables[input] ?? 0n))
      }
    }
    tables.push(reached[need] ?? 0n)
  }
  const enough = (tables.at(-1) ?? 0n).toString(2)
  const costs = [0n]
  let best: bigint | undefined
  for (let set = 1; set < sets; set++) {
    const top = 31 - Math.clz32(set)
    const cost = (costs[set - (1 << top)] ?? 0n) + (prices[nodes[top] ?? 0] ?? 0n)
    costs.push(cost)
    if (enough[enough.length - 1 - set] === '1' && (best === undefined || cost < best)) best = cost
  }
  return best
}

/** Where each node stands once, a gate costs what its cheapest inputs cost. */
function ofTree(parts: readonly Part[], prices: readonly bigint[]): bigint {
  const costs: bigint[] = []
  for (const { node, need, inputs, weights } of parts) {
    const below = inputs.map((input) => costs[input] ?? 0n)
    costs.push(node >= 0 ? (prices[node] ?? 0n) : cheapest(need, below, weights))
  }
  return costs.at(-1) ?? 0n
}

/** The least cost of inputs whose weights reach `need`. */
function cheapest(need: number, costs: bigint[], weights: readonly number[] | undefined): bigint {
  if (weights !== undefined) {
    const least = new Array<bigint | undefined>(need + 1).fill(undefined)
    least[0] = 0n
    for (const [i, cost] of costs.entries()) {
      for (let reached = need; reached > 0; reached--) {
        const before = least[Math.max(0, reached - (weights[i] ?? 0))]
        const now = least[reached]
        if (before !== undefined && (now === undefined || before + cost < now)) {
          least[reached] = before + cost
        }
      }
    }
    return least[need] ?? 0n
  }
  // Prices of an optimum tend to be few different ones.
  const kinds: bigint[] = []
  const times: number[] = []
  for (const cost of costs) {
    let kind = kinds.length > MOST_KINDS ? -1 : kinds.indexOf(cost)
    if (kind === -1) kind = kinds.push(cost) - 1
    times[kind] = (times[kind] ?? 0) + 1
  }
  const ascending = kinds.map((_, kind) => kind).sort((a, b) => compare(kinds[a], kinds[b]))
  let sum = 0n
  let missing = need
  for (const kind of ascending) {
    const taken = Math.min(missing, times[kind] ?? 0)
    sum += (kinds[kind] ?? 0n) * BigInt(taken)
    missing -= taken
    if (missing === 0) break
  }
  return sum
}

const MOST_KINDS = 16

function compare(a = 0n, b = 0n): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What still has to hold: `need` of the inputs of a gate from number `from` on. */
interface Goal {
  readonly place: number
  readonly from: number
  readonly need: number
}

/**
 * The least price where nodes stand more than once. Goals that have no undecided node in common
 * are paid for one by one. Of goals that have, one is resolved by trying each of its inputs as the
 * first that is taken; the nodes it takes are free for the others from then on.
 */
function ofGoals(
  parts: readonly Part[],
  prices: readonly bigint[],
  most: number,
): bigint | undefined {
  const price = [...prices]
  let looks = 0
  const nodesOf = parts.map(() => undefined as Int32Array | undefined)
  const nodes = (place: number): Int32Array => {
    const known = nodesOf[place]
    if (known !== undefined) return known
    const { node, inputs } = parts[place] as Part
    const found = new Set<number>(node >= 0 ? [node] : [])
    for (const input of inputs) for (const one of nodes(input)) found.add(one)
    return (nodesOf[place] = Int32Array.from(found))
  }

  const pay = (goals: readonly Goal[]): bigint => {
    const paid: [number, bigint][] = []
    const open: Goal[] = []
    let sum = 0n
    const todo = [...goals]
    for (let goal = todo.pop(); goal !== undefined; goal = todo.pop()) {
      const { node, inputs, weights } = parts[goal.place] as Part
      if (++looks > most) throw OUT_OF_REACH
      if (node >= 0) {
        sum += price[node] ?? 0n
        paid.push([node, price[node] ?? 0n])
        price[node] = 0n
      } else if (weights === undefined && goal.need === inputs.length - goal.from) {
        for (const input of inputs.slice(goal.from)) todo.push(whole(parts, input))
      } else open.push(goal)
    }
    for (const group of apart(open)) sum += group.length > 1 ? least(group) : alone(group)
    for (let undo = paid.pop(); undo !== undefined; undo = paid.pop()) price[undo[0]] = undo[1]
    return sum
  }

  const alone = (group: readonly Goal[]): bigint => {
    const goal = group[0] as Goal
    const { inputs, weights } = parts[goal.place] as Part
    const own = inputs.slice(goal.from)
    if (goal.need > 1 && apart(own.map((input) => whole(parts, input))).length < own.length) {
      return least(group)
    }
    const costs = own.map((input) => pay([whole(parts, input)]))
    return cheapest(goal.need, costs, weights?.slice(goal.from))
  }

  /** Of the goals, the one that shares nodes with the most others is tried input by input. */
  const least = (group: readonly Goal[]): bigint => {
    const goal = mostShared(group)
    const others = group.filter((other) => other !== goal)
    const { inputs, weights } = parts[goal.place] as Part
    let best: bigint | undefined
    let left = 0
    for (let i = goal.from; i < inputs.length; i++) left += weights?.[i] ?? 1
    for (let i = goal.from; left >= goal.need; i++) {
      const rest = goal.need - (weights?.[i] ?? 1)
      const more = rest > 0 ? [{ place: goal.place, from: i + 1, need: rest }] : []
      left -= weights?.[i] ?? 1
      if (rest > left) continue
      const cost = pay([...others, ...more, whole(parts, inputs[i] ?? 0)])
      if (best === undefined || cost < best) best = cost
    }
    return best ?? 0n
  }

  const undecided = (goal: Goal): Int32Array => {
    const { inputs } = parts[goal.place] as Part
    const all = goal.from === 0 ? [nodes(goal.place)] : inputs.slice(goal.from).map(nodes)
    const list = all.length === 1 ? (all[0] as Int32Array) : all.flatMap((one) => [...one])
    looks += list.length
    return Int32Array.from(list).filter((node) => price[node] !== 0n)
  }

  const apart = (goals: readonly Goal[]): Goal[][] => {
    if (goals.length < 2) return goals.map((goal) => [goal])
    const groups: Goal[][] = goals.map((goal) => [goal])
    const owner = new Map<number, number>()
    const leader = goals.map((_, i) => i)
    const find = (i: number): number => (leader[i] === i ? i : find(leader[i] ?? 0))
    for (const [i, goal] of goals.entries()) {
      for (const node of undecided(goal)) {
        const before = owner.get(node)
        if (before === undefined) owner.set(node, i)
        else leader[find(i)] = find(before)
      }
    }
    for (const [i, goal] of goals.entries()) if (find(i) !== i) groups[find(i)]?.push(goal)
    return groups.filter((_, i) => find(i) === i)
  }

  const mostShared = (group: readonly Goal[]): Goal => {
    if (group.length === 1) return group[0] as Goal
    const times = new Map<number, number>()
    for (const goal of group) {
      for (const node of undecided(goal)) times.set(node, (times.get(node) ?? 0) + 1)
    }
    const shared = group.map((goal) => {
      const own = undecided(goal).filter((node) => (times.get(node) ?? 0) > 1)
      return own.length / ((parts[goal.place] as Part).inputs.length - goal.from)
    })
    return group[shared.indexOf(Math.max(...shared))] as Goal
  }

  try {
    return pay([whole(parts, parts.length - 1)])
  } catch (problem) {
    if (problem === OUT_OF_REACH) return undefined
    throw problem
  }
}

const OUT_OF_REACH = new Error('too many looks')

function whole(parts: readonly Part[], place: number): Goal {
  return { place, from: 0, need: parts[place]?.need ?? 0 }
}
