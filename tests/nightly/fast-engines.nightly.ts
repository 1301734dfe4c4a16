import { describe, expect, it } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import { justInTime } from '../../src/linearize/just-in-time.ts'
import { faultIn } from '../oracle/replay.ts'
import { fuzz } from '../linearize/fuzz.ts'
import * as locks from '../linearize/lock-cases.ts'
import * as orders from '../linearize/order-cases.ts'
import * as registers from '../linearize/register-cases.ts'

const CASES = 1_000_000

/** Other seeds than those of the fast tests. */
const SEED = 1_000_000

describe('a million random histories agree with the definition', () => {
  it.each([
    ['registers', registers.zones, registers.registerProblem],
    ['mutexes', locks.mutexPermits, locks.mutexProblem],
    ['semaphores', locks.semaphorePermits, locks.semaphoreProblem],
    ['locks with owners', locks.lockSections, locks.ownedLockProblem],
    ['sums', orders.sums, orders.sumProblem],
    ['logs', orders.logs, orders.logProblem],
    ['sets of elements', orders.sets, orders.elementsProblem],
    ['sets that grow', orders.sets, orders.growingProblem],
  ] as const)('%s', (_, engine, problemOf) => {
    const { pass, fail, undecided } = fuzz(engine, problemOf, CASES, SEED)
    expect(pass).toBeGreaterThan(CASES / 5)
    expect(fail).toBeGreaterThan(CASES / 6)
    expect(undecided).toBeLessThan(CASES / 10)
  })
})

describe('large registers', () => {
  it('agree with the general search', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const problem = registers.manyOnRegister(seeded(seed), 500)
      const decision = registers.zones.decide(problem, new Meter())
      const general = justInTime.decide(problem, new Meter({ steps: 5_000_000 }))
      if (general?.outcome === 'unknown') continue
      expect({ seed, outcome: decision?.outcome }).toEqual({ seed, outcome: general?.outcome })
      if (decision?.outcome === 'pass') expect(faultIn(decision.order, problem)).toBeUndefined()
    }
  })
})
