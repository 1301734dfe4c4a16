import { atomicity } from '../../checkers/invariants/atomic-commit.ts'
import { nonBlocking } from '../../checkers/invariants/non-blocking.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import { twoPhaseCommitTakeover } from '../../impls/commit/two-phase-commit-takeover.ts'
import { atomicCommitSimpleBroadcast } from '../../specs/commit/acp-sb.ts'
import type { Run } from '../../src/simulate/index.ts'
import { askedOnce } from './asked-once.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Plain, StateOf } from './spec-states.ts'
import { everyStep, reaches } from './spec-states.ts'
import type { Quiet } from './quiet-run.ts'
import { countedByType, endedIn, quietRun, sentIn, viewsIn } from './quiet-run.ts'
import { nothingWrong } from './real-code.ts'

export const two = { spec: atomicCommitSimpleBroadcast, size: { participant: 2 } }
type Acp = StateOf<ReturnType<typeof atomicCommitSimpleBroadcast.make>>

/** All votes are yes. */
const options = { oneNoIn: 1000 }
const add = [[{ f: 'add', value: 1 }]]

export const oneTransaction = question(
  'run',
  'four nodes commit with a question, a vote, the outcome and its acknowledgement to each other',
  () => {
    const run = quietRun({ protocol: twoPhaseCommit, options, nodes: 4, asks: add, forMs: 400 })
    const sent = countedByType(sentIn(run))
    const expected = { 'vote?': 3, yes: 3, commit: 3, ended: 3 }
    const [operation] = endedIn(run)
    const said = Object.entries(sent).map(([type, count]) => `${count} ${type}`)
    return answer(
      JSON.stringify(sent) === JSON.stringify(expected) && operation?.outcome === 'ok',
      `between the nodes go, in this order: ${said.join(', ')}`,
    )
  },
)

/** Both have voted yes, nobody has heard the decision, and the coordinator is dead. */
const isStuck = (s: Acp): boolean =>
  !s.alive &&
  s.yes.size === 2 &&
  s.participants.every((one) => one.alive && one.voteSent && one.decision === 'undecided') &&
  s.broadcast.every((heard) => heard === 'unsent')

export const stuck = askedOnce(
  reaches('two-phase commit comes to wait for a coordinator that is dead', two, isStuck),
)

export const staysStuck = askedOnce(
  everyStep(
    'nobody who is left ever decides after that, whatever happens',
    two,
    (before, after) => !isStuckAs(before) || undecided(after),
  ),
)

type Participants = ReadonlyMap<
  number,
  { readonly alive: boolean; readonly voteSent: boolean; readonly decision: string }
>

function isStuckAs(state: Plain): boolean {
  const { alive, yes } = state as { readonly alive: boolean; readonly yes: ReadonlySet<number> }
  const participants = [...(state['participants'] as Participants).values()]
  const heard = [...(state['broadcast'] as ReadonlyMap<number, string>).values()]
  return (
    !alive &&
    yes.size === 2 &&
    participants.every((one) => one.voteSent && one.decision === 'undecided') &&
    heard.every((what) => what === 'unsent')
  )
}

function undecided(state: Plain): boolean {
  const participants = [...(state['participants'] as Participants).values()]
  return participants.every(({ decision }) => decision === 'undecided')
}

export const diedBeforeVoting = (s: Acp): boolean =>
  s.participants.some((one) => !one.alive && !one.voteSent)
export const somebodyCommits = (s: Acp): boolean =>
  s.participants.some((one) => one.decision === 'commit')

/** What all nodes have come to in the end, and whether the client was told that it is done. */
interface CrashedRun {
  readonly at: number
  readonly outcomes: readonly string[]
  readonly decided: boolean
}

/**
 * The coordinator crashes at each millisecond from the first question of a transaction on, and
 * comes back with its disk.
 */
function crashEachMs(mutant?: string): readonly CrashedRun[] {
  const planted = mutant === undefined ? {} : { mutant }
  const undisturbed = quietRun({ ...coordinatorCrashes(1), ...planted, faults: [] })
  const asked = sentIn(undisturbed).find(({ type }) => type === 'vote?')?.at ?? 0
  return Array.from({ length: 80 }, (_, after) => {
    const at = Math.ceil(asked) + 1 + after
    const run = quietRun({ ...coordinatorCrashes(at), ...planted })
    return { at, outcomes: outcomesOf(run), decided: decidedBefore(run, at) }
  })
}

function coordinatorCrashes(at: number): Quiet {
  return {
    protocol: twoPhaseCommit,
    options,
    nodes: 3,
    asks: add,
    writeMs: 8,
    faults: [{ type: 'crash', node: 'n1', at, until: at + 200, disk: 'lose' }],
    forMs: 1500,
    recovers: true,
  }
}

/** The outcomes of the first transaction that any node has. */
function outcomesOf(run: Run): readonly string[] {
  const all = [...viewsIn(run).values()].map(
    (view) => (view['outcomes'] as Readonly<Record<string, string>>)['1.1'],
  )
  return [...new Set(all.filter((outcome) => outcome !== undefined))]
}

/** Whether the decision to commit was on the coordinator's disk, or told, before a time. */
function decidedBefore(run: Run, atMs: number): boolean {
  return run.trace.some(
    ({ node, time, effects }) =>
      node === 'n1' &&
      time / 1000 < atMs &&
      effects.some(
        (effect) =>
          effect.type === 'write' &&
          effect.write.type === 'append' &&
          (effect.write.record as { readonly decided?: unknown }).decided !== undefined,
      ),
  )
}

export const replays = question(
  'run',
  'a coordinator that crashes at any millisecond ends its transaction in one way when it is back',
  () => {
    const runs = crashEachMs()
    const split = runs.filter(({ outcomes }) => outcomes.length > 1)
    const aborted = runs.filter(({ outcomes }) => outcomes.includes('abort'))
    const committed = runs.filter(({ outcomes }) => outcomes.includes('commit'))
    const early = committed.filter(({ decided }) => !decided)
    const isSo =
      split.length === 0 && early.length === 0 && aborted.length > 0 && committed.length > 0
    return answer(
      isSo,
      `of ${runs.length} moments of the crash ${aborted.length} end in abort, the last at ` +
        `${aborted.at(-1)?.at} ms, ${committed.length} in commit, the first at ` +
        `${committed[0]?.at} ms, and ${split.length} in both`,
    )
  },
)

export const splitsUnforced = question(
  'run',
  'a coordinator that tells its commit before that is on its disk splits the nodes',
  () => {
    const runs = crashEachMs('decision-not-forced')
    const split = runs.filter(({ outcomes }) => outcomes.length > 1)
    return answer(
      split.length > 0,
      `of ${runs.length} moments of the crash ${split.length} end in commit here and abort there`,
      split.map(({ at }) => `crash at ${at} ms: commit and abort`),
    )
  },
)

export const slowOne = question(
  'run',
  'a participant that is too slow makes the others abort',
  () => {
    const pause = { type: 'pause', node: 'n3', at: 0, until: 1500 } as const
    const about = { protocol: twoPhaseCommit, options, nodes: 3, asks: add, forMs: 1000 }
    const [slow] = endedIn(quietRun({ ...about, faults: [pause] }))
    const [usual] = endedIn(quietRun(about))
    return answer(
      slow?.outcome === 'fail' && usual?.outcome === 'ok',
      `with n3 paused the client hears ${slow?.outcome} after ${Math.round(
        (slow?.until ?? 0) - (slow?.from ?? 0),
      )} ms, otherwise ${usual?.outcome} after ${Math.round(
        (usual?.until ?? 0) - (usual?.from ?? 0),
      )} ms`,
    )
  },
)

export const coordinatorLast = question(
  'run',
  'the coordinator commits after all others have acknowledged',
  () => {
    const run = quietRun({
      protocol: twoPhaseCommitTakeover,
      options,
      nodes: 4,
      asks: add,
      forMs: 2000,
    })
    const first = new Map<string, number>()
    for (const { node = '', time, view } of run.trace) {
      const elements = (view as { readonly elements?: number } | undefined)?.elements ?? 0
      if (elements > 0 && !first.has(node)) first.set(node, time / 1000)
    }
    const order = [...first].sort(([, one], [, other]) => one - other)
    return answer(
      order.length === 4 && order.at(-1)?.[0] === 'n1',
      `they commit in this order: ${order
        .map(([node, ms]) => `${node} at ${ms.toFixed(1)} ms`)
        .join(', ')}`,
    )
  },
)

/** The coordinator crashes for ever at each millisecond of a transaction. */
function coordinatorGone(mutant?: string): readonly (readonly string[])[] {
  return Array.from({ length: 120 }, (_, at) => {
    const run = quietRun({
      protocol: twoPhaseCommitTakeover,
      options,
      ...(mutant === undefined ? {} : { mutant }),
      nodes: 4,
      asks: add,
      faults: [{ type: 'crash', node: 'n1', at: at + 1 }],
    })
    const all = [...viewsIn(run).values()].flatMap((view) =>
      Object.values(view['outcomes'] as Readonly<Record<string, string>>),
    )
    return [...new Set(all)]
  })
}

function gone(asks: string, splits: boolean, mutant?: string): Question {
  return question('run', asks, () => {
    const runs = coordinatorGone(mutant)
    const split = runs.filter((outcomes) => outcomes.length > 1).length
    const one = runs.filter((outcomes) => outcomes.length === 1).length
    return answer(
      split > 0 === splits && one > 0,
      `of ${runs.length} moments of its crash ${split} leave it with a commit and the others ` +
        `with an abort, ${one} leave one outcome`,
    )
  })
}

export const lastIsHarmless = gone('whenever it crashes, all come to the same', false)
export const firstIsHarmful = gone(
  'where it commits first it may take its commit with it',
  true,
  'coordinator-commits-first',
)

export const deadCommitted = reaches(
  'the dead participant may have committed, where the one that lives knows only its own yes',
  two,
  (s) => isAlone(s) && s.participants.get(1).decision === 'commit',
)
export const deadAborted = reaches(
  'and it may have aborted, where the one that lives knows no more than that',
  two,
  (s) => isAlone(s) && s.participants.get(1).decision === 'abort',
)

/** Participant 0 has voted yes and lives; all others are dead. */
function isAlone(s: Acp): boolean {
  const own = s.participants.get(0)
  return (
    !s.alive &&
    own.alive &&
    own.voteSent &&
    s.yes.has(0) &&
    own.decision === 'undecided' &&
    s.broadcast.get(0) === 'unsent' &&
    !s.participants.get(1).alive
  )
}

const crashesAreSeen = (timer: string) =>
  timer.startsWith('silent ') ? timer.slice('silent '.length) : undefined

export const oneCrash = askedOnce(
  nothingWrong('after any one crash the real code ends the transaction, and in one way', {
    protocol: twoPhaseCommitTakeover,
    options: { oneNoIn: 2 },
    bounds: {
      nodes: 3,
      clients: [{ asks: [{ f: 'add', value: 1 }], at: [0] }],
      loopback: 'at-once',
      crashes: 1,
      restarts: 0,
      timers: {
        send: Infinity,
        'silent n1': Infinity,
        'silent n2': Infinity,
        'silent n3': Infinity,
      },
      silenceOf: crashesAreSeen,
      invariants: [atomicity, nonBlocking],
    },
  }),
)
