import { canonical } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import { UserError } from '../core/user-error.ts'
import type { Variables } from '../state/index.ts'
import { fromItf, NotAValue, toItf } from '../state/index.ts'
import type { Step } from './exploration.ts'
import type { AnyModel } from './model.ts'
import type { Parameters } from './spec.ts'
import { stepText } from './story.ts'

/** What a trace is of. */
export interface TracedModel {
  readonly name: string
  readonly parameters: Parameters
  readonly mutant?: string
  readonly model: AnyModel
}

/**
 * A trace in the Informal Trace Format of Apalache (ADR-015), which other tools read: the states as
 * JSON, and beside each one how it was reached.
 */
export function itfTrace(
  { name, parameters, mutant, model }: TracedModel,
  { trace, loop, claim }: { trace: readonly Step[]; loop?: number; claim?: string },
): ItfTrace {
  const variables = model.state as Variables
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: name,
      parameters,
      ...(mutant === undefined ? {} : { mutant }),
      ...(claim === undefined ? {} : { claim }),
    },
    vars: Object.keys(variables),
    states: trace.map((step, index) => ({
      '#meta': { index, step: stepText(model, step) },
      ...itfState(variables, step.state),
    })),
    ...(loop === undefined ? {} : { loop }),
  }
}

export interface ItfTrace {
  readonly '#meta': Readonly<Record<string, unknown>>
  readonly vars: readonly string[]
  readonly states: readonly Readonly<Record<string, unknown>>[]
  readonly loop?: number
}

function itfState(variables: Variables, state: Step['state']): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, layout]) => [name, toItf(layout, state[name])]),
  )
}

/** A state as a text that is the same for the same state. */
export function itfKey(variables: Variables, state: Step['state']): string {
  return canonical(itfState(variables, state))
}

/** The states of a trace that was read, to be compared with `itfKey`. */
export interface ReadTrace {
  readonly keys: readonly string[]
  /** How each state was reached, where the file says so. */
  readonly steps: readonly (string | undefined)[]
  readonly loop?: number
  /** Which model it says it is of. */
  readonly parameters?: Parameters
  readonly mutant?: string
}

/** Reads a trace. @throws UserError if the text is none, or has not these variables. */
export function readItf(text: string, variables: Variables, where: string): ReadTrace {
  const content = parsed(text, where)
  const { states, loop } = content
  if (!Array.isArray(states) || states.length === 0 || !states.every(isObject))
    throw noTrace('has no list of states', where)
  const meta = isObject(content['#meta']) ? content['#meta'] : {}
  return {
    keys: (states as readonly JsonObject[]).map((state, at) =>
      itfKey(variables, readState(state, at, variables, where)),
    ),
    steps: (states as readonly JsonObject[]).map(stepOf),
    ...(typeof loop === 'number' ? { loop } : {}),
    ...(isObject(meta['parameters']) ? { parameters: meta['parameters'] as Parameters } : {}),
    ...(typeof meta['mutant'] === 'string' ? { mutant: meta['mutant'] } : {}),
  }
}

function readState(
  state: JsonObject,
  at: number,
  variables: Variables,
  where: string,
): Step['state'] {
  const fault = (fact: string, cause?: unknown): UserError =>
    new UserError(`state ${at}: ${fact}`, {
      where,
      hint: 'is it a trace of this spec, with these parameters?',
      cause,
    })
  return Object.fromEntries(
    Object.entries(variables).map(([name, layout]) => {
      if (!Object.hasOwn(state, name)) throw fault(`there is no variable '${name}'`)
      try {
        return [name, fromItf(layout, state[name] ?? null) as unknown]
      } catch (cause) {
        if (cause instanceof NotAValue) throw fault(`${name}: ${cause.fact}`, cause)
        throw cause
      }
    }),
  )
}

type JsonObject = Readonly<Record<string, Json>>

function parsed(text: string, where: string): JsonObject {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new UserError('this is not JSON', { where, hint: 'was it written by --itf?', cause })
  }
  if (!isObject(content)) throw noTrace('is no object', where)
  return content
}

function noTrace(fact: string, where: string): UserError {
  return new UserError(`this is no trace in the Informal Trace Format: it ${fact}`, {
    where,
    hint: 'name a file that --itf wrote',
  })
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stepOf(state: JsonObject): string | undefined {
  const meta = state['#meta']
  const step = isObject(meta) ? meta['step'] : undefined
  return typeof step === 'string' ? step : undefined
}
