import { describe, expect, it } from 'vitest'

import { attackAlgorithm } from '../../src/valency/rounds/algorithms/attack.ts'
import type { RoundQuestion } from '../../src/valency/rounds/question.ts'
import { solveRounds } from '../../src/valency/rounds/solve.ts'

const solved = (question: RoundQuestion) => {
  const { outcome, graph, verified, rule } = solveRounds(question, { bytes: 4e9 })
  expect(verified).toBe(graph?.runs)
  return { outcome, runs: graph?.runs, views: graph?.views, rule: rule?.name }
}

describe('questions about rounds with many runs', () => {
  it('four processes, two crashes and three rounds take about a second', () => {
    const before = process.cpuUsage()
    solved({ model: 'crash', processes: 4, failures: 2, rounds: 3, validity: 'all' })
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(2)
  })

  it('signed messages overcome two traitors of four in three rounds', () => {
    const generals = {
      model: 'byzantine',
      processes: 4,
      traitors: 2,
      speaker: 'commander',
    } as const
    expect(solved({ ...generals, rounds: 3, signed: true })).toEqual({
      outcome: 'pass',
      runs: 82_134,
      views: 18_186,
      rule: 'only order',
    })
    const { cases } = attackAlgorithm({
      algorithm: 'signed-messages',
      processes: 4,
      traitors: 2,
      relays: 2,
    })
    expect(cases.map(({ runs, disagreements }) => [runs, disagreements])).toEqual([
      [32n, 0n],
      [21_632n, 0n],
    ])
  })

  it('one traitor of four is overcome in two rounds whatever it makes up', () => {
    const question = { model: 'byzantine', processes: 4, traitors: 1, rounds: 2 } as const
    expect(solved({ ...question, speaker: 'everybody', signed: false })).toEqual({
      outcome: 'pass',
      runs: 1_048_576,
      views: 11_584,
      rule: 'majorities',
    })
  })

  it('five processes, two crashes: three rounds suffice, two do not', () => {
    const crash = { model: 'crash', processes: 5, failures: 2, validity: 'all' } as const
    expect(solved({ ...crash, rounds: 2 })).toMatchObject({ outcome: 'fail', runs: 250_912 })
    expect(solved({ ...crash, rounds: 3 })).toMatchObject({ outcome: 'pass', runs: 499_232 })
  })
})
