import type { Invariant, View } from '../../src/core/invariant.ts'
import { isAsBefore } from './pairs.ts'
import { entryAt, entryText, firstDifference, lastIndex, shownLog } from './replicated-log.ts'

/**
 * A leader has every entry that anybody knows to be committed, of its own term or an earlier one.
 */
export const leaderCompleteness: Invariant = {
  name: 'leader completeness',
  source: 'Ongaro, Ousterhout 2014, §5.4.3',
  reads: ['role', 'term', 'log', 'base', 'commit'],
  violated(views, nodes, changed) {
    for (const [at, view] of views.entries()) {
      if (view?.['role'] !== 'leader') continue
      const missing = missingAt(at, views, changed)
      if (missing === undefined) continue
      const { node, index, has, committed } = missing
      return (
        `${nodes[at]} leads in term ${String(view['term'])} and has ${has} at index ${index}, ` +
        `where ${nodes[node]} knows ${committed} to be committed`
      )
    }
    return undefined
  },
}

function missingAt(
  at: number,
  views: readonly (View | undefined)[],
  changed: number | undefined,
): { node: number; index: number; has: string; committed: string } | undefined {
  const leader = views[at]
  const log = shownLog(leader)
  if (log === undefined || leader === undefined) return undefined
  for (const [node, view] of views.entries()) {
    if (isAsBefore(changed, at, node)) continue
    const other = shownLog(view)
    // What is known only in a later term, a leader of this term need not have.
    if (other === undefined || (view?.['term'] as number) > (leader['term'] as number)) continue
    const index = firstDifference(other, log, other.commit)
    if (index !== undefined) {
      const [has, committed] = [entryAt(log, index), entryAt(other, index)]
      return { node, index, has: entryText(has), committed: entryText(committed) }
    }
    if (lastIndex(log) >= other.commit) continue
    return { node, index: other.commit, has: 'nothing', committed: 'an entry' }
  }
  return undefined
}
