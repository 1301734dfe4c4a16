import { casRegister } from '../../checkers/models/cas-register.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Random } from '../../src/core/random.ts'
import { registerZones } from '../../src/linearize/register-zones.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { nth } from './fuzz.ts'

export const registerNames = { read: ['read'], write: ['write'], cas: ['cas'] }
export const zones = registerZones(registerNames)

/**
 * Registers on which nearly all values are written once: reads, writes, chains of
 * compare-and-sets.
 */
export function registerProblem(random: Random): Problem {
  const problem = run(random)
  return random.chance(1, 3) ? withOldReads(random, problem) : problem
}

function run(random: Random): Problem {
  const chains = random.chance(1, 2)
  const refusals = random.chance(1, 4)
  const repeats = random.chance(1, 6)
  const strings = random.chance(1, 3)
  // `"3"` beside `3` shows mistakes in telling values apart.
  const value = (n: number): Json => (strings && n % 2 === 0 ? String(n + 1) : n)
  // Written values begin at 2, so that 0 and 1 are there only if they are the initial value.
  const fresh = (n: number): Json => value(repeats ? random.int(0, n + 2) : n + 2)
  return randomProblem(random, {
    model: casRegister,
    initial: random.pick<Json>([null, 0]),
    operations: random.int(2, 9),
    clients: random.int(2, 4),
    crashes: random.pick([0, 15, 40]),
    call: (random, n) => {
      if (random.chance(1, 2)) return { f: 'read', value: null }
      if (!chains || random.chance(1, 3)) return { f: 'write', value: fresh(n) }
      const from = random.chance(1, 8) ? null : value(random.int(2, n + 2))
      return { f: 'cas', value: [from, random.chance(1, 10) ? from : fresh(n)] }
    },
    corrupt: (random, { f, result }) => {
      if (f === 'write') return null
      if (f === 'cas') return refusals && result === true ? false : true
      return random.chance(1, 8) ? null : value(random.int(2, 9))
    },
  })
}

/**
 * Some reads return what was there, or was just being written, at any time before they returned.
 */
export function withOldReads(random: Random, problem: Problem): Problem {
  const operations = problem.operations.map((op) => {
    if (op.f !== 'read' || op.result === undefined || random.chance(1, 2)) return op
    const written = problem.operations
      .filter(({ f, called }) => f !== 'read' && called < op.returned)
      .map(({ value }) => (Array.isArray(value) ? nth(value as readonly Json[], 1) : value))
    return { ...op, result: random.pick([problem.initial, ...written]) }
  })
  return { ...problem, operations }
}

/** A long history of a busy register, in one of three cases with a read of an old value. */
export function manyOnRegister(random: Random, operations: number): Problem {
  const chains = random.chance(1, 2)
  let last = 0
  const problem = randomProblem(random, {
    model: casRegister,
    operations,
    clients: random.int(2, 5),
    crashes: random.int(0, 3),
    call: (random, n) => {
      if (random.chance(1, 2)) return { f: 'read', value: null }
      const from = last
      last = n + 1
      return chains && random.chance(1, 2)
        ? { f: 'cas', value: [from, last] }
        : { f: 'write', value: last }
    },
  })
  const kept = problem.operations.filter(({ f, result }) => f !== 'cas' || result !== false)
  const reads = kept.flatMap(({ f, result }, at) =>
    f === 'read' && result !== undefined ? [at] : [],
  )
  if (reads.length < 2 || random.chance(1, 2)) return { ...problem, operations: kept }
  const [from, to] = [random.pick(reads), random.pick(reads)].sort((a, b) => a - b) as [
    number,
    number,
  ]
  const value = nth(kept, from).result
  return {
    ...problem,
    operations: kept.map((op, at) => (at === to ? { ...op, result: value } : op)),
  }
}
