import type { AnyModel } from '../explore/index.ts'
import type { ExploreFlags } from './explore-flags.ts'
import { narrowedModel } from './explore-narrow.ts'
import { askedModel } from './explore-spec.ts'

/** What was asked for, as it can travel to another thread. */
export type GivenModel = Pick<
  ExploreFlags,
  'param' | 'mutant' | 'invariant' | 'property' | 'deadlock'
> & { readonly text: string }

/** The model that was asked for, made anew in the thread that this is called in. */
export async function givenModel(given: unknown): Promise<AnyModel> {
  const { text, ...flags } = given as GivenModel
  return narrowedModel(await askedModel(text, flags), flags)
}
