import { expect, it } from 'vitest'

import type { Bug } from '../../suites/zoo/bug.ts'
import { asClaimed, hunt } from '../../suites/zoo/hunt.ts'

/** Each bug is found where it is said to be, and its repaired twin has nothing wrong. */
export function isFoundAsPinned(bugs: readonly Bug[]): void {
  it.each(bugs.map((bug) => [`${bug.id} (${bug.mutant ?? 'as published'})`, bug] as const))(
    '%s is found, and its repaired twin is clean',
    async (_, bug) => {
      const hunted = await hunt(bug)
      expect(asClaimed(hunted)).toBe(true)
      const { found, twin } = hunted
      const steps = (found.violations[0]?.trace.length ?? 0) - 1
      expect({
        depth: steps < 0 ? found.depth : steps,
        states: found.distinctStates,
        twin: { states: twin.distinctStates, depth: twin.depth },
      }).toEqual({ depth: bug.depth, states: bug.states, twin: bug.twin })
    },
    300_000,
  )
}
