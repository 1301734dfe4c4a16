import { multiPaxos as multiPaxosCode } from '../../impls/multi-paxos/multi-paxos.ts'
import { raft } from '../../impls/raft/raft.ts'
import { raftInSteps } from '../../specs/log/raft-rpc.ts'
import { replicatedLog } from '../../specs/log/replicated-log.ts'
import { viewstampedReplication } from '../../specs/log/viewstamped.ts'
import { zab } from '../../specs/log/zab.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { AnyProtocol } from '../../src/node/index.ts'
import { askedOnce } from './asked-once.ts'
import { answer, question } from './check.ts'
import { quietRun, sentIn } from './quiet-run.ts'
import { states, unknown } from './spec-states.ts'

/**
 * Protocols of one family are one abstract log, seen from far enough: each of their steps commits
 * nothing, or puts entries at the end of what is committed.
 */
interface Family {
  readonly name: string
  readonly model: AnyModel
  readonly entries: number
  readonly length: number
  /** What is committed in a state, as numbers from 0. */
  readonly committed: (state: never) => readonly number[]
}

interface LogPlace {
  readonly length: number
  at(index: number): number
}

/** The longest of the prefixes that servers know to be committed. */
function longest(
  logs: { get(server: number): LogPlace },
  committed: { get(server: number): number },
  servers: number,
): readonly number[] {
  let best: readonly number[] = []
  for (let server = 0; server < servers; server++) {
    const known = Math.min(committed.get(server), logs.get(server).length)
    if (known <= best.length) continue
    best = Array.from({ length: known }, (_, at) => logs.get(server).at(at))
  }
  return best
}

const SERVERS = 3

const raftFamily = (term: number, length: number, mutant?: 'commit-old-term'): Family => ({
  name: 'raft-rpc',
  model: raftInSteps.make({ term, length }, mutant),
  entries: term,
  length,
  committed: (s: { log: never; committed: never }) =>
    longest(s.log, s.committed, SERVERS).map((made) => made - 1),
})

const zabFamily: Family = {
  name: 'zab',
  model: zab.make({ epoch: 2 }),
  entries: 2,
  length: 2,
  committed: (s: { history: never; delivered: never }) =>
    longest(s.history, s.delivered, SERVERS).map((epoch) => epoch - 1),
}

const viewstampedFamily: Family = {
  name: 'viewstamped',
  model: viewstampedReplication.make({ crashes: 0, op: 2 }),
  entries: 2,
  length: 2,
  committed: (s: { log: never; committed: never }) => longest(s.log, s.committed, SERVERS),
}

/** Whether each step of a protocol is a step of the log, and what is seen when it is none. */
async function refines({ name, model, entries, length, committed }: Family, seconds: number) {
  const { properties: _p, invariants: _i, fairness: _f, ...made } = model
  const seen = {
    ...made,
    sometimes: {},
    refines: {
      log: {
        model: replicatedLog.make({ entry: entries, length }),
        map: (state: never, abstract: { committed: { push(entry: number): void } }) => {
          for (const entry of committed(state)) abstract.committed.push(entry)
        },
      },
    },
  } as unknown as AnyModel
  return explore(seen, { name, budget: { seconds } })
}

export const oneLog = askedOnce(
  question(
    'exploration',
    'Raft, Zab and Viewstamped Replication all do nothing but append to one abstract log',
    async ({ seconds = 60 }) => {
      const told: string[] = []
      for (const family of [raftFamily(2, 2), zabFamily, viewstampedFamily]) {
        const found = await refines(family, seconds)
        if (found.outcome === 'unknown') return unknown(found.stopped?.covered)
        if (found.outcome === 'fail') return answer(false, `${family.name} does something else`)
        told.push(`${states(found.distinctStates)} of ${family.name}`)
      }
      return answer(true, `each step is one of the log, in ${told.join(', ')}`)
    },
  ),
)

export const notOneLog = askedOnce(
  question(
    'exploration',
    'Raft that commits old entries by counting them takes back what it has appended',
    async ({ seconds = 60 }) => {
      const found = await refines(raftFamily(4, 1, 'commit-old-term'), seconds)
      const [violation] = found.violations
      return answer(
        violation?.kind === 'refinement',
        `after ${(violation?.trace.length ?? 1) - 1} steps something else is committed there`,
        violation?.trace.map(({ action, parameters }, at) =>
          `${at} ${action ?? 'begin'} ${parameters.map(textOf).join(', ')}`.trimEnd(),
        ),
      )
    },
  ),
)

function textOf(parameter: unknown): string {
  return parameter instanceof Set ? `{${[...parameter].map(String).join(', ')}}` : String(parameter)
}

const lengthOf = (list: unknown): number => (list as readonly unknown[]).length

const writes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ f: 'write', key: 'x', value: at + 1 }))

/** How many messages between nodes a command takes more, in runs that differ in nothing else. */
function messagesEach(protocol: AnyProtocol, types: readonly string[], nodes: number): number {
  const count = (commands: number): number =>
    sentIn(quietRun({ protocol, nodes, asks: [writes(commands)], rate: 10, forMs: 6000 })).filter(
      ({ type, message }) =>
        types.includes(type) && (type !== 'append' || lengthOf(message['entries']) > 0),
    ).length
  return (count(40) - count(20)) / 20
}

export const sameEffort = question(
  'run',
  'a command costs Raft and Multi-Paxos the same messages: one to each of the others',
  () => {
    const rows = [3, 5].map((nodes) => ({
      nodes,
      raft: messagesEach(raft as unknown as AnyProtocol, ['append'], nodes),
      paxos: firstOnly(nodes),
    }))
    return answer(
      rows.every(({ nodes, raft: one, paxos }) => one === nodes - 1 && paxos === nodes - 1),
      rows
        .map(({ nodes, raft: one, paxos }) => `n = ${nodes}: Raft ${one}, Multi-Paxos ${paxos}`)
        .join('; '),
    )
  },
)

/** Accept messages, of which those that are only sent again are not counted. */
function firstOnly(nodes: number): number {
  const count = (commands: number): number => {
    const protocol = multiPaxosCode as unknown as AnyProtocol
    const run = quietRun({ protocol, nodes, asks: [writes(commands)], rate: 10, forMs: 6000 })
    const accepts = sentIn(run).filter(({ type }) => type === 'accept')
    return new Set(accepts.map(({ to, message }) => `${to} ${String(message['slot'])}`)).size
  }
  return (count(40) - count(20)) / 20
}
