import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { expandedUpTo } from './expansion.ts'
import { dualTree, flatTree } from './flat-tree.ts'
import { generalFormula } from './general-formula.ts'
import { listOfQuorums } from './list-of-quorums.ts'
import { thresholdTree } from './threshold-tree.ts'

/** Fewer quorums than this are written out, because a list of them is quick to work with. */
const MOST_LISTED = 5_000

/**
 * A threshold tree if each node stands once; else a list of quorums, if they or those of the dual
 * are few; else a general formula.
 */
export function quorumSetOf(formula: Formula, size: number): QuorumSet {
  if (isReadOnce(formula)) return thresholdTree(formula, size)
  const tree = flatTree(formula)
  const quorums = expandedUpTo(tree, size, MOST_LISTED)
  if (quorums !== undefined) return listOfQuorums(quorums, size)
  const met = expandedUpTo(dualTree(tree), size, MOST_LISTED)
  if (met !== undefined) return listOfQuorums(met, size).dual()
  return generalFormula(formula, size)
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
