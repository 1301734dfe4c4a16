import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import type { Operation, Process } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import type { Arrays } from './arrays.ts'
import { ValueNumbers } from './value-numbers.ts'

/** Operations that do the same to every state: with the same name, argument, answer. */
export interface OperationClasses {
  /** The class of each operation. */
  readonly classOf: Int32Array
  /** The first operation of each class. */
  readonly representatives: readonly Operation[]
}

export function operationClasses(problem: Problem, arrays: Arrays): OperationClasses {
  const { model, operations } = problem
  const count = operations.length
  const key = new KeyOf(model, count, arrays)
  const representatives: Operation[] = []
  const keys = arrays.ints(KEY * count)
  const classOf = arrays.ints(count)
  // Classes plus one, by hash; 0 is free.
  const slots = arrays.ints(2 << (32 - Math.clz32(count)))
  const mask = slots.length - 1
  for (let index = 0; index < count; index++) {
    const operation = operations[index]!
    // Written where it stays if it is new.
    const end = KEY * representatives.length
    let at = key.write(operation, keys, end)
    for (at &= mask; slots[at] !== 0; at = (at + 1) & mask) {
      if (sameKey(keys, KEY * (slots[at]! - 1), end)) break
    }
    if (slots[at] === 0) slots[at] = representatives.push(operation)
    classOf[index] = slots[at]! - 1
  }
  return { classOf, representatives }
}

/** How many integers tell a class from others. */
const KEY = 5

function sameKey(keys: Int32Array, left: number, right: number): boolean {
  for (let i = 0; i < KEY; i++) if (keys[left + i] !== keys[right + i]) return false
  return true
}

interface Name {
  readonly id: number
  readonly normal: ((value: Json) => Json) | undefined
}

class KeyOf {
  readonly #model: Model
  readonly #names = new Map<string, Name>()
  readonly #values: ValueNumbers
  #processes: Interner | undefined

  constructor(model: Model, expected: number, arrays: Arrays) {
    this.#model = model
    this.#values = new ValueNumbers(expected, arrays)
  }

  /** Writes the key of an operation to `keys` from `at` on, and answers with a hash of it. */
  write(operation: Operation, keys: Int32Array, at: number): number {
    const { id, normal } = this.#name(operation.f)
    const { value, result } = operation
    const values = this.#values
    const seen = result === undefined || normal === undefined ? result : normal(result)
    // A pair, as a compare-and-set has it, is known by its parts: it needs no text then.
    const inParts = isPlainPair(value)
    const first = values.of(inParts ? value[0] : value)
    const second = inParts ? values.of(value[1]) + 1 : 0
    const answer = isUnknown(operation) || seen === undefined ? 0 : values.of(seen) + 1
    const who = this.#model.knowsProcess === true ? this.#process(operation.process) : 0
    keys[at] = id
    keys[at + 1] = first
    keys[at + 2] = second
    keys[at + 3] = answer
    keys[at + 4] = who
    const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(answer, 0x85ebca6b) ^ (who << 3)
    return (Math.imul(mixed + Math.imul(second, 0x27d4eb2f), 0xc2b2ae35) >>> 9) ^ id
  }

  #process(process: Process): number {
    this.#processes ??= new Interner()
    return this.#processes.id(process)
  }

  #name(f: string): Name {
    const known = this.#names.get(f)
    if (known !== undefined) return known
    const name = { id: this.#names.size, normal: this.#model.operations[f]?.result.normal }
    this.#names.set(f, name)
    return name
  }
}

function isPlainPair(value: Json): value is readonly [Json, Json] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    isPlain(value[0] as Json) &&
    isPlain(value[1] as Json)
  )
}

function isPlain(value: Json): boolean {
  return value === null || typeof value !== 'object'
}
