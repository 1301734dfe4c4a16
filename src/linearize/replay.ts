import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { canonical, sameJson } from '../core/json.ts'
import { normalResult } from '../core/model.ts'
import { isUnknown } from '../core/operation.ts'

/**
 * Checks a claimed linearization, with no search and no code of the engines: every operation that
 * returned is there once, none stands after one that was called after it returned, and the model
 * gives every answer. Says what is wrong, or `undefined` when the order is a proof.
 */
export function faultInOrder(order: Iterable<number>, problem: Problem): string | undefined {
  const { model, operations } = problem
  const placed = new Uint8Array(operations.length)
  let states = [problem.initial]
  let latestCall = -Infinity
  for (const index of order) {
    const operation = operations[index]
    if (operation === undefined || placed[index] === 1) return `operation ${index} is there twice`
    placed[index] = 1
    latestCall = Math.max(latestCall, operation.called)
    if (operation.returned < latestCall) return `operation ${index} comes too late`
    const seen = normalResult(model, operation)
    const next: Json[] = []
    for (const state of states) {
      for (const step of model.step(state, operation)) {
        if (seen === undefined || sameJson(step.result, seen)) next.push(step.state)
      }
    }
    if (next.length === 0) return `operation ${index} cannot have had its result there`
    states = next.length === 1 ? next : withoutRepeats(next)
  }
  const missing = operations.findIndex((op, index) => placed[index] === 0 && !isUnknown(op))
  return missing === -1 ? undefined : `operation ${missing} is missing`
}

function withoutRepeats(states: readonly Json[]): Json[] {
  return [...new Map(states.map((state) => [canonical(state), state])).values()]
}
