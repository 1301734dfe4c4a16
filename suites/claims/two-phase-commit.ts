import { atomicity } from '../../checkers/invariants/atomic-commit.ts'
import { nonBlocking } from '../../checkers/invariants/non-blocking.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import { twoPhaseCommitTakeover } from '../../impls/commit/two-phase-commit-takeover.ts'
import { atomicCommitSimpleBroadcast } from '../../specs/commit/acp-sb.ts'
import { commitIgnoringCrashed } from '../../specs/commit/ignore-crashed.ts'
import type { Run } from '../../src/simulate/index.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Claim } from './claim.ts'
import type { Plain, StateOf } from './spec-states.ts'
import { always, everyStep, reaches } from './spec-states.ts'
import type { Quiet } from './quiet-run.ts'
import { countedByType, endedIn, quietRun, sentIn, viewsIn } from './quiet-run.ts'
import { nothingWrong } from './real-code.ts'

const two = { spec: atomicCommitSimpleBroadcast, size: { participant: 2 } }
type Acp = StateOf<ReturnType<typeof atomicCommitSimpleBroadcast.make>>

/** All votes are yes. */
const options = { oneNoIn: 1000 }
const add = [[{ f: 'add', value: 1 }]]

const oneTransaction = question(
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

const stuck = reaches('two-phase commit comes to wait for a coordinator that is dead', two, isStuck)

const staysStuck = everyStep(
  'nobody who is left ever decides after that, whatever happens',
  two,
  (before, after) => !isStuckAs(before) || undecided(after),
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

const diedBeforeVoting = (s: Acp): boolean =>
  s.participants.some((one) => !one.alive && !one.voteSent)
const somebodyCommits = (s: Acp): boolean => s.participants.some((one) => one.decision === 'commit')

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

const replays = question(
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

const splitsUnforced = question(
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

const slowOne = question('run', 'a participant that is too slow makes the others abort', () => {
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
})

const coordinatorLast = question(
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

const deadCommitted = reaches(
  'the dead participant may have committed, where the one that lives knows only its own yes',
  two,
  (s) => isAlone(s) && s.participants.get(1).decision === 'commit',
)
const deadAborted = reaches(
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

function oneCrash(asks: string): Question {
  return nothingWrong(asks, {
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
  })
}

/** Two-phase commit, and what goes wrong with it. */
export const twoPhaseClaims: readonly Claim[] = [
  {
    id: 'TXN-01',
    name: 'Two-phase commit',
    kind: 'protocol',
    says:
      'A coordinator asks all to vote, decides to commit if all say yes and to abort otherwise, ' +
      'tells them, and they acknowledge.',
    source: 'Gray, Notes on Data Base Operating Systems, 1978, section 5.8.3',
    verdict: 'holds',
    checks: [
      'specs/commit/twophase/rm-3/claims',
      oneTransaction,
      'protocols/two-phase-commit/claims',
      'traces/two-phase-commit/claims',
      'specs/commit/twophase/commit-without-all',
    ],
  },
  {
    id: 'TXN-02',
    name: '2PC called an unsafe consensus protocol',
    kind: 'claim',
    says: 'Two-phase commit is the simplest consensus protocol, and an unsafe one.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      'specs/commit/acp-sb/participant-2/claims',
      'specs/commit/twophase/rm-5/claims',
      'protocols/two-phase-commit/claims',
    ],
    instead:
      'It never lets one commit while another aborts; what it may do is wait for ever. And it ' +
      'solves another problem than consensus: a single no forces an abort.',
    checks: [stuck, staysStuck, 'valency/2pc/3-processes', 'valency/2pc-timeout/3-processes'],
  },
  {
    id: 'TXN-03',
    name: '2PC stops under simple failures',
    kind: 'claim',
    says: 'When the coordinator fails at the wrong moment nobody can go on.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [stuck, staysStuck, 'specs/commit/threepc/uncertain-wait'],
  },
  {
    id: 'TXN-04',
    name: 'Recovery of the coordinator from its log',
    kind: 'protocol',
    says:
      'A coordinator that fails before it has decided aborts when it is back, and the client may ' +
      'try again; one that fails after it has decided tells the same decision again.',
    source: 'Mohan, Lindsay and Obermarck, Transaction Management in R*, 1986',
    verdict: 'holds',
    checks: [
      replays,
      splitsUnforced,
      'protocols/two-phase-commit/decision-not-forced',
      'protocols/two-phase-commit/vote-not-forced',
      'zoo/AC-04',
    ],
  },
  {
    id: 'TXN-05',
    name: 'One node that is down or slow forbids commit',
    kind: 'claim',
    says: 'If one node has crashed or is too slow to vote, the value cannot be committed.',
    source: 'Gray, Notes on Data Base Operating Systems, 1978, section 5.8.3',
    verdict: 'holds',
    checks: [
      always(
        'nobody commits what somebody has not voted for who died before',
        two,
        (s) => !(diedBeforeVoting(s) && somebodyCommits(s)),
      ),
      reaches(
        'a coordinator that does not mind the dead does commit it',
        { spec: commitIgnoringCrashed },
        (s) =>
          s.participants.some((one) => !one.up && one.is === 'working') &&
          s.participants.some((one) => one.is === 'committed'),
      ),
      slowOne,
      'protocols/two-phase-commit/silence-is-yes',
    ],
  },
  {
    id: 'TXN-06',
    name: 'Crashes are final, and seen at once',
    kind: 'claim',
    says:
      'The analysis takes it that who fails stops for ever, that everybody knows at once, and ' +
      'that a new coordinator is there at once.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [
      'specs/commit/threepc/claims',
      oneCrash('where crashes are seen for what they are, a new coordinator ends it after one'),
      'specs/commit/threepc/participant-2-crashes-0-partition-true/claims',
      'zoo/AC-02',
    ],
  },
  {
    id: 'TXN-07',
    name: 'The coordinator commits last',
    kind: 'protocol',
    says: 'The coordinator commits itself only when all others have acknowledged the commit.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      coordinatorLast,
      'protocols/two-phase-commit-takeover/claims',
      'protocols/two-phase-commit-takeover/coordinator-commits-first',
    ],
  },
  {
    id: 'TXN-08',
    name: 'Who fails before voting may be ignored',
    kind: 'claim',
    says: 'A coordinator may go on without a participant that fails before it has voted.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      'specs/commit/ignore-crashed/returns-true/claims',
      'protocols/two-phase-commit/silence-is-yes',
      'zoo/AC-05',
    ],
    instead:
      'That is sound only if it never comes back: who returns has not voted, and may have ' +
      'aborted by himself.',
    checks: [
      'specs/commit/ignore-crashed/claims',
      'specs/commit/ignore-crashed/crashes-2/claims',
      'specs/commit/ignore-crashed/ignore-silent',
    ],
  },
  {
    id: 'TXN-09',
    name: 'A new coordinator asks, and the old one is refused',
    kind: 'protocol',
    says:
      'Who takes over asks the others whether they have seen the commit, and they promise to ' +
      'obey the old coordinator no more.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [
      'protocols/two-phase-commit-takeover/claims',
      'protocols/two-phase-commit-takeover/nobody-is-asked',
      'zoo/AC-06',
    ],
  },
  {
    id: 'TXN-10',
    name: 'Recovery works after a single failure',
    kind: 'claim',
    says: 'After one crash the others can always end the transaction, and all in the same way.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      oneCrash('after any one crash the real code ends the transaction, and in one way'),
      'protocols/two-phase-commit-takeover/claims',
      'protocols/two-phase-commit-takeover/nobody-is-asked',
    ],
  },
  {
    id: 'TXN-11',
    name: 'Coordinator and a participant gone: stuck',
    kind: 'claim',
    says:
      'When the coordinator and one participant are gone, the others can safely neither commit ' +
      'nor abort.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [
      deadCommitted,
      deadAborted,
      'zoo/AC-01',
      'protocols/two-phase-commit-takeover/the-dead-are-forgotten',
    ],
  },
]
