import { describe, expect, it } from 'vitest'

import { attackAlgorithm } from '../../../src/valency/rounds/algorithms/attack.ts'
import type { AlgorithmQuestion } from '../../../src/valency/rounds/algorithms/attacked.ts'
import type { SlowCount } from './slow-algorithms.ts'
import { slowFlood, slowOral, slowSigned } from './slow-algorithms.ts'

const cases = (question: AlgorithmQuestion): readonly (SlowCount & { traitors: unknown })[] =>
  attackAlgorithm(question).cases.map(({ traitors, runs, disagreements, invalid }) => ({
    traitors,
    runs: Number(runs),
    disagreements: Number(disagreements),
    invalid: Number(invalid),
  }))

describe('attacks on algorithms', () => {
  it.each([
    [3, 1, 0],
    [3, 1, 1],
    [3, 1, 2],
    [4, 1, 1],
    [4, 1, 2],
    [4, 2, 0],
    [4, 2, 1],
    [5, 2, 1],
  ])('count what OM does when all is played: %i generals, %i traitors, m = %i', (n, f, relays) => {
    const found = cases({ algorithm: 'oral-messages', processes: n, traitors: f, relays })
    expect(found).toHaveLength(2)
    for (const { traitors, ...counts } of found)
      expect(counts).toEqual(slowOral(n, relays, traitors as readonly number[]))
  })

  it.each([
    [3, 1, 0],
    [3, 1, 1],
    [3, 1, 2],
    [4, 1, 1],
    [4, 1, 2],
    [3, 2, 2],
    [3, 2, 3],
    [4, 2, 1],
    [4, 3, 1],
  ])('count what SM does when all is played: %i generals, %i traitors, m = %i', (n, f, relays) => {
    const found = cases({ algorithm: 'signed-messages', processes: n, traitors: f, relays })
    expect(found.length).toBeGreaterThan(0)
    for (const { traitors, ...counts } of found)
      expect(counts).toEqual(slowSigned(n, relays, traitors as readonly number[]))
  })

  it.each([
    [2, 1, 1],
    [3, 1, 1],
    [3, 1, 2],
    [3, 2, 1],
    [3, 2, 2],
    [4, 1, 1],
  ])('count what FloodSet does: %i processes, %i crashes, %i rounds', (n, failures, rounds) => {
    const [found] = cases({ algorithm: 'flood-set', processes: n, failures, rounds })
    expect(found).toEqual({ traitors: [], ...slowFlood(n, failures, rounds) })
  })

  it('show a run that goes wrong', () => {
    const flood = { algorithm: 'flood-set', processes: 3, failures: 1, rounds: 1 } as const
    expect(attackAlgorithm(flood).cases[0]?.example).toEqual({
      inputs: [1, 1, 0],
      deeds: ['in round 1 p3 crashes and reaches p2'],
      decisions: [1, 0, undefined],
    })
    const oral = { algorithm: 'oral-messages', processes: 3, traitors: 1, relays: 1 } as const
    expect(attackAlgorithm(oral).cases[0]?.example).toEqual({
      inputs: [1],
      deeds: ['L1 tells L2 0'],
      decisions: [undefined, undefined, 0],
    })
  })

  it.each([
    { algorithm: 'flood-set', processes: 6, failures: 3, rounds: 4 },
    { algorithm: 'oral-messages', processes: 10, traitors: 3, relays: 3 },
    { algorithm: 'signed-messages', processes: 6, traitors: 3, relays: 3 },
  ] as const)('are unknown when their budget is used up: $algorithm', (question) => {
    const { outcome, cases: none, stopped } = attackAlgorithm(question, { steps: 500 })
    expect([outcome, none, stopped]).toMatchObject([
      'unknown',
      [],
      { bound: 'steps', limit: 500, covered: '501 steps were taken' },
    ])
  })
})
