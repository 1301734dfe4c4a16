import type { Invariant } from '../../src/core/invariant.ts'
import { pairsOf } from './pairs.ts'
import { entryAt, entryText, firstDifference, shownLog } from './replicated-log.ts'

/** What two nodes know to be committed is the same, as far as both know it and still have it. */
export const stateMachineSafety: Invariant = {
  name: 'state machine safety',
  source: 'Ongaro, Ousterhout 2014, §5.4.3',
  reads: ['log', 'base', 'commit'],
  violated(views, nodes, changed) {
    const logs = views.map(shownLog)
    for (const [at, next] of pairsOf(logs.length, changed)) {
      const [one, other] = [logs[at], logs[next]]
      if (one === undefined || other === undefined) continue
      const index = firstDifference(one, other, Math.min(one.commit, other.commit))
      if (index === undefined) continue
      const [here, there] = [entryText(entryAt(one, index)), entryText(entryAt(other, index))]
      return (
        `${nodes[at]} and ${nodes[next]} have committed different entries at index ${index}: ` +
        `${here} and ${there}`
      )
    }
    return undefined
  },
}
