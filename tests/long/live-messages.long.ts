import { expect, it } from 'vitest'

import { agreement } from '../../checkers/invariants/agreement.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'

/** Each proposes a value of its own, and acceptors are silent where they do not agree. */
async function paxosOf(proposers: number, options: Partial<ComposeOptions>) {
  const clients = Array.from({ length: proposers }, (_, at) => ({
    asks: [{ f: 'propose', value: `v${String(at + 1)}` }],
    at: [at],
  }))
  const nodes = { nodes: 3, loopback: 'at-once', clients, invariants: [agreement] } as const
  return explore(compose(paxos.make({ nak: false }), { ...nodes, ...options }))
}

it('Paxos over a bag, with and without deliveries that change nothing', async () => {
  const arrive = await paxosOf(2, { network: 'bag', ignored: 'arrive' })
  const stay = await paxosOf(2, { network: 'bag' })
  expect([arrive, stay].map(({ outcome }) => outcome)).toEqual(['pass', 'pass'])
  expect([arrive, stay].map(({ distinctStates }) => distinctStates)).toEqual([439_147, 78_325])
})

it('Paxos with three proposers, live messages alone', async () => {
  const { outcome, distinctStates } = await paxosOf(3, { messages: 'live' })
  // All messages: 10,891,753 states; Stateright's model: 1,194,428.
  expect([outcome, distinctStates]).toEqual(['pass', 82_613])
})
