import type { Invariant } from '../../src/core/invariant.ts'
import { entryAt, entryText, lastIndex, sameEntry, shownLog } from './replicated-log.ts'

/**
 * The last entry that a node knows to be committed is in the logs of a majority. For clusters whose
 * voters do not change. (That of the others follows by log matching.)
 */
export const committedAtMajority: Invariant = {
  name: 'committed at a majority',
  source: 'Ongaro, Ousterhout 2014, §5.3',
  reads: ['log', 'base', 'commit'],
  violated(views, nodes) {
    const logs = views.map(shownLog)
    for (const [at, log] of logs.entries()) {
      const entry = log === undefined ? undefined : entryAt(log, log.commit)
      if (log === undefined || entry === undefined) continue
      const index = log.commit
      // What a snapshot stands for is not compared.
      const having = logs.filter(
        (other) =>
          other !== undefined &&
          (other.base >= index ||
            (lastIndex(other) >= index && sameEntry(entryAt(other, index), entry))),
      )
      if (2 * having.length > nodes.length) continue
      const text = `${entryText(entry)} at index ${index}`
      return `${nodes[at]} knows ${text} to be committed, which ${having.length} have`
    }
    return undefined
  },
}
