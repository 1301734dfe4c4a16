import type { FlatTree } from '../structures/flat-tree.ts'

/**
 * Whether the use of the parts of a formula can be chosen part by part: no gate has weights, and
 * the inputs of a gate that needs more than one have no node in common. A gate that needs one
 * input uses one at a time, so there a node may stand in several.
 */
export function isSeparable(tree: FlatTree, size: number): boolean {
  if (tree.weighted) return false
  const { vertices, node, need, start, inputs } = tree
  const times = new Uint32Array(size)
  let repeated = false
  for (const leaf of node) if (leaf >= 0 && ++times[leaf]! > 1) repeated = true
  if (!repeated) return true
  // The nodes below each vertex; that of an input is handed on to its gate.
  const below: (Set<number> | undefined)[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      below[v] = new Set([node[v]!])
      continue
    }
    const own = inputs.subarray(start[v], start[v + 1])
    let all = below[own[0]!]!
    for (const input of own) if (below[input]!.size > all.size) all = below[input]!
    const before = all
    for (const input of own) {
      const nodes = below[input]!
      if (nodes === before) continue
      for (const one of nodes) {
        if (need[v]! > 1 && all.has(one)) return false
        all.add(one)
      }
    }
    for (const input of own) below[input] = undefined
    below[v] = all
  }
  return true
}
