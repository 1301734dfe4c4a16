import { modelNamed } from '../../checkers/models/index.ts'
import { isModuleReference, load } from '../core/load.ts'
import type { Model } from '../core/model.ts'
import { UserError } from '../core/user-error.ts'

/**
 * The model that `--model` names: one of ours, or an export of the user's own module. @throws
 * UserError
 */
export async function namedModel(text: string): Promise<Model> {
  if (!isModuleReference(text)) return modelNamed(text)
  const value = await load(text)
  const model: unknown = typeof value === 'function' ? (value as () => unknown)() : value
  if (isModel(model)) return model
  throw new UserError('this export is not a model', {
    where: text,
    hint: 'a model has name, operations, initial and step; see checkers/models for examples',
  })
}

function isModel(value: unknown): value is Model {
  if (typeof value !== 'object' || value === null) return false
  const { name, operations, initial, step } = value as Record<string, unknown>
  return (
    typeof name === 'string' &&
    typeof operations === 'object' &&
    typeof initial === 'function' &&
    typeof step === 'function'
  )
}
