import type { Bug } from './bug.ts'

/** What must come out: steps and states of the shortest story, states and depth of the twin. */
export function pinned(
  depth: number,
  states: number,
  [twinStates, twinDepth]: readonly [states: number, depth: number],
): Pick<Bug, 'depth' | 'states' | 'twin'> {
  return { depth, states, twin: { states: twinStates, depth: twinDepth } }
}
