import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'
import { isAsBefore } from './pairs.ts'

/**
 * A primary (`view.role` is `leader`) has in its `log` whatever anybody has `delivered` that has
 * not gone on to a later view (`view.term`).
 */
export const completePrimary: Invariant = {
  name: 'complete primary',
  source: 'Liskov, Cowling 2012, Viewstamped Replication revisited, section 4.2',
  reads: ['role', 'term', 'log', 'delivered'],
  violated(views, nodes, changed) {
    for (const [at, view] of views.entries()) {
      if (view?.['role'] !== 'leader') continue
      const [term, log] = [view['term'] as number, view['log'] as readonly Json[]]
      for (const [other, its] of views.entries()) {
        if (its === undefined || other === at || isAsBefore(changed, at, other)) continue
        if ((its['term'] as number) > term) continue
        const delivered = its['delivered'] as readonly Json[]
        const missing = delivered.findIndex(
          (one, index) => one !== log[index] && !(index in log && sameJson(one, log[index])),
        )
        if (missing < 0) continue
        return (
          `${nodes[at]} leads view ${term} without ${JSON.stringify(delivered[missing])}, ` +
          `which ${nodes[other]} has executed as number ${missing + 1}`
        )
      }
    }
    return undefined
  },
}
