import { consensusByOrder } from '../../specs/broadcast/consensus-by-order.ts'
import { orderByConsensus } from '../../specs/broadcast/order-by-consensus.ts'
import { reliableBroadcast } from '../../specs/broadcast/reliable-broadcast.ts'
import { totalOrderBroadcast } from '../../specs/broadcast/total-order.ts'
import type { SpecEntry } from '../spec-entry.ts'

const ORDER = 'total order: one sequence begins with the other'
const AGREEMENT = 'agreement: no two decide differently'
const ALL_OR_NONE = 'all or none: what one delivers all deliver, unless they crash'

export const broadcastSpecs: readonly SpecEntry[] = [
  { spec: totalOrderBroadcast, expect: { outcome: 'pass', distinctStates: 38 }, size: 'small' },
  { spec: orderByConsensus, expect: { outcome: 'pass', distinctStates: 2250 }, size: 'small' },
  {
    spec: orderByConsensus,
    mutant: 'order-of-its-own',
    expect: { outcome: 'fail', violated: ORDER },
    size: 'small',
  },
  {
    spec: orderByConsensus,
    mutant: 'does-not-wait',
    expect: {
      outcome: 'fail',
      violated: 'integrity: delivered once, and only what was broadcast',
    },
    size: 'small',
  },
  {
    spec: orderByConsensus,
    mutant: 'own-proposal',
    expect: { outcome: 'fail', violated: ORDER },
    size: 'small',
  },
  { spec: consensusByOrder, expect: { outcome: 'pass', distinctStates: 3248 }, size: 'small' },
  {
    spec: consensusByOrder,
    mutant: 'own-message-first',
    expect: { outcome: 'fail', violated: AGREEMENT },
    size: 'small',
  },
  {
    spec: consensusByOrder,
    mutant: 'decides-at-once',
    expect: { outcome: 'fail', violated: AGREEMENT },
    size: 'small',
  },
  { spec: reliableBroadcast, expect: { outcome: 'pass', distinctStates: 20_125 }, size: 'small' },
  {
    spec: reliableBroadcast,
    mutant: 'no-relay',
    expect: { outcome: 'fail', violated: ALL_OR_NONE },
    size: 'small',
  },
  {
    spec: reliableBroadcast,
    parameters: { crashes: 1, uniform: true },
    expect: { outcome: 'pass', distinctStates: 6801 },
    size: 'small',
  },
  {
    spec: reliableBroadcast,
    parameters: { crashes: 1, uniform: true },
    mutant: 'one-is-enough',
    expect: { outcome: 'fail', violated: ALL_OR_NONE },
    size: 'small',
  },
]
