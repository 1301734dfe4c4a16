import { describe, expect, it } from 'vitest'

import { isWithin, measureQuorums } from '../../suites/measured-quorums.ts'

describe('ABD over quorum systems, with every node down in one of ten operations', () => {
  it.each(['majority(n=5)', 'grid(rows=3,cols=3)', 'bgrid(d=2,h=2,r=2)', 'rowa(n=5)'])(
    'over %s nodes are as busy, and operations fail as often, as was computed',
    async (system) => {
      const measured = await measureQuorums(system, { operations: 300 })
      expect(measured.loads.filter((load) => !isWithin(load))).toEqual([])
      expect(measured.failures).toSatisfy(isWithin)
      expect(measured.accesses).toBeGreaterThan(500)
    },
  )

  it('would not be mistaken for another system', async () => {
    const measured = await measureQuorums('majority(n=5)', { operations: 500 })
    const [busiest] = measured.loads
    // As if four of five nodes were asked, or all of them had to be up.
    expect({ ...busiest, measured: 0.8 }).not.toSatisfy(isWithin)
    expect({ ...measured.failures, measured: 1 - 0.9 ** 5 }).not.toSatisfy(isWithin)
  })

  it('measures the same for the same seed', async () => {
    const one = await measureQuorums('majority(n=3)', { operations: 50, seed: 3 })
    const again = await measureQuorums('majority(n=3)', { operations: 50, seed: 3 })
    expect(again).toEqual(one)
  })
})
