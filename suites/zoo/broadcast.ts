import { deliveredOnce } from '../../checkers/invariants/delivered-once.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { totalOrderBroadcast } from '../../impls/broadcast/total-order-broadcast.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Bug, MissingBug } from './bug.ts'
import { pinned } from './pinned.ts'

type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

/** Two processes, and a message for each of these, from 0. */
const pair = (...senders: readonly number[]): ComposeOptions => ({
  nodes: 2,
  clients: senders.map((at, number) => ({
    asks: [{ f: 'broadcast', value: `m${number + 1}` }],
    at: [at],
  })),
  loopback: 'at-once',
  network: 'fifo',
  invariants: [totalOrder, deliveredOnce],
  sometimes: {
    'all are delivered': (views: Views) =>
      views.some(
        (view) => ((view?.['delivered'] ?? []) as readonly unknown[]).length === senders.length,
      ),
  },
})

export const broadcastBugs: readonly Bug[] = [
  {
    id: 'FL-04',
    about: 'the next instance begins before the one before is decided',
    source: 'Chandra, Toueg 1996, section 7.2: one instance after the other',
    protocol: totalOrderBroadcast,
    mutant: 'does-not-wait',
    bounds: { ...pair(0, 1), network: 'bag' },
    violated: deliveredOnce.name,
    spec: { name: 'order-by-consensus', planted: 'does-not-wait', depth: 8 },
    size: 'small',
    ...pinned(11, 8090, [20947, 23]),
  },
  {
    id: 'FL-05',
    about: 'a decided set is delivered in the order in which the process got its messages',
    source: 'Chandra, Toueg 1996, section 7.2: in some deterministic order',
    protocol: totalOrderBroadcast,
    mutant: 'own-order',
    bounds: pair(0, 0, 1),
    violated: totalOrder.name,
    simulated: 'total-order-broadcast/own-order',
    spec: { name: 'order-by-consensus', planted: 'order-of-its-own', depth: 10 },
    size: 'small',
    ...pinned(23, 1450, [1612, 31]),
  },
]

export const missingConsensusBugs: readonly MissingBug[] = [
  {
    id: 'FL-01',
    because:
      'not a node with a disk and clients but a process of the theorem: two processes that ' +
      'decide after n - 1 inputs disagree in `synod valency wait-for-n-1`, and not in ' +
      '`wait-for-all`',
  },
  {
    id: 'FL-02',
    because:
      'not a node with a disk and clients but a process of the theorem: the second leader ' +
      'decides in `synod valency leader-timeout`, and nobody else in `fixed-leader`',
  },
  {
    id: 'FL-03',
    because:
      'not messages but rounds: `synod rounds flood-set` stops FloodSet after each number of ' +
      'them, and all crashes find it wrong after f rounds and right after f + 1',
  },
]
