import { expect, it } from 'vitest'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import { entryNamed } from '../../suites/named-protocol.ts'

/** Of the first 400 seeds these find it by what is claimed of a new primary. */
it.each([111, 274, 308])(
  'the storm of seed %i finds a recovery that takes the answers to an earlier one',
  async (seed) => {
    const entry = await entryNamed('viewstamped/storms')
    const wrong = simulate(drawSimulation({ ...entry, mutant: 'recovery-without-nonce' }, seed))
    expect(wrong.failure?.name).toBe('complete primary')
    expect(simulate(drawSimulation(entry, seed)).outcome).toBe('pass')
  },
)

it('a swarm does not find it in as many seeds', async () => {
  const { storms: _storms, ...entry } = await entryNamed('viewstamped/storms')
  for (let seed = 1; seed <= 111; seed++) {
    const run = simulate(drawSimulation({ ...entry, mutant: 'recovery-without-nonce' }, seed))
    expect(run.outcome, `seed ${seed}`).toBe('pass')
  }
})
