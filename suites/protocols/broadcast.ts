import { agreement } from '../../checkers/invariants/agreement.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { consensusFromBroadcast } from '../../impls/broadcast/consensus-from-broadcast.ts'
import { totalOrderBroadcast } from '../../impls/broadcast/total-order-broadcast.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { broadcastWorkload, consensusWorkload } from '../workloads.ts'

const broadcast = {
  protocol: totalOrderBroadcast,
  nodes: 3,
  workload: broadcastWorkload,
  invariants: [totalOrder],
}

const consensus = {
  protocol: consensusFromBroadcast,
  nodes: 3,
  workload: consensusWorkload,
  invariants: [agreement],
}

const buggyBroadcast = (mutant: string, violated: string, because: string): ProtocolEntry => ({
  ...broadcast,
  name: `total-order-broadcast/${mutant}`,
  mutant,
  expect: { outcome: 'fail', violated },
  because,
  ...(mutant === 'own-order' ? { size: 'small' as const } : {}),
})

const buggyConsensus = (mutant: string, because: string): ProtocolEntry => ({
  ...consensus,
  name: `consensus-from-broadcast/${mutant}`,
  mutant,
  expect: { outcome: 'fail', violated: 'agreement' },
  because,
  ...(mutant === 'own-proposal' ? { size: 'small' as const } : {}),
})

export const broadcastEntries: readonly ProtocolEntry[] = [
  {
    ...broadcast,
    name: 'total-order-broadcast',
    expect: { outcome: 'pass' },
    because: 'Chandra, Toueg 1996, section 7.2; lectures TOB-06',
    size: 'small',
  },
  {
    ...broadcast,
    name: 'total-order-broadcast/raft',
    options: { over: 'raft' },
    expect: { outcome: 'pass' },
    because: 'the same over the key-value store of Raft; lectures TOB-08',
  },
  {
    ...consensus,
    name: 'consensus-from-broadcast',
    expect: { outcome: 'pass' },
    because: 'Dolev, Dwork, Stockmeyer 1987; lectures TOB-07',
    size: 'small',
  },
  {
    ...consensus,
    name: 'consensus-from-broadcast/raft',
    options: { over: 'raft' },
    expect: { outcome: 'pass' },
    because: 'the same over the key-value store of Raft; lectures TOB-08',
  },
  buggyBroadcast('own-order', 'total order', 'lectures TOB-10: the order inside a set must be one'),
  buggyBroadcast('delivered-again', 'total-order', 'lectures TOB-06: at most once'),
  buggyBroadcast('acknowledged-at-once', 'total-order', 'a sender that crashes is not heard'),
  buggyConsensus('own-proposal', 'lectures TOB-07: what all deliver first'),
  buggyConsensus('last-delivered', 'lectures TOB-07: what all deliver first'),
  buggyConsensus('before-delivery', 'lectures TOB-07: what all deliver first'),
]
