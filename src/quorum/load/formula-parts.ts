import type { Formula, Gate } from '../formula.ts'

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

const NONE: readonly number[] = []

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
    } else parts.push({ node: next, need: 0, inputs: NONE, weights: undefined })
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

/** The least cost of inputs whose weights reach `need`. */
export function cheapest(
  need: number,
  costs: bigint[],
  weights: readonly number[] | undefined,
): bigint {
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
