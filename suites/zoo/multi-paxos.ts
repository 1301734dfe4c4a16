import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { multiPaxos } from '../../impls/multi-paxos/multi-paxos.ts'
import type { ComposedClient, ComposeOptions } from '../../src/compose/index.ts'
import type { Bug, MissingBug } from './bug.ts'
import { pinned } from './pinned.ts'

const write = (value: number) => ({ f: 'write', key: 'x', value })
const cas = (from: number | null, to: number | null) => ({ f: 'cas', key: 'x', value: [from, to] })
const read = { f: 'read', key: 'x', value: null }

// Node k of n, from 0, leads in the ballots k + n, k + 2n, ...

type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

const log = (nodes: number, clients: readonly ComposedClient[]): ComposeOptions => ({
  nodes,
  clients,
  loopback: 'at-once',
  network: 'fifo',
  sometimes: {
    'a command is applied': (views: Views) =>
      views.some((view) => ((view?.['delivered'] ?? []) as readonly unknown[]).length > 1),
  },
})

export const multiPaxosBugs: readonly Bug[] = [
  {
    id: 'PX-10',
    about: 'a leader applies what is chosen although the slot before it is not',
    source: 'Lamport 2001, Paxos made simple, section 3: commands in the order of slots',
    protocol: multiPaxos,
    mutant: 'gap-overtaken',
    bounds: {
      ...log(
        2,
        [1, 2].map((value) => ({ asks: [write(value)], at: [0] })),
      ),
      network: 'bag',
      timers: { 'n1 election': 1, 'n1 heartbeat': 1 },
      invariants: [totalOrder],
    },
    violated: totalOrder.name,
    spec: { name: 'multi-paxos', planted: 'apply-past-gap', depth: 8 },
    size: 'small',
    ...pinned(8, 319, [2503, 17]),
  },
  {
    id: 'PX-11',
    about: 'a leader that was replaced answers a read from its own state',
    source: 'Kingsbury 2014, Jepsen: etcd and Consul',
    protocol: multiPaxos,
    mutant: 'local-read',
    bounds: {
      ...log(3, [
        { asks: [write(1)], at: [1] },
        { asks: [read], at: [0] },
      ]),
      timers: { 'n1 election': 1, 'n2 election': 1 },
      // n1 hears of no other leader.
      within: ({ term }, node) => (term as number) <= (node === 'n1' ? 3 : 4),
      monitors: [linearizableMonitor(casRegister)],
    },
    violated: 'linearizable',
    simulated: 'multi-paxos/local-read',
    size: 'small',
    ...pinned(15, 10753, [186792, 36]),
  },
  {
    id: 'PX-20',
    about: 'a command that is asked for again is applied again',
    source: 'Kingsbury 2024, Jepsen: jetcd 0.8.2',
    protocol: multiPaxos,
    mutant: 'applied-twice',
    bounds: {
      ...log(2, [
        { asks: [cas(null, 1)], at: [0] },
        { asks: [cas(1, null), read], at: [0] },
      ]),
      repeats: 1,
      timers: { 'n1 election': 1 },
      monitors: [linearizableMonitor(casRegister)],
    },
    violated: 'linearizable',
    simulated: 'multi-paxos/applied-twice',
    size: 'small',
    ...pinned(20, 975, [975, 21]),
  },
]

export const missingPaxosBugs: readonly MissingBug[] = [
  {
    id: 'PX-16',
    because: 'registers by rounds of Paxos, as lightweight transactions are, are not built',
  },
]
