import { cheapestCoalition } from './coalitions.ts'
import type { FlatTree } from './flat-tree.ts'

/**
 * Whether every set that satisfies one tree satisfies the other, seen from their shape alone: gate
 * by gate over the same nodes, the first asks for at least as much. False means not seen. In both
 * trees each node stands once.
 */
export function impliesByShape(strong: FlatTree, weak: FlatTree): boolean {
  const places = new Map<number, number>()
  for (const node of weak.node) if (node >= 0) places.set(node, places.size)
  const weakFirst = firstPlaces(weak, places)
  const strongFirst = firstPlaces(strong, places)
  const [v, w] = [strong.vertices - 1, weak.vertices - 1]
  if (strongFirst[v] !== weakFirst[w]) return false
  const open: [number, number][] = [[v, w]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const matched = matchedInputs(strong, pair[0], strongFirst, weak, pair[1], weakFirst)
    if (matched === undefined || !asksForAsMuch(strong, pair[0], weak, pair[1], matched))
      return false
    for (const input of matched) if (!bothLeaves(strong, weak, input)) open.push(input)
  }
  return true
}

/** Then they are the same node, as they have the same place. */
function bothLeaves(strong: FlatTree, weak: FlatTree, [v, w]: readonly [number, number]): boolean {
  return strong.node[v]! >= 0 && weak.node[w]! >= 0
}

/** For each vertex the first of the places of its nodes; -1 where one has none. */
function firstPlaces(tree: FlatTree, places: ReadonlyMap<number, number>): Int32Array {
  const { vertices, node, start, inputs } = tree
  const first = new Int32Array(vertices)
  for (let v = 0; v < vertices; v++) {
    first[v] = node[v]! >= 0 ? (places.get(node[v]!) ?? -1) : places.size
    for (const input of inputs.subarray(start[v], start[v + 1])) {
      first[v] = Math.min(first[v]!, first[input]!)
    }
  }
  return first
}

/**
 * Pairs of inputs with the same first place. As leaves are matched by their node and all inputs
 * are, matched vertices cover the same nodes in the end.
 */
function matchedInputs(
  strong: FlatTree,
  v: number,
  strongFirst: Int32Array,
  weak: FlatTree,
  w: number,
  weakFirst: Int32Array,
): [number, number][] | undefined {
  const own = strong.inputs.subarray(strong.start[v], strong.start[v + 1])
  const others = weak.inputs.subarray(weak.start[w], weak.start[w + 1])
  if (own.length !== others.length) return undefined
  const byFirst = new Map(Array.from(others, (input) => [weakFirst[input]!, input]))
  const pairs: [number, number][] = []
  for (const input of own) {
    const partner = byFirst.get(strongFirst[input]!)
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
