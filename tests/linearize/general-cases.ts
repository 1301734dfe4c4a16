import type { Problem } from '../../src/core/engine.ts'
import type { Model } from '../../src/core/model.ts'
import type { Random } from '../../src/core/random.ts'
import { acknowledged, anything, nothing } from '../../src/core/shape.ts'
import { modelCalls } from '../checkers/model-calls.ts'
import { randomProblem } from '../oracle/random-problem.ts'

/** A register that may lose a write, or answer a read with `lost`: an object with several outcomes. */
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

/** A random problem of any model, legal or not, with crashes. The fast engines are taken off. */
export function anyProblem(random: Random): Problem {
  const { model, call, wrong, initials } = random.pick([...modelCalls, lossy])
  const initial = random.pick(initials)
  return randomProblem(random, {
    model: { ...model, engines: [] },
    ...(initial === undefined ? {} : { initial }),
    operations: 10,
    clients: random.int(1, 5),
    crashes: random.pick([0, 10, 40]),
    call,
    corrupt: (of, operation) => wrong(of, operation.f, operation.result),
  })
}
