/**
 * Mutexes and semaphores without owners, exactly and in O(n log n), by waiting as long as
 * possible.
 *
 * Go through the history and put an operation in order only when it returns; if it is impossible
 * then (an acquire while no permit is free), put the opposite open operation in front of it that
 * returns first, or one of unknown outcome. No other choice can do better:
 *
 * - Waiting costs nothing. What is open now can still be done right after what must be done now:
 *   a set of open acquires and releases whose sum keeps the number of free permits between 0 and
 *   all can be done in some order from there, as one of the two is possible at any time.
 * - Operations of one kind are the same but for their intervals. If an order uses a now and b
 *   later, though b returns first, a and b can change places. An unknown outcome returns never,
 *   and at the end it may be left out.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { did } from '../core/wording.ts'
import { byReturn } from './by-return.ts'
import { minHeap } from './min-heap.ts'

export interface PermitNames {
  readonly acquire: readonly string[]
  readonly release: readonly string[]
}

/** How many permits a state has free, and how many there are in all. */
export type CountPermits = (state: Json) => readonly [free: number, all: number] | undefined

const ACQUIRE = 0
const RELEASE = 1

/** Bytes an operation, at most. */
const BYTES = 40

/** The engine for a lock that anybody may release, or for permits. */
export function permits(names: PermitNames, countPermits: CountPermits): Engine {
  return {
    name: 'permits',
    decide(problem, meter) {
      const start = countPermits(problem.initial)
      const kinds = kindsOf(problem.operations, names)
      if (start === undefined || kinds === undefined) return undefined
      return withBytes(meter, BYTES * kinds.length, () => decidePermits(problem, kinds, start))
    },
  }
}

/** Reserves memory for the time of a decision. */
function withBytes(meter: Meter, bytes: number, decide: () => Decision): Decision {
  if (!meter.reserve(bytes) || !meter.step(1)) {
    return { outcome: 'unknown', hit: meter.hit('nothing was decided yet') }
  }
  try {
    return decide()
  } finally {
    meter.release(bytes)
  }
}

function kindsOf(operations: readonly Operation[], names: PermitNames): Uint8Array | undefined {
  const kinds = new Uint8Array(operations.length)
  for (let i = 0; i < operations.length; i++) {
    const { f } = operations[i]!
    if (names.release.includes(f)) kinds[i] = RELEASE
    else if (!names.acquire.includes(f)) return undefined
  }
  return kinds
}

function decidePermits(
  { operations }: Problem,
  kinds: Uint8Array,
  [free, all]: readonly [number, number],
): Decision {
  const count = operations.length
  const returns = byReturn(operations)
  const rank = new Int32Array(count)
  for (let at = 0; at < count; at++) rank[returns[at]!] = at
  const open = [minHeap(count), minHeap(count)] as const
  const done = new Uint8Array(count)
  const order = new Int32Array(count)
  let placed = 0
  let left = free
  let called = 0

  const place = (op: number): void => {
    done[op] = 1
    order[placed++] = op
    left += kinds[op] === ACQUIRE ? -1 : 1
  }
  const possible = (op: number): boolean => (kinds[op] === ACQUIRE ? left > 0 : left < all)
  for (const op of returns) {
    const { returned } = operations[op]!
    if (returned === Infinity) break
    while (called < count && operations[called]!.called < returned) {
      open[kinds[called] as 0 | 1].push(rank[called]!)
      called++
    }
    if (done[op] === 1) continue
    if (!possible(op)) {
      const opposite = open[(1 - kinds[op]!) as 0 | 1]
      let other = opposite.pop()
      while (other !== -1 && done[returns[other]!] === 1) other = opposite.pop()
      if (other === -1) return failure(operations, kinds, order.subarray(0, placed), op)
      place(returns[other]!)
    }
    place(op)
  }
  return { outcome: 'pass', order: order.subarray(0, placed) }
}

/**
 * Why `op` cannot be placed: everything opposite that was called before its return is in the order
 * already. What is left of the order when neighbours that undo each other are struck out proves it.
 */
function failure(
  operations: readonly Operation[],
  kinds: Uint8Array,
  order: Int32Array,
  op: number,
): Decision {
  const same: number[] = []
  for (const index of order) {
    const last = same.at(-1)
    if (last === undefined || kinds[last] === kinds[index]) same.push(index)
    else same.pop()
  }
  const last = same.at(-1)
  const acquiring = kinds[op] === ACQUIRE
  const before =
    last !== undefined
      ? did(operations[last]!)
      : `it was ${acquiring ? 'taken' : 'free'} at the beginning`
  const undone = acquiring ? 'release' : 'acquire'
  const reason = `${did(operations[op]!)}, but ${before}, and no ${undone} can have come in between`
  return { outcome: 'fail', core: [...same, op].sort((a, b) => a - b), reason, impossible: op }
}
