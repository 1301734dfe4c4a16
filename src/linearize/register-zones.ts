/**
 * Registers whose observed values are each written once, in O(n log n), exactly: the zones of
 * Gibbons & Korach (Testing Shared Memories, SIAM J. Comput. 26(4), 1997, section 4), extended to
 * operations of unknown outcome, initial values and compare-and-set.
 *
 * A legal order is a sequence of blocks (see register-clusters.ts: a block is contiguous and its
 * inner order is forced). Let f(B) be the earliest return and s(B) the latest call in a block. Block A has to
 * precede B exactly if something in A returned before something in B was called: f(A) < s(B).
 *
 * Theorem: if each block has an order by itself, there is a legal order exactly if no two blocks
 * have to precede each other. Proof: otherwise take a shortest cycle A1 -> A2 -> ... of at least three
 * blocks. It has no chords, so not Ai -> Ai+2, that is f(Ai) >= s(Ai+2) > f(Ai+1), the latter because
 * Ai+1 -> Ai+2. So f decreases all the way around the cycle, which is impossible.
 *
 * Order the blocks by min(f, s). A block with s <= f contradicts nothing before it, as s of an earlier such
 * block is not after its own f; the blocks with f < s (f to s is when its values were certainly
 * there) must not overlap. Both are the same test: no block's f may be before the latest s so far.
 * Without conflict this order respects all 'has to precede', so it is a linearization.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import { placeRefused } from './refused-cas.ts'
import type { RegisterClusters, RegisterConflict } from './register-clusters.ts'
import { bytesOfClusters, registerBlocks, registerClusters } from './register-clusters.ts'
import type { RegisterColumns, RegisterNames } from './register-columns.ts'
import { bytesOfColumns, READ, registerColumns } from './register-columns.ts'
import { registerFailure } from './register-failure.ts'

/** Bytes an operation, at most, for sorting the blocks and writing down the order. */
const BYTES_OF_ORDER = 36

/** The engine for a register whose operations have these names. */
export function registerZones(names: RegisterNames): Engine {
  return {
    name: 'register-zones',
    decide: (problem, meter) => decideRegister(problem, names, meter),
  }
}

function decideRegister(
  problem: Problem,
  names: RegisterNames,
  meter: Meter,
): Decision | undefined {
  const count = problem.operations.length
  const bytes = bytesOfColumns(count) + bytesOfClusters(count) + BYTES_OF_ORDER * count
  const stopped = () =>
    ({ outcome: 'unknown', hit: meter.hit('nothing was decided yet') }) as const
  if (!meter.reserve(bytes)) return stopped()
  try {
    const columns = registerColumns(problem, names)
    if (columns === undefined) return undefined
    if (!meter.step(count)) return stopped()
    const clusters = registerClusters(columns)
    if (clusters === undefined) return undefined
    if ('conflict' in clusters) {
      return registerFailure(problem, columns, clusters.conflict)
    }
    if (!meter.step(count)) return stopped()
    const { roots, conflict } = sortedBlocks(columns, clusters)
    if (conflict !== undefined) return registerFailure(problem, columns, conflict, clusters)
    const order = writtenOut(columns, clusters, roots)
    if (columns.refused === 0) return { outcome: 'pass', order }
    const full = placeRefused(order, columns)
    return full === undefined ? undefined : { outcome: 'pass', order: full }
  } finally {
    meter.release(bytes)
  }
}

/** The blocks in legal order, or two of them that contradict each other. */
function sortedBlocks(
  columns: RegisterColumns,
  clusters: RegisterClusters,
): { readonly roots: Int32Array; readonly conflict?: RegisterConflict } {
  const { firstReturn, lastCall } = clusters
  const blocks = registerBlocks(columns, clusters)
  if (blocks.conflict !== undefined) return blocks
  const roots = byLeftEnd(blocks.roots, clusters)
  let last = roots[0]!
  for (let at = 1; at < roots.length; at++) {
    const root = roots[at]!
    if (firstReturn[root]! < lastCall[last]!) {
      return { roots, conflict: { type: 'zones', a: last, b: root } }
    }
    if (lastCall[root]! > lastCall[last]!) last = root
  }
  return { roots }
}

/** Sorts blocks by min(f, s), at equal ends those with s <= f first. The initial one stays first. */
function byLeftEnd(roots: Int32Array, { firstReturn, lastCall }: RegisterClusters): Int32Array {
  // Position, kind and block in one number, which sorts ten times faster than with a comparison.
  const count = firstReturn.length
  const keys = new Float64Array(roots.length - 1)
  for (let at = 1; at < roots.length; at++) {
    const root = roots[at]!
    const forward = firstReturn[root]! < lastCall[root]!
    const left = forward ? firstReturn[root]! * 2 + 1 : lastCall[root]! * 2
    keys[at - 1] = left * count + root
  }
  keys.sort()
  const sorted = new Int32Array(roots.length)
  sorted[0] = roots[0]!
  for (let at = 1; at < roots.length; at++) sorted[at] = keys[at - 1]! % count
  return sorted
}

/** The order of operations: blocks, in them clusters, in them the producer and then the reads by call. */
function writtenOut(
  { count, kind }: RegisterColumns,
  { home, next }: RegisterClusters,
  roots: Int32Array,
): Int32Array {
  // First the size of each cluster, then the next free place in it.
  const place = new Int32Array(count + 1)
  let total = 0
  for (let i = 0; i < count; i++) {
    if (home[i] === -1) continue
    place[home[i]!]!++
    total++
  }
  const order = new Int32Array(total)
  let start = 0
  for (const root of roots) {
    for (let cluster = root; cluster !== -1; cluster = next[cluster]!) {
      const size = place[cluster]!
      place[cluster] = start
      if (cluster !== count) order[place[cluster]!++] = cluster
      start += size
    }
  }
  for (let i = 0; i < count; i++) if (kind[i] === READ) order[place[home[i]!]!++] = i
  return order
}
