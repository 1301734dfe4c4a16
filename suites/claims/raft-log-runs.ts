import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { leaderAppendOnly } from '../../checkers/invariants/leader-append-only.ts'
import { leaderCompleteness } from '../../checkers/invariants/leader-completeness.ts'
import { logMatching } from '../../checkers/invariants/log-matching.ts'
import { stateMachineSafety } from '../../checkers/invariants/state-machine-safety.ts'
import type { Command } from '../../impls/machine/key-value.ts'
import { applied, emptyKeyValue } from '../../impls/machine/key-value.ts'
import { raft } from '../../impls/raft/raft.ts'
import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Fault, FaultType } from '../../src/node/index.ts'
import type { Run } from '../../src/simulate/index.ts'
import { kvWorkload } from '../workloads.ts'
import { askedOnce } from './asked-once.ts'
import { answer, question } from './check.ts'
import { allRight } from './many-runs.ts'
import { electedIn, HEARTBEAT_MS, leaderOf, raftRun, writes } from './raft-elections-runs.ts'
import type { Quiet } from './quiet-run.ts'
import { down, endedIn, names, subsets, viewsIn } from './quiet-run.ts'

/** What the real code of Raft does with its log, in runs in which chance has no part. */

interface Entry {
  readonly term: number
  readonly value: unknown
}

function logOf(run: Run, node: string, untilMs?: number): readonly Entry[] {
  return (viewsIn(run, untilMs).get(node)?.['log'] ?? []) as readonly Entry[]
}

const textOf = (log: readonly Entry[]): string => canonical(log as unknown as Json)
const served = (run: Run, fromMs: number): readonly { from: number; until: number }[] =>
  endedIn(run).filter(({ outcome, from }) => outcome === 'ok' && from >= fromMs)

export const sendsBeforeItsDisk = question(
  'run',
  'a leader sends an entry without waiting for its own disk, and counts itself only after it',
  () => {
    const run = raftRun({ asks: [writes(10)], rate: 10, writeMs: 40 })
    let entries = 0
    let waited = 0
    let counted = 0
    for (const { node, event, effects } of run.trace) {
      if (event.type !== 'request') continue
      const write = effects.find((one) => one.type === 'write' && one.write.type === 'append')
      if (write?.type !== 'write') continue
      entries++
      for (const effect of effects) {
        if (effect.type !== 'send') continue
        const after = effect.after !== undefined && effect.after >= write.ticket
        if (isEntry(effect.message) && after) waited++
        if (effect.to === node && !after) counted++
      }
    }
    return answer(
      entries > 0 && waited === 0 && counted === 0,
      `of ${entries} entries, each of which takes 40 ms to write, ${waited} wait for the disk ` +
        `before they are sent, and ${counted} are counted as stored before they are`,
    )
  },
)

/** How long a leader takes from a request to its answer, in milliseconds, from some time on. */
function takenByLeader({ trace }: Run, fromMs: number): readonly number[] {
  const asked = new Map<unknown, number>()
  const taken: number[] = []
  for (const { time, event, effects } of trace) {
    if (event.type === 'request') asked.set(event.request.id, time / 1000)
    for (const effect of effects) {
      if (effect.type !== 'reply') continue
      const from = asked.get(effect.request) ?? 0
      if (from >= fromMs) taken.push(Math.round(time / 1000 - from))
    }
  }
  return taken
}

export const sentAtOnce = question(
  'run',
  'an entry is sent when it is asked for, not with the next heartbeat',
  () => {
    const run = raftRun({ asks: [writes(20)], rate: 20 })
    let asked = 0
    let late = 0
    for (const { event, effects } of run.trace) {
      if (event.type !== 'request' || effects.some(({ type }) => type === 'fail')) continue
      asked++
      if (!effects.some((effect) => effect.type === 'send' && isEntry(effect.message))) late++
    }
    const taken = takenByLeader(run, 0)
    return answer(
      asked > 5 && late === 0 && Math.max(...taken) < HEARTBEAT_MS,
      `in ${asked - late} of ${asked} cases the step that takes the request sends the entry; it ` +
        `is committed after ${Math.max(...taken)} ms, a round trip, with heartbeats every ` +
        `${HEARTBEAT_MS} ms`,
    )
  },
)

function isEntry(message: unknown): boolean {
  const { type, entries } = message as { readonly type: string; readonly entries?: unknown[] }
  return type === 'append' && (entries?.length ?? 0) > 0
}

export const followerDies = question(
  'run',
  'when a follower dies the leader commits as fast as before',
  () => {
    const about: Partial<Quiet> = { asks: [writes(30)], rate: 20, forMs: 3000 }
    const leader = leaderOf(about)
    const follower = names(3).find((node) => node !== leader) ?? ''
    const usual = takenByLeader(raftRun(about), 1000)
    const run = raftRun({ ...about, faults: [{ type: 'crash', node: follower, at: 1000 }] })
    const after = takenByLeader(run, 1000)
    const elected = electedIn(run).filter(({ at }) => at > 1000)
    return answer(
      after.length === usual.length &&
        Math.max(...after) === Math.max(...usual) &&
        elected.length === 0,
      `${follower} dies: ${after.length} commands are committed afterwards, ${usual.length} ` +
        `otherwise; each takes ${Math.max(...after)} ms, otherwise ${Math.max(...usual)} ms; ` +
        `${elected.length} elections`,
    )
  },
)

export const missingEntriesAreSent = question(
  'run',
  'a follower that was down gets all that it lacks when it returns',
  () => {
    const about: Partial<Quiet> = { asks: [writes(25)], rate: 20, forMs: 3500 }
    const leader = leaderOf(about)
    const follower = names(3).find((node) => node !== leader) ?? ''
    const fault: Fault = { type: 'crash', node: follower, at: 600, until: 2500 }
    const run = raftRun({ ...about, options: { snapshotEvery: 0 }, faults: [fault] })
    const lacks = logOf(run, leader, 2499).length - logOf(run, follower, 2499).length
    const logs = names(3).map((node) => textOf(logOf(run, node)))
    return answer(
      lacks > 5 && new Set(logs).size === 1,
      `${follower} lacks ${lacks} entries when it returns; a second later all three logs are the ` +
        `same, ${logOf(run, leader).length} entries`,
    )
  },
)

export const healing = question(
  'run',
  'after a partition a leader of the minority steps down, and its own entries give way',
  () => {
    const options = { checkQuorum: false, snapshotEvery: 0 }
    const asks = [1, 2, 3].map((client) => writes(40, client))
    const about: Partial<Quiet> = { nodes: 5, options, asks, rate: 30, timeoutMs: 300, forMs: 5000 }
    const leader = leaderOf({ ...about, forMs: 1000 })
    const minority = [leader, names(5).find((node) => node !== leader) ?? '']
    const majority = names(5).filter((node) => !minority.includes(node))
    const run = raftRun({
      ...about,
      faults: [
        { type: 'partition', from: minority, to: majority, both: true, at: 1000, until: 3000 },
      ],
    })
    const before = viewsIn(run, 2999).get(leader) ?? {}
    const commit = before['commit'] as number
    const elsewhere = logOf(run, majority[0] ?? '', 2999).map((entry) => textOf([entry]))
    const own = logOf(run, leader, 2999)
      .map((entry) => textOf([entry]))
      .filter((text) => !elsewhere.includes(text))
    const after = logOf(run, leader)
    const kept =
      textOf(after.slice(0, commit)) === textOf(logOf(run, leader, 2999).slice(0, commit))
    const left = own.filter((text) => after.some((entry) => textOf([entry]) === text))
    const logs = names(5).map((node) => textOf(logOf(run, node)))
    const now = viewsIn(run).get(leader)
    return answer(
      before['role'] === 'leader' &&
        own.length > 0 &&
        left.length === 0 &&
        kept &&
        now?.['role'] === 'follower' &&
        new Set(logs).size === 1,
      `${leader} leads the minority with ${own.length} entries of its own; two seconds after it ` +
        `is ${String(now?.['role'])}, ${left.length} of them are left, its ${commit} committed ` +
        'ones are where they were, and all five logs are the same',
    )
  },
)

/** All sets of nodes that may be down from the beginning. */
export const twoOfFiveMayFail = question(
  'run',
  'of five servers any two may be down, and no three',
  () => {
    const counts = [0, 1, 2, 3, 4].map((dead) => {
      const sets = subsets(names(5), dead)
      const working = sets.filter(
        (some) =>
          served(raftRun({ nodes: 5, faults: down(some), asks: [writes(5)], forMs: 3000 }), 0)
            .length === 5,
      )
      const stuck = sets.filter(
        (some) =>
          served(raftRun({ nodes: 5, faults: down(some), asks: [writes(5)], forMs: 3000 }), 0)
            .length === 0,
      )
      return { dead, sets: sets.length, working: working.length, stuck: stuck.length }
    })
    return answer(
      counts.every(({ dead, sets, working, stuck }) =>
        dead <= 2 ? working === sets : stuck === sets,
      ),
      `served are all requests in ${counts
        .map(({ dead, sets, working }) => `${working} of ${sets} cases with ${dead} down`)
        .join(', ')}`,
    )
  },
)

const five = [electionSafety, leaderAppendOnly, logMatching, leaderCompleteness, stateMachineSafety]

const combined: readonly FaultType[] = ['delay', 'partition', 'loss', 'duplicate', 'crash']

/** Faults of the network, each alone and all together. */
export const networkFaults = [...combined.map((type) => [type]), combined].map((faults) =>
  allRight(`Raft is right under ${faults.join(', ')}`, {
    protocol: raft,
    nodes: 3,
    options: { electionMs: 60, heartbeatMs: 20 },
    workload: kvWorkload,
    invariants: five,
    faults,
    seeds: 6,
    judged: { condition: 'linearizable', model: 'cas-register' },
  }),
)

export const anyTimeouts = allRight('it stays right with timeouts that are far too short', {
  protocol: raft,
  nodes: 3,
  options: { electionMs: 8, heartbeatMs: 3 },
  workload: kvWorkload,
  invariants: five,
  recovers: false,
  seeds: 6,
  judged: { condition: 'linearizable', model: 'cas-register' },
})

export const snapshotsBoundLogs = question(
  'run',
  'with snapshots no log grows beyond twice the distance between them, without them all grow',
  () => {
    const longest = (snapshotEvery: number): number => {
      const run = raftRun({
        asks: [1, 2].map((client) => writes(80, client)),
        rate: 100,
        options: { snapshotEvery },
        forMs: 4000,
      })
      let most = 0
      for (const { view } of run.trace) {
        const log = (view as { readonly log?: readonly unknown[] } | undefined)?.log ?? []
        most = Math.max(most, log.length)
      }
      return most
    }
    const [cut, whole] = [longest(4), longest(0)]
    return answer(
      cut <= 2 * 4 + 2 && whole > 100,
      `the longest log has ${cut} entries with a snapshot every 4, and ${whole} without`,
    )
  },
)

export const otherMembers = question(
  'run',
  'three nodes that were no members at first, but one, take over and go on alone',
  () => {
    const about: Partial<Quiet> = {
      nodes: 5,
      options: { members: 3 },
      rate: 10,
      forMs: 6000,
      againMs: 100,
    }
    const wanted = ['n3', 'n4', 'n5']
    const change = { f: 'reconfigure', value: wanted }
    const run = raftRun({
      ...about,
      asks: [[...writes(3), change, ...writes(40, 2)]],
      faults: ['n1', 'n2'].map((node): Fault => ({ type: 'crash', node, at: 3000 })),
    })
    const voters = viewsIn(run).get('n4')?.['voters']
    const later = served(run, 4000)
    return answer(
      JSON.stringify(voters) === JSON.stringify([2, 3, 4]) && later.length > 0,
      `the voters are ${wanted.join(', ')} in the end; ${later.length} operations are served ` +
        'after n1 and n2 have crashed for ever',
    )
  },
)

const COMMANDS: readonly Pick<Command, 'f' | 'key' | 'value'>[] = [
  { f: 'write', key: 'x', value: 1 },
  { f: 'write', key: 'y', value: 2 },
  { f: 'cas', key: 'x', value: [1, 3] },
  { f: 'read', key: 'x', value: null },
]

/** All logs of so many commands. */
function logs(length: number): readonly (readonly Command[])[] {
  if (length === 0) return [[]]
  return logs(length - 1).flatMap((log) =>
    COMMANDS.map((one) => [...log, { ...one, client: 'c1', serial: log.length + 1 }]),
  )
}

type Machine = typeof emptyKeyValue
const replay = (log: readonly Command[], from: Machine): Machine =>
  log.reduce((machine, command) => applied(machine, command), from)

export const sameLogSameState = askedOnce(
  question(
    'enumeration',
    'replicas that apply the same log end in the same state, however they come to it',
    () => {
      let count = 0
      const ends = new Set<string>()
      for (let length = 0; length <= 5; length++) {
        for (const log of logs(length)) {
          count++
          const whole = canonical(replay(log, emptyKeyValue) as unknown as Json)
          const half = Math.floor(length / 2)
          // One restarts from a copy of its state, one is told each command twice.
          const copy = JSON.parse(
            JSON.stringify(replay(log.slice(0, half), emptyKeyValue)),
          ) as Machine
          const restarted = canonical(replay(log.slice(half), copy) as unknown as Json)
          const twice = canonical(
            replay(
              log.flatMap((command) => [command, command]),
              emptyKeyValue,
            ) as unknown as Json,
          )
          ends.add(whole)
          if (whole !== restarted || whole !== twice) {
            return answer(false, `they differ after ${length} commands`)
          }
        }
      }
      return answer(
        ends.size > 10,
        `so they do for all ${count} logs of up to 5 commands, which end in ${ends.size} states`,
      )
    },
  ),
)

export const chanceDiverges = question(
  'enumeration',
  'a command that asks the clock makes replicas differ',
  () => {
    const at = (clock: number): Machine =>
      replay([{ f: 'write', key: 'x', value: clock, client: 'c1', serial: 1 }], emptyKeyValue)
    const [one, other] = [10, 12].map((clock) => canonical(at(clock) as unknown as Json))
    return answer(one !== other, 'the same entry, applied at 10 and at 12, leaves', [
      one ?? '',
      other ?? '',
    ])
  },
)
