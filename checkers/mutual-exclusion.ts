import type { Operation } from '../src/core/operation.ts'
import { acknowledged, nothing } from '../src/core/shape.ts'
import { before, who } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * | operation | argument | result |
 * |---|---|---|
 * | acquire | ignored | ignored (an acknowledgement) |
 * | release | ignored | ignored (an acknowledgement) |
 * | crash | ignored | ignored: whatever this process holds is free from the call on |
 *
 * A process certainly holds the lock from the return of its acquire to the call of its next
 * release or crash, or to the end. An acquire of unknown outcome holds nothing for certain. Only
 * the holder's own release counts, so a lock that somebody else took away (a lease that ran out)
 * and gave to another is a violation: the first holder did not know.
 */
const shapes = {
  acquire: { value: nothing, result: acknowledged },
  release: { value: nothing, result: acknowledged },
  crash: { value: nothing, result: acknowledged },
}

/** A lock has one holder at a time. */
export const mutualExclusion: DirectCondition = {
  name: 'mutual-exclusion',
  summary: 'no two processes certainly hold the same lock at once',
  source: 'Dijkstra 1965, Solution of a problem in concurrent programming control',
  operations: shapes,
  unfit: (history) => misfit(history, mutualExclusion, ['acquire'], 'ignored'),

  check(history) {
    const findings: Finding[] = []
    let held = 0
    for (const { part, operations } of perObject(history.operations)) {
      const holdings = holdingsOf(operations)
      held += holdings.length
      let longest: Holding | undefined
      for (const holding of holdings) {
        if (longest !== undefined && holding.acquired.returned < longest.until) {
          findings.push(overlap(longest, holding, part))
        }
        if (longest === undefined || holding.until > longest.until) longest = holding
      }
    }
    const times = held === 1 ? 'once' : `${held} times`
    return verdictOf('holding-intervals', findings, `held ${times}, by one process at a time`)
  },
}

interface Holding {
  readonly acquired: Operation
  /** The position of the call that may have ended it. */
  until: number
}

/** In order of the moment from which on they are certain; those of one process never overlap. */
function holdingsOf(operations: readonly Operation[]): readonly Holding[] {
  const holdings: Holding[] = []
  const current = new Map<unknown, Holding>()
  for (const op of operations) {
    const holding = current.get(op.process)
    if (op.f === 'acquire') {
      if (op.result === undefined || holding !== undefined) continue
      const begun = { acquired: op, until: Infinity }
      holdings.push(begun)
      current.set(op.process, begun)
    } else if (holding !== undefined && (op.f === 'release' || op.f === 'crash')) {
      holding.until = op.called
      current.delete(op.process)
    }
  }
  return holdings.sort((a, b) => a.acquired.returned - b.acquired.returned)
}

function overlap(first: Holding, second: Holding, part: string | undefined): Finding {
  const [a, b] = [first.acquired, second.acquired]
  const since = before(a, { ...b, calledAt: b.returnedAt })
  const sentence =
    `${who(b.process)} acquired, ` + `but ${who(a.process)} had acquired${since} and not released`
  return { sentence, operations: [a.id, b.id], culprit: b.id, part }
}
