import type { Budget } from '../src/core/budget.ts'
import { Meter } from '../src/core/budget.ts'
import type { Problem } from '../src/core/engine.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Decided } from '../src/linearize/decide.ts'
import { decide, decideFast, decideWith, engineNamed } from '../src/linearize/decide.ts'
import type { Part } from '../src/linearize/parts.ts'
import { partsByKey, splitFurther } from '../src/linearize/parts.ts'
import { canSearchInWorkers, searchInWorkers } from './search-in-workers.ts'

export interface DecideOptions {
  readonly initial?: Json
  readonly budget?: Budget
  /** The name of one engine to use and no other. */
  readonly engine?: string
}

/** A part of a history with the answer for it. */
export interface DecidedPart extends Decided {
  readonly part: Part
}

/**
 * Is the history linearizable? Only the answer, without evidence made for people, and no more parts
 * than needed: the first one without an order ends it. This is what the benches compare with
 * others.
 */
export function decideParts(
  operations: readonly Operation[],
  model: Model,
  options: DecideOptions = {},
): readonly DecidedPart[] {
  const meter = new Meter(options.budget)
  const rounds = new Rounds(model, options, meter)
  const first = rounds.zero(operations, isFailure)
  if (first.decided.some(isFailure)) return first.decided
  const second = rounds.one(first.open)
  const decided = [...first.decided, ...second.decided]
  return decided.some(isFailure) ? decided : [...decided, ...rounds.two(second.open)]
}

/**
 * The same for every part, so that each failing one is found; only those that turn out to be hard
 * are left alone once another has failed, and otherwise they are searched side by side.
 */
export async function decideEveryPart(
  operations: readonly Operation[],
  model: Model,
  options: DecideOptions,
): Promise<readonly DecidedPart[]> {
  const meter = new Meter(options.budget)
  const rounds = new Rounds(model, options, meter)
  const first = rounds.zero(operations)
  const second = rounds.one(first.open, first.decided.some(isFailure))
  const decided = [...first.decided, ...second.decided]
  const hard = decided.some(isFailure) ? [] : second.open
  if (options.engine !== undefined || !canSearchInWorkers(hard.length, model)) {
    return [...decided, ...rounds.two(hard)]
  }
  const problems = hard.map((part) => part.problem)
  const answers = await searchInWorkers(problems, meter.rest)
  return [...decided, ...hard.map((part, rank) => ({ part, ...answers[rank]! }))]
}

function isFailure({ decision }: DecidedPart): boolean {
  return decision.outcome === 'fail'
}

/** What came of a round: answers, and parts that are left for the next. */
interface Round {
  readonly decided: readonly DecidedPart[]
  readonly open: readonly Part[]
}

/**
 * In the first round of searching each part gets this many steps, so that none keeps the others
 * waiting; and this many once another part has failed, when the outcome is known.
 */
const STEPS_OF_ROUND_ONE = 100_000
const STEPS_AFTER_FAILURE = 5_000

class Rounds {
  readonly #model: Model
  readonly #options: DecideOptions
  readonly #meter: Meter

  constructor(model: Model, options: DecideOptions, meter: Meter) {
    this.#model = model
    this.#options = options
    this.#meter = meter
  }

  /** Only the model's own engines. What they leave is cut further where it can be. */
  zero(operations: readonly Operation[], isEnough = (_: DecidedPart) => false): Round {
    const { initial, engine } = this.#options
    const start = initial === undefined ? this.#model.initial() : this.#model.initial(initial)
    const parts = partsByKey(this.#model, start, operations)
    if (engine !== undefined) return { decided: [], open: parts }
    const decided: DecidedPart[] = []
    const open: Part[] = []
    for (const part of parts) {
      const answer = decideFast(part.problem, new Meter(this.#meter.rest))
      if (answer === undefined) open.push(...(splitFurther(part) ?? [part]))
      else decided.push({ part, ...answer })
      if (answer !== undefined && isEnough({ part, ...answer })) break
    }
    return { decided, open }
  }

  one(parts: readonly Part[], failed = false): Round {
    const decided: DecidedPart[] = []
    const open: Part[] = []
    for (const part of parts) {
      const { rest } = this.#meter
      const steps = rest.steps ?? Infinity
      const few = failed ? STEPS_AFTER_FAILURE : STEPS_OF_ROUND_ONE
      const limit = parts.length === 1 && !failed ? steps : Math.min(steps, few)
      const answer = this.#decide(part, { ...rest, steps: limit })
      const { decision } = answer
      const ranOut = decision.outcome === 'unknown' && decision.hit.bound === 'steps'
      if (ranOut && this.#meter.look()) open.push(part)
      else decided.push(answer)
    }
    return { decided, open }
  }

  /** Each of the hard parts gets an equal share of what is left of the budget. */
  two(parts: readonly Part[]): readonly DecidedPart[] {
    return parts.map((part, rank) =>
      this.#decide(part, shareOf(this.#meter.rest, parts.length - rank)),
    )
  }

  #decide(part: Part, budget: Budget): DecidedPart {
    const meter = new Meter(budget)
    const answer = decideOne(part.problem, meter, this.#options)
    this.#meter.step(meter.steps)
    return { part, ...answer }
  }
}

function decideOne(problem: Problem, meter: Meter, { engine }: DecideOptions): Decided {
  if (engine === undefined) return decide(problem, meter)
  return decideWith(engineNamed(engine, problem.model), problem, meter)
}

function shareOf({ seconds = Infinity, steps = Infinity, ...rest }: Budget, parts: number): Budget {
  return { ...rest, seconds: seconds / parts, steps: Math.ceil(steps / parts) }
}
