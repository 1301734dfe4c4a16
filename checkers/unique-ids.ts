import { Interner } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Shape } from '../src/core/shape.ts'
import { anything, nothing } from '../src/core/shape.ts'
import { who, shown } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * | operation | argument | result |
 * |---|---|---|
 * | generate | nothing | the id; `null` is none |
 *
 * A call of unknown outcome may have been given any id, so it contradicts nothing.
 */
const id: Shape = { ...anything, text: 'the id; `null` is none' }
const shapes = { generate: { value: nothing, result: id } }

/** A generator of unique ids never gives the same id twice. */
export const uniqueIds: DirectCondition = {
  name: 'unique-ids',
  summary: 'no id is given out twice',
  source: 'the specification of a sequence generator',
  operations: shapes,
  unfit: (history) => misfit(history, uniqueIds, ['generate'], 'ignored'),

  check(history) {
    const findings: Finding[] = []
    let given = 0
    for (const { part, operations } of perObject(history.operations)) {
      const ids = new Interner()
      const firstWith: Operation[] = []
      for (const op of operations) {
        if (op.f !== 'generate' || op.result === undefined) continue
        given++
        if (op.result === null) {
          const sentence = `${who(op.process)} asked for an id and was given none`
          findings.push({ sentence, operations: [op.id], culprit: op.id, part })
          continue
        }
        const id = ids.id(op.result)
        const first = firstWith[id]
        if (first === undefined) firstWith[id] = op
        else findings.push(repeated(first, op, part))
      }
    }
    return verdictOf('unique-ids', findings, `${given} ids were given out, all different`)
  },
}

function repeated(first: Operation, second: Operation, part: string | undefined): Finding {
  const [a, b] = [who(first.process), who(second.process)]
  const id = shown(second.result ?? null)
  const sentence =
    first.process === second.process
      ? `${a} was given the id ${id} twice`
      : `${b} was given the id ${id}, which ${a} was given too`
  return { sentence, operations: [first.id, second.id], culprit: second.id, part }
}
