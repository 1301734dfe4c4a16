import { describe, expect, it } from 'vitest'
import { inferModel, modelNamed, models, validate } from '../../checkers/models/index.ts'
import type { Problem } from '../../src/core/engine.ts'
import { canonical, sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Call, Model } from '../../src/core/model.ts'
import { normalResult } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import { seeded } from '../../src/core/random.ts'
import { UserError } from '../../src/core/user-error.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { modelCalls } from './model-calls.ts'
import type { ModelCalls } from './model-calls.ts'
import { historyOf } from './register-twins.ts'

type Said = readonly [f: string, value: Json, result: Json]

/**
 * Plays the calls one after the other; each must have the one answer that stands with it;
 * 'refused': none.
 */
function play(model: Model, said: readonly Said[], initial?: Json): Json {
  let state = initial === undefined ? model.initial() : model.initial(initial)
  for (const [f, value, result] of said) {
    const steps = model.step(state, { f, value, process: 0 })
    expect([f, value, steps.map((step) => step.result)]).toEqual([
      f,
      value,
      result === 'refused' ? [] : [result],
    ])
    state = steps[0]?.state ?? state
  }
  return state
}

const ack = null

describe('the models', () => {
  it('have a register that holds what was written last', () => {
    const model = modelNamed('register')
    play(model, [
      ['read', null, null],
      ['write', 1, ack],
      ['write', 2, ack],
      ['read', null, 2],
    ])
    play(model, [['read', null, 7]], 7)
  })

  it('have a register that can be changed on condition', () => {
    play(modelNamed('cas-register'), [
      ['cas', [null, 1], true],
      ['cas', [null, 2], false],
      ['cas', [1, { a: 1, b: 2 }], true],
      ['cas', [{ b: 2, a: 1 }, 3], true],
      ['read', null, 3],
    ])
  })

  it('have registers that are read and written together', () => {
    const model = modelNamed('multi-register')
    play(
      model,
      [
        [
          'txn',
          [['r', 'x'], ['w', 'x', 1], ['r', 'x', null]],
          [['read', 'x', null], ['write', 'x', 1], ['read', 'x', 1]],
        ],
        ['txn', [['read', 1], ['read', 'y', null]], [['read', 1, null], ['read', 'y', 5]]],
        [
          'txn',
          [['r', '__proto__'], ['w', '__proto__', 3]],
          [['read', '__proto__', null], ['write', '__proto__', 3]],
        ],
        [
          'txn',
          [['r', '__proto__'], ['r', 'toString']],
          [['read', '__proto__', 3], ['read', 'toString', null]],
        ],
      ],
      { y: 5 },
    ) // prettier-ignore
  })

  it('have a map of strings', () => {
    play(modelNamed('string-map'), [
      ['get', null, ''],
      ['append', 'a', ack],
      ['append', 'b', ack],
      ['get', null, 'ab'],
      ['put', 'c', ack],
      ['get', null, 'c'],
    ])
  })

  it('have a set', () => {
    const model = modelNamed('set')
    play(model, [
      ['contains', 1, false],
      ['add', 2, ack],
      ['add', 1, ack],
      ['add', 2, ack],
      ['contains', 2, true],
      ['contains', '2', false],
      ['read', null, [1, 2]],
      ['remove', 2, ack],
      ['remove', 2, ack],
      ['read', null, [1]],
    ])
    expect(model.initial([3, 1, 3])).toEqual([1, 3])
  })

  it('have a set that does not mind in which order it is listed', () => {
    const read = { f: 'read', value: null, result: ['b', 10, 9, 'a'] } as unknown as Operation
    const state = play(modelNamed('set'), [
      ['add', 'a', ack],
      ['add', 9, ack],
      ['add', 'b', ack],
      ['add', 10, ack],
    ])
    expect(sameJson(normalResult(modelNamed('set'), read), state)).toBe(true)
    const twice = { ...read, result: ['b', 10, 9, 'a', 'a'] }
    expect(sameJson(normalResult(modelNamed('set'), twice), state)).toBe(false)
  })

  it('have a queue, a stack and a priority queue', () => {
    play(modelNamed('queue'), [
      ['dequeue', null, null],
      ['enqueue', 1, ack],
      ['enqueue', 2, ack],
      ['peek', null, 1],
      ['dequeue', null, 1],
      ['dequeue', null, 2],
      ['peek', null, null],
    ])
    play(modelNamed('stack'), [
      ['pop', null, null],
      ['push', 1, ack],
      ['push', 2, ack],
      ['peek', null, 2],
      ['pop', null, 2],
      ['pop', null, 1],
      ['peek', null, null],
    ])
    play(modelNamed('priority-queue'), [
      ['extract-min', null, null],
      ['insert', 10, ack],
      ['insert', 9, ack],
      ['insert', 9, ack],
      ['find-min', null, 9],
      ['extract-min', null, 9],
      ['extract-min', null, 9],
      ['extract-min', null, 10],
      ['find-min', null, null],
    ])
    play(modelNamed('priority-queue'), [['find-min', null, 2]], [10, 2])
    play(modelNamed('queue'), [['dequeue', null, 10]], [10, 2])
    play(modelNamed('stack'), [['pop', null, 2]], [10, 2])
  })

  it('have sums', () => {
    play(modelNamed('counter'), [
      ['read', null, 0],
      ['add', 5, ack],
      ['add', -2, ack],
      ['read', null, 3],
    ])
    play(
      modelNamed('fetch-and-add'),
      [
        ['read', null, 4],
        ['fetch-and-add', 5, 4],
        ['fetch-and-add', 1, 9],
        ['read', null, 10],
      ],
      4,
    )
  })

  it('have a mutex that must be free to be acquired and taken to be released', () => {
    play(modelNamed('mutex'), [
      ['release', null, 'refused'],
      ['acquire', null, ack],
      ['acquire', null, 'refused'],
      ['release', null, ack],
      ['acquire', null, ack],
    ])
  })

  it('have a lock that only its holder may release', () => {
    const model = modelNamed('lock')
    const call = (f: string, process: number | string): Call => ({ f, value: null, process })
    expect(model.step(null, call('acquire', 1))).toEqual([{ state: 1, result: null }])
    expect(model.step(1, call('acquire', 1))).toEqual([])
    expect(model.step(1, call('acquire', 2))).toEqual([])
    expect(model.step(1, call('release', 2))).toEqual([])
    expect(model.step(1, call('release', '1'))).toEqual([])
    expect(model.step(null, call('release', 1))).toEqual([])
    expect(model.step(1, call('release', 1))).toEqual([{ state: null, result: null }])
  })

  it('have a semaphore with as many permits as it began with', () => {
    play(
      modelNamed('semaphore'),
      [
        ['release', null, 'refused'],
        ['acquire', null, ack],
        ['acquire', null, ack],
        ['acquire', null, 'refused'],
        ['release', null, ack],
        ['acquire', null, ack],
      ],
      2,
    )
  })

  it('have a log and a snapshot', () => {
    play(modelNamed('log'), [
      ['read', null, []],
      ['append', 2, ack],
      ['append', 1, ack],
      ['read', null, [2, 1]],
    ])
    play(modelNamed('snapshot'), [
      ['snapshot', null, {}],
      ['write', ['x', 1], ack],
      ['read', 'x', 1],
      ['read', 'constructor', null],
      ['write', ['__proto__', 2], ack],
      ['snapshot', null, Object.fromEntries([['x', 1], ['__proto__', 2]])], // prettier-ignore
      ['write', ['x', null], ack],
      ['read', 'x', null],
    ])
    const seen = { f: 'snapshot', value: null, result: { x: null, y: 2 } } as unknown as Operation
    expect(normalResult(modelNamed('snapshot'), seen)).toEqual({ y: 2 })
  })

  it('refuse to begin with what they cannot hold', () => {
    const bad: readonly (readonly [string, Json])[] = [
      ['multi-register', [1]],
      ['multi-register', null],
      ['string-map', 1],
      ['counter', '1'],
      ['counter', 1.5],
      ['set', 1],
      ['log', {}],
      ['queue', [1, null]],
      ['stack', null],
      ['priority-queue', [1, 'a']],
      ['fetch-and-add', null],
      ['mutex', 1],
      ['lock', [1]],
      ['semaphore', 0],
      ['semaphore', 1.5],
      ['snapshot', []],
      ['snapshot', 'x'],
    ]
    for (const [name, value] of bad) {
      expect(() => modelNamed(name).initial(value), `${name} ${JSON.stringify(value)}`).toThrow(
        UserError,
      )
    }
    expect(() => modelNamed('counter').initial('x'.repeat(1000))).toThrow(/^.{1,160}$/)
  })
})

const cases: readonly (readonly [string, ModelCalls])[] = modelCalls.map((c) => [c.model.name, c])

function drawProblem(calls: ModelCalls, seed: number, legal: boolean): Problem {
  const random = seeded(seed)
  const initial = random.pick(calls.initials)
  return randomProblem(random, {
    model: calls.model,
    ...(initial === undefined ? {} : { initial }),
    operations: 7,
    clients: 3,
    crashes: 15,
    call: calls.call,
    ...(legal ? {} : { corrupt: (r, { f, result }) => calls.wrong(r, f, result) }),
  })
}

describe.each(cases)('the model %s', (_, calls) => {
  const { model } = calls

  it('says that a call observes only if it never changes the state', () => {
    const random = seeded(1)
    let observed = 0
    for (let run = 0; run < 200; run++) {
      let state = model.initial(random.pick(calls.initials))
      for (let n = 0; n < 10; n++) {
        const call = { ...calls.call(random), process: random.int(0, 1) }
        const rule = model.operations[call.f]?.observes ?? false
        const before = canonical(state)
        for (const step of model.step(state, call)) {
          expect(canonical(state)).toBe(before)
          const observes = typeof rule === 'boolean' ? rule : rule(call.value, step.result)
          if (observes) {
            observed++
            expect(canonical(step.state)).toBe(before)
          }
          state = step.state
        }
      }
    }
    const canObserve = Object.values(model.operations).some((shape) => shape.observes !== undefined)
    expect(observed > 0).toBe(canObserve)
  })

  it('accepts its own calls and answers, and is what they are inferred to be or simpler', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { operations } = drawProblem(calls, seed, true)
      validate(model, historyOf(operations))
      expect(models.indexOf(inferModel(operations))).toBeLessThanOrEqual(models.indexOf(model))
    }
  })

  it('stays legal when values are left out', () => {
    const random = seeded(7)
    let smaller = 0
    for (let seed = 0; seed < 400; seed++) {
      const problem = drawProblem(calls, seed, true)
      const left = leaveOutValues(problem, (n) => random.chance(1, n))
      if (left === undefined) continue
      smaller++
      const text = JSON.stringify([problem.initial, problem.operations, left])
      expect(isLinearizable({ ...problem, operations: left }), text).toBe(true)
    }
    expect(smaller > 100).toBe(model.touches !== undefined)
  })

  it('is legal exactly if each of its parts is', () => {
    if (model.part === undefined) return
    const seen = { true: 0, false: 0 }
    for (let seed = 0; seed < 1200; seed++) {
      const problem = drawProblem(calls, seed, false)
      const parts = partsOf(problem)
      if (parts === undefined || parts.length < 2) continue
      const whole = isLinearizable(problem)
      seen[`${whole}`]++
      expect(parts.every((part) => isLinearizable(part))).toBe(whole)
    }
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(5)
  })
})

/**
 * What is left without some values that are not there at the beginning, as counterexamples are made
 * small.
 */
function leaveOutValues(
  { model, initial, operations }: Problem,
  chance: (n: number) => boolean,
): readonly Operation[] | undefined {
  if (model.touches === undefined) return undefined
  const fixed = new Set(model.values?.(initial).map(canonical))
  const gone = new Map<string, boolean>()
  const isGone = (value: Json) => {
    const text = canonical(value)
    if (!gone.has(text)) gone.set(text, !fixed.has(text) && chance(2))
    return gone.get(text) === true
  }
  const left = operations.flatMap((operation) => {
    const touched = model.touches?.(operation)
    if (touched === undefined) {
      expect(operation.result).toBeDefined()
      return []
    }
    const missing = touched.filter(isGone).length
    if (missing === 0) return [operation]
    if (missing === touched.length) return []
    const rest = model.without?.(operation, isGone)
    return rest === undefined ? [] : [rest]
  })
  return left.length === operations.length && left.every((op, i) => op === operations[i])
    ? undefined
    : left
}

function partsOf(problem: Problem): Problem[] | undefined {
  const parts = new Map<string, Operation[]>()
  for (const operation of problem.operations) {
    const part = problem.model.part?.(operation)
    if (part === undefined) return undefined
    const text = canonical(part)
    parts.set(text, [...(parts.get(text) ?? []), operation])
  }
  return [...parts.values()].map((operations) => ({ ...problem, operations }))
}
