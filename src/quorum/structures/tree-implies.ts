import { cheapestCoalition } from './coalitions.ts'
import type { FlatTree } from './flat-tree.ts'

/**
 * Whether every set that satisfies one tree satisfies the other, seen from their shape alone: gate
 * by gate over the same nodes, the first asks for at least as much. False means not seen. In both
 * trees each node stands once.
 */
export function impliesByShape(strong: FlatTree, weak: FlatTree): boolean {
  const order = leafSpans(weak, orderOfLeaves(weak))
  const spans = leafSpans(strong, orderOfLeaves(weak))
  const open: [number, number][] = [[strong.vertices - 1, weak.vertices - 1]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [v, w] = pair
    if (!sameSpan(spans, v, order, w)) return false
    if (strong.node[v]! >= 0 && weak.node[w]! >= 0) continue
    const matched = matchedInputs(strong, v, spans, weak, w, order)
    if (matched === undefined || !asksForAsMuch(strong, v, weak, w, matched)) return false
    for (const input of matched) open.push(input)
  }
  return true
}

/** For each vertex, the first and last place of its leaves in some order, and their number. */
interface Spans {
  readonly first: Int32Array
  readonly last: Int32Array
  readonly leaves: Int32Array
}

/** The place of each node among the leaves of a tree; below each gate they follow each other. */
function orderOfLeaves(tree: FlatTree): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  for (const node of tree.node) if (node >= 0) places.set(node, places.size)
  return places
}

function leafSpans(tree: FlatTree, places: ReadonlyMap<number, number>): Spans {
  const { vertices, node, start, inputs } = tree
  const first = new Int32Array(vertices).fill(2 ** 31 - 1)
  const last = new Int32Array(vertices).fill(-1)
  const leaves = new Int32Array(vertices)
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      first[v] = last[v] = places.get(node[v]!) ?? -2
      leaves[v] = 1
    }
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const input = inputs[i]!
      first[v] = Math.min(first[v]!, first[input]!)
      last[v] = Math.max(last[v]!, last[input]!)
      leaves[v]! += leaves[input]!
    }
  }
  return { first, last, leaves }
}

/** Places below `w` are consecutive, so equal ends and numbers mean the same nodes. */
function sameSpan(a: Spans, v: number, b: Spans, w: number): boolean {
  return a.first[v] === b.first[w] && a.last[v] === b.last[w] && a.leaves[v] === b.leaves[w]
}

/** Pairs of inputs that may cover the same nodes; that they do is looked at when they are opened. */
function matchedInputs(
  strong: FlatTree,
  v: number,
  spans: Spans,
  weak: FlatTree,
  w: number,
  order: Spans,
): [number, number][] | undefined {
  const own = strong.inputs.subarray(strong.start[v], strong.start[v + 1])
  const others = weak.inputs.subarray(weak.start[w], weak.start[w + 1])
  if (own.length !== others.length) return undefined
  const byFirst = new Map(Array.from(others, (input) => [order.first[input]!, input]))
  const pairs: [number, number][] = []
  for (const input of own) {
    const partner = byFirst.get(spans.first[input]!)
    if (partner === undefined) return undefined
    pairs.push([input, partner])
  }
  return pairs
}

/** Whether what is enough for the first gate is enough for the second, if its inputs are. */
function asksForAsMuch(
  strong: FlatTree,
  v: number,
  weak: FlatTree,
  w: number,
  matched: readonly [number, number][],
): boolean {
  const weights = Float64Array.from(matched, ([input]) => strong.weight[input]!)
  const others = Float64Array.from(matched, ([, input]) => weak.weight[input]!)
  if (weights.every((weight, i) => weight === others[i])) return strong.need[v]! >= weak.need[w]!
  const lightest = cheapestCoalition(strong.need[v]!, weights, others)
  return lightest.reduce((sum, i) => sum + others[i]!, 0) >= weak.need[w]!
}
