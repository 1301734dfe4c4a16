import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'

/** Nodes that have decided (`view.decided`) have decided the same. */
export const agreement: Invariant = {
  name: 'agreement',
  source: 'Lamport 1998, The part-time parliament',
  reads: ['decided'],
  violated(views, nodes) {
    let first: { node: string | undefined; decided: Json } | undefined
    for (const [at, view] of views.entries()) {
      const decided = view?.['decided'] as Json | undefined
      if (decided === undefined || decided === null) continue
      first ??= { node: nodes[at], decided }
      if (canonical(first.decided) !== canonical(decided)) {
        const [one, other] = [JSON.stringify(first.decided), JSON.stringify(decided)]
        return `${first.node} has decided ${one} and ${nodes[at]} has decided ${other}`
      }
    }
    return undefined
  },
}
