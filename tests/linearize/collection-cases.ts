import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Random } from '../../src/core/random.ts'
import { randomProblem } from '../oracle/random-problem.ts'

/** How a collection calls its operations. */
export interface Names {
  readonly insert: string
  readonly remove: string
  readonly peek: string
}

/**
 * Random small histories of a collection with unique values: with many answers 'empty', peeks,
 * values that nobody removes, initial values, unknown outcomes, and wrong answers in most.
 */
export function collectionProblem(model: Model, names: Names) {
  return (random: Random): Problem => {
    const initial: Json[] = random.chance(1, 8) ? [100, 101].slice(random.int(0, 1)) : []
    const insertions = random.int(25, 65)
    const peeks = random.pick([0, 0, 15, 35])
    const crashes = random.pick([0, 0, 12, 30])
    const order = random.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const problem = randomProblem(random, {
      model,
      initial,
      operations: random.pick([6, 9, 10]),
      clients: random.pick([2, 2, 3, 4]),
      crashes,
      call: (draw, n) => {
        if (draw.int(1, 100) <= insertions) return { f: names.insert, value: order[n] ?? n + 1 }
        return { f: draw.int(1, 100) <= peeks ? names.peek : names.remove, value: null }
      },
    })
    let result = problem
    for (let wrong = random.pick([0, 1, 2, 3, 4]); wrong > 0; wrong--) {
      result = corrupted(random, result, names)
    }
    return result
  }
}

/** Changes an answer, mostly to a value that was inserted and that nobody else got. */
function corrupted(random: Random, problem: Problem, names: Names): Problem {
  const operations = problem.operations.map((operation) => ({ ...operation }))
  const looks = operations.filter((op) => op.f !== names.insert && op.result !== undefined)
  if (looks.length === 0) return problem
  const one = random.pick(looks)
  const other = random.pick(looks)
  if (random.chance(1, 3)) {
    const result = one.result
    Object.assign(one, { result: other.result })
    Object.assign(other, { result })
  } else {
    const inserted = operations.filter((op) => op.f === names.insert).map((op) => op.value)
    const removed = looks.filter((op) => op.f === names.remove).map((op) => op.result)
    const free = inserted.filter((value) => !removed.includes(value))
    const pool = random.chance(1, 2) && free.length > 0 ? free : [null, ...free]
    Object.assign(one, { result: random.pick(pool) })
  }
  return { ...problem, operations }
}
