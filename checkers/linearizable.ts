import { Meter } from '../src/core/budget.ts'
import type { Contradiction, Problem } from '../src/core/engine.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import type { BoundHit } from '../src/core/verdict.ts'
import type { History } from '../src/history/history.ts'
import { longestBeginning } from '../src/linearize/longest-beginning.ts'
import { faultInOrder } from '../src/linearize/replay.ts'
import type { Shrunk } from '../src/linearize/shrink.ts'
import { shrink } from '../src/linearize/shrink.ts'
import type { CheckOptions, Condition, ConditionVerdict, Violation, Witness } from './condition.ts'
import type { DecidedPart } from './decide-parts.ts'
import { decideParts, decidePartsInParallel } from './decide-parts.ts'
import { explain } from './explain.ts'
import { counted } from './wording.ts'

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
  const decided = await decidePartsInParallel(history.operations, modelIn(options), options)
  return conclude(decided, meter)
}

function modelIn({ model }: CheckOptions): Model {
  if (model === undefined) throw new RangeError('linearizability needs a model')
  return model
}

function conclude(decided: readonly DecidedPart[], meter: Meter): ConditionVerdict {
  const engine = [...new Set(decided.map((part) => part.engine))].join(' + ') || 'none needed'
  const failed = decided.filter(({ decision }) => decision.outcome === 'fail')
  if (failed.length > 0) {
    return { outcome: 'fail', engine, evidence: violationOf(failed, meter) }
  }
  const open = decided.filter(({ decision }) => decision.outcome === 'unknown')
  if (open.length > 0)
    return { outcome: 'unknown', engine, evidence: doubtOf(open, decided.length) }
  return { outcome: 'pass', engine, evidence: witnessOf(decided) }
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

/** More than this many failing parts are named, but not shrunk. */
const SHRUNK_AT_MOST = 20

function violationOf(failed: readonly DecidedPart[], meter: Meter): Violation {
  const violations = failed
    .slice(0, SHRUNK_AT_MOST)
    .map((part) => violationIn(part, meter))
    .sort((a, b) => b.gravity - a.gravity || a.size - b.size)
    .map(({ violation }) => violation)
  const [main, ...rest] = violations
  if (main === undefined) throw new Error('a failure has a failing part')
  return {
    ...main,
    others: [
      ...main.others,
      ...rest.flatMap(({ sentence, operations, others }) => [{ sentence, operations }, ...others]),
    ],
  }
}

/** No counterexample is worth more time than this to make it smaller. */
const SECONDS_TO_SHRINK = 10

/** A violation, and what decides which of several is told in full. */
interface Rated {
  readonly violation: Violation
  /** How long ago the truth had been known, if that can be told; else 0. */
  readonly gravity: number
  readonly size: number
}

function violationIn({ part, decision, engine }: DecidedPart, meter: Meter): Rated {
  if (decision.outcome !== 'fail') throw new Error('only a failure is explained')
  const { problem } = part
  const contradictions = contradictionsIn(problem, engine)
  const [gravest, ...others] = contradictions
  const { rest } = meter
  const seconds = Math.min(rest.seconds ?? Infinity, SECONDS_TO_SHRINK)
  const hints =
    gravest === undefined ? decision : { core: gravest.core, impossible: gravest.culprit }
  const shrunk = shrink(problem, hints, { ...rest, seconds })
  const ids = shrunk.indices.map((index) => problem.operations[index]!.id)
  const culprit = culpritOf(problem, shrunk, hints.impossible)
  const violation = {
    sentence: explain(shrunk.problem, culprit, hints === decision ? decision.reason : ''),
    operations: ids,
    culprit: culprit.id,
    ...(part.label === '' ? {} : { part: part.label }),
    ...beginningOf(problem, new Meter({ ...rest, seconds })),
    others: others.map((other) => told(problem, other)),
  }
  const gravity = gravest === undefined ? 0 : ageOf(problem, gravest)
  return { violation, gravity, size: ids.length }
}

/** How far the part could be followed, if the budget suffices to find out. */
function beginningOf(problem: Problem, meter: Meter) {
  const beginning = longestBeginning(problem, meter)
  if (beginning === undefined) return {}
  const id = (index: number) => problem.operations[index]!.id
  return { firstImpossible: id(beginning.impossible), longest: beginning.order.map(id) }
}

/** Every contradiction that the engine can tell apart, the gravest first. */
function contradictionsIn(problem: Problem, name: string): readonly Contradiction[] {
  const engine = problem.model.engines?.find((candidate) => candidate.name === name)
  const contradictions = engine?.contradictions?.(problem) ?? []
  return contradictions.toSorted((a, b) => ageOf(problem, b) - ageOf(problem, a))
}

function ageOf({ operations }: Problem, { culprit, since }: Contradiction): number {
  const [late, early] = [operations[culprit]!, operations[since]!]
  return (late.calledAt ?? late.called) - (early.returnedAt ?? early.returned)
}

function told(problem: Problem, { core, culprit, reason }: Contradiction) {
  const operations = core.map((index) => problem.operations[index]!)
  return {
    sentence: explain({ ...problem, operations }, problem.operations[culprit]!, reason),
    operations: operations.map((operation) => operation.id),
  }
}

/** The operation to point at: the one the engine says, or else the last that was called. */
function culpritOf(problem: Problem, { indices }: Shrunk, impossible?: number): Operation {
  const index = indices.find((at) => at === impossible) ?? Math.max(...indices)
  return problem.operations[index]!
}
