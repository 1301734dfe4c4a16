import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { generalFormula } from './general-formula.ts'
import { thresholdTree } from './threshold-tree.ts'

/** A threshold tree if each node stands once, otherwise a general formula. */
export function quorumSetOf(formula: Formula, size: number): QuorumSet {
  return isReadOnce(formula) ? thresholdTree(formula, size) : generalFormula(formula, size)
}

function isReadOnce(formula: Formula): boolean {
  const seen = new Set<number>()
  const open = [formula]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== 'number') {
      for (const input of part.inputs) open.push(input)
    } else if (seen.has(part)) return false
    else seen.add(part)
  }
  return true
}
