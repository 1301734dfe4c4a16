import type { Json } from '../../core/json.ts'
import { Interner, canonical } from '../../core/json.ts'
import { UserError } from '../../core/user-error.ts'
import type { Applied, ObjectOperation, ObjectType } from '../../node/index.ts'

/** More states of a type are not looked at. */
const MOST_STATES = 4096

/**
 * A type as tables of integers: the outcome of operation `o` in state `s` stands at
 * `s * operations.length + o`. Of a type with too many states those are there that are reached with
 * the fewest operations, and -1 stands where a successor is not among them.
 */
export interface TypeTable {
  readonly type: ObjectType
  readonly states: readonly Json[]
  readonly operations: readonly ObjectOperation[]
  readonly responses: readonly Json[]
  readonly next: Int32Array
  readonly response: Int32Array
  /** Whether all states are there. */
  readonly complete: boolean
  /** Two outcomes of one operation in one state, if there are any. */
  readonly nondeterministic?: NondeterministicStep
}

export interface NondeterministicStep {
  readonly state: Json
  readonly operation: ObjectOperation
  readonly outcomes: readonly Applied[]
}

/**
 * Looks at every state of a type, or at the first `most` of them.
 *
 * @throws UserError if the type is not a function: it answers differently when asked again
 */
export function typeTable(type: ObjectType, most = MOST_STATES): TypeTable {
  const { operations } = type
  checkDeclared(type)
  const states = new Interner()
  const responses = new Interner()
  for (const state of type.initial) states.id(state)
  const next: number[] = []
  const response: number[] = []
  let complete = true
  let nondeterministic: NondeterministicStep | undefined
  for (let at = 0; at < states.size; at++) {
    const state = states.value(at)
    for (const operation of operations) {
      const outcomes = outcomesOf(type, state, operation)
      const [outcome] = outcomes
      if (outcome === undefined) throw noOutcome(type, state, operation)
      if (outcomes.length > 1) nondeterministic ??= { state, operation, outcomes }
      const known = states.find(outcome.state)
      const isRoom = known >= 0 || states.size < most
      complete &&= isRoom
      next.push(isRoom ? states.id(outcome.state) : -1)
      response.push(responses.id(outcome.response))
    }
  }
  return {
    type,
    states: listOf(states),
    operations,
    responses: listOf(responses),
    next: Int32Array.from(next),
    response: Int32Array.from(response),
    complete,
    ...(nondeterministic === undefined ? {} : { nondeterministic }),
  }
}

/**
 * All that an operation may do, each different from the others. Asked twice, as code may have a
 * memory of its own.
 *
 * @throws UserError if the answers differ, or if it fails
 */
export function outcomesOf(
  type: ObjectType,
  state: Json,
  operation: ObjectOperation,
): readonly Applied[] {
  const first = applied(type, state, operation)
  const again = applied(type, state, operation)
  const key = (outcomes: readonly Applied[]): string =>
    canonical(outcomes.map((each) => [each.state, each.response]))
  if (key(first) !== key(again)) {
    throw new UserError(
      `the object answers ${operationText(operation)} in one and the same state in two ways`,
      {
        where: `${type.name}, state ${canonical(state)}`,
        hint: 'return all outcomes as a list, and keep nothing outside of the state',
      },
    )
  }
  const kept = new Map(first.map((each) => [canonical([each.state, each.response]), each]))
  return [...kept.values()]
}

function applied(type: ObjectType, state: Json, operation: ObjectOperation): readonly Applied[] {
  const before = canonical(state)
  let outcome: Applied | readonly Applied[]
  try {
    outcome = type.apply(state, operation)
  } catch (cause) {
    throw new UserError(`the object fails at ${operationText(operation)}: ${String(cause)}`, {
      where: `${type.name}, state ${before}`,
      hint: 'apply must answer every operation in every state',
      cause,
    })
  }
  if (canonical(state) !== before) {
    throw new UserError(`the object changes the state that ${operationText(operation)} is given`, {
      where: `${type.name}, state ${before}`,
      hint: 'return a new state instead',
    })
  }
  const list = (Array.isArray(outcome) ? outcome : [outcome]) as readonly (
    Partial<Applied> | undefined
  )[]
  for (const each of list) {
    if (each?.state === undefined || each.response === undefined)
      throw noOutcome(type, state, operation)
  }
  return list as readonly Applied[]
}

function noOutcome(type: ObjectType, state: Json, operation: ObjectOperation): UserError {
  return new UserError(`the object does not say what ${operationText(operation)} does`, {
    where: `${type.name}, state ${canonical(state)}`,
    hint: 'apply returns { state, response }, or a list of them; null if there is nothing to say',
  })
}

function checkDeclared({ name, initial, operations }: ObjectType): void {
  if (initial.length > 0 && operations.length > 0) return
  throw new UserError(`the type has no ${initial.length === 0 ? 'initial states' : 'operations'}`, {
    where: name,
    hint: 'list at least one',
  })
}

function listOf(values: Interner): readonly Json[] {
  return Array.from({ length: values.size }, (_, at) => values.value(at))
}

/** `write(1)`, `read`. */
export function operationText([name, ...given]: ObjectOperation): string {
  return given.length === 0 ? name : `${name}(${given.map(canonical).join(', ')})`
}
