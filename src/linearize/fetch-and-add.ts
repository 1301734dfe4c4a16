/**
 * Fetch-and-add with increments that are not negative, exactly and in O(n log n).
 *
 * The sum only grows, so the results fix the order: whoever found x comes when the sum is x,
 * first the reads of x (and the additions of 0), then the one addition that found x. Where the
 * known additions leave a gap between two sums that were seen, additions of unknown outcome must
 * fill it exactly. If those all have the same increment, it is clear how many fill each gap, and
 * those called first are best used first: they contradict the least. With different increments,
 * filling gaps is a subset-sum problem; that is left to others. After the last sum that was seen,
 * none is needed.
 */
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { did } from '../core/wording.ts'
import { outOfOrder } from './order-check.ts'
import { sortedIndices } from './sorted-indices.ts'

export interface FetchAndAddNames {
  readonly fetchAndAdd: readonly string[]
  readonly read: readonly string[]
}

/** Bytes an operation, at most. */
const BYTES = 48

/** The engine for a sum whose additions return what it was before. */
export function fetchAndAddOrder(names: FetchAndAddNames): Engine {
  return {
    name: 'fetch-and-add',
    decide(problem, meter) {
      const bytes = BYTES * problem.operations.length
      if (!meter.reserve(bytes) || !meter.step(1)) {
        return { outcome: 'unknown', hit: meter.hit('nothing was decided yet') }
      }
      const sums = sumsOf(problem, names)
      const decision = sums === undefined ? undefined : decideSums(problem.operations, sums)
      meter.release(bytes)
      return decision
    },
  }
}

interface Sums {
  readonly initial: number
  /** The answered operations, and of each the sum that it found and what it added. */
  readonly answered: Int32Array
  readonly found: Float64Array
  readonly added: Float64Array
  /** Additions without an answer, in order of call, and what they would add. */
  readonly unknown: Int32Array
  readonly increments: readonly number[]
  /** Whether those increments are all the same. */
  readonly alike: boolean
}

function sumsOf({ initial, operations }: Problem, names: FetchAndAddNames): Sums | undefined {
  if (!isCount(initial, -Infinity)) return undefined
  const answered: number[] = []
  const found: number[] = []
  const added: number[] = []
  const unknown: number[] = []
  const increments: number[] = []
  for (const [index, op] of operations.entries()) {
    const adds = names.fetchAndAdd.includes(op.f)
    if (!adds && !names.read.includes(op.f)) return undefined
    const increment = adds ? op.value : 0
    if (!isCount(increment, 0)) return undefined
    if (isUnknown(op)) {
      if (increment === 0) continue
      unknown.push(index)
      increments.push(increment)
      continue
    }
    const sum = op.result ?? null
    if (!isCount(sum, -Infinity) || !isCount(sum + increment, -Infinity)) return undefined
    answered.push(index)
    found.push(sum)
    added.push(increment)
  }
  return {
    initial,
    answered: Int32Array.from(answered),
    found: Float64Array.from(found),
    added: Float64Array.from(added),
    unknown: Int32Array.from(unknown),
    increments,
    alike: increments.every((increment) => increment === increments[0]),
  }
}

function isCount(value: Json, low: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= low
}

function decideSums(operations: readonly Operation[], sums: Sums): Decision | undefined {
  const { initial, answered, found, added, unknown } = sums
  // Reads before the addition: sums are whole, so an addition stands half a unit behind them.
  const keys = found.map((sum, at) => (added[at]! > 0 ? sum + 0.5 : sum))
  const order = new Int32Array(operations.length)
  let placed = 0
  let used = 0
  let sum = initial
  let before = -1
  for (const at of sortedIndices(keys)) {
    const op = answered[at]!
    if (found[at]! < sum) return tooLow(operations, op, before, initial)
    const fill = fillers(sums, found[at]! - sum, used)
    if (fill === undefined) return undefined
    if (fill === 'none') return tooHigh(operations, op, sum)
    for (let n = 0; n < fill; n++) order[placed++] = unknown[used++]!
    order[placed++] = op
    sum = found[at]! + added[at]!
    before = op
  }
  const wrong = outOfOrder(order, placed, operations)
  if (wrong === undefined) return { outcome: 'pass', order: order.subarray(0, placed) }
  return backwards(operations, wrong.early, wrong.late)
}

/**
 * How many of the unknown additions fill a gap: `none` if they cannot, `undefined` if it is
 * unclear.
 */
function fillers(
  { increments, alike }: Sums,
  gap: number,
  used: number,
): number | 'none' | undefined {
  if (gap === 0) return 0
  const [one] = increments
  if (one === undefined) return 'none'
  if (!alike) return undefined
  const needed = gap / one
  return Number.isInteger(needed) && needed <= increments.length - used ? needed : 'none'
}

function tooLow(
  operations: readonly Operation[],
  op: number,
  before: number,
  initial: number,
): Decision {
  const what = did(operations[op]!)
  const reason =
    before === -1
      ? `${what}, but the sum was ${initial} at the beginning and never less`
      : `${what} and ${did(operations[before]!)}, but the sum cannot have been both`
  const core = before === -1 ? [op] : [before, op]
  return { outcome: 'fail', core: core.sort((a, b) => a - b), reason, impossible: op }
}

function tooHigh(operations: readonly Operation[], op: number, sum: number): Decision {
  const reason = `${did(operations[op]!)}, but nobody can have added what is missing from ${sum}`
  return { outcome: 'fail', core: [op], reason, impossible: op }
}

function backwards(operations: readonly Operation[], early: number, late: number): Decision {
  const what = `${did(operations[late]!)} before ${did(operations[early]!)}`
  const reason = `${what}, but the sum only grows`
  return { outcome: 'fail', core: [early, late].sort((a, b) => a - b), reason, impossible: late }
}
