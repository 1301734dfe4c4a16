import { describe, expect, it } from 'vitest'

import { consensusProblem } from '../../suites/claims/consensus-problem.ts'
import { inAllRuns } from '../../suites/claims/consensus-questions.ts'
import type { RoundAlgorithm } from '../../suites/claims/crash-runs.ts'
import {
  arrives,
  countCrashRuns,
  crashRuns,
  floodSet,
  hastyCoordinators,
} from '../../suites/claims/crash-runs.ts'
import { attackAlgorithm } from '../../src/valency/rounds/algorithms/attack.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(consensusProblem, [
  'Ben-Or with three processes and fair coins has no fair run without decision',
  'that the living bind can be had in rounds where n > 2f, and not where n = 2f',
  'Paxos with three processes decides 0 where the only one that proposed it crashes',
  'Paxos whose first acceptor lies chooses two values',
])

describe('runs of processes that crash', () => {
  it.each([
    [3, 1, 1],
    [3, 1, 2],
    [4, 2, 1],
  ])('are as many as others count: n = %i, f = %i, %i rounds', (processes, failures, rounds) => {
    const { runs, disagree, disagreeWithDead } = countCrashRuns(
      floodSet,
      processes,
      failures,
      rounds,
    )
    const { cases } = attackAlgorithm({ algorithm: 'flood-set', processes, failures, rounds })
    expect([BigInt(runs), BigInt(disagree)]).toEqual([cases[0]?.runs, cases[0]?.disagreements])
    // Nobody decides before the end, so the dead have decided nothing.
    expect(disagreeWithDead).toBe(disagree)
  })

  it('lose what is sent by the dead, and nothing else', () => {
    for (const run of crashRuns(3, 1, 2)) {
      for (const [from, crash] of run.crashes.entries()) {
        if (crash === undefined) {
          expect(
            [0, 1, 2].every((to) => arrives(run, from, to, 1) && arrives(run, from, to, 2)),
          ).toBe(true)
          continue
        }
        const to = [0, 1, 2].filter((other) => other !== from)
        const reached = to.filter((other) => arrives(run, from, other, crash.round))
        expect(reached).toEqual(crash.reaches)
        expect(to.some((other) => arrives(run, from, other, crash.round + 1))).toBe(false)
      }
    }
  })

  it('make a coordinator that decides at once agree with the living only', () => {
    const { disagree, disagreeWithDead } = countCrashRuns(hastyCoordinators, 3, 1, 2)
    expect(disagree).toBe(0)
    expect(disagreeWithDead).toBeGreaterThan(0)
    // One round is too few: the only coordinator may reach some and not others.
    expect(countCrashRuns(hastyCoordinators, 3, 1, 1).disagree).toBeGreaterThan(0)
  })

  it('show what is wrong with an algorithm that decides its own input', async () => {
    const own: RoundAlgorithm = ({ inputs }) => inputs
    const wrong = inAllRuns('all agree', own, 'disagree', ({ disagree }) => disagree === 0)
    const { outcome, shown } = await wrong.find({})
    expect(outcome).toBe('fail')
    expect(shown?.[0]).toMatch(/^inputs (?!000|111)/)
  })
})
