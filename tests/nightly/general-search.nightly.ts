import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import { justInTime } from '../../src/linearize/just-in-time.ts'
import { wingGongLowe } from '../../src/linearize/wing-gong-lowe.ts'
import { anyProblem } from '../linearize/general-cases.ts'
import { expectGeneral } from '../linearize/general-check.ts'
import { expectNothingLeft, expectSmallest } from '../linearize/shrink-check.ts'
import { expectStrings, stringProblem } from '../linearize/string-cases.ts'

/** SYNOD_CASES shortens the run. */
const CASES = Number(process.env['SYNOD_CASES'] ?? 1_000_000)

/** Making counterexamples small takes a dozen searches for each. */
const CASES_OF_SHRINK = Math.min(CASES, 100_000)

/** Other seeds than those of the fast tests. */
const FIRST = 1_000_000

function campaign(cases: number, outcomeOf: (seed: number) => string): Map<string, number> {
  const tally = new Map<string, number>()
  for (let seed = FIRST; seed < FIRST + cases; seed++) {
    const outcome = outcomeOf(seed)
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
  }
  console.log(tally)
  return tally
}

describe('random histories agree with the definition', () => {
  it.each([justInTime, wingGongLowe])('those of every model, by $name', (engine) => {
    const tally = campaign(CASES, (seed) => expectGeneral(engine, anyProblem(seeded(seed))))
    expect(tally.get('pass')).toBeGreaterThan(CASES / 3)
    expect(tally.get('fail')).toBeGreaterThan(CASES / 3)
  })

  it('those of strings, by appended-strings', () => {
    const tally = campaign(CASES, (seed) => expectStrings(stringProblem(seeded(seed))))
    expect(tally.get('pass')).toBeGreaterThan(CASES / 4)
    expect(tally.get('fail')).toBeGreaterThan(CASES / 4)
    expect(tally.get('undecided')).toBeLessThan(CASES / 12)
  })
})

describe('counterexamples', () => {
  it('made small still fail, and no smaller cut of them does', () => {
    const tally = campaign(CASES_OF_SHRINK, (seed) =>
      expectSmallest(anyProblem(seeded(seed))) ? 'made small' : 'legal',
    )
    expect(tally.get('made small')).toBeGreaterThan(CASES_OF_SHRINK / 3)
  })

  it('are never made out of a legal history', () => {
    const tally = campaign(CASES_OF_SHRINK, (seed) => {
      const random = seeded(seed)
      return expectNothingLeft(random, anyProblem(random)) ? 'nothing left' : 'illegal'
    })
    expect(tally.get('nothing left')).toBeGreaterThan(CASES_OF_SHRINK / 3)
  })
})
