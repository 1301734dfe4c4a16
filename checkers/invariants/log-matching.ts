import type { Invariant } from '../../src/core/invariant.ts'
import { pairsOf } from './pairs.ts'
import type { ShownLog } from './replicated-log.ts'
import { entryAt, entryText, firstDifference, lastIndex, shownLog } from './replicated-log.ts'

/** Two logs with an entry of the same term at the same index are the same up to there. */
export const logMatching: Invariant = {
  name: 'log matching',
  source: 'Ongaro, Ousterhout 2014, §5.3',
  reads: ['log', 'base'],
  violated(views, nodes, changed) {
    const logs = views.map(shownLog)
    for (const [at, next] of pairsOf(logs.length, changed)) {
      const [one, other] = [logs[at], logs[next]]
      if (one === undefined || other === undefined) continue
      const index = firstDifference(one, other, lastMatch(one, other))
      if (index === undefined) continue
      const [here, there] = [entryText(entryAt(one, index)), entryText(entryAt(other, index))]
      return `at index ${index} ${nodes[at]} has ${here} and ${nodes[next]} has ${there}`
    }
    return undefined
  },
}

/** The last index at which the terms of two logs are the same; 0: there is none. */
function lastMatch(one: ShownLog, other: ShownLog): number {
  const first = Math.max(one.base, other.base)
  for (let index = Math.min(lastIndex(one), lastIndex(other)); index > first; index--) {
    if (entryAt(one, index)?.term === entryAt(other, index)?.term) return index
  }
  return 0
}
