import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'

/** Of two nodes in the same term one has the beginning of the other's log. */
export const oneLog: Invariant = {
  name: 'one log in a term',
  source: 'Gray, Helland, O’Neil, Shasha 1996, The dangers of replication and a solution',
  reads: ['term', 'log'],
  violated(views, nodes) {
    const longest = new Map<unknown, { node: string | undefined; log: readonly Json[] }>()
    for (const [at, view] of views.entries()) {
      if (view === undefined) continue
      const log = view['log'] as readonly Json[]
      const other = longest.get(view['term'])
      if (other !== undefined) {
        const most = Math.min(log.length, other.log.length)
        for (let index = most - 1; index >= 0; index--) {
          const [own, its] = [log[index] as Json, other.log[index] as Json]
          if (sameJson(own, its)) continue
          const place = `in term ${String(view['term'])}, write ${index + 1}`
          const [one, two] = [JSON.stringify(its), JSON.stringify(own)]
          return `${place} is ${one} in the log of ${other.node} and ${two} in that of ${nodes[at]}`
        }
      }
      if (other === undefined || log.length > other.log.length) {
        longest.set(view['term'], { node: nodes[at], log })
      }
    }
    return undefined
  },
}
