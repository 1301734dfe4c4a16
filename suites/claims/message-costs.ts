/** What it costs, in messages and in time, to ask all replicas or one quorum of them. */
import { abd } from '../../impls/registers/abd.ts'
import type { Options } from '../../src/node/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { drawSimulation } from '../../src/simulate/draw-simulation.ts'
import { historyOf } from '../judge-run.ts'
import { registerWorkload } from '../workloads.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Estimate } from './estimate.ts'
import { estimated, estimateText, isLess } from './estimate.ts'

const SEEDS = 10
const OPERATIONS = 60

interface Costs {
  readonly messages: Estimate
  readonly latencyMs: Estimate
}

/** All replicas, with the first answers as the quorum, or a quorum that is drawn. */
function costsOf(options: Options, crashed: number): Costs {
  const messages: number[] = []
  const latencies: number[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    const simulation = drawSimulation(
      {
        protocol: abd,
        options,
        nodes: 5,
        workload: registerWorkload,
        invariants: [],
        recovers: false,
      },
      seed,
      {
        // The last ones are down all the time.
        faults: [5, 4].slice(0, crashed).map((n) => ({ type: 'crash', node: `n${n}`, at: 0 })),
        clients: 2,
        rate: 40,
        operations: OPERATIONS,
        forMs: 4000,
        network: { delayMs: [1, 10] },
        disk: { writeMs: [0.1, 0.1] },
        recoverMs: 1,
      },
    )
    const run = simulate(simulation)
    messages.push(run.stats.messages / run.stats.operations)
    for (const { calledAt, returnedAt } of historyOf('abd', run.history).operations) {
      if (returnedAt !== undefined && calledAt !== undefined) {
        latencies.push((returnedAt - calledAt) / 1e6)
      }
    }
  }
  return { messages: estimated(messages), latencyMs: estimated(latencies) }
}

/** With so many of 5 replicas down. */
export function askAllOrSome(crashed: 0 | 1): Question {
  const asks =
    `asking all 5 replicas, ${crashed === 0 ? 'all up' : 'one of them down'}, takes more ` +
    'messages than asking three, and less time'
  return question('run', asks, () => {
    const all = costsOf({ contact: 'all' }, crashed)
    const some = costsOf({ contact: 'quorum' }, crashed)
    const sentence =
      `messages an operation: ${estimateText(all.messages)} and ` +
      `${estimateText(some.messages)}; milliseconds: ${estimateText(all.latencyMs)} and ` +
      `${estimateText(some.latencyMs)} (95 %, seeds 1 to ${SEEDS})`
    return answer(
      isLess(some.messages, all.messages) && isLess(all.latencyMs, some.latencyMs),
      sentence,
    )
  })
}
