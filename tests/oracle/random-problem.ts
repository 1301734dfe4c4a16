import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'

export interface RandomProblemOptions {
  readonly model: Model
  readonly initial?: Json
  /** At most this many operations. */
  readonly operations: number
  readonly clients: number
  /** A call for the n-th operation. */
  readonly call: (random: Random, n: number) => { f: string; value: Json }
  /** Unknown outcomes per hundred operations. */
  readonly crashes?: number
  /**
   * A wrong answer to put in the place of `result`; the history may then be illegal, or still
   * legal.
   */
  readonly corrupt?: (random: Random, operation: Operation) => Json
}

/**
 * A small concurrent run of the model: every operation takes effect at a random moment between its
 * call and its return, so the result is linearizable; `corrupt` changes an answer in half of the
 * cases.
 */
export function randomProblem(random: Random, options: RandomProblemOptions): Problem {
  const { model, clients } = options
  const initial = options.initial === undefined ? model.initial() : model.initial(options.initial)
  const total = random.int(1, options.operations)
  type Open = { -readonly [Name in keyof Operation]: Operation[Name] } & {
    happened: boolean
    crash: boolean
  }
  const operations: Open[] = []
  const open: (Open | undefined)[] = Array.from({ length: clients }, () => undefined)
  const names = Array.from({ length: clients }, (_, client) => client)
  let nextName = clients
  let state = initial
  let position = 0

  const happen = (op: Open): void => {
    const steps = model.step(state, op)
    op.happened = true
    if (steps.length === 0) {
      op.crash = true
      return
    }
    const step = random.pick(steps)
    state = step.state
    op.result = step.result
  }
  while (operations.length < total || open.some((op) => op !== undefined)) {
    const client = random.int(0, clients - 1)
    const op = open[client]
    if (op === undefined) {
      if (operations.length >= total) continue
      const { f, value } = options.call(random, operations.length)
      const crash = random.int(1, 100) <= (options.crashes ?? 0)
      const process = names[client] as number
      const created: Open = {
        id: operations.length,
        process,
        f,
        key: undefined,
        value,
        result: undefined,
        called: position++,
        returned: Infinity,
        calledAt: undefined,
        returnedAt: undefined,
        happened: false,
        crash,
      }
      operations.push(created)
      open[client] = created
    } else if (!op.happened && random.chance(2, 3)) {
      if (op.crash && random.chance(1, 2)) op.happened = true
      else happen(op)
    } else if (op.happened) {
      open[client] = undefined
      if (op.crash) {
        op.result = undefined
        names[client] = nextName++
      } else op.returned = position++
    }
  }
  const answered = operations.filter((op) => !op.crash)
  if (options.corrupt !== undefined && answered.length > 0 && random.chance(1, 2)) {
    const op = random.pick(answered)
    op.result = options.corrupt(random, op)
  }
  return {
    model,
    initial,
    operations: operations.map(({ happened: _, crash: __, ...op }) => op),
  }
}
