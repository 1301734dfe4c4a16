import { describe, expect, it } from 'vitest'

import { entryNamed } from '../../src/catalogue.ts'
import { runHistorySvg, runSvg, simulationText } from '../../src/draw/index.ts'
import { findFailure, runAgain } from '../../src/simulation.ts'
import { copies } from './copies.ts'

const budget = { runs: 2000, seconds: 600 }

describe('looking for a run that goes wrong', () => {
  it('finds the first seed, makes the run small, and always the same one', async () => {
    const found = await findFailure({ protocol: copies }, { seeds: [1, 20], budget })
    expect(found).toMatchObject({ outcome: 'fail', seed: found.ran })
    expect(found.told?.judged).toMatchObject({ outcome: 'fail', violated: 'linearizable' })
    const size = ({ schedule }: NonNullable<typeof found.small>): number =>
      schedule.operations.length + schedule.faults.length + schedule.deviations.length
    expect(found.small && size(found.small)).toBeLessThan(8)

    const text = simulationText(found)
    expect(text).toMatch(/^FAIL linearizable \(\d+ runs?; seed \d+\)\n/)
    expect(text).toContain('The smallest run found, out of')
    const again = await findFailure({ protocol: copies }, { seeds: [1, 20], budget })
    expect(simulationText(again)).toBe(text)
    if (found.small === undefined) return
    expect(runSvg(found.small, 'a run')).toContain('prefers-color-scheme: dark')
    expect(runHistorySvg(found.small)).toContain('class="bar fault"')

    // The same moments, with the other program.
    const repaired = await runAgain({ protocol: copies, options: { one: true } }, found.small)
    expect(repaired.judged.outcome).toBe('pass')
    const same = await runAgain({ protocol: copies }, found.small)
    expect(same.judged).toMatchObject({ outcome: 'fail', sentence: found.small.judged.sentence })
  })

  it('says how many runs went well, and proves nothing by it', async () => {
    const subject = { protocol: copies, options: { one: true } }
    const found = await findFailure(subject, { seeds: [3, 5], given: { operations: 20 } })
    expect(found).toEqual({ outcome: 'pass', ran: 3 })
    expect(simulationText(found)).toBe('pass (3 runs)\n')
  })

  it('tells the very run that failed, with all that was given', async () => {
    const given = { operations: 30, clients: 3, forMs: 1500 }
    const found = await findFailure({ protocol: copies }, { seeds: [1, 50], shrink: false, given })
    expect(found.outcome).toBe('fail')
    expect(found.told?.simulation).toMatchObject({ seed: found.seed, forMs: 1500 })
    expect(found.told?.simulation.clients).toMatchObject({ count: 3, operations: 30 })
  })

  it('goes by the condition that it is given, leaving runs as they are if asked to', async () => {
    const { protocol: regular } = await entryNamed('regular-register')
    const { workload } = await entryNamed('regular-register')
    const subject = { protocol: regular, workload, nodes: 3 }
    const seeds = [10, 10] as const
    const options = { seeds, shrink: false }
    expect(await findFailure({ ...subject, condition: 'regular' }, options)).toMatchObject({
      outcome: 'pass',
    })
    const found = await findFailure({ ...subject, condition: 'atomic' }, options)
    expect(found).toMatchObject({ outcome: 'fail', seed: 10, ran: 1 })
    expect(found.small).toBeUndefined()
    expect(await findFailure({ ...subject, condition: 'none' }, options)).toMatchObject({
      outcome: 'pass',
    })
  })
})
