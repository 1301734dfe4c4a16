import { describe, expect, it } from 'vitest'

import { Knowledge } from '../../../src/valency/rounds/plain/knowledge.ts'
import type { RoundQuestion } from '../../../src/valency/rounds/question.ts'
import { plainRuns } from '../../../src/valency/rounds/verify.ts'
import { compareRandomRounds, fast } from './random-rounds.ts'
import { slowGraph } from './slow-rounds.ts'
import type { SlowRun } from './slow-rounds.ts'

describe('the view graph', () => {
  it('is the one that is found by writing out 250 random adversaries (seed 7)', () => {
    compareRandomRounds(250, 7)
  })

  it.each([
    { model: 'crash', processes: 3, failures: 1, rounds: 1, validity: 'all' },
    { model: 'crash', processes: 3, failures: 1, rounds: 2, validity: 'correct' },
    { model: 'crash', processes: 3, failures: 2, rounds: 1, validity: 'all' },
    { model: 'crash', processes: 3, failures: 2, rounds: 2, validity: 'correct' },
    { model: 'crash', processes: 2, failures: 1, rounds: 3, validity: 'correct' },
    { model: 'crash', processes: 4, failures: 1, rounds: 1, validity: 'all' },
    { model: 'losses', processes: 2, rounds: 3, perRound: 2, total: 2, validity: 'attack' },
    { model: 'losses', processes: 3, rounds: 1, perRound: 2, validity: 'all' },
    { model: 'losses', processes: 3, rounds: 2, perRound: 1, total: 1, validity: 'attack' },
    { model: 'generals', messages: 6 },
    ...[1, 2].flatMap((rounds) =>
      [false, true].map((signed): RoundQuestion => {
        const of = { processes: 3, traitors: 1, rounds, signed }
        return { model: 'byzantine', speaker: 'commander', ...of }
      }),
    ),
    {
      model: 'byzantine',
      speaker: 'everybody',
      processes: 3,
      traitors: 1,
      rounds: 1,
      signed: false,
    },
    { model: 'glued', processes: 4, traitors: 2, rounds: 3 },
  ] satisfies readonly RoundQuestion[])(
    'is the one of the runs as they are played: %o',
    (question) => {
      const knowledge = new Knowledge()
      const runs = [...plainRuns(question, knowledge)].map(({ known, demand }): SlowRun => ({
        views: known.flatMap((view) => (view === undefined ? [] : [String(view)])),
        demand,
      }))
      expect(fast(question)).toEqual(slowGraph(runs))
    },
  )
})
