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
 * Is each part of the history linearizable? Only the answers, without evidence made for people: this
 * is what the benches compare with other checkers.
 */
export function decideParts(
  operations: readonly Operation[],
  model: Model,
  options: DecideOptions = {},
): readonly DecidedPart[] {
  const meter = new Meter(options.budget)
  const { decided, hard } = firstRound(operations, model, options, meter)
  return [...decided, ...secondRound(hard, options, meter)]
}

/** The same, with parts that turn out to be hard searched side by side. */
export async function decidePartsInParallel(
  operations: readonly Operation[],
  model: Model,
  options: DecideOptions,
): Promise<readonly DecidedPart[]> {
  const meter = new Meter(options.budget)
  const { decided, hard } = firstRound(operations, model, options, meter)
  if (options.engine !== undefined || !canSearchInWorkers(hard.length, model)) {
    return [...decided, ...secondRound(hard, options, meter)]
  }
  const answers = await searchInWorkers(
    hard.map((part) => part.problem),
    meter.rest,
  )
  return [...decided, ...hard.map((part, rank) => ({ part, ...answers[rank]! }))]
}

/** Each of the hard parts gets an equal share of what is left of the budget. */
function secondRound(hard: readonly Part[], options: DecideOptions, meter: Meter): DecidedPart[] {
  return hard.map((part, rank) => {
    const share = new Meter(shareOf(meter.rest, hard.length - rank))
    const answer = decideOne(part.problem, share, options)
    meter.step(share.steps)
    return { part, ...answer }
  })
}

/** Every part gets this many steps at first, so that one hard part does not keep others from being decided. */
const STEPS_OF_FIRST_ROUND = 100_000

function firstRound(
  operations: readonly Operation[],
  model: Model,
  options: DecideOptions,
  meter: Meter,
): { decided: DecidedPart[]; hard: readonly Part[] } {
  const initial = options.initial === undefined ? model.initial() : model.initial(options.initial)
  const decided: DecidedPart[] = []
  const hard: Part[] = []
  const parts = partsByKey(model, initial, operations)
  const pieces = parts.flatMap((part) => {
    if (options.engine !== undefined || model.part === undefined) return [part]
    // The engines of a model take it whole if they can; only the search gains from a finer cut.
    const whole = decideFast(part.problem, new Meter(meter.rest))
    if (whole !== undefined) decided.push({ part, ...whole })
    return whole === undefined ? (splitFurther(part) ?? [part]) : []
  })
  for (const part of pieces) {
    const { rest } = meter
    const steps = pieces.length === 1 ? Infinity : STEPS_OF_FIRST_ROUND
    const first = new Meter({ ...rest, steps: Math.min(rest.steps ?? Infinity, steps) })
    const answer = decideOne(part.problem, first, options)
    meter.step(first.steps)
    const ranOut = answer.decision.outcome === 'unknown' && answer.decision.hit.bound === 'steps'
    if (ranOut && meter.look()) hard.push(part)
    else decided.push({ part, ...answer })
  }
  return { decided, hard }
}

function decideOne(problem: Problem, meter: Meter, { engine }: DecideOptions): Decided {
  if (engine === undefined) return decide(problem, meter)
  return decideWith(engineNamed(engine, problem.model), problem, meter)
}

function shareOf({ seconds = Infinity, steps = Infinity, ...rest }: Budget, parts: number): Budget {
  return { ...rest, seconds: seconds / parts, steps: Math.ceil(steps / parts) }
}
