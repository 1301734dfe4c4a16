import type { FlatTreeOfKinds } from './tree-side.ts'

/**
 * The probability that the tree or its dual does not hold. Each vertex has the probabilities of
 * four cases, [neither, dual only, tree only, both]; inputs are independent, so a gate counts how
 * many of them hold in either way. Only sums and products of probabilities: nothing cancels.
 */
export function treeFailure(
  { vertices, node, need, inputs }: FlatTreeOfKinds,
  down: Float64Array,
): number {
  const stack: Float64Array[] = []
  for (let v = 0; v < vertices; v++) {
    const leaf = node[v]!
    if (leaf >= 0) {
      stack.push(Float64Array.of(down[leaf]!, 0, 0, 1 - down[leaf]!))
      continue
    }
    const count = inputs[v]!
    const width = count + 1
    let cases = new Float64Array(width * width)
    cases[0] = 1
    for (const input of stack.splice(stack.length - count, count)) {
      const next = new Float64Array(width * width)
      for (let at = 0; at < cases.length; at++) {
        const probability = cases[at]!
        if (probability === 0) continue
        next[at]! += probability * input[0]!
        if (input[1]! > 0) next[at + 1]! += probability * input[1]!
        if (input[2]! > 0) next[at + width]! += probability * input[2]!
        next[at + width + 1]! += probability * input[3]!
      }
      cases = next
    }
    const result = new Float64Array(4)
    for (let tree = 0; tree < width; tree++) {
      for (let dual = 0; dual < width; dual++) {
        const held = (tree >= need[v]! ? 2 : 0) + (dual >= count - need[v]! + 1 ? 1 : 0)
        result[held]! += cases[tree * width + dual]!
      }
    }
    stack.push(result)
  }
  const [neither = 0, dualOnly = 0, treeOnly = 0] = stack[0] ?? []
  return neither + dualOnly + treeOnly
}
