import { describe, expect, it } from 'vitest'

import type { Outcome } from '../../src/core/verdict.ts'
import { attackAlgorithm } from '../../src/valency/rounds/algorithms/attack.ts'
import type { AlgorithmQuestion } from '../../src/valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../../src/valency/rounds/question.ts'
import { solveRounds } from '../../src/valency/rounds/solve.ts'

const answer = (question: RoundQuestion): Outcome => solveRounds(question).outcome

const crash = (
  processes: number,
  failures: number,
  rounds: number,
  validity: 'all' | 'correct' = 'all',
): RoundQuestion => ({ model: 'crash', processes, failures, rounds, validity })

const generals = (n: number, f: number, rounds: number, signed: boolean): RoundQuestion => {
  const who = { processes: n, traitors: f, speaker: 'commander' } as const
  return { model: 'byzantine', ...who, rounds, signed }
}

/** Runs that go wrong, of all, summed over who the traitors are. */
const wrong = (question: AlgorithmQuestion): readonly [disagree: bigint, disobey: bigint] => {
  const { cases } = attackAlgorithm(question)
  return [
    cases.reduce((sum, { disagreements }) => sum + disagreements, 0n),
    cases.reduce((sum, { invalid }) => sum + invalid, 0n),
  ]
}

describe('what lectures say of rounds', () => {
  it('FLP-22: f + 1 rounds are needed and suffice, if n >= f + 2', () => {
    expect([crash(3, 1, 1), crash(3, 1, 2)].map(answer)).toEqual(['fail', 'pass'])
    expect([crash(4, 2, 1), crash(4, 2, 2)].map(answer)).toEqual(['fail', 'fail'])
    // The bound as it is said is wrong for two processes.
    expect(answer(crash(2, 1, 1))).toBe('pass')
  })

  it('CNS-01: FloodSet after f rounds lets two correct processes decide differently', () => {
    const flood = { algorithm: 'flood-set', processes: 3, failures: 1 } as const
    expect(wrong({ ...flood, rounds: 1 })).toEqual([6n, 0n])
    expect(wrong({ ...flood, rounds: 2 })).toEqual([0n, 0n])
  })

  it('CNS-04: that the inputs of the correct alone bind cannot be had by two processes', () => {
    const all = [1, 2, 3, 4].map((rounds) => answer(crash(2, 1, rounds, 'correct')))
    expect(all).toEqual(['fail', 'fail', 'fail', 'fail'])
    expect(answer(crash(3, 1, 2, 'correct'))).toBe('pass')
  })

  it('CNS-16: no number of messages lets two generals be sure', () => {
    for (let messages = 1; messages <= 8; messages++) {
      const { outcome, chain } = solveRounds({ model: 'generals', messages })
      // From "all came through" to "none did", a message less each time.
      expect([outcome, chain?.runs.length]).toEqual(['fail', messages + 1])
    }
  })

  it('BYZ-01: what makes three too few is that a traitor tells different things', () => {
    const { chain, outcome } = solveRounds(generals(3, 1, 2, false))
    expect([outcome, chain?.runs.length]).toEqual(['fail', 3])
  })

  it('BYZ-02: oral messages need more than two thirds loyal', () => {
    const oral = { algorithm: 'oral-messages' } as const
    expect(wrong({ ...oral, processes: 3, traitors: 1, relays: 1 })).toEqual([0n, 1n])
    expect(wrong({ ...oral, processes: 4, traitors: 1, relays: 1 })).toEqual([0n, 0n])
    expect(wrong({ ...oral, processes: 7, traitors: 2, relays: 2 })).toEqual([0n, 0n])
    expect(answer(generals(4, 1, 2, false))).toBe('pass')
    for (const [processes, traitors] of [
      [3, 1],
      [6, 2],
    ] as const)
      for (const rounds of [1, 2, 3])
        expect(answer({ model: 'glued', processes, traitors, rounds })).toBe('fail')
  })

  it('BYZ-03: a single traitor confounds two loyal generals', () => {
    for (const rounds of [1, 2, 3]) expect(answer(generals(3, 1, rounds, false))).toBe('fail')
  })

  it('BYZ-04: signatures overcome any number of traitors, in a round more than there are', () => {
    const signed = { algorithm: 'signed-messages' } as const
    expect(wrong({ ...signed, processes: 3, traitors: 1, relays: 1 })).toEqual([0n, 0n])
    expect(wrong({ ...signed, processes: 4, traitors: 2, relays: 1 })).toEqual([240n, 0n])
    expect([generals(3, 1, 1, true), generals(3, 1, 2, true)].map(answer)).toEqual(['fail', 'pass'])
    expect(answer(generals(4, 2, 2, true))).toBe('fail')
  })

  it('BYZ-05: IC1 and IC2 are told apart', () => {
    const oral = { algorithm: 'oral-messages', processes: 4, traitors: 2, relays: 1 } as const
    const { cases } = attackAlgorithm(oral)
    const told = cases.map(({ traitors, disagreements, invalid }) => [
      traitors,
      disagreements,
      invalid,
    ])
    expect(told).toEqual([
      [[1, 2], 0n, 8n],
      [[0, 1], 16n, 0n],
    ])
  })
})
