import type { Given, Simulated } from '../../src/simulate/index.ts'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import type { RunCondition } from '../judge-run.ts'
import { judgeRun } from '../judge-run.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'

/** Runs of a protocol under faults, each drawn from a seed, from 1 on. */
export interface ManyRuns extends Simulated {
  readonly seeds: number
  readonly given?: Given
  /** How the history of each is judged. Default: not at all, only invariants count. */
  readonly judged?: RunCondition
}

/** Asks whether nothing is wrong in any of the runs. */
export function allRight(asks: string, runs: ManyRuns): Question {
  return question('run', asks, async () => {
    const { sentence, seed } = await firstWrong(runs)
    if (seed !== undefined) return answer(false, `seed ${seed}: ${sentence}`)
    return answer(true, `nothing is wrong in the runs of the seeds 1 to ${runs.seeds}`)
  })
}

/** Asks whether one of the runs violates what is named. */
export function someWrong(asks: string, runs: ManyRuns, violated: string): Question {
  return question('run', asks, async () => {
    const found = await firstWrong(runs)
    if (found.seed === undefined) {
      return answer(false, `nothing is wrong in the runs of the seeds 1 to ${runs.seeds}`)
    }
    const sentence = `${found.violated} is violated in the run of seed ${found.seed}`
    return answer(found.violated === violated, sentence, [found.sentence])
  })
}

interface Wrong {
  readonly seed?: number
  readonly violated?: string
  readonly sentence: string
}

async function firstWrong({ seeds, given, judged, ...simulated }: ManyRuns): Promise<Wrong> {
  for (let seed = 1; seed <= seeds; seed++) {
    const run = simulate(drawSimulation(simulated, seed, given))
    const found = await judgeRun(run, judged ?? { condition: 'none' })
    if (found.outcome === 'pass') continue
    const { violated = found.outcome, sentence } = found
    return { seed, violated, sentence }
  }
  return { sentence: '' }
}
