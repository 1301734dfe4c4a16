import type { Engine } from './engine.ts'
import type { Json } from './json.ts'
import type { Operation, Process } from './operation.ts'
import type { Shape } from './shape.ts'

/** What a client asks a sequential object to do. */
export interface Call {
  readonly f: string
  readonly value: Json
  /** Only for models that set `knowsProcess`. */
  readonly process: Process
}

/** One thing that the object may do: the state it is in afterwards and the answer it gives. */
export interface Step<State extends Json = Json> {
  readonly state: State
  readonly result: Json
}

/** One operation of a model: the shape of its argument and of its answer. */
export interface OperationShape {
  readonly value: Shape
  readonly result: Shape
  /** True if a call with this answer never changes the state: a read, a failed compare-and-set. */
  readonly observes?: boolean | ((value: Json, result: Json) => boolean)
}

/**
 * A sequential object: what a single client, working alone, would observe.
 *
 * Models are pure. `step` returns every outcome that the object allows, so a deterministic object
 * returns one, a lossy or racy one several, and an object that must wait (a taken lock) none.
 * States are plain data and equal if they are equal as JSON.
 */
export interface Model<State extends Json = Json> {
  /** As on the command line: `cas-register`. */
  readonly name: string
  /** One sentence. */
  readonly summary: string
  readonly operations: Readonly<Record<string, OperationShape>>
  /** The state at the beginning; `value` is what the user gave as `--initial`. */
  initial(value?: Json): State
  /** All that the object may do with a call in this state; none where the call must wait. */
  step(state: State, call: Call): readonly Step<State>[]

  /** True if the objects under different keys are independent of each other. Default: true. */
  readonly partitioned?: boolean
  /**
   * A finer cut than by key: operations with different parts never influence each other (the
   * elements of a set). `undefined`: this operation looks at every part, so there is no cut.
   */
  part?(operation: Operation): Json | undefined
  /** True if a step depends on who calls (a lock with an owner). Default: false. */
  readonly knowsProcess?: boolean
  /**
   * The values that an operation touches, if leaving out all operations on a value leaves a legal
   * sequence legal (a queue without the operations on 7 is still a queue; values in the state at
   * the beginning stay in any case). Makes counterexamples
   * smaller. `undefined`: this operation looks at everything and has to be left out first.
   */
  touches?(operation: Operation): readonly Json[] | undefined
  /**
   * What is left of an operation that touches several values when some of them are left out: a
   * compare-and-set whose old value is gone is a write. Default: nothing is left of it.
   */
  without?(operation: Operation, gone: (value: Json) => boolean): Operation | undefined
  /**
   * The values, in the sense of `touches`, that a state holds. Those of the initial state cannot be
   * left out. Default: none, which is right where an operation sees only what was written last.
   */
  values?(state: State): readonly Json[]
  /** Engines that decide this model faster than the general search, the best one first. */
  readonly engines?: readonly Engine[]
}

/** True if the operation certainly never changes the state, given what its client saw. */
export function observes(model: Model, operation: Operation): boolean {
  const shape = model.operations[operation.f]
  const rule = shape?.observes ?? false
  if (typeof rule === 'boolean') return rule
  if (operation.result === undefined) return false
  return rule(operation.value, normalResult(model, operation) ?? null)
}

/** The answer as the model itself would give it; `undefined` when it is unknown. */
export function normalResult(model: Model, operation: Operation): Json | undefined {
  if (operation.result === undefined) return undefined
  const normal = model.operations[operation.f]?.result.normal
  return normal === undefined ? operation.result : normal(operation.result)
}
