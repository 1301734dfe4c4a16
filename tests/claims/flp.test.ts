import { describe, expect, it } from 'vitest'

import { asynchronousNamed, labelled, processOf } from '../../suites/claims/asynchronous.ts'
import { flpAndRounds } from '../../suites/claims/flp.ts'
import { ambiguousParts, swapped } from '../../suites/claims/flp-questions.ts'
import { ofTables } from '../../suites/claims/flp-theorem.ts'
import { CRASH, plainGraph, valuesFrom } from '../../suites/claims/plain-configurations.ts'
import { estimateText, estimated, randomRun } from '../../suites/claims/random-runs.ts'
import { stayingBivalent } from '../../suites/claims/staying-bivalent.ts'
import { seeded } from '../../src/core/random.ts'
import { valency } from '../../src/valency/valency.ts'
import { answersItsQuestions } from './questions.ts'

const crashes = 'with crashes as events the same is decided, and as many configurations block'

answersItsQuestions(flpAndRounds, [
  'Ben-Or with three processes and fair coins has no fair run without decision',
  'the engine reaches just the configurations that follow from this definition',
  'each step changes the state of one process alone',
  `wait-for-all: ${crashes}`,
  `wait-for-n-1: ${crashes}`,
  `leader-timeout: ${crashes}`,
  'Ben-Or with three processes, left to chance, decides soon and alike',
  'every protocol that can be looked at whole has a defect',
  'each deterministic protocol that is safe can be delayed',
  'played against two proposers among three processes it never ends',
  'without any synchrony no two correct replicas of four decide differently',
  'wait-for-n-1: disjoint schedules of several events lead to one configuration',
  'leader-timeout: disjoint schedules of several events lead to one configuration',
  'two proposers among three processes: each of the first pairs has one',
])

describe('configurations by the definition', () => {
  it('say what can be decided, with and without a process', () => {
    const graph = plainGraph(processOf('fixed-leader', 3), [1, 0, 0])
    expect([...(valuesFrom(graph)[0] ?? [])]).toEqual([1])
    expect([...(valuesFrom(graph, 0)[0] ?? [])]).toEqual([])
    expect([...(valuesFrom(graph, 1)[0] ?? [])]).toEqual([1])
  })

  it('are more where crashes are events, which are taken once', () => {
    const process = processOf('wait-for-all', 2)
    const [without, within] = [0, 1].map((most) => plainGraph(process, [0, 1], most))
    expect(within?.configurations.length).toBeGreaterThan(without?.configurations.length ?? 0)
    const all = within?.steps.flat().filter(({ message }) => message === CRASH) ?? []
    expect(all.length).toBeGreaterThan(0)
    for (const { to } of all) expect(within?.configurations[to]?.crashed).toHaveLength(1)
  })

  it('know nothing by their states alone, nor by their buffer alone', () => {
    const { byStates, byBuffer, byBoth } = ambiguousParts()
    expect([byStates > 0, byBuffer > 0, byBoth]).toEqual([true, true, 0])
  })

  it('swap the steps of two processes, and not a step with one that is not there', () => {
    const graph = plainGraph(processOf('own-value', 2), [0, 1])
    const [start] = graph.configurations
    if (start === undefined) throw new Error('there is a first configuration')
    const empty = (self: number) => ({ self, message: undefined })
    expect(swapped(graph, start, empty(0), empty(1))).toBe(true)
    // What process 0 sends is there only after it has sent it.
    expect(swapped(graph, start, empty(0), { self: 1, message: '1|[0,0]' })).toBe(false)
  })
})

describe('staying bivalent', () => {
  it.each([
    ['2pc-timeout', [1, 1, 1]],
    ['paxos', [0, 1]],
    ['leader-timeout', [0, 1, 1]],
  ] as const)('is found out as the engine finds it, by another way: %s', (name, inputs) => {
    const { graph, labels } = labelled(name, inputs)
    const { pairs, failed } = stayingBivalent(graph, labels, graph.count)
    const { lemma3 } = valency(asynchronousNamed(name), inputs.length, { inputs: [inputs] })
    expect({ checked: pairs, failed }).toMatchObject({
      checked: lemma3?.checked,
      failed: lemma3?.failed,
    })
  })
})

describe('runs that are left to chance', () => {
  it('are the same for the same seed, and end when all have decided', () => {
    const [one, again] = [1, 1].map((seed) =>
      randomRun(processOf('paxos', 3), [0, 1, 0], seeded(seed)),
    )
    expect(one).toEqual(again)
    expect(one?.decisions.every((value) => value !== undefined)).toBe(true)
  })

  it('end without a decision where nobody can make one', () => {
    const { steps } = randomRun(processOf('ben-or', 2), [0, 1], seeded(1), 500)
    expect(steps).toBeUndefined()
  })

  it('are told with a mean and where it lies', () => {
    expect(estimateText(estimated([2, 2, 2]))).toBe('2.00 (95 %: 2.00 to 2.00)')
    const { mean, low, high, most } = estimated([1, 2, 3, 4])
    expect([mean, most]).toEqual([2.5, 4])
    expect(high - mean).toBeCloseTo(mean - low, 12)
    expect(high).toBeCloseTo(2.5 + 1.96 * Math.sqrt(5 / 3 / 4), 12)
  })
})

describe('statements about all small protocols', () => {
  it('are about all of them, and come out as they are judged', async () => {
    const all = ofTables('how many', (every) => [every.length === 20_736, `${every.length}`])
    expect(await all.find({})).toMatchObject({ outcome: 'pass', sentence: '20736' })
    const wrong = ofTables('one is right', (every) => [
      every.some((found) =>
        found.every(({ agreement, validity, blocks }) => !agreement && !validity && !blocks),
      ),
      '',
    ])
    expect((await wrong.find({})).outcome).toBe('fail')
  })
})
