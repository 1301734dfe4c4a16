import { chosenIsKept } from '../../checkers/invariants/chosen-is-kept.ts'
import { oneValueABallot } from '../../checkers/invariants/one-value-a-ballot.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { multiPaxos, multiPaxosLease } from '../../impls/multi-paxos/multi-paxos.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { kvWorkload, singleWriterWorkload } from '../workloads.ts'

const base = {
  protocol: multiPaxos,
  nodes: 3,
  workload: kvWorkload,
  invariants: [totalOrder],
}

/** What is claimed of acceptors is broken long before anybody applies another command. */
const right = { ...base, invariants: [totalOrder, oneValueABallot, chosenIsKept] }

/** Leaders come and go: what goes wrong between ballots is found sooner. Invariants see it. */
const restless = { condition: 'none', options: { electionMs: 60, heartbeatMs: 20 } } as const

/** Readers stay with a leader that was replaced, while the one who writes looks for another. */
const leased = { protocol: multiPaxosLease, workload: singleWriterWorkload } as const

const buggy = (
  mutant: keyof NonNullable<typeof multiPaxos.mutants>,
  violated: string,
  because: string,
  more: Partial<ProtocolEntry> = {},
): ProtocolEntry => ({
  ...base,
  name: `${(more.protocol ?? multiPaxos).name}/${mutant}`,
  mutant,
  expect: { outcome: 'fail', violated },
  because,
  ...more,
})

export const multiPaxosEntries: readonly ProtocolEntry[] = [
  {
    ...right,
    name: 'multi-paxos',
    expect: { outcome: 'pass' },
    because: 'Lamport 2001, section 3: the servers execute the same sequence of commands',
    size: 'small',
  },
  {
    ...right,
    name: 'multi-paxos/five',
    nodes: 5,
    expect: { outcome: 'pass' },
    because: 'Lamport 2001, section 3',
  },
  {
    ...right,
    name: 'multi-paxos-lease',
    protocol: multiPaxosLease,
    expect: { outcome: 'pass' },
    because: 'Gray, Cheriton 1989: leases hold while clocks differ less than the margin',
  },
  buggy('gap-skipped', 'total order', 'Lamport 2001, section 3: gaps are filled with no-ops'),
  buggy('reported-values-ignored', 'total order', 'Lamport 2001, P2c', { size: 'small' }),
  buggy('accepted-before-durable', 'total order', 'Lamport 2001, section 2.5'),
  buggy('promise-not-persisted', 'chosen is kept', 'Lamport 2001, section 2.5', {
    ...restless,
    options: { electionMs: 40, heartbeatMs: 15 },
    invariants: [chosenIsKept],
  }),
  buggy('ballot-reused', 'one value a ballot', 'Lamport 2001, section 2.5', {
    ...restless,
    invariants: [oneValueABallot],
  }),
  buggy('local-read', 'linearizable', 'a leader that was replaced reads what is old'),
  buggy('applied-twice', 'linearizable', 'a command that is asked for again is applied again'),
  buggy('lease-ignored', 'linearizable', 'Gray, Cheriton 1989: a lease is a promise', leased),
  buggy('lease-without-end', 'linearizable', 'Gray, Cheriton 1989: a lease ends', leased),
]
