import { load } from '../../core/load.ts'
import { UserError } from '../../core/user-error.ts'
import type { AnyModel } from '../model.ts'
import type { Parameters, Spec } from '../spec.ts'
import type { System } from '../system.ts'

/**
 * A model by the module that exports it, because functions cannot travel from one thread to
 * another. The export is a spec, a model, or a function that makes a model out of `given`.
 */
export interface ModelReference {
  /** A file, a package, or a `file:` URL. */
  readonly module: string
  readonly export: string
  /** Of a spec. */
  readonly parameters?: Parameters
  /** Of a spec: the bug to be planted. */
  readonly mutant?: string
  /** Of a function: what it is called with. Plain data. */
  readonly given?: unknown
}

/** @throws UserError if there is no such export, or if it is nothing that can be explored. */
export async function modelOf(reference: ModelReference): Promise<AnyModel | System> {
  const { module, parameters, mutant, given } = reference
  const text = `${module}#${reference.export}`
  const value = await load(text)
  if (typeof value === 'function') return (value as (given: unknown) => AnyModel | System)(given)
  if (typeof value !== 'object' || value === null) return refuse(text)
  if ('make' in value) return (value as Spec).make(parameters, mutant)
  return 'actions' in value ? (value as AnyModel) : refuse(text)
}

function refuse(text: string): never {
  throw new UserError('this export is neither a spec nor a model', {
    where: text,
    hint: 'write export const mine = spec(...) or model(...), both from synod/explore',
  })
}
