import { describe, expect, it } from 'vitest'

import { attackAlgorithm } from '../../../src/valency/rounds/algorithms/attack.ts'
import type { AlgorithmQuestion } from '../../../src/valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../../../src/valency/rounds/question.ts'
import { solveRounds } from '../../../src/valency/rounds/solve.ts'
import type { RoundAnswer } from '../../../src/valency/rounds/solve.ts'

const crash = (
  processes: number,
  failures: number,
  rounds: number,
  validity: 'all' | 'correct' = 'all',
): RoundQuestion => ({ model: 'crash', processes, failures, rounds, validity })

const generals = (
  processes: number,
  traitors: number,
  rounds: number,
  signed = false,
): RoundQuestion => ({
  model: 'byzantine',
  processes,
  traitors,
  rounds,
  speaker: 'commander',
  signed,
})

const answers = new Map<string, RoundAnswer>()

/** Some are asked more than once. */
const answered = (question: RoundQuestion): RoundAnswer => {
  const key = JSON.stringify(question)
  const answer = answers.get(key) ?? solveRounds(question)
  answers.set(key, answer)
  return answer
}

const solved = (question: RoundQuestion) => {
  const { outcome, graph, verified, rule, chain } = answered(question)
  // Whatever was found was played once more.
  expect(verified).toBe(graph?.runs)
  expect(outcome === 'pass').toBe(rule !== undefined)
  expect(outcome === 'fail').toBe(chain !== undefined)
  return { outcome, runs: graph?.runs, views: graph?.views, components: graph?.components }
}

describe('crashes in synchronous rounds', () => {
  it.each([
    [3, 1, 1, { outcome: 'fail', runs: 104, views: 48, components: 1 }],
    [3, 1, 2, { outcome: 'pass', runs: 200, views: 192, components: 68 }],
    [4, 2, 1, { outcome: 'fail', runs: 6672, views: 208, components: 1 }],
    [4, 2, 2, { outcome: 'fail', runs: 19_472, views: 3856, components: 601 }],
    [4, 2, 3, { outcome: 'pass', runs: 38_416, views: 15_568, components: 4872 }],
    [2, 1, 1, { outcome: 'pass', runs: 20, views: 12, components: 8 }],
  ] as const)('of %i processes, of which %i may crash, in %i rounds', (n, f, rounds, expected) => {
    expect(solved(crash(n, f, rounds))).toEqual(expected)
  })

  it('take a round more than there may be crashes, if two or more are left', () => {
    for (const [n, f] of [
      [3, 1],
      [4, 1],
      [4, 2],
    ] as const) {
      expect(solved(crash(n, f, f)).outcome).toBe('fail')
      expect(solved(crash(n, f, f + 1)).outcome).toBe('pass')
    }
    // With one left, as many rounds as crashes suffice.
    expect(solved(crash(3, 2, 2)).outcome).toBe('pass')
    expect(solved(crash(3, 2, 1)).outcome).toBe('fail')
  })

  it('are overcome by the smallest value that one has heard of', () => {
    expect(answered(crash(3, 1, 2)).rule).toMatchObject({ name: 'smallest', ones: 27 })
  })
})

describe('two generals and a messenger', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 40])('with %i messages are a path of runs', (messages) => {
    const { outcome, graph, chain } = solveRounds({ model: 'generals', messages })
    expect(outcome).toBe('fail')
    expect(graph).toMatchObject({ runs: messages + 1, views: messages + 2, components: 1 })
    expect(chain?.runs).toHaveLength(messages + 1)
  })

  it('who may both send in each round cannot attack together either', () => {
    for (const rounds of [1, 2, 3, 4]) {
      const losses = { model: 'losses', processes: 2, rounds, validity: 'attack' } as const
      expect(solved({ ...losses, perRound: 2 }).outcome).toBe('fail')
      expect(solved({ ...losses, perRound: 1 }).outcome).toBe('fail')
    }
  })

  it('can, if at most one message is ever lost', () => {
    const question = { model: 'losses', processes: 2, perRound: 2, validity: 'attack' } as const
    expect(solved({ ...question, rounds: 1, total: 1 }).outcome).toBe('fail')
    expect(solved({ ...question, rounds: 2, total: 1 }).outcome).toBe('pass')
    expect(solved({ ...question, rounds: 2, total: 2 }).outcome).toBe('fail')
    expect(solved({ ...question, rounds: 3, total: 2 }).outcome).toBe('pass')
  })
})

describe('messages that are lost in each round', () => {
  it('make it impossible once there are as many as one process sends', () => {
    const losses = { model: 'losses', validity: 'all' } as const
    for (const rounds of [1, 2, 3])
      expect(solved({ ...losses, processes: 2, rounds, perRound: 1 }).outcome).toBe('fail')
    for (const rounds of [1, 2])
      expect(solved({ ...losses, processes: 3, rounds, perRound: 2 }).outcome).toBe('fail')
    expect(solved({ ...losses, processes: 3, rounds: 2, perRound: 1 }).outcome).toBe('pass')
  })

  it('do not, if it is known that always exactly one of two arrives', () => {
    const graphs = { model: 'graphs', processes: 2, rounds: 1, validity: 'all' } as const
    const [there, back] = [[[0, 1]], [[1, 0]]] as const
    expect(solved({ ...graphs, graphs: [there, back] }).outcome).toBe('pass')
    expect(solved({ ...graphs, graphs: [there, back, [...there, ...back]] }).outcome).toBe('fail')
  })
})

describe('traitors', () => {
  it('of whom there are a third confound the loyal, without signatures', () => {
    expect([1, 2, 3].map((rounds) => solved(generals(3, 1, rounds)).outcome)).toEqual([
      'fail',
      'fail',
      'fail',
    ])
    expect(solved(generals(4, 2, 2)).outcome).toBe('fail')
  })

  it('need one round more than there are of them', () => {
    expect(solved(generals(4, 1, 1)).outcome).toBe('fail')
    expect(solved(generals(4, 1, 2))).toMatchObject({ outcome: 'pass', runs: 32, views: 24 })
    expect(solved(generals(3, 1, 1, true)).outcome).toBe('fail')
    expect(solved(generals(3, 1, 2, true)).outcome).toBe('pass')
    expect(solved(generals(3, 1, 3, true)).outcome).toBe('pass')
    expect(solved(generals(4, 2, 2, true)).outcome).toBe('fail')
  })

  it('are overcome by the rules of Lamport, Shostak and Pease', () => {
    expect(answered(generals(4, 1, 2)).rule?.name).toBe('majorities')
    expect(answered(generals(3, 1, 2, true)).rule?.name).toBe('only order')
  })

  it.each([
    [3, 1, 1],
    [3, 1, 5],
    [4, 2, 3],
    [5, 2, 2],
    [6, 2, 4],
    [9, 3, 2],
  ])(
    '(glued: %i processes, %i traitors, %i rounds) need more than twice as many loyal',
    (...of) => {
      const [processes, traitors, rounds] = of
      const { outcome, graph, chain } = solveRounds({ model: 'glued', processes, traitors, rounds })
      expect([outcome, graph?.runs, chain?.runs.length]).toEqual(['fail', 3, 3])
    },
  )

  it('do the same where everybody has an input', () => {
    const everybody = { model: 'byzantine', speaker: 'everybody', signed: false } as const
    expect(solved({ ...everybody, processes: 3, traitors: 1, rounds: 2 })).toEqual({
      outcome: 'fail',
      runs: 3072,
      views: 672,
      components: 1,
    })
    expect(solved({ ...everybody, processes: 4, traitors: 1, rounds: 1 }).outcome).toBe('fail')
  })
})

describe('known algorithms against everything', () => {
  const counts = (question: AlgorithmQuestion) =>
    attackAlgorithm(question).cases.map(({ runs, disagreements, invalid }) =>
      [disagreements, invalid, runs].join('/'),
    )

  it.each([
    [3, 1, 1, '6/0/104'],
    [3, 1, 2, '0/0/200'],
    [4, 2, 2, '48/0/25616'],
    [4, 2, 3, '0/0/56848'],
  ])('FloodSet: %i processes, %i crashes, %i rounds: %s', (processes, failures, rounds, all) => {
    expect(counts({ algorithm: 'flood-set', processes, failures, rounds })).toEqual([all])
  })

  it.each([
    // A lieutenant is a traitor, or the commander: IC1, IC2, behaviours.
    [3, 1, 1, ['0/1/4', '0/0/8']],
    [4, 1, 1, ['0/0/8', '0/0/16']],
    // Two lieutenants, or the commander and one of them.
    [4, 2, 1, ['0/8/32', '16/0/64']],
    [5, 2, 1, ['24/28/128', '72/0/256']],
    [6, 2, 1, ['0/0/512', '336/0/1024']],
    [7, 2, 2, ['0/0/2251799813685248', '0/0/4294967296']],
  ])('OM: %i generals, %i traitors, m = %i', (processes, traitors, relays, expected) => {
    expect(counts({ algorithm: 'oral-messages', processes, traitors, relays })).toEqual(expected)
  })

  it.each([
    [3, 1, 0, ['0/0/2', '12/0/32']],
    [3, 1, 1, ['0/0/4', '0/0/32']],
    [4, 2, 1, ['0/0/8', '240/0/2048']],
  ])('SM: %i generals, %i traitors, m = %i', (processes, traitors, relays, expected) => {
    expect(counts({ algorithm: 'signed-messages', processes, traitors, relays })).toEqual(expected)
  })
})
