import { nearest } from '../core/nearest.ts'
import { isModuleReference, load } from '../core/load.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyModel, Parameter, Parameters } from '../explore/index.ts'
import type { TracedModel } from '../explore/itf.ts'
import type { AnySpec } from '../../suites/spec-entry.ts'
import type { Assignment, SpecFlags } from './explore-flags.ts'

/** A model that somebody asked for, and how he would ask for it again. */
export interface AskedModel {
  /** As it was typed: `twophase`, `./mine.js#spec`. */
  readonly text: string
  readonly spec: AnySpec
  /** All of them, also those with their default. */
  readonly parameters: Parameters
  readonly mutant?: string
  readonly model: AnyModel
  /** `twophase (rm = 3, mutant commit-without-all)` */
  readonly title: string
}

/** The model that a name or reference, parameters and a mutant stand for. @throws UserError */
export async function askedModel(text: string, flags: SpecFlags): Promise<AskedModel> {
  return modelAsked(text, await namedSpec(text), flags)
}

/** The same of a spec that is at hand. @throws UserError */
export function modelAsked(
  text: string,
  spec: AnySpec,
  { param = [], mutant: asked }: SpecFlags,
): AskedModel {
  // Takes back the mutant that a trace names.
  const mutant = asked === 'none' ? undefined : asked
  const parameters = { ...spec.parameters, ...givenParameters(spec, param) }
  checkMutant(spec, mutant)
  const words = [
    ...Object.entries(parameters).map(([name, value]) => `${name} = ${String(value)}`),
    ...(mutant === undefined ? [] : [`mutant ${mutant}`]),
  ]
  return {
    text,
    spec,
    parameters,
    ...(mutant === undefined ? {} : { mutant }),
    model: made(spec, parameters, mutant, text),
    title: words.length === 0 ? spec.name : `${spec.name} (${words.join(', ')})`,
  }
}

/** @throws UserError if there is no such spec. */
export async function namedSpec(text: string): Promise<AnySpec> {
  if (!isModuleReference(text)) {
    // Loaded here, as there are many and other commands need none.
    const { loadSpec } = await import('../../suites/named-spec.ts')
    return loadSpec(text)
  }
  const value = await load(text)
  if (isSpec(value)) return value
  if (isModel(value)) {
    const { name } = { name: text.slice(text.lastIndexOf('#') + 1) }
    return { name, about: 'a model of your own', parameters: {}, make: () => value }
  }
  throw new UserError('this export is neither a spec nor a model', {
    where: text,
    hint: 'write export const mine = spec(...) or model(...), both from synod/explore',
  })
}

function isSpec(value: unknown): value is AnySpec {
  if (typeof value !== 'object' || value === null) return false
  const { name, parameters, make } = value as Record<string, unknown>
  return (
    typeof name === 'string' &&
    typeof make === 'function' &&
    typeof parameters === 'object' &&
    parameters !== null
  )
}

function isModel(value: unknown): value is AnyModel {
  if (typeof value !== 'object' || value === null) return false
  const { state, actions } = value as Record<string, unknown>
  return typeof state === 'object' && typeof actions === 'object'
}

function givenParameters(spec: AnySpec, given: readonly Assignment[]): Parameters {
  const values: Record<string, Parameter> = {}
  for (const { name, text } of given) {
    const otherwise = Object.hasOwn(spec.parameters, name) ? spec.parameters[name] : undefined
    if (otherwise === undefined) throw noSuch(spec, 'parameter', name, Object.keys(spec.parameters))
    values[name] = parameterValue(name, text, otherwise)
  }
  return values
}

function noSuch(
  { name: spec }: AnySpec,
  what: 'parameter' | 'mutant',
  name: string,
  names: readonly string[],
): UserError {
  const close = nearest(name, names)
  const all = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
  return new UserError(`${spec} has no ${what} '${name}'`, {
    where: what === 'mutant' ? '--mutant' : '--param',
    hint: close === undefined ? all : `did you mean ${close}?`,
  })
}

/** A value of the type of the default. */
function parameterValue(name: string, text: string, otherwise: Parameter): Parameter {
  const fault = (expected: string): UserError =>
    new UserError(`'${text}' is not ${expected}`, {
      where: `--param ${name}`,
      hint: `for example --param ${name}=${String(otherwise)}`,
    })
  if (typeof otherwise === 'number') {
    if (!/^-?\d{1,15}$/.test(text.trim())) throw fault('a whole number')
    return Number(text)
  }
  if (typeof otherwise === 'string') return text
  if (text !== 'true' && text !== 'false') throw fault('true or false')
  return text === 'true'
}

function checkMutant(spec: AnySpec, mutant: string | undefined): void {
  const names = Object.keys(spec.mutants ?? {})
  if (mutant === undefined || names.includes(mutant)) return
  throw noSuch(spec, 'mutant', mutant, names)
}

function made(
  spec: AnySpec,
  parameters: Parameters,
  mutant: string | undefined,
  text: string,
): AnyModel {
  try {
    return spec.make(parameters, mutant)
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    const fact = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new UserError(`the spec cannot be made: ${fact}`, {
      where: text,
      hint: 'are all parameters of a sensible size?',
      cause,
    })
  }
}

/** What a trace of it is labelled with. */
export function traced({ spec, parameters, mutant, model }: AskedModel): TracedModel {
  return { name: spec.name, parameters, model, ...(mutant === undefined ? {} : { mutant }) }
}
