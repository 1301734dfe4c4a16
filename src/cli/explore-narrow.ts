import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyModel } from '../explore/index.ts'
import type { ExploreFlags } from './explore-flags.ts'
import type { AskedModel } from './explore-spec.ts'

/** The model with the claims that were asked for, and no others. @throws UserError */
export function narrowedModel(
  { model, spec }: AskedModel,
  { invariant, property = [], deadlock }: Pick<ExploreFlags, 'invariant' | 'property' | 'deadlock'>,
): AnyModel {
  const invariants = (model.invariants ?? {}) as Readonly<Record<string, unknown>>
  const properties = (model.properties ?? {}) as Readonly<Record<string, unknown>>
  for (const name of invariant ?? []) checkClaim(spec.name, '--invariant', name, invariants)
  for (const name of property) checkClaim(spec.name, '--property', name, properties)
  if (invariant === undefined && deadlock) return model
  const kept = Object.entries(invariants).filter(([name]) => invariant?.includes(name) ?? true)
  return {
    ...model,
    invariants: Object.fromEntries(kept),
    ...(deadlock ? {} : { ends: 'anywhere' }),
  } as AnyModel
}

function checkClaim(
  spec: string,
  option: string,
  name: string,
  known: Readonly<Record<string, unknown>>,
): void {
  if (Object.hasOwn(known, name)) return
  const names = Object.keys(known)
  const close = nearest(name, names)
  const listed = names.map((each) => `'${each}'`).join(', ')
  throw new UserError(`${spec} claims no '${name}'`, {
    where: option,
    hint:
      close !== undefined
        ? `did you mean '${close}'?`
        : names.length === 0
          ? 'it has none of this kind'
          : `it has ${listed}`,
  })
}
