import { expect } from 'vitest'
import type { AnyModel, Violation } from '../../src/explore/index.ts'
import { itfKey } from '../../src/explore/itf.ts'
import { replay } from '../../src/explore/replay.ts'
import { withRoom } from '../../src/explore/with-room.ts'
import type { Variables } from '../../src/state/index.ts'

/** A trace leads where it says, by steps that the model, whole and with closures, allows. */
export function canBeTaken(model: AnyModel, { kind, name, trace, loop }: Violation): void {
  if (trace.length === 0) return
  const variables = model.state as Variables
  const keys = trace.map(({ state }) => itfKey(variables, state))
  const steps = trace.map(() => undefined)
  const taken = withRoom('model', model, (system) =>
    replay(system, { keys, steps, ...(loop === undefined ? {} : { loop }) }),
  )
  expect(taken.stuck).toBeUndefined()
  expect(taken.loops).toBe(loop === undefined ? undefined : true)
  if (kind === 'invariant') expect(taken.clauses.map((clause) => clause.name)).toContain(name)
}
