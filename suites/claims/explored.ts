import type { AnyModel } from '../../src/explore/model.ts'
import { explore } from '../../src/explore/explore.ts'
import type { Violation } from '../../src/explore/exploration.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'

interface Explored {
  /** Made when it is asked for. */
  readonly model: () => AnyModel
  /** The claim of the model that must be found broken. Absent: all of them must hold. */
  readonly breaks?: string
}

/** Asks whether all that a model claims is true of it, or whether one claim is broken. */
export function explored(asks: string, { model, breaks }: Explored): Question {
  return question('exploration', asks, async ({ seconds, bytes }) => {
    const found = await explore(model(), {
      name: asks,
      budget: {
        ...(seconds === undefined ? {} : { seconds }),
        ...(bytes === undefined ? {} : { bytes }),
      },
    })
    const states = `${found.distinctStates.toLocaleString('en-US')} states`
    const [violation] = found.violations
    if (violation !== undefined) {
      const told = `'${violation.name}' is broken after ${violation.trace.length - 1} steps`
      return answer(violation.name === breaks, `${told}, ${states}`, stepsOf(violation))
    }
    if (found.outcome !== 'pass') {
      return { outcome: 'unknown', sentence: found.stopped?.covered ?? `${states} were looked at` }
    }
    return answer(breaks === undefined, `all that is claimed holds, in ${states}`)
  })
}

/** `store(1)`, line by line; where it goes on for ever, from which step. */
function stepsOf({ trace, loop }: Violation): readonly string[] {
  return trace.map(({ action, parameters }, at) => {
    const done = action === undefined ? 'begin' : `${action}(${parameters.map(String).join(', ')})`
    return at === loop ? `${at} ${done} <- from here again and again` : `${at} ${done}`
  })
}
