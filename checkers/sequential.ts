import type { Budget } from '../src/core/budget.ts'
import { Meter } from '../src/core/budget.ts'
import type { Problem } from '../src/core/engine.ts'
import type { History } from '../src/history/history.ts'
import type { Operation } from '../src/core/operation.ts'
import { counted, who } from '../src/core/wording.ts'
import { decideSequential, isRegister } from '../src/linearize/order-sequential.ts'
import type { Sequential } from '../src/linearize/order-sequential.ts'
import { faultInMerge } from '../src/linearize/order-replay.ts'
import { ACCESS_PARTS, shrinkOperations } from '../src/linearize/order-shrink.ts'
import type { CheckOptions, Condition, ConditionVerdict, Violation } from './condition.ts'
import { circleText, idsOf, operationOf, shrinkMeter, thinAir } from './reads-from.ts'

/** What one decision may take while a counterexample is made small. */
const ONE_OF_MANY: Budget = { seconds: 0.5, bytes: 100_000_000 }

/**
 * Sequential consistency (Lamport 1979): what all clients did on all objects together fits into one
 * legal order that keeps each client's own order; real time plays no part. It does not compose:
 * that every object alone is sequentially consistent proves nothing, so there is no cut by keys.
 *
 * A client waits for its answers, so its own order is the order of its calls. An operation of
 * unknown outcome may come anywhere after what its client had done before, or not at all.
 */
export const sequential: Condition = {
  name: 'sequential',
  summary: 'one legal order of all operations of all clients keeps the order of each client',
  source: 'Lamport 1979, How to make a multiprocessor computer that correctly executes programs',

  unfit(_, { model }) {
    return model === undefined ? 'it needs a sequential object to compare with' : undefined
  },

  check(history, options) {
    const meter = new Meter(options.budget)
    const problem = problemOf(history, options)
    if (problem === undefined) {
      const covered = 'without a model nothing can be said'
      return unknown('none', { bound: 'method', limit: 0, covered })
    }
    const decision = decideSequential(problem, meter)
    switch (decision.outcome) {
      case 'unknown': {
        const placed = decision.longest.length
        const most = placed === 0 ? 'no contradiction was found' : `${placed} could be put in order`
        const covered = `of ${counted(history.operations.length, 'operation')}, ${most}`
        return unknown(decision.engine, meter.hit(covered))
      }
      case 'pass':
        return pass(decision, problem)
      case 'fail':
        return {
          outcome: 'fail',
          engine: decision.engine,
          evidence: violation(decision, problem, meter),
        }
    }
  },
}

function problemOf(history: History, { model, initial }: CheckOptions): Problem | undefined {
  if (model === undefined) return undefined
  return { model, initial: model.initial(initial), operations: history.operations }
}

function unknown(
  engine: string,
  evidence: Extract<ConditionVerdict, { outcome: 'unknown' }>['evidence'],
): ConditionVerdict {
  return { outcome: 'unknown', engine, evidence }
}

function pass(decision: Sequential & { outcome: 'pass' }, problem: Problem): ConditionVerdict {
  const { engine, order } = decision
  const fault = faultInMerge(order, problem)
  if (fault !== undefined) throw new Error(`${engine} gave an order that is none: ${fault}`)
  const ids = order.map((index) => problem.operations[index]!.id)
  const clients = new Set(problem.operations.map((operation) => operation.process)).size
  const sentence =
    `${counted(order.length, 'operation')} of ${counted(clients, 'client')} ` +
    'fit into one order that keeps the order of each client'
  return { outcome: 'pass', engine, evidence: { orders: [{ part: '', order: ids }], sentence } }
}

function violation(
  decision: Sequential & { outcome: 'fail' },
  problem: Problem,
  meter: Meter,
): Violation {
  const { why } = decision
  if (why.type === 'thin-air') return thinAir(why.chain)
  const small = smallestPart(decision, problem, shrinkMeter(meter))
  const operations = idsOf(small)
  // What is left contradicts itself in a circle, more often than not, even where the whole did not.
  const again = decideSequential({ ...problem, operations: small }, new Meter(ONE_OF_MANY))
  const circle = again.outcome === 'fail' && again.why.type === 'cycle' ? again.why : undefined
  const last = small.reduce((a, b) => (b.called > a.called ? b : a))
  if (circle === undefined) {
    const clients = [...new Set(small.map((operation) => operation.process))].map(who)
    return {
      sentence:
        `no order of these ${counted(small.length, 'operation')} of ${clients.join(', ')} ` +
        'keeps the order of each client and gives every answer',
      operations,
      culprit: last.id,
      ...longestOf(decision, problem),
      others: [],
    }
  }
  const { accesses, cycle } = circle
  const reader = cycle.find(({ why: reason }) => reason === 'overwrites')?.from
  const culprit = reader === undefined ? last : operationOf(accesses, reader)
  return {
    sentence: `no order fits all clients: ${circleText(accesses, cycle)}`,
    operations,
    culprit: culprit.id,
    others: [],
  }
}

function longestOf({ longest }: Sequential & { outcome: 'fail' }, { operations }: Problem) {
  return longest.length === 0 ? {} : { longest: longest.map((index) => operations[index]!.id) }
}

function smallestPart(
  decision: Sequential & { outcome: 'fail' },
  problem: Problem,
  meter: Meter,
): readonly Operation[] {
  const parts = isRegister(problem) && !problem.operations.some(({ f }) => f === 'append')
  const model = parts ? { ...problem.model, ...ACCESS_PARTS } : problem.model
  const fails = (operations: readonly Operation[]) =>
    decideSequential({ ...problem, operations }, new Meter(ONE_OF_MANY)).outcome === 'fail'
  const { core } = decision
  return shrinkOperations({ ...problem, model, core, fails }, meter)
}
