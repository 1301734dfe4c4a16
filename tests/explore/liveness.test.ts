import { describe, expect, it } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import { UserError } from '../../src/core/user-error.ts'
import type { AnyModel, Fairness } from '../../src/explore/index.ts'
import { explore, model, strong, strongEach, weak, weakEach } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, oneOf, setOf } from '../../src/state/index.ts'
import { arrows, check, outcomes, path } from './arrows.ts'

describe('a property of the long run', () => {
  it('is broken by a cycle that comes back to states which were seen before', () => {
    const machine = arrows(
      [
        [0, 1],
        [1, 0],
        [1, 2],
      ],
      {
        'gets to 2': { eventually: (s: { at: number }) => s.at === 2 },
      },
    )
    const [result] = check(machine)
    expect(result!.report.outcome).toBe('fail')
    expect(path(result!.violation, 'at')).toBe('| 0 1 0')
    expect(result!.violation!.trace.map((step) => step.action)).toEqual([undefined, '0to1', '1to0'])
  })

  it('is broken on one of two ways that join, whichever is looked at first', () => {
    for (const by of [1, 2]) {
      const [result] = check(
        arrows(
          [
            [0, 1],
            [0, 2],
            [1, 3],
            [2, 3],
          ],
          {
            passes: { eventually: (s: { at: number }) => s.at === by },
          },
        ),
      )
      expect(path(result!.violation, 'at')).toBe(`0 ${3 - by} | 3`)
    }
  })

  it('is broken by a round that goes through what is wrong', () => {
    const steps = [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 0],
    ] as const
    const claims = { 'keeps away from 2': { eventuallyAlways: (s: { at: number }) => s.at !== 2 } }
    const [result] = check(arrows(steps, claims))
    expect(path(result!.violation, 'at')).toBe('| 0 1 2 0')
  })

  it('is broken where a step that is promised need not become possible', () => {
    const steps = [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 3],
    ] as const
    const claims = { 'gets to 3': { eventually: (s: { at: number }) => s.at === 3 } }
    // States where another promise is kept stay when 2 is taken away.
    const [result] = check(arrows(steps, claims, [weak('0to1'), strong('2to3')]))
    expect(path(result!.violation, 'at')).toBe('| 0 1 0')
  })

  it('is broken where everything ends before it comes true', () => {
    const ends = arrows([[0, 1]], {
      'gets to 2': { eventually: (s: { at: number }) => s.at === 2 },
    })
    expect(path(check(ends)[0]!.violation, 'at')).toBe('0 | 1')
  })

  it('is broken by standing still, unless fairness forbids it', () => {
    const clock = (fairness: readonly Fairness[]) =>
      model({
        state: { bit: bool() },
        actions: { tick: { then: (s) => (s.bit = !s.bit) } },
        sometimes: {},
        fairness,
        properties: {
          'is set once': { eventually: (s) => s.bit },
          'is set again and again': { alwaysEventually: (s) => s.bit },
          'stays set': { eventuallyAlways: (s) => s.bit },
          'falls after it is set': { when: (s) => s.bit, leadsTo: (s) => !s.bit },
        },
      })
    expect(outcomes(clock([]))).toEqual({
      'is set once': 'fail',
      'is set again and again': 'fail',
      'stays set': 'fail',
      'falls after it is set': 'fail',
    })
    expect(path(check(clock([]))[3]!.violation, 'bit')).toBe('false | true')
    expect(outcomes(clock([weak('tick')]))).toEqual({
      'is set once': 'pass',
      'is set again and again': 'pass',
      'stays set': 'fail',
      'falls after it is set': 'pass',
    })
    expect(path(check(clock([weak('tick')]))[2]!.violation, 'bit')).toBe('| false true false')
  })

  it('does not come true by fair steps that change nothing', () => {
    const machine = (fairness: readonly Fairness[]) =>
      model({
        state: { done: bool() },
        actions: { wait: { then: () => undefined }, go: { then: (s) => (s.done = true) } },
        sometimes: {},
        fairness,
        properties: { done: { eventually: (s) => s.done } },
      })
    expect(outcomes(machine([weak('wait')]))).toEqual({ done: 'fail' })
    expect(outcomes(machine([strong('wait')]))).toEqual({ done: 'fail' })
    expect(outcomes(machine([weak('go')]))).toEqual({ done: 'pass' })
    expect(outcomes(machine([weak()]))).toEqual({ done: 'pass' })
  })

  it('of a lock that is free now and then needs strong fairness', () => {
    const CLIENT = id('client', 2)
    const lock = (fairness: readonly Fairness[]) =>
      model({
        state: { at: mapOf(CLIENT, oneOf('waits', 'holds')) },
        actions: {
          take: {
            for: [CLIENT],
            when: (s) => s.at.every((at) => at === 'waits'),
            then: (s, c) => s.at.set(c, 'holds'),
          },
          free: {
            for: [CLIENT],
            when: (s, c) => s.at.get(c) === 'holds',
            then: (s, c) => s.at.set(c, 'waits'),
          },
        },
        sometimes: {},
        fairness,
        properties: {
          served: { for: [CLIENT], alwaysEventually: (s, c) => s.at.get(c) === 'holds' },
          freed: {
            for: [CLIENT],
            when: (s, c) => s.at.get(c) === 'holds',
            leadsTo: (s, c) => s.at.get(c) === 'waits',
          },
        },
      })
    expect(outcomes(lock([weakEach()]))).toEqual({ served: 'fail', freed: 'pass' })
    expect(outcomes(lock([weakEach('free'), strong('take')]))).toEqual({
      served: 'fail',
      freed: 'pass',
    })
    expect(outcomes(lock([weakEach('free'), strongEach('take')]))).toEqual({
      served: 'pass',
      freed: 'pass',
    })
    expect(outcomes(lock([strongEach('take')]))).toEqual({ served: 'fail', freed: 'fail' })
    const { violation } = check(lock([weakEach()]))[0]!
    expect(violation!.witness).toEqual([0])
    expect(violation!.loop).toBe(0)
    expect(violation!.trace.slice(1).map((step) => [step.action, ...step.parameters])).toEqual([
      ['take', 1],
      ['free', 1],
    ])
  })

  it('of each process needs a promise to each process', () => {
    const PROCESS = id('process', 3)
    const machine = (fairness: readonly Fairness[], range: unknown = PROCESS) =>
      model({
        state: { all: setOf(PROCESS), turns: mapOf(PROCESS, bool()) },
        init: (s: { all: { add(p: number): void } }) => {
          for (let p = 0; p < 3; p++) s.all.add(p)
        },
        actions: {
          turn: {
            for: [range],
            then: (s: { turns: Map<number, boolean> }, p: number) =>
              s.turns.set(p, s.turns.get(p) !== true),
          },
        },
        sometimes: {},
        fairness,
        properties: {
          turned: {
            for: [PROCESS],
            eventually: (s: { turns: Map<number, boolean> }, p: number) => s.turns.get(p) === true,
          },
        },
      } as never) as AnyModel
    expect(outcomes(machine([weak('turn')]))).toEqual({ turned: 'fail' })
    expect(outcomes(machine([weakEach('turn')]))).toEqual({ turned: 'pass' })
    // Choices that cannot be numbered in advance are told apart as well.
    const seen = (s: { all: Iterable<number> }) => s.all
    expect(outcomes(machine([weak('turn')], seen))).toEqual({ turned: 'fail' })
    expect(outcomes(machine([weakEach('turn')], seen))).toEqual({ turned: 'pass' })
  })

  it('counts a step out of what is within as enabled, though it is not gone', () => {
    const machine = (fairness: readonly Fairness[]) =>
      model({
        state: { at: int(0, 9) },
        actions: { step: { when: (s) => s.at < 9, then: (s) => (s.at += 1) } },
        within: (s) => s.at < 3,
        sometimes: {},
        fairness,
        properties: { 'gets to 9': { eventually: (s) => s.at === 9 } },
      })
    expect(outcomes(machine([]))).toEqual({ 'gets to 9': 'fail' })
    expect(check(machine([weak('step')]))[0]!.report).toMatchObject({
      outcome: 'pass',
      remarks: ['what happens outside of `within` was not looked at'],
    })
  })

  it('hears each of many promises', () => {
    const steps = [
      [0, 1],
      [1, 0],
      [0, 2],
      [1, 2],
      [2, 3],
    ] as const
    const claims = { 'gets to 2': { eventually: (s: { at: number }) => s.at === 2 } }
    const idle = Array.from({ length: 70 }, () => weak('2to3'))
    const asked = (promise: Fairness, at: number) =>
      outcomes(arrows(steps, claims, [weak('0to1', '1to0'), ...idle.with(at, promise)]))[
        'gets to 2'
      ]
    for (const at of [0, 15, 16, 31, 32, 47, 69]) {
      expect(asked(weak('0to2', '1to2'), at)).toBe('pass')
      expect(asked(weak('1to2'), at)).toBe('fail')
      expect(asked(strong('1to2'), at)).toBe('pass')
    }
  })

  it('shows a round that keeps each promise, and no more than that', () => {
    // Two rounds joined in 1; both fair actions must be taken.
    const machine = arrows(
      [
        [0, 1],
        [1, 2],
        [2, 1],
        [1, 3],
        [3, 1],
        [1, 4],
      ],
      { 'gets to 4': { eventually: (s: { at: number }) => s.at === 4 } },
      [weak('0to1'), strong('1to2'), strong('1to3')],
    )
    expect(path(check(machine)[0]!.violation, 'at')).toBe('0 | 1 2 1 3 1')
  })

  it('shows the shortest way, whichever state is nearest where it begins to be broken', () => {
    const machine = arrows(
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [1, 5],
        [5, 6],
      ],
      {
        answer: {
          when: (s: { at: number }) => s.at === 1 || s.at === 4,
          leadsTo: (s: { at: number }) => s.at === 9,
        },
      },
    )
    expect(path(check(machine)[0]!.violation, 'at')).toBe('0 1 5 | 6')
  })

  it('says when what it is about never happens', () => {
    const claim = (from: number) => ({
      answer: {
        when: (s: { at: number }) => s.at === from,
        leadsTo: (s: { at: number }) => s.at === 2,
      },
    })
    const [empty] = check(
      arrows(
        [
          [0, 1],
          [1, 2],
        ],
        claim(7),
      ),
    )
    expect(empty!.report).toMatchObject({ outcome: 'pass' })
    expect(empty!.report.remarks).toEqual(['what it is about never happens'])
    expect(
      check(
        arrows(
          [
            [0, 1],
            [1, 2],
          ],
          claim(1),
        ),
      )[0]!.report.remarks,
    ).toBeUndefined()
    // Where the answer is already there, too.
    expect(
      check(
        arrows(
          [
            [0, 1],
            [1, 2],
          ],
          claim(2),
        ),
      )[0]!.report.remarks,
    ).toBeUndefined()
  })

  it('is judged with as many states in a row as there are', () => {
    const length = 20_000
    const ring = model({
      state: { at: int(0, length - 1) },
      actions: { step: { then: (s) => (s.at = (s.at + 1) % length) } },
      sometimes: {},
      fairness: [weak('step')],
      properties: {
        'comes by the end': { alwaysEventually: (s) => s.at === length - 1 },
        'stays in the second half': { eventuallyAlways: (s) => s.at >= length / 2 },
      },
    })
    const results = check(ring)
    expect(results.map((result) => result.report.outcome)).toEqual(['pass', 'fail'])
    expect(results[1]!.violation!.trace.length).toBe(length + 1)
  })

  it('can be looked at alone, and does not pass when not all was searched', () => {
    const machine = arrows([[0, 1]], {
      one: { eventually: (s: { at: number }) => s.at === 1 },
      two: { eventually: (s: { at: number }) => s.at === 2 },
    })
    const names = check(machine, { only: ['two'] }).map((result) => result.report.name)
    expect(names).toEqual(['two'])
    const partly = check(machine, { complete: false }).map((result) => result.report.outcome)
    expect(partly).toEqual(['unknown', 'fail'])
  })

  it('is unknown when there is not enough memory for the steps', () => {
    const machine = arrows([[0, 1]], { one: { eventually: (s: { at: number }) => s.at === 1 } })
    const [result] = check(machine, { meter: new Meter({ bytes: 100 }) })
    expect(result!.report.outcome).toBe('unknown')
    expect(result!.report.remarks![0]).toMatch(/memory, 100, was reached/)
  })

  it('is part of what is said about a model', async () => {
    const machine = arrows([[0, 1]], {
      one: { eventually: (s: { at: number }) => s.at === 1 },
      two: { eventually: (s: { at: number }) => s.at === 2 },
    })
    const found = await explore({ ...machine, ends: 'anywhere' } as AnyModel)
    expect(found.outcome).toBe('fail')
    expect(found.properties?.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['one', 'pass'],
      ['two', 'fail'],
    ])
    expect(found.violations.map(({ kind, name, loop }) => [kind, name, loop])).toEqual([
      ['property', 'two', 1],
    ])
  })

  it('refuses promises about actions that there are not, and ranges that change', () => {
    const promise = arrows([[0, 1]], { one: { eventually: () => true } }, [weak('0to2')])
    expect(() => check(promise)).toThrow(UserError)
    expect(() => check(promise)).toThrow(/'0to2'/)
    const range = arrows([[0, 1]], { one: { for: [() => [1]], eventually: () => true } })
    expect(() => check(range)).toThrow(/'one' ranges over what changes/)
  })
})
