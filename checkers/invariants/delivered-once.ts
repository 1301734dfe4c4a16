import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'

/** Nobody delivers a message twice (`view.delivered`, where all that are sent are different). */
export const deliveredOnce: Invariant = {
  name: 'delivered once',
  source: 'Hadzilacos, Toueg 1994, A modular approach to fault-tolerant broadcasts, integrity',
  reads: ['delivered'],
  violated(views, nodes) {
    for (const [at, view] of views.entries()) {
      const seen = new Set<string>()
      for (const message of (view?.['delivered'] ?? []) as readonly Json[]) {
        const text = canonical(message)
        if (seen.has(text)) return `${nodes[at]} has delivered ${text} twice`
        seen.add(text)
      }
    }
    return undefined
  },
}
