import { expect, it } from 'vitest'

import { raft } from '../../impls/raft/raft.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import { commits, five, plain, within } from '../../suites/zoo/raft-bounds.ts'

/** Five minutes of a processor of our own, and 4 GB. */
const SECONDS = 300
const BYTES = 4e9

it('Raft with 3 nodes, 2 terms, 2 writes and a crash is explored to its end', async () => {
  const options: ComposeOptions = {
    nodes: 3,
    loopback: 'at-once',
    invariants: five,
    alike: raft.alike ?? {},
    timers: { silence: 2, election: 2 },
    crashes: 1,
    clients: [{ asks: [1, 2].map((value) => ({ f: 'write', value })) }],
    // Each leader begins with an entry of its own.
    within: within({ term: 2, log: 3 }),
    sometimes: { 'something is committed': commits(2) },
  }
  const before = process.cpuUsage()
  const found = await explore(compose(raft.make(plain), options), {
    symmetry: true,
    budget: { bytes: BYTES },
  })
  const { user } = process.cpuUsage(before)
  const [{ factor = 0 } = {}] = found.reductions ?? []
  expect(found.outcome).toBe('pass')
  expect([found.distinctStates, found.depth]).toEqual([2_876_884, 40])
  expect(Math.round(factor * found.distinctStates)).toBe(17_259_448)
  expect(user / 1e6).toBeLessThan(SECONDS)
})
