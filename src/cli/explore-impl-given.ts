import type { ComposedSystem } from '../compose/index.ts'
import { askedComposition } from './explore-impl-asked.ts'
import type { ImplFlags } from './explore-impl-flags.ts'

/** What was asked for, as it can travel to another thread. */
export interface GivenComposition {
  readonly text: string
  readonly flags: ImplFlags
}

/** The nodes that were asked for, composed anew in the thread that this is called in. */
export async function givenComposition(given: unknown): Promise<ComposedSystem> {
  const { text, flags } = given as GivenComposition
  return (await askedComposition(text, flags)).system
}
