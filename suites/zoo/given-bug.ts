import type { ComposedSystem } from '../../src/compose/index.ts'
import { zoo } from '../zoo.ts'
import { systemOf } from './hunt.ts'

/** A bug or its repaired twin, as it can travel to another thread. */
export interface GivenBug {
  readonly id: string
  readonly planted: boolean
}

/** The nodes, composed anew in the thread that this is called in. */
export function givenBug(given: unknown): ComposedSystem {
  const { id, planted } = given as GivenBug
  const bug = zoo.find((each) => each.id === id)
  if (bug === undefined) throw new RangeError(`there is no bug ${id}`)
  return systemOf(bug, planted)
}
