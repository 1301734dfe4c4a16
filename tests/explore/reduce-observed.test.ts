import { expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import { observed } from '../../src/explore/reduce/observed.ts'
import { Parts, Uses } from '../../src/explore/reduce/uses.ts'
import { stateType, UniverseFull } from '../../src/state/index.ts'
import { outcome, randomVariables } from '../state/compare-places.ts'
import { textOf } from '../state/random-layouts.ts'
import { performIn, randomOperation } from '../state/random-operations.ts'
import { cases } from './cases.ts'

const OPERATIONS = 30

it('a state that notes how it is used does what any other does, and notes what is written', () => {
  const done: Record<string, number> = {}
  for (let seed = 0; seed < cases(80); seed++) {
    const random = seeded(seed)
    const variables = randomVariables(seed)
    const type = stateType(variables)
    const [one, two] = [type.workspace(), type.workspace()]
    const uses = new Uses(new Parts(variables))
    const watched = observed(one.state, variables, uses)
    try {
      for (let round = 0; round < OPERATIONS; round++) {
        const operation = randomOperation(random, variables)
        const before = one.slots.join()
        uses.clear()
        const { way, method, given } = operation
        const told = `seed ${seed}: ${textOf(way)} ${method} ${textOf(given)}`
        const [here, there] = [watched, two.state].map((state) =>
          outcome(() => performIn(state, operation)),
        )
        expect([told, String(here!.error)]).toEqual([told, String(there!.error)])
        if (here!.error !== undefined) {
          // How far something was written until then is nobody's business.
          two.slots.set(one.slots)
          continue
        }
        expect([told, textOf(here!.answer)]).toEqual([told, textOf(there!.answer)])
        expect([told, one.slots.join()]).toEqual([told, two.slots.join()])
        // Something is used by whatever is done, and written where it is not the same afterwards.
        if (one.slots.join() !== before)
          expect([told, uses.of.some((how) => (how & ~1) !== 0)]).toEqual([told, true])
        done[operation.method] = (done[operation.method] ?? 0) + 1
      }
    } catch (error) {
      if (!(error instanceof UniverseFull)) throw error
    }
  }
  expect(done['add']).toBeGreaterThan(30)
})
