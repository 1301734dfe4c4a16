import { completePrimary } from '../../checkers/invariants/complete-primary.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { viewstamped } from '../../impls/viewstamped/viewstamped.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { kvWorkload } from '../workloads.ts'

const base = {
  protocol: viewstamped,
  nodes: 3,
  workload: kvWorkload,
  invariants: [totalOrder],
}

/** What is claimed of a new primary is broken before it has executed anything. */
const right = { ...base, invariants: [totalOrder, completePrimary] }

/** Another view all the time: the time between is what messages need. */
const restless = { silenceMs: 40, commitMs: 15, recoveryMs: 10 }

const buggy = (
  mutant: keyof NonNullable<typeof viewstamped.mutants>,
  violated: string,
  because: string,
  more: Partial<ProtocolEntry> = {},
): ProtocolEntry => ({
  ...base,
  name: `viewstamped/${mutant}`,
  mutant,
  expect: { outcome: 'fail', violated },
  because,
  ...more,
})

/** Nodes crash again and again, and what was said in one life arrives in another. */
const stormy = { ...right, options: restless, storms: true }

/**
 * Two of the bugs need so many steps in one order that chance does not find them in thousands of
 * seeds: `view-forgotten` and `recovery-without-nonce`. They have no entry here; scripted tests of
 * the protocol show what each of them does. Storms find the second one in about one of 130 seeds,
 * but by runs that cannot be told in a few lines yet: a test says which.
 */
export const viewstampedEntries: readonly ProtocolEntry[] = [
  {
    ...right,
    name: 'viewstamped',
    expect: { outcome: 'pass' },
    because: 'Liskov, Cowling 2012, section 4: correct while at most f replicas are without state',
    size: 'small',
  },
  {
    ...right,
    name: 'viewstamped/five',
    nodes: 5,
    expect: { outcome: 'pass' },
    because: 'Liskov, Cowling 2012, section 4',
  },
  {
    ...right,
    name: 'viewstamped/restless',
    options: restless,
    expect: { outcome: 'pass' },
    because: 'Liskov, Cowling 2012, section 4.2: safe however often the view changes',
  },
  {
    ...stormy,
    name: 'viewstamped/storms',
    expect: { outcome: 'pass' },
    because: 'Liskov, Cowling 2012, section 4.3: a replica that recovers takes new answers only',
  },
  buggy(
    'state-transfer-truncates',
    'total order',
    'Vanlightly 2022, on section 5.2: a log that was cut counts as that of the latest view',
    { options: restless },
  ),
  buggy('recovers-from-old-primary', 'total order', 'Liskov, Cowling 2012, section 4.3', {
    options: restless,
    faults: ['crash', 'loss', 'partition', 'delay'],
    expect: { outcome: 'fail', violated: 'total order', seeds: 5000 },
  }),
  buggy('longest-log', 'total order', 'Liskov, Cowling 2012, section 4.2', {
    options: restless,
  }),
  buggy('prepared-in-older-view', 'total order', 'Liskov, Cowling 2012, section 4.2', {
    options: restless,
  }),
  buggy('commit-before-quorum', 'total order', 'Liskov, Cowling 2012, section 4.1', {
    size: 'small',
  }),
  buggy('applied-twice', 'linearizable', 'Liskov, Cowling 2012, section 4: the client table'),
]
