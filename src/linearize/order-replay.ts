import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { canonical, Interner, sameJson } from '../core/json.ts'
import { normalResult } from '../core/model.ts'
import type { Process } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'

/**
 * Checks a claimed order of all operations on all keys, with no search and no code of the engines:
 * whatever was answered is there once, each client's operations come in its order, and the model
 * gives every answer. Says what is wrong, or `undefined` when the order is a proof.
 */
export function faultInMerge(order: Iterable<number>, problem: Problem): string | undefined {
  const { model, operations, initial } = problem
  const parts = new Interner()
  const states = new Map<number, Json[]>()
  const placed = new Uint8Array(operations.length)
  const answeredBefore = answeredEarlier(problem)
  const answered = new Map<Process, number>()
  for (const index of order) {
    const operation = operations[index]
    if (operation === undefined || placed[index] === 1) return `operation ${index} is there twice`
    placed[index] = 1
    const done = answered.get(operation.process) ?? 0
    if (isUnknown(operation) ? done < answeredBefore[index]! : done !== answeredBefore[index]) {
      return `operation ${index} is not in the order of its client`
    }
    if (!isUnknown(operation)) answered.set(operation.process, done + 1)
    const part = model.partitioned === false ? 0 : parts.id(operation.key)
    const seen = normalResult(model, operation)
    const next: Json[] = []
    for (const state of states.get(part) ?? [initial]) {
      for (const step of model.step(state, operation)) {
        if (isUnknown(operation) || sameJson(step.result, seen)) next.push(step.state)
      }
    }
    if (next.length === 0) return `operation ${index} cannot have had its result there`
    states.set(part, next.length === 1 ? next : withoutRepeats(next))
  }
  const missing = operations.findIndex((op, index) => placed[index] === 0 && !isUnknown(op))
  return missing === -1 ? undefined : `operation ${missing} is missing`
}

/** By operation: how many of its client's earlier ones were answered. */
function answeredEarlier({ operations }: Problem): Int32Array {
  const soFar = new Map<Process, number>()
  return Int32Array.from(operations, (operation) => {
    const before = soFar.get(operation.process) ?? 0
    if (!isUnknown(operation)) soFar.set(operation.process, before + 1)
    return before
  })
}

function withoutRepeats(states: readonly Json[]): Json[] {
  return [...new Map(states.map((state) => [canonical(state), state])).values()]
}
