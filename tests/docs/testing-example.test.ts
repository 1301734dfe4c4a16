import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { casRegister, register, timeline } from '../../src/index.ts'
import { histories, linearizableHistories, schedules } from '../../src/arbitraries.ts'
import { entryNamed, specNamed } from '../../src/catalogue.ts'
import { drawSimulation, simulate } from '../../src/simulation.ts'
import '../../src/vitest.ts'

it('is sequentially consistent, though a read is stale', () => {
  const history = timeline(`
    a: [write 1]  [write 2]
    b:                        [read -> 1]
  `)
  expect(history).toMeet('sequential')
  expect(history).not.toBeLinearizable()
})

it('commits on all nodes or on none', async () => {
  const spec = await specNamed('twophase')
  await expect(spec).toHold({ parameters: { rm: 2 } })
  await expect(spec).not.toHold({ mutant: 'commit-without-all' })
})

it('survives crashes and partitions', async () => {
  await expect(await entryNamed('abd')).toSurvive({ seeds: 5 })
})

it('meets what is weaker wherever it meets what is stronger', () => {
  fc.assert(
    fc.property(linearizableHistories({ model: casRegister }), (history) => {
      expect(history).toMeet('sequential')
    }),
  )
})

it('explains no read of what nobody wrote', () => {
  fc.assert(
    fc.property(histories({ model: register }), (history) => {
      const { operations } = history
      const written = operations.flatMap(({ f, value }) => (f === 'write' ? [value] : [null]))
      const invented = operations.some(
        ({ f, result = null }) => f === 'read' && !written.includes(result) && result !== null,
      )
      if (invented) expect(history).not.toBeLinearizable()
    }),
  )
})

it('goes on after whatever happens', async () => {
  const simulation = drawSimulation(await entryNamed('abd'), 1, { clients: 2 })
  const crashes = schedules({ types: ['crash', 'partition'], clients: 2 })
  fc.assert(
    fc.property(crashes, (schedule) => {
      expect(simulate(simulation, schedule).outcome).toBe('pass')
    }),
  )
})
