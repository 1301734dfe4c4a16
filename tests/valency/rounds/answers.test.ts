import { describe, expect, it } from 'vitest'

import { Meter } from '../../../src/core/budget.ts'
import type { RoundQuestion } from '../../../src/valency/rounds/question.ts'
import { deedTexts, startText, viewText } from '../../../src/valency/rounds/run-text.ts'
import { solveRounds } from '../../../src/valency/rounds/solve.ts'
import { toldRun } from '../../../src/valency/rounds/told-run.ts'
import { verifyChain, verifyRule } from '../../../src/valency/rounds/verify.ts'

const crash = (rounds: number): RoundQuestion => ({
  model: 'crash',
  processes: 3,
  failures: 1,
  rounds,
  validity: 'all',
})

/** The chain as people read it. */
const told = (question: RoundQuestion): readonly string[] => {
  const { graph, chain } = solveRounds(question)
  return chain!.runs.map((end, at) => {
    const run = toldRun(graph!.rounds, end)
    const { views } = graph!.rounds
    const shared = chain!.shared[at]
    const known = shared === undefined ? '' : ` -- ${viewText(views, shared, question)}`
    return `${startText(run, question)}; ${deedTexts(run, question, views).join('; ')}${known}`
  })
}

describe('an impossibility', () => {
  it('is a chain of runs, each of which somebody cannot tell from the next', () => {
    expect(told(crash(1))).toEqual([
      'p1=0 p2=0 p3=0; round 1: p3 crashes, reaching p2 -- 0 | p2[0] p3 -',
      'p1=0 p2=0 p3=1; round 1: p3 crashes, reaching p2 -- 0 | p1[0] p3[1]',
      'p1=0 p2=0 p3=1;  -- 1 | p1[0] p2[0]',
      'p1=0 p2=0 p3=1; round 1: p2 crashes, reaching p3 -- 0 | p2 - p3[1]',
      'p1=0 p2=1 p3=1; round 1: p2 crashes, reaching p3 -- 1 | p1[0] p2[1]',
      'p1=0 p2=1 p3=1; round 1: p1 crashes, reaching p3 -- 1 | p1 - p3[1]',
      'p1=1 p2=1 p3=1; round 1: p1 crashes, reaching p3',
    ])
  })

  it('of the generals takes back the last message each time', () => {
    expect(told({ model: 'generals', messages: 2 })).toEqual([
      '; the messenger is caught on his first way -- B -',
      '; the messenger is caught on way 2 -- A[nothing]',
      '; the messenger comes through each time',
    ])
  })

  it('of three generals is told by what the traitors say', () => {
    const generals = { model: 'byzantine', processes: 3, traitors: 1, rounds: 2 } as const
    expect(told({ ...generals, speaker: 'commander', signed: false })).toEqual([
      'C=0, L1 is a traitor; round 2: L1 tells L2 [C[1]] -- C[0] | L1[C[1]]',
      'C is a traitor; round 1: C tells L1 [1], L2 [0] -- C[1] | L2[C[0]]',
      'C=1, L2 is a traitor; round 2: L2 tells L1 [C[0]]',
    ])
  })

  it('is not believed if a run of it cannot happen or a link is open', () => {
    const question = crash(1)
    const { graph, chain } = solveRounds(question)
    const { runs, shared } = chain!
    const check = (changed: typeof chain, at = graph!): unknown =>
      verifyChain(question, at, changed!, new Meter())
    expect(check(chain)).toBe(104)
    const [first = 0, second = 0, ...rest] = runs
    expect(() => check({ runs: [second, first, ...rest], shared })).toThrow('link')
    expect(() => check({ runs, shared: shared.toReversed() })).toThrow('link')
    expect(() => check({ runs: runs.slice(1), shared: shared.slice(1) })).toThrow(/two ends/)
    const other = { ...crash(1), failures: 0 } as RoundQuestion
    expect(() => verifyChain(other, graph!, chain!, new Meter())).toThrow('cannot happen')
    expect(() => check(chain, { ...graph!, runs: 103 })).toThrow('104 runs were played')
  })
})

describe('a rule', () => {
  it('is not believed if it lets two decide differently or something else', () => {
    const question = crash(2)
    const { graph, rule } = solveRounds(question)
    const check = (decide: (decision: number, view: number) => number): unknown => {
      const decisions = rule!.decisions.map((decision, view) => decide(decision, view))
      return verifyRule(question, graph!, { ...rule!, decisions }, new Meter())
    }
    expect(check((decision) => decision)).toBe(200)
    const last = rule!.decisions.lastIndexOf(1)
    expect(() => check((decision, view) => (view === last ? 0 : decision))).toThrow('otherwise')
    expect(() => check((decision) => (decision === 1 ? 0 : decision))).toThrow('otherwise')
    expect(() => check((decision, view) => (view === last ? -1 : decision))).toThrow('know a view')
    expect(() => verifyRule(question, { ...graph!, runs: 201 }, rule!, new Meter())).toThrow(
      '200 runs were played',
    )
  })
})

describe('a question that is too large', () => {
  it('is unknown, with what was looked at', () => {
    const question = { ...crash(3), processes: 4, failures: 2 } as RoundQuestion
    expect(solveRounds(question, { steps: 10 })).toMatchObject({
      outcome: 'unknown',
      stopped: { bound: 'steps', covered: 'not all starts were looked at' },
    })
    expect(solveRounds(question, { steps: 10_000 })).toMatchObject({
      outcome: 'unknown',
      stopped: { covered: 'everything that can happen in 1 of 3 rounds was looked at' },
    })
    expect(solveRounds(question, { bytes: 200_000 })).toMatchObject({
      outcome: 'unknown',
      stopped: { bound: 'memory', covered: 'the views of all runs do not fit into memory' },
    })
  })

  it('is unknown too where the answer was not checked to the end', () => {
    // 104 runs are found, and as many played.
    const enough = solveRounds(crash(1), { steps: 216 })
    const { outcome, stopped, chain } = solveRounds(crash(1), { steps: 150 })
    expect(enough.outcome).toBe('fail')
    expect(outcome).toBe('unknown')
    expect(chain?.runs).toHaveLength(7)
    expect(stopped?.covered).toContain('not checked')
  })
})
