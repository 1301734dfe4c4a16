import type { Problem } from '../../src/core/engine.ts'
import type { Model } from '../../src/core/model.ts'
import type { Random } from '../../src/core/random.ts'
import { acknowledged, anything, nothing } from '../../src/core/shape.ts'
import type { ModelCalls } from '../checkers/model-calls.ts'
import { modelCalls } from '../checkers/model-calls.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { answered, exchanged, hurried } from './fuzz.ts'

/**
 * A register that may lose a write, or answer a read with `lost`: an object with several outcomes.
 */
export const lossyRegister: Model = {
  name: 'lossy-register',
  summary: 'a register that may lose writes',
  operations: {
    read: { value: nothing, result: anything, observes: true },
    write: { value: anything, result: acknowledged },
  },
  initial: (value = 0) => value,
  step: (state, { f, value }) =>
    f === 'read'
      ? [{ state, result: state }]
      : [
          { state: value, result: null },
          { state, result: null },
        ],
}

const lossy = {
  model: lossyRegister,
  call: (random: Random) =>
    random.chance(1, 2) ? { f: 'read', value: null } : { f: 'write', value: random.int(1, 3) },
  wrong: (random: Random) => random.int(0, 3),
  initials: [undefined, 1],
}

/**
 * A random problem of any model, legal or not in comparable number, with crashes and now and then
 * with events at the same position. The fast engines are taken off.
 */
export function anyProblem(random: Random): Problem {
  const { model, call, wrong, initials } = random.pick([...modelCalls, lossy])
  const clients = random.int(1, 5)
  const crashes = random.pick([0, 10, 40])
  // Drawn late: the parity of a seed's second draw goes by that of its first, and so by the model.
  const initial = random.pick(initials)
  const problem = randomProblem(random, {
    model: { ...model, engines: [] },
    ...(initial === undefined ? {} : { initial }),
    operations: 12,
    clients,
    crashes,
    call,
    corrupt: (of, operation) => wrong(of, operation.f, operation.result),
  })
  return withTies(random, spoiled(random, problem, wrong))
}

/** Mostly: shorter intervals, unknown outcomes answered, answers of other calls, wrong ones. */
function spoiled(random: Random, problem: Problem, wrong: ModelCalls['wrong']): Problem {
  if (random.chance(1, 4)) return problem
  let result = random.chance(1, 3) ? problem : hurried(random, problem)
  if (random.chance(1, 2) && onlyAcknowledges(problem)) result = answered(random, result)
  if (random.chance(1, 2)) result = exchanged(random, result)
  if (random.chance(1, 3)) return result
  const operations = result.operations.map((op) =>
    op.result !== undefined && op.result !== null && random.chance(1, 3)
      ? { ...op, result: wrong(random, op.f, op.result) }
      : op,
  )
  return { ...result, operations }
}

/** True if what is unknown would have been answered `null`. */
function onlyAcknowledges({ model, operations }: Problem): boolean {
  return operations.every(
    ({ f, result }) => result !== undefined || model.operations[f]?.result === acknowledged,
  )
}

/** In one of six problems neighbouring events are at the same position, so intervals touch. */
function withTies(random: Random, problem: Problem): Problem {
  if (random.chance(5, 6)) return problem
  const operations = problem.operations.map((op) => ({
    ...op,
    called: op.called >> 1,
    returned: op.returned === Infinity ? Infinity : op.returned >> 1,
  }))
  return { ...problem, operations }
}
