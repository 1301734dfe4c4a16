import type { Json } from '../src/core/json.ts'
import type { OperationShape } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import { who, shown } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import type { Condition } from './condition.ts'

/**
 * A condition that is checked by looking at the operations themselves, without a sequential object.
 */
export interface DirectCondition extends Condition {
  /** The operations that it reads; they are the rows of the table in docs/history.md. */
  readonly operations: Readonly<Record<string, OperationShape>>
}

/**
 * Why a history does not fit the operations of a condition: one of `needed` never occurs, a value
 * has another form or, unless they are `ignored`, there are operations under other names.
 */
export function misfit(
  history: History,
  condition: Pick<DirectCondition, 'name' | 'operations'>,
  needed: readonly string[],
  foreign: 'ignored' | 'refused',
): string | undefined {
  const seen = new Set<string>()
  for (const op of history.operations) {
    seen.add(op.f)
    const shape = Object.hasOwn(condition.operations, op.f) ? condition.operations[op.f] : undefined
    if (shape === undefined) {
      if (foreign === 'ignored') continue
      return `operation ${shown(op.f)} of ${who(op.process)} is none of ${names(condition)}`
    }
    const bad = wrong(shape, op.value, op.result)
    if (bad !== undefined) return `${op.f} of ${who(op.process)} ${bad}`
  }
  const absent = needed.filter((name) => !seen.has(name))
  return absent.length === 0 ? undefined : `there is no operation ${absent.join(', none ')} in it`
}

function wrong(shape: OperationShape, value: Json, result: Json | undefined): string | undefined {
  if (!shape.value.accepts(value))
    return `has the argument ${shown(value)}, not ${shape.value.text}`
  if (result === undefined || shape.result.accepts(result)) return undefined
  return `returned ${shown(result)}, not ${shape.result.text}`
}

function names({ operations }: Pick<DirectCondition, 'operations'>): string {
  return Object.keys(operations).join(', ')
}

/** `process n1`: for those who are servers rather than clients. */
export function processText(operation: Operation): string {
  return who(operation.process).replace(/^client/, 'process')
}
