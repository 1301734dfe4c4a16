import { decideParts } from '../checkers/decide-parts.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Outcome } from '../src/core/verdict.ts'
import { worst } from '../src/core/verdict.ts'
import type { Recording } from './corpus.ts'
import { CORPUS_ABSENT, recordings } from './corpus.ts'
import { keyedMap, withoutKeys } from './keyed-map.ts'
import { warmCpuSeconds } from './measure.ts'
import type { PeerInput } from './porcupine.ts'
import { runPorcupine } from './porcupine.ts'
import type { Row, Theme } from './row.ts'
import { atMost } from './row.ts'

/** One set of histories, decided by both. */
interface Contest {
  readonly work: string
  readonly source: 'porcupine' | 'knossos'
  readonly prefix: string
  readonly peerModel: PeerInput['model']
  /** Our processor time over Porcupine's may be at most this. */
  readonly ratio: number
  /** Passes of Porcupine over them. Default: 7. */
  readonly repetitions?: number
  /** How the recording is presented to us. */
  readonly present?: (recording: Recording) => Task
}

interface Task {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly model: Model
  readonly initial: Json
  readonly expected: Outcome
}

/** For one file. Hard parts that are not decided in this time leave the outcome to the others. */
const BUDGET = { seconds: 5 }

const CONTESTS: readonly Contest[] = [
  {
    work: 'etcd logs, all shared ones',
    source: 'porcupine',
    prefix: 'jepsen/',
    peerModel: 'cas-register',
    ratio: 1 / 20,
  },
  {
    work: 'Knossos cas-register files, all shared ones',
    source: 'knossos',
    prefix: 'cas-register/',
    peerModel: 'cas-register',
    ratio: 1,
  },
  {
    work: 'kv c50-bad, by key',
    source: 'porcupine',
    prefix: 'kv/c50-bad',
    peerModel: 'kv',
    ratio: 1 / 5,
  },
  {
    work: 'kv c10-ok, all keys as one object',
    source: 'porcupine',
    prefix: 'kv/c10-ok',
    peerModel: 'kv-whole',
    repetitions: 3,
    ratio: 1 / 5,
    present: (recording) => ({
      ...taskOf(recording),
      ...withoutKeys(recording.history.operations),
      model: keyedMap,
    }),
  },
]

/** The same recordings, warm and parsed, by us and by Porcupine in one run. */
export const compared: Theme = async (report) => {
  for (const contest of CONTESTS) report(await hold(contest))
}

async function hold(contest: Contest): Promise<Row> {
  const { work, ratio, source, prefix } = contest
  const row = {
    work: `${work}: our CPU time / Porcupine's`,
    unit: 'times',
    bar: atMost(ratio),
  } as const
  const known = await recordings(source, prefix)
  if (known === undefined) return { ...row, faults: [], note: CORPUS_ABSENT }

  const tasks = known.map(contest.present ?? taskOf)
  const faults = tasks.flatMap((task) => wrongVerdict(task.name, outcomeOf(task), task.expected))
  const ours = warmCpuSeconds(work, () => tasks.forEach(outcomeOf), 25)
  const counted = `${tasks.length} files in ${milliseconds(ours)}`

  const peer = await runPorcupine(
    known.map(({ name, history, initial }) => ({
      name,
      initial,
      operations: history.operations,
      model: contest.peerModel,
    })),
    { repetitions: contest.repetitions ?? 7, timeoutSeconds: 120 },
  )
  if (typeof peer === 'string') return { ...row, faults, note: `${counted}; ${peer}` }
  for (const [at, { name, outcome }] of peer.histories.entries()) {
    const expected = known[at]?.expected ?? 'unknown'
    faults.push(...wrongVerdict(`Porcupine on ${name}`, outcome, expected))
  }
  const steps = peer.histories.reduce((sum, history) => sum + history.steps, 0)
  const effort = `${steps.toLocaleString('en-US')} steps`
  const theirs = `Porcupine ${milliseconds(peer.passCpuSeconds)}, ${effort}`
  const figure = ours / peer.passCpuSeconds
  return { ...row, figure, faults, note: `${counted}; ${theirs}` }
}

function taskOf({ name, history, model, initial, expected }: Recording): Task {
  return { name, operations: history.operations, model, initial, expected }
}

function outcomeOf({ operations, model, initial }: Task): Outcome {
  return worst(
    decideParts(operations, model, { initial, budget: BUDGET }).map(
      ({ decision }) => decision.outcome,
    ),
  )
}

function wrongVerdict(name: string, outcome: Outcome, expected: Outcome): readonly string[] {
  return outcome === expected ? [] : [`${name}: ${outcome} instead of ${expected}`]
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toPrecision(3)} ms`
}
