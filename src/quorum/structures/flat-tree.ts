import { UserError } from '../../core/user-error.ts'
import type { Formula, Gate } from '../formula.ts'

/**
 * A formula as arrays, so that a pass over it is one loop however deep it is. Vertices stand in
 * post-order: the inputs of a gate before the gate, the root last. A leaf is a vertex with
 * `node` >= 0; the inputs of gate v are `inputs[start[v]]` to `inputs[start[v + 1] - 1]`, in the
 * order of the formula. Bottom-up passes count v from 0, top-down passes from the end.
 *
 * Gates with one input are left out, and equal weights are divided away: where the weights of the
 * inputs of a gate are not all 1, at least two of them differ. An and in an and is one and; an or
 * in an or is one or.
 */
export interface FlatTree {
  readonly vertices: number
  /** The node of a leaf, -1 for a gate. */
  readonly node: Int32Array
  /** How much weight has to hold; 0 for a leaf. */
  readonly need: Float64Array
  readonly start: Int32Array
  readonly inputs: Int32Array
  /** What the vertex counts for in its gate. */
  readonly weight: Float64Array
  /** Whether any gate has inputs of different weights. */
  readonly weighted: boolean
}

/** A shared part of a formula is written out as often as it is used, up to this many vertices. */
export const MOST_VERTICES = 2_000_000

/**
 * @throws RangeError for a gate that no live set or every one satisfies, UserError for a formula
 * that is too big when it is written out.
 */
export function flatTree(formula: Formula): FlatTree {
  const tree = new TreeInTheMaking()
  const open: Frame[] = []
  const enter = (part: Formula): void => {
    const inner = withoutSingles(part)
    if (typeof inner === 'number') tree.leaf(inner)
    else open.push(frameOf(inner, open.at(-1), tree.waiting))
  }
  if (writtenOut(formula) > MOST_VERTICES) throw tooBig()
  enter(formula)
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.gate.inputs[top.at++]
    if (next !== undefined) {
      enter(next)
      continue
    }
    open.pop()
    if (!top.merged) tree.gate(top)
  }
  return tree.finished()
}

/** The number of vertices, where a gate that is used several times counts as often. */
function writtenOut(formula: Formula): number {
  const sizes = new Map<Gate, number>()
  const open = [formula]
  for (let part = open.at(-1); part !== undefined; part = open.at(-1)) {
    open.pop()
    if (typeof part === 'number' || sizes.has(part)) continue
    const inner: readonly Formula[] = part.inputs
    const missing = inner.filter((input) => typeof input !== 'number' && !sizes.has(input))
    if (missing.length > 0) open.push(part, ...missing)
    else
      sizes.set(
        part,
        inner.reduce<number>((sum, input) => sum + sizeOf(input, sizes), 1),
      )
  }
  return sizeOf(formula, sizes)
}

function sizeOf(formula: Formula, sizes: ReadonlyMap<Gate, number>): number {
  return typeof formula === 'number' ? 1 : (sizes.get(formula) ?? 1)
}

/** A gate whose inputs are being visited. */
interface Frame {
  readonly gate: Gate
  readonly kind: Kind
  /** The weight of all its inputs; `undefined` where they differ. */
  readonly common: number | undefined
  /** An and in an and, or an or in an or: its inputs are those of the outer gate. */
  readonly merged: boolean
  /** How many vertices waited for their gate before its own. */
  readonly before: number
  at: number
}

type Kind = 'and' | 'or' | 'other'

function frameOf(gate: Gate, outer: Frame | undefined, before: number): Frame {
  const common = commonWeight(gate)
  const need = common === undefined ? 0 : Math.ceil(gate.need / common)
  const kind = need === 1 ? 'or' : need === gate.inputs.length ? 'and' : 'other'
  const merged = kind !== 'other' && kind === outer?.kind
  return { gate, kind, common, merged, before, at: 0 }
}

function withoutSingles(part: Formula): Formula {
  let inner = part
  while (typeof inner !== 'number') {
    checkGate(inner)
    const [only, second] = inner.inputs
    if (only === undefined || second !== undefined) break
    inner = only
  }
  return inner
}

class TreeInTheMaking {
  readonly #node: number[] = []
  readonly #need: number[] = []
  readonly #weight: number[] = []
  readonly #start: number[] = []
  readonly #inputs: number[] = []
  /** Vertices that wait for their gate. */
  readonly #waiting: number[] = []
  #weighted = false

  get vertices(): number {
    return this.#node.length
  }

  get waiting(): number {
    return this.#waiting.length
  }

  leaf(node: number): void {
    this.#add(node, 0)
  }

  gate({ gate, kind, common, before }: Frame): void {
    const own = this.#waiting.splice(before)
    own.forEach((input, place) => {
      if (common === undefined) this.#weight[input] = gate.weights?.[place] as number
    })
    this.#weighted ||= common === undefined
    const need = kind === 'and' ? own.length : Math.ceil(gate.need / (common ?? 1))
    this.#add(-1, need, own)
  }

  finished(): FlatTree {
    return {
      vertices: this.#node.length,
      node: Int32Array.from(this.#node),
      need: Float64Array.from(this.#need),
      start: Int32Array.from([...this.#start, this.#inputs.length]),
      inputs: Int32Array.from(this.#inputs),
      weight: Float64Array.from(this.#weight),
      weighted: this.#weighted,
    }
  }

  #add(node: number, need: number, own: readonly number[] = []): void {
    this.#waiting.push(this.#node.length)
    this.#node.push(node)
    this.#need.push(need)
    this.#weight.push(1)
    this.#start.push(this.#inputs.length)
    for (const input of own) this.#inputs.push(input)
  }
}

/** The tree of the sets that meet every set of this one: k of a total t becomes t - k + 1 of t. */
export function dualTree(tree: FlatTree): FlatTree {
  const { need, node, vertices } = tree
  const flipped = new Float64Array(vertices)
  for (let v = 0; v < vertices; v++) {
    if (node[v]! < 0) flipped[v] = totalWeight(tree, v) - need[v]! + 1
  }
  return { ...tree, need: flipped }
}

/** What each input of a gate counts for. */
export function inputWeights({ start, inputs, weight }: FlatTree, gate: number): Float64Array {
  const own = inputs.subarray(start[gate], start[gate + 1])
  return Float64Array.from(own, (input) => weight[input]!)
}

/** The sum of the weights of the inputs of a gate. */
export function totalWeight({ start, inputs, weight }: FlatTree, gate: number): number {
  let total = 0
  for (let i = start[gate]!; i < start[gate + 1]!; i++) total += weight[inputs[i]!]!
  return total
}

/** Whether the inputs of a gate have weights that differ. */
export function hasWeights({ start, inputs, weight }: FlatTree, gate: number): boolean {
  for (let i = start[gate]!; i < start[gate + 1]!; i++) if (weight[inputs[i]!]! !== 1) return true
  return false
}

/** The formula that the tree was made from, but for gates with one input and equal weights. */
export function formulaOf(tree: FlatTree): Formula {
  const { node, need, start, inputs, weight, vertices } = tree
  const made: Formula[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      made.push(node[v]!)
      continue
    }
    const own = inputs.subarray(start[v], start[v + 1])
    const parts = Array.from(own, (input) => made[input] as Formula)
    const weights = hasWeights(tree, v)
      ? { weights: Array.from(own, (input) => weight[input]!) }
      : {}
    made.push({ need: need[v]!, inputs: parts, ...weights })
  }
  return made[vertices - 1] as Formula
}

/**
 * Which vertices hold when the nodes marked 1 are alive; answers whether the root does. `held`
 * has a place for each vertex.
 */
export function evaluate(tree: FlatTree, alive: ArrayLike<number>, held: Uint8Array): boolean {
  const { node, need, start, inputs, weight, vertices } = tree
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      held[v] = alive[node[v]!]! === 0 ? 0 : 1
      continue
    }
    let reached = 0
    const end = start[v + 1]!
    for (let i = start[v]!; i < end; i++) {
      const input = inputs[i]!
      if (held[input] === 1) reached += weight[input]!
    }
    held[v] = reached >= need[v]! ? 1 : 0
  }
  return held[vertices - 1] === 1
}

function checkGate({ need, inputs, weights }: Gate): void {
  let total = 0
  for (let i = 0; i < inputs.length; i++) {
    const weight = weights === undefined ? 1 : (weights[i] ?? NaN)
    if (!(weight > 0 && Number.isSafeInteger(weight))) {
      throw new RangeError(`weight ${weight} in a gate`)
    }
    total += weight
  }
  if (!Number.isSafeInteger(need) || need < 1 || need > total || !Number.isSafeInteger(total)) {
    throw new RangeError(`a gate needs ${need} of ${total}`)
  }
}

/** The weight that all inputs have; `undefined` where they differ. */
function commonWeight({ weights }: Gate): number | undefined {
  const first = weights?.[0] ?? 1
  return weights === undefined || weights.every((weight) => weight === first) ? first : undefined
}

function tooBig(): UserError {
  const limit = MOST_VERTICES.toLocaleString('en-US')
  return new UserError(`the expression has more than ${limit} parts when it is written out`, {
    hint: 'fewer nested uses of the same part',
  })
}
