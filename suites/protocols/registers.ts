import { storedAtMajority } from '../../checkers/invariants/stored-at-majority.ts'
import { abd } from '../../impls/registers/abd.ts'
import { regularRegister } from '../../impls/registers/regular-register.ts'
import { safeRegister } from '../../impls/registers/safe-register.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { registerWorkload, singleWriterWorkload } from '../workloads.ts'

const abdEntry = {
  protocol: abd,
  nodes: 5,
  workload: registerWorkload,
  invariants: [],
} satisfies Partial<ProtocolEntry>

/** Over quorums that are drawn, so that each quorum has to do on its own. */
const overQuorums = (quorums: string) => ({ quorums, contact: 'quorum' })

const abdEntries: readonly ProtocolEntry[] = [
  {
    ...abdEntry,
    name: 'abd',
    invariants: [storedAtMajority],
    expect: { outcome: 'pass' },
    because: 'Attiya, Bar-Noy, Dolev 1995: atomic while a majority is up',
    size: 'small',
  },
  {
    ...abdEntry,
    name: 'abd/single-writer',
    options: { writers: 'one' },
    invariants: [storedAtMajority],
    expect: { outcome: 'pass' },
    because: 'Attiya, Bar-Noy, Dolev 1995, section 3: one writer needs no query',
  },
  {
    ...abdEntry,
    name: 'abd/grid',
    options: overQuorums('grid(rows=2,cols=3)'),
    nodes: 6,
    expect: { outcome: 'pass' },
    because: 'any two quorums of a grid share a node (Lynch, Shvartsman 1997)',
  },
  {
    ...abdEntry,
    name: 'abd/b-grid',
    options: overQuorums('bgrid(d=2,h=2,r=2)'),
    nodes: 8,
    expect: { outcome: 'pass' },
    because: 'any two quorums of a B-grid share a node (Naor, Wool 1998)',
  },
  {
    ...abdEntry,
    name: 'abd/read-one-write-all',
    options: overQuorums('rowa(n=4)'),
    nodes: 4,
    expect: { outcome: 'pass' },
    because: 'one node is in every write quorum if that is all nodes',
  },
  {
    ...abdEntry,
    name: 'abd/read-without-write-back',
    options: { contact: 'quorum' },
    mutant: 'read-without-write-back',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a later read can find an older value: the new/old inversion (row REG-14)',
    size: 'small',
  },
  {
    ...abdEntry,
    name: 'abd/write-without-query',
    mutant: 'write-without-query',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a writer that does not know the newest tag takes an older one (row REG-14)',
  },
  {
    ...abdEntry,
    name: 'abd/stored-before-durable',
    options: { contact: 'quorum' },
    mutant: 'stored-before-durable',
    nodes: 3,
    invariants: [storedAtMajority],
    faults: ['crash', 'disk-slow', 'disk-full'],
    expect: { outcome: 'fail', violated: 'stored at a majority' },
    because: 'what a node has confirmed and lost in a crash was counted on',
  },
  {
    ...abdEntry,
    name: 'abd/quorums-do-not-meet',
    mutant: 'quorums-do-not-meet',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'R + W <= N: one node need not have what a majority has stored',
  },
  {
    ...abdEntry,
    name: 'abd/tag-without-writer',
    mutant: 'tag-without-writer',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'two writes under one tag: one of them is lost (row REG-18)',
  },
  {
    ...abdEntry,
    name: 'abd/older-replaces-newer',
    mutant: 'older-replaces-newer',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a message that is late undoes a newer write',
  },
]

const regularEntry = {
  protocol: regularRegister,
  nodes: 5,
  workload: singleWriterWorkload,
  condition: 'regular',
  invariants: [],
} satisfies Partial<ProtocolEntry>

const regularEntries: readonly ProtocolEntry[] = [
  {
    ...regularEntry,
    name: 'regular-register',
    expect: { outcome: 'pass' },
    because: '3 acknowledgements and 3 answers of 5 nodes share one (rows REG-14 to REG-17)',
    size: 'small',
  },
  {
    ...regularEntry,
    name: 'regular-register/atomic',
    condition: 'linearizable',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'two reads during a write can find the new value and then the old one (row REG-14)',
  },
  {
    ...regularEntry,
    name: 'regular-register/two-acknowledgements',
    mutant: 'two-acknowledgements',
    expect: { outcome: 'fail', violated: 'regular' },
    because: '2 + 3 nodes of 5 need not share one (row REG-15)',
  },
  {
    ...regularEntry,
    name: 'regular-register/two-answers',
    mutant: 'two-answers',
    expect: { outcome: 'fail', violated: 'regular' },
    because: '3 + 2 nodes of 5 need not share one (row REG-15)',
    size: 'small',
  },
  {
    ...regularEntry,
    name: 'regular-register/first-answer',
    mutant: 'first-answer',
    expect: { outcome: 'fail', violated: 'regular' },
    because: 'only one of the three need have the newest value',
  },
  {
    ...regularEntry,
    name: 'regular-register/lives-not-counted',
    mutant: 'lives-not-counted',
    expect: { outcome: 'fail', violated: 'regular' },
    because: 'values of a later life look older than those of an earlier one',
  },
]

const safeEntry = {
  protocol: safeRegister,
  nodes: 5,
  workload: singleWriterWorkload,
  condition: 'safe',
  invariants: [],
} satisfies Partial<ProtocolEntry>

const safeEntries: readonly ProtocolEntry[] = [
  {
    ...safeEntry,
    name: 'safe-register',
    expect: { outcome: 'pass' },
    because: 'Lamport 1986, construction 1: registers in parts are safe (row REG-06)',
    size: 'small',
  },
  {
    ...safeEntry,
    name: 'safe-register/regular',
    condition: 'regular',
    expect: { outcome: 'fail', violated: 'regular' },
    because: 'a read during a write can put together parts of two values (row REG-07)',
  },
  {
    ...safeEntry,
    name: 'safe-register/half-a-write',
    mutant: 'half-a-write',
    expect: { outcome: 'fail', violated: 'safe' },
    because: 'a write that ends before its last digit is stored leaves the old one',
    size: 'small',
  },
  {
    ...safeEntry,
    name: 'safe-register/two-acknowledgements',
    mutant: 'two-acknowledgements',
    expect: { outcome: 'fail', violated: 'safe' },
    because: '2 + 3 nodes of 5 need not share one',
  },
  {
    ...safeEntry,
    name: 'safe-register/two-answers',
    mutant: 'two-answers',
    expect: { outcome: 'fail', violated: 'safe' },
    because: '3 + 2 nodes of 5 need not share one',
  },
  {
    ...safeEntry,
    name: 'safe-register/lives-not-counted',
    mutant: 'lives-not-counted',
    expect: { outcome: 'fail', violated: 'safe' },
    because: 'values of a later life look older than those of an earlier one',
  },
]

export const registers: readonly ProtocolEntry[] = [
  ...abdEntries,
  ...regularEntries,
  ...safeEntries,
]
