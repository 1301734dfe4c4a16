/**
 * All histories of one writer of a register, judged by the checkers: which are safe, regular and
 * atomic, and what the condition on two reads accepts that is often quoted as the definition of an
 * atomic register: no read returns an older value than a read before it.
 */
import { atomic } from '../checkers/atomic.ts'
import { decideParts } from '../checkers/decide-parts.ts'
import { register } from '../checkers/models/register.ts'
import { regular } from '../checkers/regular.ts'
import { safe } from '../checkers/safe.ts'
import type { Operation } from '../src/core/operation.ts'
import { precedes } from '../src/core/operation.ts'
import type { History } from '../src/history/history.ts'

export interface RegisterCounts {
  readonly writes: number
  readonly reads: number
  readonly histories: number
  readonly safe: number
  readonly regular: number
  readonly atomic: number
  readonly linearizable: number
  /** No read returns an older value than a read before it. */
  readonly ordered: number
  /** Of those: not linearizable. */
  readonly orderedOnly: number
  /** Where `atomic`, or `regular` and `ordered`, is not the same as linearizable. */
  readonly mismatches: number
}

/** What came out of the table that the lectures lead to: writes, reads. */
export const registerSizes: readonly (readonly [writes: number, reads: number])[] = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
  [1, 3],
  [3, 2],
]

/** Judges every history of so many writes, one after the other, and reads by different readers. */
export function countRegisterHistories(writes: number, reads: number): RegisterCounts {
  const count = { histories: 0, safe: 0, regular: 0, atomic: 0, linearizable: 0, ordered: 0 }
  let orderedOnly = 0
  let mismatches = 0
  for (const operations of oneWriterHistories(writes, reads)) {
    const history = historyOf(operations)
    const holds = (condition: typeof safe): boolean =>
      condition.check(history, { initial: 0 }).outcome === 'pass'
    const isRegular = holds(regular)
    const isAtomic = holds(atomic)
    const isLinearizable = decideParts(history.operations, register, { initial: 0 }).every(
      ({ decision }) => decision.outcome === 'pass',
    )
    const ordered = isOrdered(operations)
    count.histories++
    count.safe += Number(holds(safe))
    count.regular += Number(isRegular)
    count.atomic += Number(isAtomic)
    count.linearizable += Number(isLinearizable)
    count.ordered += Number(ordered)
    orderedOnly += Number(ordered && !isLinearizable)
    mismatches += Number(isAtomic !== isLinearizable || (isRegular && ordered) !== isLinearizable)
  }
  return { writes, reads, ...count, orderedOnly, mismatches }
}

/** The condition that is quoted alone. Value `n` is that of the n-th write. */
function isOrdered(operations: readonly Operation[]): boolean {
  const reads = operations.filter(({ f }) => f === 'read')
  return reads.every((early) =>
    reads.every((late) => !precedes(early, late) || Number(late.result) >= Number(early.result)),
  )
}

/** Every order of the calls and returns, with every answer that some write or nobody wrote. */
export function* oneWriterHistories(
  writes: number,
  reads: number,
): Generator<readonly Operation[]> {
  for (const spans of everySpan(writes, reads)) {
    for (let answers = 0; answers < (writes + 1) ** reads; answers++) {
      yield spans.map(({ called, returned }, id): Operation => {
        const read = id - writes
        const answer = Math.floor(answers / (writes + 1) ** read) % (writes + 1)
        const own =
          read < 0
            ? { process: 'writer', f: 'write', value: id + 1, result: null }
            : { process: `reader ${read}`, f: 'read', value: null, result: answer }
        return { id, ...own, key: undefined, called, returned, ...TIMELESS }
      })
    }
  }
}

const TIMELESS = { calledAt: undefined, returnedAt: undefined }

interface Span {
  readonly called: number
  readonly returned: number
}

/** Where the calls and returns lie: first those of the writes, then those of the reads. */
function* everySpan(writes: number, reads: number): Generator<readonly Span[]> {
  const all = writes + reads
  const place = function* (
    called: readonly number[],
    returned: readonly number[],
    position: number,
  ): Generator<readonly Span[]> {
    if (position === 2 * all)
      yield called.map((at, id) => ({ called: at, returned: returned[id] ?? 0 }))
    for (let id = 0; id < all; id++) {
      if (returned[id] !== undefined) continue
      if (called[id] !== undefined) {
        yield* place(called, withOne(returned, id, position), position + 1)
        continue
      }
      // The writer does one thing after the other; readers are numbered in order of their calls.
      const before = id === 0 || id === writes ? 0 : id < writes ? returned[id - 1] : called[id - 1]
      if (before !== undefined) yield* place(withOne(called, id, position), returned, position + 1)
    }
  }
  yield* place([], [], 0)
}

/** A list with holes. */
function withOne(list: readonly number[], at: number, value: number): readonly number[] {
  const copy = [...list]
  copy[at] = value
  return copy
}

/** A history of drawn operations. */
export function historyOf(operations: readonly Operation[]): History {
  const ordered = operations.toSorted((a, b) => a.called - b.called)
  return {
    source: 'enumerated',
    operations: ordered.map((operation, id) => ({ ...operation, id })),
    failed: [],
    faults: [],
    events: operations.length * 2,
    skipped: 0,
  }
}
