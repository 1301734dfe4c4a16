/** Questions about what happens in the end, and what it costs to wait for nobody. */
import { eventual } from '../../checkers/eventual.ts'
import { register } from '../../checkers/models/register.ts'
import { abd } from '../../impls/registers/abd.ts'
import { tunableStore } from '../../impls/replication/tunable-store.ts'
import type { AnyProtocol, Options } from '../../src/node/index.ts'
import { timeline } from '../../src/history/timeline.ts'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import type { Estimate } from './estimate.ts'
import { estimated, estimateText, isLess } from './estimate.ts'
import { historyOf } from '../judge-run.ts'
import { registerWorkload } from '../workloads.ts'
import { answer, question } from './check.ts'

const OUTCOMES = ['null', '1', '2']

/** However two readers differ now, they can still come to agree. */
export const prefixesAreNeverWrong = question(
  'enumeration',
  'whatever two readers have seen so far, what they read later can still make it right',
  () => {
    let [all, wrong, healed] = [0, 0, 0]
    let shown: readonly string[] | undefined
    for (const one of OUTCOMES) {
      for (const other of OUTCOMES) {
        const now = `
          a: [write 1] [write 2]
          b:                     [read -> ${one}] [read -> ${one}]
          c:                     [read -> ${other}] [read -> ${other}]`
        const later = `${now}
          ...
          a: [write 3]
          b:           [read -> 3] [read -> 3]
          c:           [read -> 3] [read -> 3]`
        const [before, after] = [now, later].map((drawing) => isEventual(drawing))
        all++
        wrong += Number(before === 'fail')
        healed += Number(before === 'fail' && after === 'pass')
        if (before === 'fail') shown ??= [...linesOf(now), 'can go on as', ...linesOf(later)]
      }
    }
    const sentence =
      `of ${all} pairs of reads ${wrong} disagree or have lost what was written; ` +
      `${healed} of these histories go on to one that is right`
    return answer(wrong > 0 && healed === wrong, sentence, shown)
  },
)

function isEventual(drawing: string): string {
  return eventual.check(timeline(drawing), { model: register }).outcome
}

const linesOf = (drawing: string): readonly string[] =>
  drawing
    .split('\n')
    .map((line) => line.slice(10))
    .filter((line) => line.trim() !== '')

/** Milliseconds an operation takes, on 3 nodes with messages of 1 to 10 ms. */
function latencyOf(protocol: AnyProtocol, options: Options): Estimate {
  const values: number[] = []
  for (let seed = 1; seed <= 5; seed++) {
    const run = simulate(
      drawSimulation(
        { protocol, options, nodes: 3, workload: registerWorkload, invariants: [] },
        seed,
        {
          faults: [],
          clients: 3,
          rate: 60,
          operations: 100,
          forMs: 4000,
          network: { delayMs: [1, 10] },
          disk: { writeMs: [0.1, 0.1] },
        },
      ),
    )
    for (const { calledAt, returnedAt } of historyOf(protocol.name, run.history).operations) {
      if (returnedAt !== undefined && calledAt !== undefined) {
        values.push((returnedAt - calledAt) / 1e6)
      }
    }
  }
  return estimated(values)
}

/** The same work by a store that waits for nobody, and by one that is linearizable. */
export const waitingCosts = question(
  'run',
  'a store that waits for nobody answers in less than half of the time of an atomic register',
  () => {
    const alone = latencyOf(tunableStore, { reads: 1, writes: 1 })
    const atomic = latencyOf(abd, {})
    const sentence =
      `milliseconds an operation, messages taking 1 to 10: ${estimateText(alone)} and ` +
      `${estimateText(atomic)} (95 %, seeds 1 to 5)`
    const doubled = { mean: 2 * alone.mean, half: 2 * alone.half }
    return answer(isLess(doubled, atomic), sentence)
  },
)
