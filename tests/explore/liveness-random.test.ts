import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

describe('properties of random machines', () => {
  it('hold where no fair behaviour breaks them, and lassos are fair and shortest', () => {
    const verdicts = { pass: 0, fail: 0, unknown: 0 }
    const rounds: number[] = []
    const compare = (plain: Plain) => {
      for (const { outcome, round } of compareLiveness(plain)) {
        verdicts[outcome]++
        if (outcome === 'fail') rounds.push(round)
      }
    }
    const restless = plainModels({ liveness: true, kinds: ['flag', 'number', 'word', 'members'] })
    fc.assert(fc.property(plainModels({ liveness: true }), compare), { numRuns: 300, seed: 4 })
    fc.assert(fc.property(restless, compare), { numRuns: 500, seed: 5 })
    expect(Math.min(verdicts.pass, verdicts.fail)).toBeGreaterThan(300)
    expect(verdicts.unknown).toBe(0)
    expect(rounds.filter((length) => length > 0).length).toBeGreaterThan(50)
  })
})

function compareLiveness(plain: Plain) {
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
