import type { QuorumNode } from '../node.ts'

/** Whether all nodes have the same capacities. */
export function allAlike(nodes: readonly QuorumNode[]): boolean {
  const first = nodes[0]
  return nodes.every(
    (node) =>
      first !== undefined &&
      node.readCapacity.equals(first.readCapacity) &&
      node.writeCapacity.equals(first.writeCapacity),
  )
}
