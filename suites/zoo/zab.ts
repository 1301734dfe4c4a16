import { primaryOrder } from '../../checkers/invariants/primary-order.ts'
import { sameState } from '../../checkers/invariants/same-state.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { monotonicReadsMonitor } from '../../checkers/monitors/monotonic-reads.ts'
import { zab } from '../../impls/zab/zab.ts'
import type { ComposedClient, ComposeOptions } from '../../src/compose/index.ts'
import type { Bug, MissingBug } from './bug.ts'
import { pinned } from './pinned.ts'

const write = (value: number) => ({ f: 'write', key: 'x', value })
const read = { f: 'read', key: 'x', value: null }

type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

const delivers = {
  'something is delivered': (views: Views) =>
    views.some((view) => ((view?.['delivered'] ?? []) as readonly unknown[]).length > 0),
}

const cluster = (nodes: number, clients: readonly ComposedClient[]): ComposeOptions => ({
  nodes,
  clients,
  loopback: 'at-once',
  sometimes: delivers,
})

export const zabBugs: readonly Bug[] = [
  {
    id: 'ZB-02',
    about: 'a follower that comes late misses what was committed before it came',
    source: 'zookeeper-tla-spec, issue 3: COMMIT-LD carries the zxid of ACK-LD',
    protocol: zab,
    mutant: 'commits-between-missed',
    bounds: {
      ...cluster(2, [
        { asks: [write(1)], at: [0] },
        { asks: [read, read], at: [1] },
      ]),
      network: 'bag',
      timers: { 'n1 election': 1 },
      crashes: 1,
      crashing: [1],
      monitors: [monotonicReadsMonitor],
    },
    violated: 'monotonic reads',
    size: 'small',
    ...pinned(23, 1296, [1532, 24]),
  },
  {
    id: 'ZB-03',
    about: 'a leader that steps down keeps the effects of what is not committed',
    source: 'ZOOKEEPER-2845: the database is kept through an election',
    protocol: zab,
    mutant: 'executed-ahead-kept',
    bounds: {
      ...cluster(2, [{ asks: [write(1)], at: [0] }]),
      network: 'bag',
      timers: { 'n1 election': 3 },
      invariants: [sameState],
    },
    violated: sameState.name,
    published: { tool: 'TLC, zookeeper-tla-spec', depth: 10, states: 6347, seconds: 12 },
    size: 'small',
    ...pinned(10, 103, [3727, 26]),
  },
  {
    id: 'ZB-04',
    about: 'a follower delivers what it has logged before it is told to',
    source: 'ZOOKEEPER-3911: a follower serves what is not committed',
    protocol: zab,
    mutant: 'delivers-uncommitted',
    bounds: {
      ...cluster(3, [{ asks: [write(1)], at: [0] }]),
      network: 'fifo',
      timers: { 'n1 election': 2 },
      crashes: 1,
      crashing: [0],
      invariants: [primaryOrder],
    },
    violated: primaryOrder.name,
    published: { tool: 'TLC, zookeeper-tla-spec', depth: 14, states: 286286, seconds: 42 },
    simulated: 'zab/delivers-uncommitted',
    size: 'small',
    ...pinned(24, 70261, [190495, 48]),
  },
  {
    id: 'ZB-06',
    about: 'a follower acknowledges what is not yet on its disk',
    source: 'ZOOKEEPER-4646: NEWLEADER is acknowledged before the log is written',
    protocol: zab,
    mutant: 'ack-before-logging',
    bounds: {
      ...cluster(3, [{ asks: [write(1)], at: [0] }]),
      network: 'fifo',
      timers: { 'n1 election': 1, 'n2 election': 1 },
      crashes: 1,
      crashing: [1],
      invariants: [primaryOrder],
    },
    violated: primaryOrder.name,
    simulated: 'zab/ack-before-logging',
    ...pinned(21, 162891, [685592, 50]),
  },
  {
    id: 'ZB-08',
    about: 'a follower adds what it lacks without dropping what its leader does not have',
    source: 'ZOOKEEPER-1154: a follower is not truncated before it gets a difference',
    protocol: zab,
    mutant: 'not-truncated',
    bounds: {
      ...cluster(3, [
        { asks: [write(1)], at: [0] },
        { asks: [write(2)], at: [1] },
      ]),
      network: 'fifo',
      timers: { 'n1 election': 1, 'n2 election': 1 },
      invariants: [totalOrder],
    },
    violated: totalOrder.name,
    simulated: 'zab/not-truncated',
    ...pinned(30, 946837, [1459983, 54]),
  },
  {
    id: 'ZB-14',
    about: 'a leader that was replaced answers a sync alone',
    source: 'Hunt, Konar, Junqueira, Reed 2010, ZooKeeper, on sync',
    protocol: zab,
    options: { syncedReads: true },
    mutant: 'sync-local',
    bounds: {
      ...cluster(3, [
        { asks: [write(1)], at: [1] },
        { asks: [read], at: [0] },
      ]),
      network: 'fifo',
      timers: { 'n1 election': 1, 'n2 election': 1 },
      // n1, whose first epoch is 3, hears of no other leader.
      within: ({ term }, node) => node !== 'n1' || (term as number) <= 3,
      monitors: [linearizableMonitor(casRegister)],
    },
    violated: 'linearizable',
    simulated: 'zab/sync-local',
    ...pinned(20, 21900, [623885, 45]),
  },
]

export const missingZabBugs: readonly MissingBug[] = [
  {
    id: 'ZB-01',
    because:
      'withholding proposals from a follower that comes late breaks nothing here: followers take ' +
      'proposals without gaps only, and what a ping shows to be missing is sent again',
  },
  {
    id: 'ZB-05',
    because:
      'planted as `epoch-before-history` and found after 35 steps and 27.6 million states, but ' +
      'the repaired twin could not be explored to its end: 45 million states cover 38 levels',
  },
  {
    id: 'ZB-15',
    because: 'znodes, sessions and ephemeral nodes, which recipes are made of, are not built',
  },
]
