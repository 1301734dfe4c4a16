import { UserError } from '../../core/user-error.ts'
import { allOf, anyOf } from '../formula.ts'
import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { flatTree } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { minimalSurvivors } from './live-table.ts'

/** Up to this many nodes all live sets are looked at. */
export const MOST_NODES_FOR_TABLE = 20

/**
 * The sets that are still quorums after any `failures` of their nodes have failed.
 *
 * @throws UserError where there is none, or where they cannot be found in a reasonable time.
 */
export function surviving(set: QuorumSet, failures: number): Formula {
  if (!Number.isSafeInteger(failures) || failures < 0) {
    throw new UserError(`${failures} failures is not a whole number from 0 on`, { hint: '1' })
  }
  const formula = set.formula()
  if (failures === 0) return formula
  const found = bySurplus(formula, failures) ?? byTable(formula, set.size, failures)
  if (found === 'none') {
    const count = failures === 1 ? 'any one node' : `any ${failures} nodes`
    throw new UserError(`no set of nodes is a quorum after ${count} of it failed`, {
      hint: 'fewer failures, or a system of higher resilience',
    })
  }
  return found
}

/** Where no node stands twice and there are no weights. */
function bySurplus(formula: Formula, failures: number): Formula | 'none' | undefined {
  const tree = flatTree(formula)
  const leaves = tree.node.filter((node) => node >= 0)
  if (tree.weighted || new Set(leaves).size < leaves.length) return undefined
  const root = tree.vertices - 1
  const inputs = tree.inputs.subarray(tree.start[root])
  if (inputs.length > 0 && inputs.every((input) => tree.node[input]! >= 0)) {
    const need = tree.need[root]! + failures
    return need > inputs.length ? 'none' : { need, inputs: [...leaves] }
  }
  return failures === 1 ? afterOne(tree) : undefined
}

/**
 * A gate that needs k inputs still holds after one failure if k + 1 of them held, or if k held of
 * which each one survives the failure.
 */
function afterOne({ vertices, node, need, start, inputs }: FlatTree): Formula | 'none' {
  const before: Formula[] = []
  const after: (Formula | undefined)[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      before.push(node[v]!)
      after.push(undefined)
      continue
    }
    const own = Array.from(inputs.subarray(start[v], start[v + 1]))
    const now = own.map((input) => before[input]!)
    const later = own.map((input) => after[input]).filter((input) => input !== undefined)
    const ways: Formula[] = []
    if (need[v]! < now.length) ways.push({ need: need[v]! + 1, inputs: now })
    if (need[v]! <= later.length) ways.push({ need: need[v]!, inputs: later })
    before.push({ need: need[v]!, inputs: now })
    after.push(ways.length > 1 ? anyOf(ways) : ways[0])
  }
  return after[vertices - 1] ?? 'none'
}

function byTable(formula: Formula, size: number, failures: number): Formula | 'none' {
  if (size > MOST_NODES_FOR_TABLE) {
    throw new UserError(
      `quorums that survive ${failures} failures are looked for among all live sets, and ` +
        `${size} nodes have too many (the most is ${MOST_NODES_FOR_TABLE})`,
      { hint: 'one failure in an expression in which each node stands once, or a threshold' },
    )
  }
  const quorums = minimalSurvivors(formula, size, failures)
  return quorums.length === 0 ? 'none' : anyOf(quorums.map((quorum) => allOf(quorum)))
}
