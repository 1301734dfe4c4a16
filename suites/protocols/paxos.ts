import { agreement } from '../../checkers/invariants/agreement.ts'
import { chosenIsKept } from '../../checkers/invariants/chosen-is-kept.ts'
import { oneValueABallot } from '../../checkers/invariants/one-value-a-ballot.ts'
import { paxosInstances } from '../../impls/paxos/paxos-instances.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { consensusWorkload, instancesWorkload } from '../workloads.ts'

/** Many instances in one run: the faults of a run fall into some of them. */
const base = {
  protocol: paxosInstances,
  nodes: 3,
  workload: instancesWorkload,
  invariants: [agreement],
}

/** What is claimed of acceptors is broken long before anybody has decided otherwise. */
const right = { ...base, invariants: [agreement, oneValueABallot, chosenIsKept] }

/** A bug that lets two values be chosen. */
const unsafe = (
  mutant: keyof NonNullable<typeof paxos.mutants>,
  because: string,
  more: Partial<ProtocolEntry> = {},
): ProtocolEntry => ({
  ...base,
  name: `paxos/${mutant}`,
  mutant,
  expect: { outcome: 'fail', violated: 'agreement' },
  because,
  ...more,
})

export const paxosEntries: readonly ProtocolEntry[] = [
  {
    ...right,
    name: 'paxos',
    protocol: paxos,
    workload: consensusWorkload,
    expect: { outcome: 'pass' },
    because: 'Lamport 2001, section 2.2: only one value can be chosen',
  },
  {
    ...right,
    name: 'paxos/instances',
    expect: { outcome: 'pass' },
    because: 'Lamport 2001, section 2.2: only one value can be chosen',
    size: 'small',
  },
  {
    ...right,
    name: 'paxos/five',
    nodes: 5,
    expect: { outcome: 'pass' },
    because: 'Lamport 2001: any two majorities share an acceptor',
  },
  {
    ...right,
    name: 'paxos/silent',
    options: { nak: false },
    expect: { outcome: 'pass' },
    because: 'Lamport 2001, section 2.5: refusals are an optimisation',
  },
  ...['acceptors', 'relays'].map((spread): ProtocolEntry => ({
    ...right,
    name: `paxos/${spread}`,
    nodes: 5,
    options: { spread },
    expect: { outcome: 'pass' },
    because: 'Lamport 2001, section 2.3: who tells the learners does not matter for safety',
  })),
  unsafe('promise-not-checked', 'Lamport 2001, P1a', { size: 'small' }),
  unsafe('reported-values-ignored', 'Lamport 2001, P2c'),
  unsafe('any-reported-value', 'Lamport 2001, P2c: the greatest ballot of those reported'),
  unsafe('half-is-enough', 'two halves need not share an acceptor', { nodes: 4 }),
  unsafe('accepted-before-durable', 'Lamport 2001, section 2.5: stable storage'),
  unsafe('promise-not-persisted', 'Lamport 2001, section 2.5: stable storage', {
    options: { retryMs: 20 },
    invariants: [chosenIsKept],
    expect: { outcome: 'fail', violated: 'chosen is kept' },
  }),
  unsafe('ballot-reused', 'Lamport 2001, section 2.5: no two proposals with the same number', {
    invariants: [oneValueABallot],
    expect: { outcome: 'fail', violated: 'one value a ballot' },
  }),
  {
    ...base,
    name: 'paxos/strictly-greater',
    mutant: 'strictly-greater',
    expect: { outcome: 'fail', violated: 'recovers' },
    because: 'an acceptor that refuses the ballot it has promised never accepts anything',
  },
]
