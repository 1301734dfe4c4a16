import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { cutShort } from './cut-short.ts'
import { decide } from './decide.ts'

/**
 * How far a history that has no legal order can be followed. Operations are indices into the
 * problem's.
 */
export interface LongestBeginning {
  /** The operation by whose return it was certain that there is no order. */
  readonly impossible: number
  /** A legal order of all that was known just before. */
  readonly order: readonly number[]
}

/**
 * Finds the first return that made a failing history impossible, by bisection: beginnings of a
 * history with a legal order have one too. `undefined` if the budget does not suffice.
 */
export function longestBeginning(problem: Problem, meter: Meter): LongestBeginning | undefined {
  const returns = returnsInOrder(problem.operations)
  let order: readonly number[] = []
  let low = 0
  let high = returns.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = orderUntil(problem, problem.operations[returns[middle]!]!.returned, meter)
    if (found === 'unknown') return undefined
    if (found === undefined) high = middle
    else {
      order = found
      low = middle + 1
    }
  }
  const impossible = returns[low]
  return impossible === undefined ? undefined : { impossible, order }
}

function returnsInOrder(operations: readonly Operation[]): number[] {
  return operations
    .map((_, index) => index)
    .filter((index) => !isUnknown(operations[index]!))
    .sort((a, b) => operations[a]!.returned - operations[b]!.returned)
}

/** A legal order of what was known after an event; `undefined` if there is none. */
function orderUntil(
  problem: Problem,
  end: number,
  meter: Meter,
): readonly number[] | undefined | 'unknown' {
  if (!meter.look()) return 'unknown'
  const operations: Operation[] = []
  const indices: number[] = []
  problem.operations.forEach((whole, index) => {
    const known = cutShort(whole, end, problem.model)
    if (known === undefined) return
    operations.push(known)
    indices.push(index)
  })
  const { decision } = decide({ ...problem, operations }, meter)
  if (decision.outcome === 'unknown') return 'unknown'
  if (decision.outcome === 'fail') return undefined
  return Array.from(decision.order, (at) => indices[at]!)
}
