import { fetchAndAdd } from '../../checkers/models/fetch-and-add.ts'
import { log } from '../../checkers/models/log.ts'
import { set } from '../../checkers/models/set.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Random } from '../../src/core/random.ts'
import { appendLog } from '../../src/linearize/append-log.ts'
import { fetchAndAddOrder } from '../../src/linearize/fetch-and-add.ts'
import { setElements } from '../../src/linearize/set-elements.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { exchanged, hurried } from './fuzz.ts'

export const sums = fetchAndAddOrder({ fetchAndAdd: ['fetch-and-add'], read: ['read'] })
export const logs = appendLog({ append: ['append'], read: ['read'] })
export const sets = setElements({
  add: ['add'],
  remove: ['remove'],
  contains: ['contains'],
  read: ['read'],
})

/** In shorter intervals, or with answers exchanged, or both, or as it is. */
function sometimesSpoilt(random: Random, problem: Problem): Problem {
  const spoilt = random.chance(1, 2) ? exchanged(random, problem) : problem
  return random.chance(1, 3) ? spoilt : hurried(random, spoilt)
}

export function sumProblem(random: Random): Problem {
  const increments = random.pick([[1], [1], [2], [0, 1], [1, 2], [3, 0, 2]])
  const problem = randomProblem(random, {
    model: fetchAndAdd,
    initial: random.pick([0, 5, -3]),
    operations: 8,
    clients: random.int(2, 4),
    crashes: random.pick([0, 20, 40]),
    call: (random) =>
      random.chance(1, 3)
        ? { f: 'read', value: null }
        : { f: 'fetch-and-add', value: random.pick(increments) },
    corrupt: (random, { result }) => (result as number) + random.pick([-2, -1, 1, 2]),
  })
  return sometimesSpoilt(random, problem)
}

export function logProblem(random: Random): Problem {
  const initial: Json = random.chance(1, 4) ? ['first'] : []
  const repeats = random.chance(1, 6)
  const problem = randomProblem(random, {
    model: log,
    initial,
    operations: 8,
    clients: random.int(2, 4),
    crashes: random.pick([0, 20, 40]),
    call: (random, n) =>
      random.chance(1, 2)
        ? { f: 'read', value: null }
        : {
            f: 'append',
            value: repeats ? random.int(0, 5) : random.pick<Json>([n, String(n), [n]]),
          },
    corrupt: (random, { f, result }) => {
      if (f !== 'read') return null
      const list = result as readonly Json[]
      if (random.chance(1, 3)) return random.shuffle(list)
      return random.chance(1, 2) ? list.slice(0, -1) : [...list, random.int(0, 9)]
    },
  })
  return sometimesSpoilt(random, problem)
}

/** Without reads of the whole; elements come and go, mostly once. */
export function elementsProblem(random: Random): Problem {
  const names = random.pick([['add'], ['add', 'remove'], ['add', 'remove'], ['remove']])
  const once = random.chance(5, 6)
  const used = new Set<string>()
  const problem = randomProblem(random, {
    model: set,
    initial: random.pick<Json>([[], [], [1], [0, 1]]),
    operations: random.int(2, 8),
    clients: random.int(2, 4),
    crashes: random.pick([0, 20, 40]),
    call: (random) => {
      const value = random.int(0, 1)
      const f = random.pick(names)
      const key = `${f} ${value}`
      if (random.chance(1, 2) || (once && names.length > 1 && used.has(key))) {
        return { f: 'contains', value }
      }
      used.add(key)
      return { f, value }
    },
    corrupt: (_, { result }) => (typeof result === 'boolean' ? !result : null),
  })
  return sometimesSpoilt(random, problem)
}

export function growingProblem(random: Random): Problem {
  const domain = random.int(1, 4)
  const problem = randomProblem(random, {
    model: set,
    initial: random.pick<Json>([[], [], [1], [0, 1]]),
    operations: random.int(2, 8),
    clients: random.int(2, 4),
    crashes: random.pick([0, 20, 40]),
    call: (random) => {
      const f = random.pick(['add', 'add', 'contains', 'read', 'read'])
      return { f, value: f === 'read' ? null : random.int(0, domain) }
    },
    corrupt: (random, { result }) => {
      if (typeof result === 'boolean') return !result
      if (!Array.isArray(result)) return null
      const list = result as readonly Json[]
      return random.chance(1, 2) ? list.slice(1) : [...list, random.int(0, domain)]
    },
  })
  return sometimesSpoilt(random, problem)
}
