import { raft } from '../../impls/raft/raft.ts'
import { paxos } from '../../specs/consensus/paxos.ts'
import { counted } from '../../src/core/wording.ts'
import type { Fault } from '../../src/node/index.ts'
import { int, model } from '../../src/explore/index.ts'
import { solveRounds } from '../../src/valency/rounds/solve.ts'
import { stepsAlong } from '../../src/valency/runs.ts'
import { toldRun } from '../../src/valency/told-run.ts'
import { kvWorkload } from '../workloads.ts'
import { labelled, processOf, runLines } from './asynchronous.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { CrashCounts, RoundAlgorithm } from './crash-runs.ts'
import { arrives, countCrashRuns, crashRunLines, crashRuns } from './crash-runs.ts'
import { allRight } from './many-runs.ts'
import { fails } from './model-questions.ts'
import { plainGraph } from './plain-configurations.ts'
import { down, endedIn, names, quietRun, subsets } from './quiet-run.ts'
import { unknown } from './spec-states.ts'

/** Asks something of all runs of an algorithm in rounds, with three processes and one crash. */
export function inAllRuns(
  asks: string,
  algorithm: RoundAlgorithm,
  shows: keyof CrashCounts['examples'],
  isSo: (counts: CrashCounts) => boolean,
): Question {
  return question('enumeration', asks, () => {
    const rounds = 2
    const counts = countCrashRuns(algorithm, 3, 1, rounds)
    const { runs, disagree, disagreeWithDead, undecided, against } = counts
    const sentence =
      `of ${counted(runs, 'run')} of three processes with at most one crash in ${rounds} rounds: ` +
      `in ${disagree} the living disagree, in ${disagreeWithDead} any two do, in ${undecided} ` +
      `somebody never decides, in ${against} the living decide what none of them proposed`
    const example = counts.examples[shows][0]
    return answer(isSo(counts), sentence, crashRunLines(algorithm, rounds, example))
  })
}

export const paxosFollowsTheDead = question(
  'valency',
  'Paxos with three processes decides 0 where the only one that proposed it crashes',
  () => {
    const inputs = [0, 1, 1]
    const { graph } = labelled('paxos', inputs, { states: 20_000 })
    const { process } = graph.successors.elements
    const zero = 1 << graph.successors.elements.valueId(0)
    for (let at = 0; at < graph.expanded; at++) {
      if (graph.decided.data[at] !== zero) continue
      const run = toldRun(graph, inputs, stepsAlong(graph, graph.pathTo(at)))
      const last = run.steps.at(-1)
      if (last === undefined || last.process === 0) continue
      // Process 0 takes no more steps; the others proposed 1, and one of them has decided 0.
      const sentence =
        `after ${counted(run.steps.length, 'step')} process ${last.process} has decided 0; ` +
        'process 0 crashes then, and all that are correct proposed 1'
      return answer(process.decided(last.local) === 0, sentence, runLines(run))
    }
    return answer(false, 'no such run was found')
  },
)

export const boundsBindInRounds = question(
  'enumeration',
  'that the living bind can be had in rounds where n > 2f, and not where n = 2f',
  (budget) => {
    const sizes = [
      { n: 2, f: 1, rounds: 2 },
      { n: 2, f: 1, rounds: 4 },
      { n: 3, f: 1, rounds: 2 },
      { n: 4, f: 1, rounds: 2 },
      { n: 4, f: 2, rounds: 3 },
    ]
    const rows = sizes.map(({ n, f, rounds }) => {
      const about = { model: 'crash', validity: 'correct' } as const
      const { outcome } = solveRounds({ ...about, processes: n, failures: f, rounds }, budget)
      return { n, f, rounds, outcome }
    })
    const open = rows.find(({ outcome }) => outcome === 'unknown')
    if (open !== undefined) return unknown(`n = ${open.n}, f = ${open.f} was not decided`)
    const shown = rows.map(({ n, f, rounds, outcome }) => {
      const can = outcome === 'pass' ? 'there is a rule' : 'no algorithm can'
      return `n = ${n}, f = ${f}, ${rounds} rounds: ${can}`
    })
    const isSo = rows.every(({ n, f, outcome }) => outcome === (n > 2 * f ? 'pass' : 'fail'))
    return answer(isSo, `${rows.length} sizes`, shown)
  },
)

/** One of the acceptors says whatever it likes; all else is Paxos. */
export const aLiarBreaksPaxos = fails(
  'Paxos whose first acceptor lies chooses two values',
  'no two values are chosen',
  () => {
    const made = paxos.make()
    return model({
      state: made.state,
      ...(made.init === undefined ? {} : { init: made.init }),
      actions: {
        ...made.actions,
        lie: {
          for: [int(0, 1), int(0, 1)],
          then: (s, ballot, value) => {
            s.msgs.add({ type: 'phase1b', acceptor: 0, ballot, vote: null })
            s.msgs.add({ type: 'phase2b', acceptor: 0, ballot, value })
          },
        },
      },
      invariants: { ...made.invariants },
      sometimes: made.sometimes,
      ends: 'anywhere',
    })
  },
)

/** Whether any system of quorums that meet in pairs survives f crashes of n. */
function systemsThatSurvive(n: number, f: number): { all: number; good: number } {
  const sets = Array.from({ length: (1 << n) - 1 }, (_, at) => at + 1)
  const left = sets.filter((set) => ones(set) === n - f)
  let all = 0
  let good = 0
  for (let family = 1; family < 2 ** sets.length; family++) {
    const quorums = sets.filter((_, at) => (family >> at) & 1)
    if (!quorums.every((one) => quorums.every((other) => (one & other) !== 0))) continue
    all++
    if (left.every((alive) => quorums.some((quorum) => (quorum & alive) === quorum))) good++
  }
  return { all, good }
}

function ones(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}

export const twiceAsManyAndOne = question(
  'enumeration',
  'quorums that meet can survive f crashes of 2f + 1 processes, and never of 2f',
  () => {
    const sizes = [
      [2, 1],
      [3, 1],
      [4, 2],
      [4, 1],
    ] as const
    const rows = sizes.map(([n, f]) => ({ n, f, ...systemsThatSurvive(n, f) }))
    const shown = rows.map(
      ({ n, f, all, good }) => `n = ${n}, f = ${f}: ${good} of ${counted(all, 'system')}`,
    )
    const isSo = rows.every(({ n, f, good }) => good > 0 === n > 2 * f)
    return answer(isSo, 'all families of sets of up to four processes whose members meet', shown)
  },
)

/** Whether clients of Raft are served while these nodes are down for ever. */
function servedWithout(nodes: number, gone: readonly string[]): boolean {
  const asks = [[{ f: 'write', key: 'x', value: 1 }]]
  const run = quietRun({ protocol: raft, nodes, asks, faults: down(gone), forMs: 3000 })
  return endedIn(run, 3000).some(({ outcome }) => outcome === 'ok')
}

export const anyMajorityServes = question(
  'run',
  'Raft with five nodes serves whichever two are down, and never when three are',
  () => {
    const five = names(5)
    const [two, three] = [2, 3].map((size) => {
      const all = subsets(five, size)
      return { all: all.length, served: all.filter((gone) => servedWithout(5, gone)).length }
    })
    if (two === undefined || three === undefined) return answer(false, 'nothing was run')
    const sentence =
      `served in ${two.served} of ${two.all} runs without two, and in ${three.served} of ` +
      `${three.all} runs without three`
    return answer(two.served === two.all && three.served === 0, sentence)
  },
)

/** Everybody is killed, again and again, and comes back with what its disk has kept. */
const allKilled: readonly Fault[] = [300, 900, 1500, 2100].flatMap((at, nth) =>
  names(3).map((node, place): Fault => ({
    type: 'crash',
    node,
    at: at + 7 * place,
    until: at + 200 + 40 * ((place + nth) % 3),
  })),
)

export const survivesKillingAll = allRight(
  'Raft, of which all nodes are killed four times, loses nothing and serves again each time',
  {
    protocol: raft,
    nodes: 3,
    workload: kvWorkload,
    invariants: [],
    seeds: 10,
    given: { faults: allKilled, forMs: 2600, operations: 120 },
    judged: { condition: 'linearizable', model: 'cas-register' },
  },
)

/** Small protocols with all inputs of three processes. */
const ZOO = ['wait-for-all', 'wait-for-n-1', 'fixed-leader', 'leader-timeout', '2pc'] as const

export const slowLooksCrashed = question(
  'enumeration',
  'whatever others have seen of a process that crashed, they may have seen of one that is slow',
  () => {
    let crashed = 0
    let twins = 0
    for (const name of ZOO) {
      const { configurations } = plainGraph(processOf(name, 3), [0, 1, 1], 1)
      const key = ({ locals, buffer }: (typeof configurations)[number]) =>
        JSON.stringify([locals, buffer])
      const slow = new Set(configurations.filter((each) => each.crashed.length === 0).map(key))
      const dead = configurations.filter((each) => each.crashed.length > 0)
      crashed += dead.length
      twins += dead.filter((each) => slow.has(key(each))).length
    }
    const sentence =
      `${twins} of ${counted(crashed, 'configuration')} with a crash, of ${ZOO.length} ` +
      'protocols, have a twin with the same states and messages in which nobody has crashed'
    return answer(crashed > 0 && twins === crashed, sentence)
  },
)

export const silenceTellsInRounds = question(
  'enumeration',
  'in rounds it is not so: who is not heard has crashed',
  () => {
    let silent = 0
    let alive = 0
    for (const run of crashRuns(3, 1, 1)) {
      for (const [from, to] of [0, 1, 2].flatMap((p) => [0, 1, 2].map((q) => [p, q] as const))) {
        if (arrives(run, from, to, 1)) continue
        silent++
        if (run.crashes[from] === undefined) alive++
      }
    }
    const sentence =
      `${silent} times somebody is not heard in a round, ` + `${alive} times while it lives`
    return answer(silent > 0 && alive === 0, sentence)
  },
)

const MOST = 8

export const messagesWithoutEnd = question(
  'enumeration',
  'generals who may send messages without end, and attack after so many, still fail',
  () => {
    // A attacks once it has received `a` messages, B once it has received `b`; 0: at once, and
    // Infinity: never. The messenger gets through `through` times, then no more, or for ever.
    const thresholds = [...Array.from({ length: MOST }, (_, at) => at), Infinity]
    const rows = thresholds.flatMap((a) => thresholds.map((b) => ({ a, b, at: splitOf(a, b) })))
    const trivial = rows.filter(({ a, b }) => a === b && (a === 0 || a === Infinity))
    const open = rows.filter((row) => !trivial.includes(row))
    const split = open.filter(({ at }) => at !== undefined)
    const shown = split
      .filter(({ a, b }) => a === b)
      .map(({ a, at }) => `both after ${a}: one attacks alone if ${at ?? ''} get through`)
    const sentence =
      `of ${open.length} pairs of such rules, one general attacks alone in ${split.length}; ` +
      'what is left attacks whatever happens, or never'
    return answer(split.length === open.length, sentence, shown)
  },
)

/** After how many messages that get through, taken by turns from A to B and back, one is alone. */
function splitOf(a: number, b: number): number | undefined {
  for (let through = 0; through <= 2 * MOST; through++) {
    const byB = Math.ceil(through / 2)
    const byA = Math.floor(through / 2)
    if (byA >= a !== byB >= b) return through
  }
  return undefined
}
