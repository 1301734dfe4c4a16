import type { Budget } from '../../src/core/budget.ts'
import { counted } from '../../src/core/wording.ts'
import { explore } from '../../src/explore/explore.ts'
import type { Exploration, Violation } from '../../src/explore/index.ts'
import type { AnyModel } from '../../src/explore/model.ts'
import { violationStory } from '../../src/explore/violation-story.ts'
import type { Answer, Question } from './check.ts'
import { answer, question } from './check.ts'

/** Longer stories are cut. */
const MOST_LINES = 60

/** Asks whether all that a model claims is true of it. */
export function holds(asks: string, make: () => AnyModel): Question {
  return question('exploration', asks, async (budget) => {
    const model = make()
    const found = await explored(model, budget)
    if (found.outcome === 'unknown') return unknown(found)
    const { distinctStates, violations } = found
    const [first] = violations
    const sentence =
      first === undefined
        ? `it is so in all ${counted(distinctStates, 'state')}`
        : `'${first.name}' is false after ${counted(first.trace.length - 1, 'step')}`
    return answer(first === undefined, sentence, linesOf(model, first))
  })
}

/** Asks whether one claim of a model is false, and shows the shortest way there. */
export function fails(asks: string, claim: string, make: () => AnyModel): Question {
  return question('exploration', asks, async (budget) => {
    const model = make()
    const found = await explored(model, budget)
    if (found.outcome === 'unknown') return unknown(found)
    const first = found.violations.find(({ name }) => name === claim)
    const sentence =
      first === undefined
        ? `'${claim}' is true in all ${counted(found.distinctStates, 'state')}`
        : `'${claim}' is false after ${counted(first.trace.length - 1, 'step')}`
    return answer(first !== undefined, sentence, linesOf(model, first))
  })
}

async function explored(model: AnyModel, { seconds, bytes }: Budget): Promise<Exploration> {
  return explore(model, {
    budget: {
      ...(seconds === undefined ? {} : { seconds }),
      ...(bytes === undefined ? {} : { bytes }),
    },
  })
}

function unknown({ stopped, limits }: Exploration): Answer {
  return { outcome: 'unknown', sentence: stopped?.covered ?? limits ?? 'a bound was reached' }
}

function linesOf(model: AnyModel, violation: Violation | undefined): readonly string[] {
  if (violation === undefined) return []
  const { steps, loop, faults } = violationStory(model, violation)
  const lines = steps.map(({ title, changes }, at) => {
    const made = changes.map(({ place, before, after }) => {
      if (after === undefined) return `${place} loses ${before ?? ''}`
      return before === undefined ? `${place} gets ${after}` : `${place}: ${before} -> ${after}`
    })
    const mark = loop !== undefined && at >= loop ? '* ' : ''
    return `${mark}${title}${at === 0 || made.length === 0 ? '' : `: ${made.join(', ')}`}`
  })
  const rest = lines.length - MOST_LINES
  const shown = rest > 0 ? [...lines.slice(0, MOST_LINES), `... and ${rest} more`] : lines
  return [...shown, ...faults]
}
