import fc from 'fast-check'
import { expect } from 'vitest'
import type { PropertyReport } from '../../src/explore/index.ts'
import { modelSystem } from '../../src/explore/index.ts'
import { checkProperties } from '../../src/explore/liveness/index.ts'
import { knownStates } from './known-states.ts'
import { naiveSearch } from './naive.ts'
import { flawsOfLasso, promisesOf, questionOf, shortestStem } from './naive-liveness.ts'
import type { Plain } from './plain.ts'
import { choicesOf, claimName, modelOf } from './plain.ts'
import { plainModels } from './random-models.ts'

const MOST_STATES = 40
const MOST_STRONG = 5

/** Machines with properties and promises, half of them of kinds that seldom come to rest. */
export const machinesWithProperties: fc.Arbitrary<Plain> = fc.oneof(
  plainModels({ liveness: true }),
  plainModels({ liveness: true, kinds: ['flag', 'number', 'word', 'members'] }),
)

/** What was said of each property, and how many steps the round of its lasso has. */
export interface Judged {
  readonly outcome: PropertyReport['outcome']
  readonly round: number
}

/** Expects what follows from the definitions; machines with many states are left out. */
export function compareLiveness(plain: Plain): readonly Judged[] {
  const graph = naiveSearch(plain, MOST_STATES)
  if (graph === undefined) return []
  if (promisesOf(plain, graph).filter((one) => one.strength === 'strong').length > MOST_STRONG)
    return []
  const system = modelSystem('random', modelOf(plain))
  const results = checkProperties(system, knownStates(system))
  expect(results.map((result) => result.report.name)).toEqual(
    plain.properties.map((_, index) => claimName(index)),
  )
  return plain.properties.map((property, index) => {
    const { report, violation } = results[index]!
    const stems = choicesOf(plain, property.ranges, []).map((choice) => ({
      choice,
      stem: shortestStem(plain, graph, questionOf(plain, graph, property, choice)),
    }))
    const broken = stems.filter(({ stem }) => stem !== undefined)
    expect(report.outcome).toBe(broken.length > 0 ? 'fail' : 'pass')
    if (violation === undefined) return { outcome: report.outcome, round: 0 }
    const choice = (violation.witness ?? []) as number[]
    const { trace, loop = -1 } = violation
    const question = questionOf(plain, graph, property, choice)
    expect(flawsOfLasso(plain, graph, question, { trace, loop })).toEqual([])
    expect(loop + 1).toBe(stems.find((one) => one.choice.join() === choice.join())?.stem)
    return { outcome: report.outcome, round: trace.length - 1 - loop }
  })
}
