import { lock } from '../../checkers/models/lock.ts'
import { mutex } from '../../checkers/models/mutex.ts'
import { semaphore } from '../../checkers/models/semaphore.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Process } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import { lockAlternation } from '../../src/linearize/lock-alternation.ts'
import { permits } from '../../src/linearize/permits.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { answered, hurried } from './fuzz.ts'

const names = { acquire: ['acquire'], release: ['release'] }
export const mutexPermits = permits(names, (taken) => [taken === true ? 0 : 1, 1])
export const semaphorePermits = permits(names, (state) => state as readonly [number, number])
export const lockSections = lockAlternation(names, (state) => state as Process | null)

function lockProblem(random: Random, model: Problem['model'], initial: Json): Problem {
  const problem = randomProblem(random, {
    model,
    initial,
    operations: 8,
    clients: random.int(2, 4),
    crashes: random.pick([0, 0, 20]),
    call: (random, n) => ({
      f: n % 2 === random.int(0, 4) % 2 ? 'acquire' : 'release',
      value: null,
    }),
  })
  if (random.chance(1, 4)) return hurried(random, problem)
  if (random.chance(1, 3)) return answered(random, problem)
  return random.chance(1, 6) ? problem : oneExchanged(random, problem)
}

/** One acquire becomes a release, or the other way round. */
function oneExchanged(random: Random, problem: Problem): Problem {
  const at = random.int(0, problem.operations.length - 1)
  const operations = problem.operations.map((op, index) => {
    if (index !== at) return op
    return { ...op, f: op.f === 'acquire' ? 'release' : 'acquire' }
  })
  return { ...problem, operations }
}

export const mutexProblem = (random: Random): Problem =>
  lockProblem(random, mutex, random.chance(1, 5))

export const semaphoreProblem = (random: Random): Problem =>
  lockProblem(random, semaphore, random.int(1, 3))

export const ownedLockProblem = (random: Random): Problem =>
  lockProblem(random, lock, random.pick<Json>([null, null, 0, 'somebody']))
