import type { QuorumSystem } from './system.ts'

const plain = new WeakSet<QuorumSystem>()

/** Notes that nothing is said about the nodes of a system but their names. */
export function asPlain(system: QuorumSystem): QuorumSystem {
  plain.add(system)
  return system
}

/** Whether all nodes are alike, without zone or probability: then they need not be made to know. */
export function isPlain(system: QuorumSystem): boolean {
  return plain.has(system)
}
