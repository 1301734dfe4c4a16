import type { Invariant } from '../../src/core/invariant.ts'
import { entryAt, shownLog } from './replicated-log.ts'

/**
 * A leader that has committed an entry of its own term has counted it at a majority, and what was
 * stored stays stored. A leader shows as `match` up to where each node's log is known to be as its
 * own. For clusters whose voters do not change.
 */
export const countedAtMajority: Invariant = {
  name: 'counted at a majority',
  source: 'Ongaro, Ousterhout 2014, figure 2: matchIndex increases monotonically',
  reads: ['role', 'term', 'log', 'base', 'commit', 'match'],
  violated(views, nodes) {
    for (const [at, view] of views.entries()) {
      const [log, match] = [shownLog(view), view?.['match'] as readonly number[] | null | undefined]
      if (view?.['role'] !== 'leader' || log === undefined || !Array.isArray(match)) continue
      const { commit } = log
      if (entryAt(log, commit)?.term !== view['term']) continue
      const counted = (match as readonly number[]).filter((index) => index >= commit).length
      if (2 * counted > nodes.length) continue
      return `${nodes[at]} has committed index ${commit} and knows of ${counted} that have it`
    }
    return undefined
  },
}
