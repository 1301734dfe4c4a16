import { familyCall } from './families/registry.ts'
import { parseSides } from './parse.ts'
import { quorumSystem } from './system.ts'
import type { QuorumSystem } from './system.ts'

/**
 * Reads a system: a named family with numbers, `grid(rows=4,cols=4)`, an expression for the reads,
 * `majority(a, b, c) * (d + e)`, or both sides, `reads: a * b; writes: a + b`. The name of a
 * system that was made from expressions is such a text.
 * @throws UserError with a caret under the place, for numbers that a family does not take, and for
 * sides that do not intersect.
 */
export function parseSystem(text: string): QuorumSystem {
  return familyCall(text) ?? quorumSystem(parseSides(text))
}
