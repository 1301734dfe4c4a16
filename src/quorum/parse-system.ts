import { parseSides } from './parse.ts'
import { quorumSystem } from './system.ts'
import type { QuorumSystem } from './system.ts'

export function parseSystem(text: string): QuorumSystem {
  return quorumSystem(parseSides(text))
}
