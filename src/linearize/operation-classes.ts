import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import type { Arrays } from './arrays.ts'
import { valueNumbers } from './value-numbers.ts'

/** Operations that do the same to every state: with the same name, argument, answer. */
export interface OperationClasses {
  /** The class of each operation. */
  readonly classOf: Int32Array
  /** The first operation of each class. */
  readonly representatives: readonly Operation[]
}

export function operationClasses({ model, operations }: Problem, arrays: Arrays): OperationClasses {
  const count = operations.length
  const values = valueNumbers(count, arrays)
  const processes = new Interner()
  const names = new Map<string, { readonly id: number; readonly normal: Normal }>()
  const representatives: Operation[] = []
  // Four integers that tell a class from others, by class.
  const keys: number[] = []
  const classOf = arrays.ints(count)
  const slots = arrays.ints(2 << (32 - Math.clz32(count)))
  const mask = slots.length - 1
  for (let index = 0; index < count; index++) {
    const operation = operations[index]!
    let name = names.get(operation.f)
    if (name === undefined) {
      name = { id: names.size, normal: model.operations[operation.f]?.result.normal }
      names.set(operation.f, name)
    }
    const { result } = operation
    const seen = result === undefined || name.normal === undefined ? result : name.normal(result)
    const answer = isUnknown(operation) || seen === undefined ? 0 : values.of(seen) + 1
    const value = values.of(operation.value)
    const who = model.knowsProcess === true ? processes.id(operation.process) : 0
    const mixed = Math.imul(value, 0x9e3779b1) ^ Math.imul(answer, 0x85ebca6b) ^ (who << 3)
    let at = (Math.imul(mixed, 0xc2b2ae35) >>> 9) ^ name.id
    for (at &= mask; slots[at] !== 0; at = (at + 1) & mask) {
      const key = (slots[at]! - 1) * 4
      if (keys[key] === value && keys[key + 1] === answer && keys[key + 2] === name.id) {
        if (keys[key + 3] === who) break
      }
    }
    if (slots[at] === 0) {
      slots[at] = representatives.push(operation)
      keys.push(value, answer, name.id, who)
    }
    classOf[index] = slots[at]! - 1
  }
  return { classOf, representatives }
}

type Normal = ((value: Json) => Json) | undefined
