import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type { Counts } from './explore-child.ts'
import { ask, askOften, cpuText, faultsOf } from './explore-child.ts'
import type { ExploreQuestion } from './explore-one.ts'
import type { Row, Theme } from './row.ts'
import { atLeast, atMost } from './row.ts'
import { askTlc, tlcAbsent } from './tlc.ts'

const twoPhase = (rm: number): ExploreQuestion => ({
  file: 'commit/twophase',
  export: 'twoPhaseCommit',
  parameters: { rm },
})

const TWO_PHASE: Readonly<Record<number, Counts>> = {
  3: [288, 1_146, 11],
  8: [1_745_408, 18_507_778, 26],
  9: [10_340_352, 123_558_402, 29],
}

const RAFT: ExploreQuestion = {
  file: 'log/raft',
  export: 'raft',
  parameters: { server: 3, value: 2, maxElections: 1, maxRestarts: 0 },
}
const RAFT_COUNTS: Counts = [4_083_889, 10_355_413, 55]

const PAXOS_COMMIT: ExploreQuestion = {
  file: 'commit/paxos-commit',
  export: 'paxosCommit',
  parameters: { rm: 2 },
}
const PAXOS_COMMIT_COUNTS: Counts = [1_321_761, undefined, 28]

/**
 * TLC's seconds with one worker, or with two where that is said: measured on an idle machine with
 * two cores (EPYC, OpenJDK 17), TLC of April 2026 with a parallel collector and a heap of 6 GB.
 */
const TLC = {
  twoPhase8: 40.7,
  twoPhase9InTwo: 199,
  raftInTwo: 165.9,
  paxosCommit: 108.4,
  ewd998: 25.6,
  lamportMutex: 14,
  leadsTo: 195.2,
} as const

type Report = (row: Row) => void

/** What the explorer promises about speed and memory, each search in a fresh process. */
export const explore: Theme = async (report) => {
  sizes(report)
  besideTlc(report)
  await tlcItself(report)
  inTwoThreads(report)
  longRuns(report)
  reductions(report)
  walks(report)
  fromStart(report)
}

function sizes(report: Report): void {
  const bars = { 8: 1.8, 9: 15 } as const
  for (const rm of [8, 9] as const) {
    const work = `two-phase commit, ${rm} resource managers`
    const answer = askOften(twoPhase(rm), rm === 8 ? 3 : 1)
    const tlc = rm === 8 ? TLC.twoPhase8 : TLC.twoPhase9InTwo
    report({
      work,
      figure: answer.seconds,
      unit: 's',
      bar: atMost(bars[rm]),
      faults: faultsOf(work, answer, TWO_PHASE[rm]!),
      note: `${cpuText(answer)}; TLC ${tlc} s${rm === 9 ? ' with two workers' : ''}`,
    })
  }
  const large = 'two-phase commit, 10 resource managers: memory'
  const ten = ask(twoPhase(10))
  report({
    work: large,
    figure: ten.peakMegabytes,
    unit: 'MB',
    bar: atMost(8_000),
    faults: faultsOf(large, ten, [ten.distinctStates]),
    note: `${ten.distinctStates.toLocaleString('en-US')} states in ${ten.seconds.toFixed(1)} s`,
  })
  const raft = 'Raft, 3 servers, 1 election, 2 values'
  const answer = ask(RAFT)
  const faults = faultsOf(raft, answer, RAFT_COUNTS)
  const note = `${cpuText(answer)}; TLC ${TLC.raftInTwo} s and 2,860 MB with two workers`
  report({ work: raft, figure: answer.seconds, unit: 's', bar: atMost(6), faults, note })
  const memory = { work: `${raft}: memory`, figure: answer.peakMegabytes, unit: 'MB' } as const
  report({ ...memory, bar: atMost(500), faults: [], note: 'peak of the process' })
}

function besideTlc(report: Report): void {
  const cases: readonly (readonly [string, ExploreQuestion, Counts, number])[] = [
    ['Paxos Commit', PAXOS_COMMIT, PAXOS_COMMIT_COUNTS, TLC.paxosCommit],
    [
      'EWD998, 3 nodes',
      { file: 'termination/ewd998', export: 'ewd998', parameters: { n: 3 } },
      [1_520_618, 11_238_019, 59],
      TLC.ewd998,
    ],
    [
      "Lamport's mutual exclusion, 3 processes",
      { file: 'mutex/lamport-mutex', export: 'lamportMutex', parameters: { n: 3, maxClock: 6 } },
      [724_274, 2_729_079, 61],
      TLC.lamportMutex,
    ],
  ]
  for (const [name, question, counts, tlc] of cases) {
    const work = `${name}: faster than TLC`
    const answer = ask(question)
    report({
      work,
      figure: tlc / answer.seconds,
      unit: 'times',
      bar: atLeast(15),
      faults: faultsOf(name, answer, counts),
      note: `${answer.seconds.toFixed(2)} s, ${cpuText(answer)}; TLC ${tlc} s (recorded)`,
    })
  }
}

/** The jar that TLC_JAR names, on two-phase commit, beside the recorded figure. */
async function tlcItself(report: Report): Promise<void> {
  const work = 'two-phase commit, 7 resource managers: faster than TLC'
  const bar = atLeast(15)
  const absent = tlcAbsent()
  if (absent !== undefined) {
    report({ work, unit: 'times', bar, faults: [], note: absent })
    return
  }
  const ours = askOften(twoPhase(7), 3)
  const theirs = await askTlc(7)
  const same =
    theirs.distinctStates === ours.distinctStates && theirs.generatedStates === ours.generatedStates
  const note = `${ours.seconds.toFixed(2)} s, TLC ${theirs.seconds.toFixed(1)} s in this run`
  const faults = same ? [] : [`TLC has ${theirs.distinctStates}, we have ${ours.distinctStates}`]
  report({ work, figure: theirs.seconds / ours.seconds, unit: 'times', bar, faults, note })
}

/** Alternating runs, so that both have the same neighbours; the best of each counts. */
function inTwoThreads(report: Report): void {
  const cases = [
    ['Raft', RAFT, RAFT_COUNTS],
    ['Paxos Commit', PAXOS_COMMIT, PAXOS_COMMIT_COUNTS],
  ] as const
  for (const [name, question, counts] of cases) {
    const work = `${name}: two workers`
    const rounds = [1, 2, 3].map(() => [ask(question), ask({ ...question, workers: 2 })] as const)
    const seconds = (at: 0 | 1) => Math.min(...rounds.map((answers) => answers[at].seconds))
    const faults = rounds.flat().flatMap((answer) => faultsOf(work, answer, counts))
    const note = `${seconds(0).toFixed(2)} s with one, ${seconds(1).toFixed(2)} s with two`
    const figure = seconds(0) / seconds(1)
    report({ work, figure, unit: 'times', bar: atLeast(1.4), faults, note })
  }
  const question = { ...twoPhase(8), mutant: 'commit-without-all' }
  const [one, two] = [ask(question), ask({ ...question, workers: 2 })]
  const same = isDeepStrictEqual(one.violations, two.violations) && one.violations.length > 0
  report({
    work: 'the same story with two workers',
    figure: two.violations[0]?.trace.length ?? 0,
    unit: 'steps',
    faults: same ? [] : ['the stories differ'],
    note: 'two-phase commit, the manager commits when one is prepared',
  })
}

function longRuns(report: Report): void {
  const property = 'what is committed is committed by all'
  const work = 'leads-to under weak fairness, two-phase commit 8'
  const answer = ask({ ...twoPhase(8), properties: [property] })
  report({
    work,
    figure: answer.seconds,
    unit: 's',
    bar: atMost(5),
    faults: faultsOf(work, answer, TWO_PHASE[8]!),
    note: `${cpuText(answer)}; TLC ${TLC.leadsTo} s`,
  })
}

function reductions(report: Report): void {
  const symmetry = 'symmetry, two-phase commit, 10 resource managers'
  const orbits = askOften({ ...twoPhase(10), symmetry: true }, 5)
  report({
    work: symmetry,
    figure: orbits.seconds,
    unit: 's',
    bar: atMost(0.1),
    faults: faultsOf(symmetry, orbits, [3_300]),
    note: `${orbits.distinctStates} orbits; Stateright 30,904, not canonical`,
  })
  const ring = { file: 'election/dkr', export: 'dolevKlaweRodeh' }
  const partialOrder = 'partial order, Dolev-Klawe-Rodeh, 7 nodes'
  const reduced = ask({ ...ring, parameters: { nodes: 7 }, partialOrder: true })
  report({
    work: partialOrder,
    figure: reduced.distinctStates,
    unit: 'states',
    bar: atMost(200),
    faults: faultsOf(partialOrder, reduced, [reduced.distinctStates]),
    note: 'over FIFO links; Spin 133 of 723,053',
  })
}

function walks(report: Report): void {
  const traces = 400_000
  const answer = ask({ ...twoPhase(3), walks: { traces, steps: 20 } })
  report({
    work: 'simulation, two-phase commit 3, 20 steps',
    figure: traces / answer.seconds,
    unit: 'traces/s',
    bar: atLeast(200_000),
    faults: answer.outcome === 'fail' ? ['a random walk found a violation'] : [],
    note: `${cpuText(answer)}; Quint 600/s`,
  })
}

const SYNOD = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

/** A whole process, from its start to its end. */
function fromStart(report: Report): void {
  const work = 'start to verdict, two-phase commit 3'
  const run = () => {
    const started = performance.now()
    const child = spawnSync(process.execPath, [SYNOD, 'explore', 'twophase', '--json'], {
      encoding: 'utf8',
    })
    return { ms: performance.now() - started, states: statesOf(child.stdout) }
  }
  const runs = Array.from({ length: 9 }, run).sort((one, other) => one.ms - other.ms)
  const { ms, states } = runs[4]!
  const faults = states === 288 ? [] : [`${work}: ${states} states instead of 288`]
  const note = 'the median of 9 processes; TLC 900 ms'
  report({ work, figure: ms, unit: 'ms', bar: atMost(150), faults, note })
}

function statesOf(line: string): number {
  try {
    return (JSON.parse(line) as { distinctStates?: number }).distinctStates ?? 0
  } catch {
    return 0
  }
}
