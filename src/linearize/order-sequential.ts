/**
 * Sequential consistency (Lamport 1979): is there one legal order of all operations on all objects
 * that respects each client's own order? Deciding this is NP-complete in general (Gibbons & Korach
 * 1997), so: where reads name their writes, saturate the order and search along it; else search.
 */
import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { Operation } from '../core/operation.ts'
import type { Accesses } from './order-accesses.ts'
import { readAccesses } from './order-accesses.ts'
import { stepsAlong } from './order-causal.ts'
import type { Step } from './order-chains.ts'
import { joined } from './order-chains.ts'
import { bytesOfOrder, clientOrder } from './order-clients.ts'
import { groupsOf } from './order-groups.ts'
import { saturate } from './order-saturate.ts'
import { schedule } from './order-schedule.ts'
import { mergeClients } from './order-search.ts'

export const SATURATION = 'saturated-order'
export const MERGE = 'client-merge'

/** Operations are named by their indices in the problem. */
export type Sequential = { readonly engine: string } & (
  | { readonly outcome: 'pass'; readonly order: Int32Array }
  | {
      readonly outcome: 'fail'
      readonly why: Contradicted
      /** Operations that take part in the contradiction; empty if the engine does not know. */
      readonly core: readonly number[]
      readonly longest: readonly number[]
    }
  | { readonly outcome: 'unknown'; readonly longest: readonly number[] }
)

export type Contradicted =
  | { readonly type: 'thin-air'; readonly chain: readonly Operation[] }
  | { readonly type: 'cycle'; readonly accesses: Accesses; readonly cycle: readonly Step[] }
  | { readonly type: 'tried-all' }

const REGISTERS: ReadonlySet<string> = new Set(['register', 'cas-register', 'string-map'])

/** True for the objects whose operations are reads, writes and compare-and-sets of whole values. */
export function isRegister({ model }: Pick<Problem, 'model'>): boolean {
  return REGISTERS.has(model.name)
}

/** Decides a problem over all keys together; real time between clients does not matter. */
export function decideSequential(problem: Problem, meter: Meter): Sequential {
  const { model, initial, operations } = problem
  if (!isRegister(problem)) return byMerge(problem, meter)
  const keyed = model.partitioned !== false
  const reading = readAccesses(operations, { initial, keyed, split: false })
  if (reading.type === 'unreadable') return byMerge(problem, meter)
  if (reading.type === 'thin-air') {
    const { chain } = reading
    const core = chain.map((operation) => operations.indexOf(operation))
    const why = { type: 'thin-air', chain } as const
    return { outcome: 'fail', engine: SATURATION, why, core, longest: [] }
  }
  return bySaturation(problem, reading.accesses, meter)
}

function bySaturation(problem: Problem, accesses: Accesses, meter: Meter): Sequential {
  const engine = SATURATION
  const unknown = { outcome: 'unknown', engine, longest: [] } as const
  const groups = groupsOf(accesses)
  const base = clientOrder(accesses, groups, meter)
  if (base.type === 'bound') return unknown
  const contradiction = (cycle: readonly Step[], events: readonly number[]): Sequential => ({
    outcome: 'fail',
    engine,
    why: { type: 'cycle', accesses, cycle },
    core: events.map((e) => accesses.operation[e]!),
    longest: [],
  })
  if (base.type === 'cycle') {
    return contradiction(joined(stepsAlong(accesses, base.events)), base.events)
  }
  const { result, order } = saturate({ accesses, groups, ...base }, meter)
  if (result === 'cycle') {
    const { cycle, events } = order.contradiction()
    return contradiction(cycle, events)
  }
  if (result === 'bound') return unknown
  // A refused compare-and-set excludes a value: too little to schedule by, so the search decides.
  const found =
    accesses.refused > 0 ? undefined : schedule({ accesses, groups, before: base.before }, meter)
  meter.release(bytesOfOrder(accesses))
  if (found === undefined) return byMerge(problem, meter)
  if (found.type === 'bound') return unknown
  if (found.type === 'none') {
    return { outcome: 'fail', engine, why: { type: 'tried-all' }, core: [], longest: [] }
  }
  return { outcome: 'pass', engine, order: found.events.map((e) => accesses.operation[e]!) }
}

function byMerge(problem: Problem, meter: Meter): Sequential {
  const engine = MERGE
  const merge = mergeClients(problem, meter)
  if (merge.type === 'order') return { outcome: 'pass', engine, order: merge.order }
  const { longest } = merge
  if (merge.type === 'bound') return { outcome: 'unknown', engine, longest }
  return { outcome: 'fail', engine, why: { type: 'tried-all' }, core: [], longest }
}
