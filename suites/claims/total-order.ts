import { consensusByOrder } from '../../specs/broadcast/consensus-by-order.ts'
import { orderByConsensus } from '../../specs/broadcast/order-by-consensus.ts'
import { totalOrderBroadcast } from '../../impls/broadcast/total-order-broadcast.ts'
import { counted } from '../../src/core/wording.ts'
import { model, weakEach } from '../../src/explore/index.ts'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import { broadcastWorkload } from '../workloads.ts'
import { answer, question } from './check.ts'
import type { ClaimGroup } from './claim.ts'
import { satisfies, violates } from './drawn.ts'
import { fails, holds } from './model-questions.ts'

const BOOK = 'Cachin, Guerraoui & Rodrigues 2011, section 6.1; Hadzilacos & Toueg 1994'

/** The same messages in the same order everywhere. */
export const totalOrderGroup: ClaimGroup = {
  name: 'Total-order broadcast',
  claims: [
    {
      id: 'TOB-01',
      name: 'Total-order broadcast: validity',
      kind: 'property',
      says: 'A process that does not crash delivers, in the end, each message that it broadcasts.',
      source: BOOK,
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        'protocols/total-order-broadcast/claims',
        violates('a broadcast that its own sender never delivers', {
          history: `
            a: [broadcast 1]                [deliver -> 2]
            b:                [broadcast 2]                [deliver -> 2]`,
          condition: 'total-order',
        }),
        'protocols/total-order-broadcast/acknowledged-at-once',
      ],
    },
    {
      id: 'TOB-02',
      name: 'Total-order broadcast: agreement',
      kind: 'property',
      says: 'A message that one process delivers is delivered by all that do not crash.',
      source: BOOK,
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        'protocols/total-order-broadcast/claims',
        violates('a message that one process delivers and another one never', {
          history: `
            a: [broadcast 1] [deliver -> 1] [broadcast 2] [deliver -> 2]
            b:                              [deliver -> 1]`,
          condition: 'total-order',
        }),
        satisfies('the same where the other one has crashed', {
          history: `
            a: [broadcast 1] [deliver -> 1] [broadcast 2] [deliver -> 2]
            b:                              [deliver -> 1] [crash]`,
          condition: 'total-order',
        }),
      ],
    },
    {
      id: 'TOB-03',
      name: 'Total-order broadcast: integrity',
      kind: 'property',
      says: 'A message is delivered at most once by a process, and only if it was broadcast.',
      source: BOOK,
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        violates('a message that is delivered twice', {
          history: 'a: [broadcast 1] [deliver -> 1] [deliver -> 1]',
          condition: 'total-order',
        }),
        violates('a message that nobody broadcast', {
          history: 'a: [broadcast 1] [deliver -> 1] [deliver -> 2]',
          condition: 'total-order',
        }),
        'specs/broadcast/order-by-consensus/does-not-wait',
        'protocols/total-order-broadcast/delivered-again',
      ],
    },
    {
      id: 'TOB-04',
      name: 'Total-order broadcast: total order',
      kind: 'property',
      says:
        'If some process delivers one message before another, then every process delivers the ' +
        'other one only after the one.',
      source: BOOK,
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        'protocols/total-order-broadcast/claims',
        violates('two messages in two orders', {
          history: `
            a: [broadcast 1] [deliver -> 1] [deliver -> 2]
            b: [broadcast 2] [deliver -> 2] [deliver -> 1]`,
          condition: 'total-order',
        }),
        // Weaker definitions would let a process that leaves one out pass until it catches up.
        violates('an order with a hole in it', {
          history: `
            a: [broadcast 1] [broadcast 2] [deliver -> 1] [deliver -> 2]
            b:                             [deliver -> 2] [crash]`,
          condition: 'total-order',
        }),
        'specs/broadcast/order-by-consensus/order-of-its-own',
      ],
    },
    {
      id: 'TOB-05',
      name: 'Atomic broadcast in one sentence',
      kind: 'property',
      says: 'All processes get the same messages in the same order.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [
        fails(
          'read as it stands it is false at most moments: processes deliver one after the other',
          'all have delivered the same',
          alwaysTheSame,
        ),
        fails(
          'and in the long run too: a process that has crashed delivers nothing any more',
          'all deliver what one delivers',
          crashedAsWell,
        ),
      ],
      instead:
        'What one process has delivered begins with what another one has, at any moment; and ' +
        'what one delivers all deliver in the end, unless they crash.',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        'specs/broadcast/total-order-broadcast/claims',
        'specs/broadcast/order-by-consensus/own-proposal',
      ],
    },
    {
      id: 'TOB-06',
      name: 'Total-order broadcast from consensus',
      kind: 'protocol',
      says:
        'Total-order broadcast is made of numbered instances of consensus, each on a set of ' +
        'messages that are not delivered yet; a set that is decided is delivered in a fixed order.',
      source: 'Chandra & Toueg 1996, section 7.2',
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        holds('three processes with two messages, one of which may crash at any moment', () =>
          orderByConsensus.make({ processes: 3, messages: 2, crashes: 1 }),
        ),
        'protocols/total-order-broadcast/claims',
        'specs/broadcast/order-by-consensus/does-not-wait',
        'specs/broadcast/order-by-consensus/own-proposal',
        'zoo/FL-04',
      ],
    },
    {
      id: 'TOB-07',
      name: 'Consensus from total-order broadcast',
      kind: 'theorem',
      says:
        'Consensus is made of total-order broadcast: all broadcast what they propose, and decide ' +
        'what they deliver first.',
      source: 'Dolev, Dwork & Stockmeyer 1987; Chandra & Toueg 1996, section 7',
      verdict: 'holds',
      checks: [
        'specs/broadcast/consensus-by-order/claims',
        'protocols/consensus-from-broadcast/claims',
        'specs/broadcast/consensus-by-order/own-message-first',
        'specs/broadcast/consensus-by-order/decides-at-once',
        'protocols/consensus-from-broadcast/last-delivered',
      ],
    },
    {
      id: 'TOB-08',
      name: 'The two problems are equivalent',
      kind: 'theorem',
      says: 'Where channels are reliable, total-order broadcast and consensus solve each other.',
      source: 'Chandra & Toueg 1996, theorem 7.1: for crashes',
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/claims',
        'specs/broadcast/consensus-by-order/claims',
        // Both reductions in one: consensus by broadcast by consensus by the log of Raft.
        'protocols/consensus-from-broadcast/raft',
        'protocols/total-order-broadcast/raft',
        fails(
          'where messages may be lost for ever, one may deliver what another one never does',
          'agreement: what one delivers all deliver, unless they crash',
          // Nobody need ever receive anything.
          () =>
            model({
              ...orderByConsensus.make(),
              fairness: [weakEach('propose', 'decide', 'deliver')],
            }),
        ),
      ],
    },
    {
      id: 'TOB-09',
      name: 'Several messages in one instance',
      kind: 'claim',
      says: 'One instance of consensus may deliver several messages.',
      source: 'lecture notes; Chandra & Toueg 1996, section 7.2',
      verdict: 'holds',
      checks: [
        fails('two messages are decided in one instance', 'an instance decides one message', () => {
          const made = orderByConsensus.make()
          return model({
            ...made,
            invariants: {
              'an instance decides one message': (s) =>
                s.decided.every((batch) => batch === null || batch.size <= 1),
            },
          })
        }),
        question('run', 'so it does in the runs of the real code', () => {
          const sizes = new Map<number, number>()
          for (let seed = 1; seed <= BATCH_SEEDS; seed++)
            for (const size of batchesOf(seed)) sizes.set(size, (sizes.get(size) ?? 0) + 1)
          const rows = [...sizes].sort(([one], [other]) => one - other)
          const shown = rows.map(([size, times]) => `${counted(size, 'message')}: ${times} times`)
          const instances = rows.reduce((sum, [, times]) => sum + times, 0)
          const largest = rows.at(-1)?.[0] ?? 0
          const sentence =
            `${counted(instances, 'instance')} of seeds 1 to ${BATCH_SEEDS}, ` +
            `with up to ${counted(largest, 'message')}`
          return answer(largest > 1, sentence, shown)
        }),
      ],
    },
    {
      id: 'TOB-10',
      name: 'A fixed order within a decided set',
      kind: 'claim',
      says:
        'The messages of a set that is decided must be delivered in an order that is the same ' +
        'everywhere.',
      source: 'Chandra & Toueg 1996, section 7.2',
      verdict: 'holds',
      checks: [
        'specs/broadcast/order-by-consensus/order-of-its-own',
        'protocols/total-order-broadcast/own-order',
        'zoo/FL-05',
        'specs/broadcast/order-by-consensus/claims',
      ],
    },
    {
      id: 'TOB-11',
      name: 'Many instances make a replicated machine',
      kind: 'claim',
      says: 'Agreement on a log, place after place, gives replication of a state machine.',
      source: 'Schneider 1990; Lamport 2001, section 3',
      verdict: 'holds',
      checks: [
        'specs/log/log/claims',
        'specs/log/multi-paxos/slot-1/claims',
        'protocols/multi-paxos/claims',
        'protocols/raft/claims',
        'specs/log/multi-paxos/apply-past-gap',
        // A command that a client asks for again must have its effect once.
        'protocols/multi-paxos/applied-twice',
      ],
    },
  ],
}

function alwaysTheSame() {
  const made = orderByConsensus.make()
  return model({
    ...made,
    invariants: {
      'all have delivered the same': (s) =>
        s.delivered.every((sequence) => {
          const first = s.delivered.get(0).value()
          return sequence.length === first.length && sequence.every((m, at) => m === first[at])
        }),
    },
  })
}

function crashedAsWell() {
  const made = consensusByOrder.make({ processes: 2 })
  return model({
    ...made,
    properties: {
      'all deliver what one delivers': {
        when: (s) => s.delivered.get(0) > 0,
        leadsTo: (s) => s.delivered.get(1) > 0,
      },
    },
  })
}

const BATCH_SEEDS = 20

/** How many messages were delivered by each instance at one of the nodes of a run. */
function batchesOf(seed: number): readonly number[] {
  const { trace } = simulate(
    drawSimulation(
      { protocol: totalOrderBroadcast, nodes: 3, workload: broadcastWorkload, invariants: [] },
      seed,
      { faults: [], trace: true, operations: 60, forMs: 1000 },
    ),
  )
  const views = trace.flatMap(({ node, view }) =>
    node === 'n1' && view !== undefined ? [view as View] : [],
  )
  const before = new Map(views.map(({ instance, delivered }) => [instance, delivered.length]))
  const lengths = [...before].sort(([one], [other]) => one - other).map(([, length]) => length)
  return lengths.slice(1).map((length, at) => length - (lengths[at] ?? 0))
}

interface View {
  readonly delivered: readonly unknown[]
  readonly instance: number
}
