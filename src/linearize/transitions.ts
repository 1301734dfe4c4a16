import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { Interner, sameJson } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import { normalResult, observes } from '../core/model.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import type { Arrays } from './arrays.ts'
import { fresh } from './arrays.ts'
import { operationClasses } from './operation-classes.ts'

/** The operation cannot have had its result in this state. */
export const IMPOSSIBLE = -1

const EMPTY = -1

/**
 * The model as a table of integers, filled on demand: states and classes of operations have
 * numbers, and `model.step` runs once for each pair that the search meets. Operations with the same
 * name, argument and result (and client, for models that care) form a class.
 */
export class Transitions {
  /** The class of each operation. */
  readonly classOf: Int32Array
  /** How many classes there are. */
  readonly classes: number
  /** By class: 1 if its operations never change the state. */
  readonly observer: Uint8Array
  /** By class: 1 if the outcome of its operations is unknown. */
  readonly unknown: Uint8Array
  /** The number of the state at the beginning. */
  readonly initial: number

  readonly #model: Model
  readonly #states = new Interner()
  readonly #representatives: readonly Operation[]
  readonly #several: Int32Array[] = []
  readonly #meter: Meter
  readonly #arrays: Arrays
  // An open-addressing table from (state, class) to what `next` answers.
  #capacity = 512
  #used = 0
  #keyState: Int32Array
  #keyClass: Int32Array
  #answer: Int32Array

  constructor(problem: Problem, meter: Meter, arrays = fresh) {
    this.#model = problem.model
    this.#meter = meter
    this.#arrays = arrays
    this.#keyState = arrays.ints(this.#capacity).fill(EMPTY)
    this.#keyClass = arrays.ints(this.#capacity)
    this.#answer = arrays.ints(this.#capacity)
    this.initial = this.#states.id(problem.initial)
    const { classOf, representatives } = operationClasses(problem, arrays)
    this.classOf = classOf
    this.#representatives = representatives
    this.classes = this.#representatives.length
    this.observer = arrays.bytes(this.classes)
    this.unknown = arrays.bytes(this.classes)
    this.#representatives.forEach((operation, id) => {
      this.observer[id] = observes(problem.model, operation) ? 1 : 0
      this.unknown[id] = isUnknown(operation) ? 1 : 0
    })
  }

  /**
   * The state after an operation of a class: its number, or `IMPOSSIBLE`, or, where the model
   * allows several outcomes, a number below -1 to be given to `outcomes`.
   */
  next(state: number, classId: number): number {
    const mask = this.#capacity - 1
    let at = (Math.imul(state, 0x9e3779b1) ^ Math.imul(classId, 0x85ebca6b)) >>> 7
    for (;;) {
      at &= mask
      const key = this.#keyState[at]!
      if (key === state && this.#keyClass[at] === classId) return this.#answer[at]!
      if (key === EMPTY) return this.#remember(state, classId)
      at++
    }
  }

  /** How many states the search has met. */
  get states(): number {
    return this.#states.size
  }

  /** The states behind an answer of `next` below -1. */
  outcomes(answer: number): Int32Array {
    return this.#several[-2 - answer]!
  }

  #remember(state: number, classId: number): number {
    const answer = this.#compute(state, classId)
    if (this.#used * 2 >= this.#capacity) this.#grow()
    this.#insert(state, classId, answer)
    this.#used++
    return answer
  }

  #compute(state: number, classId: number): number {
    const operation = this.#representatives[classId]!
    const seen = isUnknown(operation) ? undefined : normalResult(this.#model, operation)
    let first = IMPOSSIBLE
    let others: number[] | undefined
    for (const step of this.#model.step(this.#states.value(state), operation)) {
      if (seen !== undefined && !sameJson(step.result, seen)) continue
      const id = this.#stateId(step.state)
      if (first === IMPOSSIBLE) first = id
      else if (id !== first && others?.includes(id) !== true) (others ??= []).push(id)
    }
    if (others === undefined) return first
    this.#several.push(Int32Array.of(first, ...others))
    return -1 - this.#several.length
  }

  /** A refusal of the memory shows up in the meter, and the search stops at its next step. */
  #stateId(state: Json): number {
    const known = this.#states.size
    const id = this.#states.id(state)
    if (id === known) this.#meter.reserve(bytesOf(state))
    return id
  }

  #insert(state: number, classId: number, answer: number): void {
    const mask = this.#capacity - 1
    let at = (Math.imul(state, 0x9e3779b1) ^ Math.imul(classId, 0x85ebca6b)) >>> 7
    for (at &= mask; this.#keyState[at] !== EMPTY; at = (at + 1) & mask);
    this.#keyState[at] = state
    this.#keyClass[at] = classId
    this.#answer[at] = answer
  }

  #grow(): void {
    const [states, classes, answers] = [this.#keyState, this.#keyClass, this.#answer]
    this.#meter.reserve(this.#capacity * 12)
    this.#capacity *= 2
    this.#keyState = this.#arrays.ints(this.#capacity).fill(EMPTY)
    this.#keyClass = this.#arrays.ints(this.#capacity)
    this.#answer = this.#arrays.ints(this.#capacity)
    states.forEach((state, at) => {
      if (state !== EMPTY) this.#insert(state, classes[at]!, answers[at]!)
    })
  }
}

/** About how much memory a state takes, its text in the interner included. */
function bytesOf(state: Json): number {
  if (typeof state === 'string') return 100 + 2 * state.length
  if (state === null || typeof state !== 'object') return 100
  let bytes = 100
  for (const item of Object.values(state)) bytes += 12 + bytesOf(item) / 2
  return bytes
}
