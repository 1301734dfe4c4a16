import { Meter } from '../src/core/budget.ts'
import type { Decision } from '../src/core/engine.ts'
import type { Model } from '../src/core/model.ts'
import type { BoundHit } from '../src/core/verdict.ts'
import type { History } from '../src/history/history.ts'
import { faultInOrder } from '../src/linearize/replay.ts'
import type { CheckOptions, Condition, ConditionVerdict, Witness } from './condition.ts'
import type { DecidedPart } from './decide-parts.ts'
import { decideParts, decideEveryPart } from './decide-parts.ts'
import { violationOf } from './linearizable-violation.ts'
import { counted } from '../src/core/wording.ts'

/** What `linearizable` can be told besides what every condition is told. */
export interface LinearizableOptions extends CheckOptions {
  /** The name of one engine to use and no other. */
  readonly engine?: string
}

export const linearizable: Condition = {
  name: 'linearizable',
  summary: 'every operation seems to take effect at one moment between its call and its return',
  source: 'Herlihy & Wing, Linearizability, TOPLAS 12(3), 1990',
  unfit: (_, { model }) => (model === undefined ? 'it needs a model' : undefined),
  check(history, options) {
    const meter = new Meter(options.budget)
    return conclude(decideParts(history.operations, modelIn(options), options), meter)
  },
}

/** The same with hard parts searched side by side, and for one engine if asked. */
export async function checkLinearizable(
  history: History,
  options: LinearizableOptions,
): Promise<ConditionVerdict> {
  const meter = new Meter(options.budget)
  const decided = await decideEveryPart(history.operations, modelIn(options), options)
  return conclude(decided, meter)
}

function modelIn({ model }: CheckOptions): Model {
  if (model === undefined) throw new RangeError('linearizability needs a model')
  return model
}

function conclude(decided: readonly DecidedPart[], meter: Meter): ConditionVerdict {
  const engine = [...new Set(decided.map((part) => part.engine))].join(' + ') || 'none needed'
  const failed = decided.filter(({ decision }) => decision.outcome === 'fail')
  const open = decided.filter(({ decision }) => decision.outcome === 'unknown')
  if (failed.length > 0) {
    const violation = violationOf(failed, meter)
    // Hard parts are left alone after so many steps, always the same ones; time is not the same.
    const late = open.filter(({ decision }) => isLate(decision)).length
    const cut = `${counted(late, 'part')} of ${decided.length} were not decided in time`
    return { outcome: 'fail', engine, evidence: late === 0 ? violation : { ...violation, cut } }
  }
  if (open.length > 0)
    return { outcome: 'unknown', engine, evidence: doubtOf(open, decided.length) }
  return { outcome: 'pass', engine, evidence: witnessOf(decided) }
}

function isLate(decision: Decision): boolean {
  return decision.outcome === 'unknown' && decision.hit.bound !== 'steps'
}

function witnessOf(decided: readonly DecidedPart[]): Witness {
  const orders = decided.map(({ part, decision, engine }) => {
    if (decision.outcome !== 'pass') throw new Error('only a pass has an order')
    const { operations } = part.problem
    const fault = faultInOrder(decision.order, part.problem)
    if (fault !== undefined) throw new Error(`${engine} gave an order that is none: ${fault}`)
    return { part: part.label, order: Int32Array.from(decision.order, (at) => operations[at]!.id) }
  })
  const pieces = orders.length === 1 ? 'one order' : counted(orders.length, 'order')
  return { orders, sentence: `${pieces} found and replayed` }
}

function doubtOf(open: readonly DecidedPart[], parts: number): BoundHit {
  const [first] = open
  if (first?.decision.outcome !== 'unknown') throw new Error('only a doubt has a bound')
  const { hit } = first.decision
  const where = first.part.label === '' ? '' : `${first.part.label}: `
  const others =
    parts === 1 ? '' : `; ${parts - open.length} of ${counted(parts, 'part')} are linearizable`
  return { ...hit, covered: `${where}${hit.covered}${others}` }
}
