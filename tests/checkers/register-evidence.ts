import type { Condition, ConditionVerdict, Violation } from '../../checkers/condition.ts'
import { register } from '../../checkers/models/register.ts'
import type { Json } from '../../src/core/json.ts'
import { canonical, sameJson } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { isUnknown, precedes } from '../../src/core/operation.ts'
import { faultIn } from '../oracle/replay.ts'

type Twin = (operations: readonly Operation[], initial: Json) => boolean

const OURS: ReadonlySet<string> = new Set(['per-read', 'single-writer', 'write-order'])
const NOT_NEEDED = 'is not needed'

/** What is wrong with a verdict on a register that begins with 0, or `undefined` if nothing is. */
export function faultInVerdict(
  condition: Condition,
  operations: readonly Operation[],
  verdict: ConditionVerdict,
  twin: Twin,
): string | undefined {
  if ((verdict.outcome === 'pass') !== twin(operations, 0)) return 'the twin differs'
  if (verdict.outcome === 'fail') {
    const fault = faultInViolation(operations, verdict.evidence, twin)
    // What the general check names has to break the condition; how small it is, its own tests say.
    return OURS.has(verdict.engine) || fault?.endsWith(NOT_NEEDED) === false ? fault : undefined
  }
  if (verdict.outcome === 'unknown') return 'no bound was given'
  const order = verdict.evidence.orders[0]?.order ?? []
  if (condition.name === 'atomic')
    return faultIn(order, { model: register, initial: 0, operations })
  if (condition.name === 'strong-regular') return faultInWriteOrder(operations, [...order])
  return undefined
}

/** The operations must break the condition by themselves, and not without one of their values. */
function faultInViolation(
  operations: readonly Operation[],
  { operations: ids, culprit }: Violation,
  twin: Twin,
): string | undefined {
  const some = operations.filter(({ id }) => ids.includes(id))
  if (some.map(({ id }) => id).join() !== ids.join()) return 'ids out of order or of nothing'
  if (culprit === undefined || !ids.includes(culprit)) return 'the culprit is not in it'
  if (twin(some, 0)) return 'the operations named do not break it'
  for (const value of new Set(some.map(valueOf))) {
    if (
      !twin(
        some.filter((op) => valueOf(op) !== value),
        0,
      )
    )
      return `${value} ${NOT_NEEDED}`
  }
  return undefined
}

function valueOf({ f, value, result }: Operation): string {
  return canonical(f === 'write' ? value : result)
}

/** All writes in real time, and each read behind the write that explains it. */
function faultInWriteOrder(
  operations: readonly Operation[],
  ids: readonly number[],
): string | undefined {
  const order = ids.flatMap((id) => operations[id] ?? [])
  if (new Set(order).size !== ids.length) return 'an operation is twice there'
  if (operations.some((op) => !isUnknown(op) && !order.includes(op)))
    return 'an operation is missing'
  const writes = order.filter(({ f }) => f === 'write')
  const backwards = writes.some((a, i) => writes.slice(i + 1).some((b) => precedes(b, a)))
  if (backwards) return 'writes are not in real time'
  let place = 0
  for (const op of order) {
    if (op.f === 'write') {
      place++
      continue
    }
    const source = writes[place - 1]
    if (!sameJson(source?.value ?? 0, op.result)) return `read ${op.id} is behind another value`
    if (source !== undefined && precedes(op, source)) return `read ${op.id} is before its write`
    if (writes.slice(place).some((later) => precedes(later, op)))
      return `read ${op.id} is too early`
  }
  return undefined
}
