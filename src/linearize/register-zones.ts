/**
 * Registers whose observed values are each written once, in O(n log n), exactly: the zones of
 * Gibbons & Korach (Testing Shared Memories, SIAM J. Comput. 26(4), 1997, section 4), extended to
 * operations of unknown outcome, initial values and compare-and-set.
 *
 * The proof is in register-blocks.ts.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Arrays } from './arrays.ts'
import { scratch } from './arrays.ts'
import { placeRefused } from './refused-cas.ts'
import { sortedBlocks } from './register-blocks.ts'
import type { RegisterClusters } from './register-clusters.ts'
import { bytesOfClusters, registerClusters } from './register-clusters.ts'
import type { RegisterColumns, RegisterNames } from './register-columns.ts'
import { bytesOfColumns, READ, registerColumns } from './register-columns.ts'
import { registerFailure } from './register-failure.ts'
import { staleReads } from './stale-reads.ts'

/** Bytes an operation, at most, for sorting the blocks and writing down the order. */
const BYTES_OF_ORDER = 36

/** The engine for a register whose operations have these names. */
export function registerZones(names: RegisterNames): Engine {
  return {
    name: 'register-zones',
    decide: (problem, meter) =>
      scratch.lend((arrays) => decideRegister(problem, names, meter, arrays)),
    contradictions: (problem) =>
      staleReads(problem, names)?.map(({ proof, read, shownBy, reason }) => ({
        core: proof,
        culprit: read,
        since: shownBy,
        reason,
      })),
  }
}

function decideRegister(
  problem: Problem,
  names: RegisterNames,
  meter: Meter,
  arrays: Arrays,
): Decision | undefined {
  const count = problem.operations.length
  const bytes = bytesOfColumns(count) + bytesOfClusters(count) + BYTES_OF_ORDER * count
  const stopped = () => ({ outcome: 'unknown', hit: meter.hit('nothing was decided yet') }) as const
  if (!meter.reserve(bytes)) return stopped()
  try {
    const columns = registerColumns(problem, names, arrays)
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

/**
 * The order of operations: blocks, in them clusters, in them the producer and then the reads by
 * call.
 */
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
