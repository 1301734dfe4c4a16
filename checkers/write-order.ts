import { byReturn } from './register-part.ts'
import type { RegisterPart } from './register-part.ts'
import { NONE } from './register-reads.ts'

/**
 * Is there one order of all writes that explains every read? A read that takes its value from the
 * write `w` demands that every write which had returned before the read was called is not after
 * `w`; real time demands the same of those that had returned before `w` was called. So `a` has to
 * be before `b` exactly if `a` returned before `due(b)`, the latest call of `b` or of a read that
 * takes its value from `b`.
 *
 * These demands can be met if no two writes have to be before each other. For in a longer circle
 * let `a` be the one that is due last: each of the others has to be before `a` then, and `a` before
 * its successor. An order that meets them is by the sum of return and due: if `a` has to be before
 * `b` and `b` not before `a`, both summands of `a` are smaller.
 */
export interface WriteOrder {
  /** Indices of writes; those that never returned and that no read needs are left out. */
  readonly order: Int32Array
}

/** Two writes that each have to be before the other, and the reads that demand it, if reads do. */
export interface Conflict {
  readonly writes: readonly [number, number]
  readonly reads: readonly [number, number]
}

/** Decides in n log n for which write each read takes its value from: `sources`, by read. */
export function orderWrites(part: RegisterPart, sources: Int32Array): WriteOrder | Conflict {
  const { writes, reads } = part
  const due = Float64Array.from(writes, ({ called }) => called)
  const dueRead = new Int32Array(writes.length).fill(NONE)
  const needed = Uint8Array.from(writes, ({ returned }) => (returned === Infinity ? 0 : 1))
  sources.forEach((w, r) => {
    if (w < 0) return
    needed[w] = 1
    if (reads[r]!.called <= due[w]!) return
    due[w] = reads[r]!.called
    dueRead[w] = r
  })
  const conflict = conflictOf(part, due)
  if (conflict !== undefined) {
    return { writes: conflict, reads: [dueRead[conflict[0]]!, dueRead[conflict[1]]!] }
  }
  // Nothing has to be after a write that never returned, so those come last, in order of
  // invocation.
  const key = Float64Array.from(writes, ({ returned }, w) => returned + due[w]!)
  const order = Int32Array.from(writes.keys())
    .filter((w) => needed[w] === 1)
    .sort((a, b) => (key[a] === key[b] ? a - b : key[a]! - key[b]!))
  return { order }
}

function conflictOf({ writes }: RegisterPart, due: Float64Array): [number, number] | undefined {
  const finished = byReturn(writes).filter((w) => writes[w]!.returned !== Infinity)
  const returns = Float64Array.from(finished, (w) => writes[w]!.returned)
  // By count of writes in order of return: the one of them that is due last.
  const lastDue = new Int32Array(finished.length + 1).fill(NONE)
  finished.forEach((w, i) => {
    const best = lastDue[i]!
    lastDue[i + 1] = best === NONE || due[w]! > due[best]! ? w : best
  })
  for (const a of finished) {
    // It may be `a` itself; but of two in conflict, the one due first has the other before it here.
    const b = lastDue[countBelow(returns, due[a]!)]!
    if (b !== NONE && b !== a && due[b]! > writes[a]!.returned) return [a, b]
  }
  return undefined
}

function countBelow(sorted: Float64Array, limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}
