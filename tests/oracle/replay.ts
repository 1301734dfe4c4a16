import { canonical } from '../../src/core/json.ts'
import type { Problem } from '../../src/core/engine.ts'
import { normalResult } from '../../src/core/model.ts'
import { isUnknown } from '../../src/core/operation.ts'

/**
 * Says what is wrong with a claimed linearization, or `undefined` if it is one. Shares no code with
 * engines.
 */
export function faultIn(order: Iterable<number>, problem: Problem): string | undefined {
  const { model, operations } = problem
  const placed = new Set<number>()
  let states = [problem.initial]
  let latestCall = -Infinity
  for (const index of order) {
    const op = operations[index]
    if (op === undefined || placed.has(index)) return `${index} is no operation, or twice there`
    placed.add(index)
    latestCall = Math.max(latestCall, op.called)
    if (op.returned < latestCall) return `${index} is placed after one that began after it returned`
    const seen = normalResult(model, op)
    states = states
      .flatMap((state) => model.step(state, op))
      .filter((next) => seen === undefined || canonical(next.result) === canonical(seen))
      .map((next) => next.state)
    if (states.length === 0) return `${index} cannot have had its result there`
  }
  const missing = operations.findIndex((op, index) => !isUnknown(op) && !placed.has(index))
  return missing === -1 ? undefined : `${missing} is missing`
}
