import type { Invariant } from '../../src/core/invariant.ts'

/**
 * No two nodes have led in the same term. A node shows its `term`, its `role`, and as `led` the
 * last term in which it was leader, which it still shows when it is not any more.
 */
export const electionSafety: Invariant = {
  name: 'election safety',
  source: 'Ongaro, Ousterhout 2014, §5.2',
  reads: ['role', 'term', 'led'],
  violated(views, nodes) {
    for (let one = 0; one < views.length; one++) {
      const term = ledTerm(views[one])
      if (term === 0) continue
      for (let other = one + 1; other < views.length; other++) {
        if (ledTerm(views[other]) === term) {
          return `${nodes[one]} and ${nodes[other]} were both elected in term ${term}`
        }
      }
    }
    return undefined
  },
}

function ledTerm(view: Readonly<Record<string, unknown>> | undefined): number {
  if (view === undefined) return 0
  return (view['role'] === 'leader' ? view['term'] : (view['led'] ?? 0)) as number
}
