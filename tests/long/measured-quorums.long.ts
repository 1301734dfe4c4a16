import { describe, expect, it } from 'vitest'

import { isWithin, measureQuorums } from '../../suites/measured-quorums.ts'

const OPERATIONS = 100_000

/** Measured beside computed, over as many operations as the intervals need to be narrow. */
describe(`${OPERATIONS} operations of ABD over quorum systems, nodes down with p = 0.1`, () => {
  it.each(['majority(n=5)', 'grid(rows=3,cols=3)', 'bgrid(d=2,h=2,r=2)', 'rowa(n=5)'])(
    'over %s the load of nodes and the share of failures are what was computed',
    async (system) => {
      const measured = await measureQuorums(system, { operations: OPERATIONS })
      expect(measured.loads.filter((load) => !isWithin(load))).toEqual([])
      expect(measured.failures).toSatisfy(isWithin)
    },
    600_000,
  )
})
