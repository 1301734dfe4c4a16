import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import type { Operation } from '../core/operation.ts'

/**
 * An independent piece of a history: linearizability is decided piece by piece (Herlihy & Wing
 * 1990, locality).
 */
export interface Part {
  /** As in a sentence: `key "x"`; '' when there is only one. */
  readonly label: string
  readonly key: Json | undefined
  readonly problem: Problem
}

/** One part for each key; one in all for models whose keys depend on each other. */
export function partsByKey(model: Model, initial: Json, operations: readonly Operation[]): Part[] {
  const whole: Part = { label: '', key: undefined, problem: { model, initial, operations } }
  if (model.partitioned === false) return [whole]
  if (operations.every(({ key }) => key === undefined)) return [whole]
  const { groups, values } = group(operations, (operation) => operation.key)
  if (groups.length <= 1) return [{ ...whole, key: operations[0]?.key }]
  return groups.map((members, id) => ({
    label: `key ${JSON.stringify(values.value(id))}`,
    key: values.value(id),
    problem: { model, initial, operations: members },
  }))
}

/** A finer cut, where the model has one: the elements of a set. `undefined`: there is none. */
export function splitFurther(part: Part): Part[] | undefined {
  const { model, operations, initial } = part.problem
  const partOf = model.part?.bind(model)
  if (partOf === undefined) return undefined
  if (operations.some((operation) => partOf(operation) === undefined)) return undefined
  const { groups, values } = group(operations, partOf)
  if (groups.length <= 1) return undefined
  return groups.map((members, id) => ({
    label: [part.label, `element ${JSON.stringify(values.value(id))}`].filter(Boolean).join(', '),
    key: part.key,
    problem: { model, initial, operations: members },
  }))
}

function group(operations: readonly Operation[], by: (operation: Operation) => Json | undefined) {
  const values = new Interner()
  const groups: Operation[][] = []
  for (const operation of operations) {
    const id = values.id(by(operation))
    const members = groups[id]
    if (members === undefined) groups[id] = [operation]
    else members.push(operation)
  }
  return { groups, values }
}
