import type { Invariant } from '../../src/core/invariant.ts'
import { isAsBefore } from './pairs.ts'
import { entryAt, entryText, lastIndex, sameEntry, shownLog } from './replicated-log.ts'

/**
 * A leader never takes back an entry that it has made: whatever anybody has of its term, it has
 * at the same index. (Nodes show states and not steps, so this is what can be seen of the claim
 * that a leader only appends; together with log matching it covers all of its log.)
 */
export const leaderAppendOnly: Invariant = {
  name: 'leader append-only',
  source: 'Ongaro, Ousterhout 2014, §5.3',
  reads: ['role', 'term', 'log', 'base'],
  violated(views, nodes, changed) {
    const logs = views.map(shownLog)
    for (const [at, view] of views.entries()) {
      const log = logs[at]
      if (view?.['role'] !== 'leader' || log === undefined) continue
      for (const [node, other] of logs.entries()) {
        if (isAsBefore(changed, at, node)) continue
        // Terms do not fall along a log, so the entries of this one are at its end.
        for (let index = other === undefined ? 0 : lastIndex(other); index > log.base; index--) {
          const entry = other === undefined ? undefined : entryAt(other, index)
          if (entry?.term !== view['term']) break
          if (sameEntry(entry, entryAt(log, index))) continue
          const has = entryText(entryAt(log, index))
          return `${nodes[at]} leads and has ${has} where ${nodes[node]} has ${entryText(entry)}`
        }
      }
    }
    return undefined
  },
}
