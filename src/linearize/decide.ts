import type { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Model } from '../core/model.ts'
import { UserError } from '../core/user-error.ts'
import { justInTime } from './just-in-time.ts'
import { wingGongLowe } from './wing-gong-lowe.ts'

/** An answer, and who gave it. */
export interface Decided {
  readonly decision: Decision
  readonly engine: string
}

/**
 * Decides a problem with the first engine that is made for it: the model's own, then the search.
 */
export function decide(problem: Problem, meter: Meter): Decided {
  return (
    decideFast(problem, meter) ?? {
      decision: decideBySearch(problem, meter),
      engine: justInTime.name,
    }
  )
}

/** Only the engines that the model brings; `undefined` when none of them fits the history. */
export function decideFast(problem: Problem, meter: Meter): Decided | undefined {
  for (const engine of problem.model.engines ?? []) {
    const decision = engine.decide(problem, meter)
    if (decision !== undefined) return { decision, engine: engine.name }
  }
  return undefined
}

/** The general search, which takes every problem. */
export function decideBySearch(problem: Problem, meter: Meter): Decision {
  const decision = justInTime.decide(problem, meter)
  if (decision === undefined) throw new Error('the general search takes every problem')
  return decision
}

/** Engines that take every model, the default one first. */
const GENERAL: readonly Engine[] = [justInTime, wingGongLowe]

/** The engine of a name. Throws a `UserError` that lists those there are for the model. */
export function engineNamed(name: string, model: Model): Engine {
  const engines = [...(model.engines ?? []), ...GENERAL]
  const engine = engines.find((candidate) => candidate.name === name)
  if (engine !== undefined) return engine
  throw new UserError(`there is no engine '${name}' for the model ${model.name}`, {
    where: '--engine',
    hint: `one of ${engines.map((candidate) => candidate.name).join(', ')}`,
  })
}

/**
 * Decides with one engine and no other. Throws a `UserError` when it is not made for the history.
 */
export function decideWith(engine: Engine, problem: Problem, meter: Meter): Decided {
  const decision = engine.decide(problem, meter)
  if (decision !== undefined) return { decision, engine: engine.name }
  throw new UserError(`the engine ${engine.name} is not made for this history`, {
    where: '--engine',
    hint: 'leave --engine out: repeated values, say, need the general search',
  })
}
