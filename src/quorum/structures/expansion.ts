import { UserError } from '../../core/user-error.ts'
import { antichain, setKey } from './antichain.ts'
import { isTooMuch } from './expansion-size.ts'
import type { FlatTree } from './flat-tree.ts'

/** More sets than this are not written out. */
export const MOST_QUORUMS = 1_000_000

/** How many pairs of sets may be joined for each set that may come of it. */
const PAIRS = 20

/**
 * The minimal quorums of a formula whose nodes may stand more than once: those of the inputs
 * joined, and what contains another dropped, gate by gate.
 * @throws UserError beyond `MOST_QUORUMS` sets.
 */
export function expandedQuorums(tree: FlatTree, size: number): readonly Int32Array[] {
  const found = expandedUpTo(tree, size, MOST_QUORUMS)
  if (found === undefined) throw tooMany()
  return found
}

/** The same; `undefined` where more than `limit` sets come up on the way. */
export function expandedUpTo(
  tree: FlatTree,
  size: number,
  limit: number,
): readonly Int32Array[] | undefined {
  if (isTooMuch(tree, limit, PAIRS * limit)) return undefined
  const { vertices, node, start, inputs } = tree
  const found: (readonly Int32Array[])[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      found.push([Int32Array.of(node[v]!)])
      continue
    }
    const own = Array.from(inputs.subarray(start[v], start[v + 1]), (input) => ({
      weight: tree.weight[input]!,
      sets: found[input]!,
    }))
    const sets = ofGate(tree.need[v]!, own, size, limit)
    if (sets === undefined) return undefined
    found.push(sets)
    // Each vertex is the input of one gate.
    for (let i = start[v]!; i < start[v + 1]!; i++) found[inputs[i]!] = []
  }
  return found[vertices - 1]!
}

interface Weighed {
  readonly weight: number
  readonly sets: readonly Int32Array[]
}

function ofGate(
  need: number,
  own: readonly Weighed[],
  size: number,
  limit: number,
): readonly Int32Array[] | undefined {
  let rest = own.reduce((sum, { weight }) => sum + weight, 0)
  // What reaches each weight, up to `need`, with the inputs so far.
  let reached = new Map<number, readonly Int32Array[]>([[0, [new Int32Array(0)]]])
  for (const { weight, sets } of own) {
    rest -= weight
    const next = new Map<number, Int32Array[]>()
    for (const [before, bases] of reached) {
      if (before >= need || before + rest >= need) put(next, before, bases)
      const after = Math.min(need, before + weight)
      if (before >= need || after + rest < need) continue
      const unions = joined(bases, sets, limit)
      if (unions === undefined) return undefined
      put(next, after, unions)
    }
    const total = [...next.values()].reduce((sum, some) => sum + some.length, 0)
    if (total > limit * 2) return undefined
    reached = new Map([...next].map(([at, some]) => [at, antichain(some, size)]))
  }
  return reached.get(need) ?? []
}

function put(sets: Map<number, Int32Array[]>, at: number, some: readonly Int32Array[]): void {
  const already = sets.get(at)
  if (already === undefined) sets.set(at, [...some])
  else for (const members of some) already.push(members)
}

/** Every union of one of the left and one of the right, once; `undefined` beyond the limit. */
function joined(
  left: readonly Int32Array[],
  right: readonly Int32Array[],
  limit: number,
): readonly Int32Array[] | undefined {
  if (left.length === 1 && left[0]?.length === 0) return right
  if (left.length * right.length > PAIRS * limit) return undefined
  const unions = new Map<string, Int32Array>()
  for (const a of left) {
    for (const b of right) {
      const union = Int32Array.from(new Set([...a, ...b])).sort()
      unions.set(setKey(union), union)
      if (unions.size > limit) return undefined
    }
  }
  return [...unions.values()]
}

function tooMany(): UserError {
  const limit = MOST_QUORUMS.toLocaleString('en-US')
  const fact = `the expression has more than ${limit} quorums, or nearly, when they are written out`
  return new UserError(fact, {
    hint: 'an expression that names each node once, or a named family: nothing is written out then',
  })
}
