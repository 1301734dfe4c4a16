import { describe, expect, it } from 'vitest'
import { lock } from '../../checkers/models/lock.ts'
import { mutex } from '../../checkers/models/mutex.ts'
import { semaphore } from '../../checkers/models/semaphore.ts'
import { Meter } from '../../src/core/budget.ts'
import type { Engine } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { timeline } from '../../src/history/timeline.ts'
import { expectExact, fuzz } from './fuzz.ts'
import {
  lockSections,
  mutexPermits,
  mutexProblem,
  ownedLockProblem,
  semaphorePermits,
  semaphoreProblem,
} from './lock-cases.ts'

function outcome(engine: Engine, model: Model, drawing: string, initial?: Json): string {
  const { operations } = timeline(drawing)
  const problem = { model, initial: model.initial(initial), operations }
  const decision = engine.decide(problem, new Meter())
  expectExact(problem, decision)
  return decision?.outcome ?? 'not for me'
}

describe('the engine for locks that anybody may release', () => {
  const ofMutex = (drawing: string, initial?: Json) =>
    outcome(mutexPermits, mutex, drawing, initial)

  it.each([
    ['mutexes', mutexPermits, mutexProblem],
    ['semaphores', semaphorePermits, semaphoreProblem],
  ] as const)('agrees with the definition on random %s', (_, engine, problemOf) => {
    const { pass, fail, undecided } = fuzz(engine, problemOf, 10_000, 1)
    expect(pass).toBeGreaterThan(5000)
    expect(fail).toBeGreaterThan(2000)
    expect(undecided).toBe(0)
  })

  it('lets one client hold it and another release it', () => {
    expect(ofMutex('a: [acquire]            [acquire]\nb:           [release]')).toBe('pass')
    expect(ofMutex('a: [acquire]\nb:           [acquire]')).toBe('fail')
    expect(ofMutex('a: [release]')).toBe('fail')
    expect(ofMutex('a: [release]', true)).toBe('pass')
  })

  it('uses what may have happened only where it must', () => {
    expect(ofMutex('a: [acquire] [release\nb:                     [acquire]')).toBe('pass')
    expect(ofMutex('a: [acquire] [release\nb:                     [acquire] [acquire]')).toBe(
      'fail',
    )
    expect(ofMutex('a: [acquire\nb:           [acquire] [release] [acquire]')).toBe('pass')
  })

  it('counts permits', () => {
    const drawing = 'a: [acquire]\nb: [acquire]\nc: [acquire]'
    expect(outcome(semaphorePermits, semaphore, drawing, 3)).toBe('pass')
    expect(outcome(semaphorePermits, semaphore, drawing, 2)).toBe('fail')
    expect(outcome(semaphorePermits, semaphore, 'a: [acquire] [release] [release]', 2)).toBe('fail')
  })
})

describe('the engine for locks with owners', () => {
  const ofLock = (drawing: string, initial?: Json) => outcome(lockSections, lock, drawing, initial)

  it('agrees with the definition on random histories', () => {
    const { pass, fail, undecided } = fuzz(lockSections, ownedLockProblem, 10_000, 1)
    expect(pass).toBeGreaterThan(3000)
    expect(fail).toBeGreaterThan(2500)
    expect(undecided).toBe(0)
  })

  it('refuses sections that overlap for certain', () => {
    expect(ofLock('a: [acquire]   [release]\nb:     [acquire]          [release]')).toBe('pass')
    expect(
      ofLock('a: [acquire]            [release]\nb:           [acquire]            [release]'),
    ).toBe('fail')
    expect(ofLock('a: [acquire]\nb:           [release]')).toBe('fail')
  })

  it('knows that clients that never release it keep it', () => {
    expect(ofLock('a:           [acquire]\nb: [acquire] [release]')).toBe('pass')
    expect(ofLock('a: [acquire]\nb: [acquire]')).toBe('fail')
    expect(ofLock('a: [acquire] [release\nb:             [acquire]')).toBe('pass')
    expect(ofLock('a: [acquire\nb:   [acquire]')).toBe('pass')
  })

  it('begins with whoever holds it', () => {
    expect(ofLock('a: [acquire]', 'b')).toBe('fail')
    expect(ofLock('b: [release]\na: [acquire]', 'b')).toBe('pass')
    expect(ofLock('b:           [release]\na: [acquire]', 'b')).toBe('fail')
  })

  it('leaves clients that do two things at a time to others', () => {
    const { operations } = timeline('a: [acquire     ]\nb:   [release]')
    // What b did was done by a as well.
    const ofOne = operations.map((op) => ({ ...op, process: 'a' }))
    const problem = { model: lock, initial: null, operations: ofOne }
    expect(lockSections.decide(problem, new Meter())).toBeUndefined()
  })
})
