import type { Budget } from '../src/core/budget.ts'
import { Meter } from '../src/core/budget.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import { UserError } from '../src/core/user-error.ts'
import type { BoundHit, Outcome } from '../src/core/verdict.ts'
import type { History } from '../src/history/history.ts'
import type { CheckOptions, Condition, ConditionVerdict, Violation, Witness } from './condition.ts'
import { conditionNamed, directConditions } from './conditions.ts'
import { checkLinearizable, linearizable } from './linearizable.ts'
import { inferModel, validate } from './models/index.ts'
import type { Weaker } from './weaker.ts'
import { weakerConditions } from './weaker.ts'

/** How a history is judged. */
export interface JudgeOptions {
  /** A condition's name; absent: `linearizable`, plus a look at which weaker ones hold. */
  readonly condition?: string
  /** Absent: inferred from the operations. */
  readonly model?: Model
  readonly initial?: Json
  /** Forces one engine of the linearizability checker. */
  readonly engine?: string
  /** For the judgement as a whole. */
  readonly budget?: Budget
}

/** What `synod judge --json` prints for a file. */
export interface Judgement {
  readonly file: string
  readonly outcome: Outcome
  readonly condition: string
  /** `null` for conditions that need no model. */
  readonly model: string | null
  readonly engine: string
  /** How many operations were judged. */
  readonly operations: number
  readonly seconds: number
  readonly evidence: Evidence
}

/** Exactly one of `witness`, `violation` and `bound` is there, after the outcome. */
export interface Evidence extends Partial<Weaker> {
  /** The outcome in one sentence. */
  readonly sentence: string
  readonly witness?: Witness
  readonly violation?: Violation
  readonly bound?: BoundHit
}

/**
 * Judges a history: is it linearizable, or what `condition` asks for? Without a condition, a
 * history that is not linearizable is also held against the weaker ones (`holds`, `broken`), and
 * one whose operations no sequential model knows is given to the direct checker that knows them.
 *
 * @throws UserError if the operations fit no model or no condition, or not the ones asked for
 */
export async function judge(history: History, options: JudgeOptions = {}): Promise<Judgement> {
  const started = performance.now()
  const meter = new Meter(options.budget)
  const { condition, model } = subjectOf(history, options)
  const checkOptions: CheckOptions = {
    ...(model === undefined ? {} : { model }),
    ...(options.initial === undefined ? {} : { initial: options.initial }),
    budget: meter.rest,
  }
  const verdict = await checkOne(condition, history, checkOptions, options.engine)
  const weaker =
    verdict.outcome !== 'pass' && condition === linearizable && options.condition === undefined
      ? weakerConditions(history, checkOptions, meter)
      : {}
  return {
    file: history.source,
    outcome: verdict.outcome,
    condition: condition.name,
    model: model?.name ?? null,
    engine: verdict.engine,
    operations: history.operations.length,
    seconds: (performance.now() - started) / 1000,
    evidence: { ...evidenceOf(verdict, options.budget), ...weaker },
  }
}

/** What is to be checked, and with which model. */
function subjectOf(
  history: History,
  options: JudgeOptions,
): { readonly condition: Condition; readonly model: Model | undefined } {
  const asked = options.condition === undefined ? undefined : conditionNamed(options.condition)
  const { model } = options
  if (model !== undefined) {
    validate(model, history)
    return { condition: asked ?? linearizable, model }
  }
  try {
    return {
      condition: asked ?? linearizable,
      model: inferModel(history.operations, history.source),
    }
  } catch (error) {
    if (!(error instanceof UserError) || asked === linearizable) throw error
    const direct = directConditions.find((one) => one.unfit(history, {}) === undefined)
    const condition = asked ?? direct
    if (condition === undefined) throw error
    return { condition, model: undefined }
  }
}

async function checkOne(
  condition: Condition,
  history: History,
  options: CheckOptions,
  engine: string | undefined,
): Promise<ConditionVerdict> {
  if (engine !== undefined && condition !== linearizable) {
    throw new UserError(`the condition ${condition.name} has no engines to choose from`, {
      where: '--engine',
      hint: 'leave --engine out; it is for the condition linearizable',
    })
  }
  const unfit = condition.unfit(history, options)
  if (unfit !== undefined) {
    const covered = `${condition.name} says nothing about this history: ${unfit}`
    return { outcome: 'unknown', engine: 'none', evidence: { bound: 'method', limit: 0, covered } }
  }
  return condition === linearizable
    ? checkLinearizable(history, { ...options, ...(engine === undefined ? {} : { engine }) })
    : condition.check(history, options)
}

function evidenceOf(verdict: ConditionVerdict, budget: Budget = {}): Evidence {
  switch (verdict.outcome) {
    case 'pass':
      return { sentence: verdict.evidence.sentence, witness: verdict.evidence }
    case 'fail':
      return { sentence: verdict.evidence.sentence, violation: verdict.evidence }
    case 'unknown':
      return { sentence: verdict.evidence.covered, bound: asGiven(verdict.evidence, budget) }
  }
}

/** A search gets what is left of the budget; people are told the limit that they set. */
function asGiven(hit: BoundHit, budget: Budget): BoundHit {
  const given = { time: budget.seconds, steps: budget.steps, memory: budget.bytes, method: 0 }
  return { ...hit, limit: given[hit.bound] ?? hit.limit }
}
