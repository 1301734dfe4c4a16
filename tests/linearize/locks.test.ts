import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'
import {
  lockSections,
  mutexPermits,
  mutexProblem,
  ownedLockProblem,
  semaphorePermits,
  semaphoreProblem,
} from './lock-cases.ts'

describe('locks', () => {
  it('mutex agrees with the definition on random histories', () => {
    console.log(fuzz(mutexPermits, mutexProblem, 10_000, 1))
    console.log(fuzz(semaphorePermits, semaphoreProblem, 10_000, 1))
    console.log(fuzz(lockSections, ownedLockProblem, 10_000, 1))
    expect(1).toBe(1)
  })
})
