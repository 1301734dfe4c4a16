import { decideParts } from '../checkers/decide-parts.ts'
import { casRegister } from '../checkers/models/cas-register.ts'
import type { Outcome } from '../src/core/verdict.ts'
import { worst } from '../src/core/verdict.ts'
import type { GeneratedHistory, GenerateOptions } from '../src/history/generate.ts'
import { generate } from '../src/history/generate.ts'
import { warmSeconds } from './measure.ts'
import type { PeerReport } from './porcupine.ts'
import { runPorcupine } from './porcupine.ts'
import type { Theme } from './row.ts'
import { atMost } from './row.ts'

interface Search {
  readonly work: string
  readonly options: Omit<GenerateOptions, 'model' | 'seed'>
  readonly outcome: Outcome
  readonly milliseconds: number
}

/** Five values, so that no engine for unique values helps. */
const CASES: readonly Search[] = [
  {
    work: 'CAS register, 500 operations, 50 crashed, one violation',
    options: {
      operations: 500,
      clients: 5,
      thinkNs: 2_000_000,
      crashes: 100,
      values: 5,
      fault: 'wrong-value',
    },
    outcome: 'fail',
    milliseconds: 100,
  },
  {
    work: 'CAS register, 2,000 operations, 20 clients',
    options: { operations: 2000, clients: 20, thinkNs: 0, values: 5 },
    outcome: 'pass',
    milliseconds: 150,
  },
]

const HISTORIES = 5

/**
 * The general search on histories that Porcupine and Knossos give up on. The slowest one counts.
 */
export const search: Theme = async (report) => {
  for (const { work, options, outcome, milliseconds } of CASES) {
    const { histories, seeds } = firstWith(outcome, options)
    const slowest = histories
      .map((history) => warmSeconds(work, () => void decided(history), 5))
      .reduce((slower, seconds) => Math.max(slower, seconds), 0)

    const peer = await runPorcupine(
      histories.map(({ operations }, at) => {
        return { name: `seed ${seeds[at]!}`, operations, model: 'cas-register', initial: null }
      }),
      { repetitions: 1, timeoutSeconds: 2 },
    )
    const theirs = typeof peer === 'string' ? peer : `Porcupine in 2 s: ${tally(peer.histories)}`
    const peers = typeof peer === 'string' ? [] : peer.histories
    const faults = peers
      .filter((one) => one.outcome !== 'unknown' && one.outcome !== outcome)
      .map((one) => `${one.name}: Porcupine says ${one.outcome}, we say ${outcome}`)
    if (histories.length < HISTORIES) faults.push(`only ${histories.length} histories ${outcome}`)
    const note = `slowest of the seeds ${seeds.join(', ')}, warm; ${theirs}`
    report({ work, figure: slowest * 1000, unit: 'ms', bar: atMost(milliseconds), faults, note })
  }
}

/**
 * The first histories with that outcome. A wrong value among five is often explained by a crashed
 * write after all: which seeds give a violation is for the search to say, and for Porcupine to
 * contradict.
 */
function firstWith(outcome: Outcome, options: Search['options']) {
  const histories: GeneratedHistory[] = []
  const seeds: number[] = []
  for (let seed = 1; seed <= 200 && histories.length < HISTORIES; seed++) {
    const history = generate({ ...options, model: casRegister, seed })
    if (decided(history) !== outcome) continue
    histories.push(history)
    seeds.push(seed)
  }
  return { histories, seeds }
}

function decided({ operations }: GeneratedHistory): Outcome {
  const budget = { seconds: 20 }
  const parts = decideParts(operations, casRegister, { budget })
  return worst(parts.map(({ decision }) => decision.outcome))
}

function tally(reports: readonly PeerReport[]): string {
  const counts = new Map<Outcome, number>()
  for (const { outcome } of reports) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}
