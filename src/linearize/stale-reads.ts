/**
 * All reads of a register that values alone prove to be stale, in O(n log n).
 *
 * Trust in the writes and compare-and-sets, and in no read but this: what was read had been
 * written by the time the read returned. A read is *provably stale* if under this assumption
 * there is no order in which it, by itself, would have returned the current value: whenever the
 * writes took effect, its value had been overwritten before the read was called.
 *
 * Then this is exact. A distrusted read of v says only that the write of v took effect before the
 * read's return, so it lowers the return of that write, and the theorem of register-blocks.ts
 * applies to blocks of writes (f with such reads, s without) and the one read r in block A.
 * Alone, the blocks have an order. With r, which raises s(A) to r's call, they have none exactly
 * if
 * - a later cluster of A itself was there before r was called, or
 * - for another block B, f(B) is before r's call and f(A) before s(B): B cannot come before A, as
 *   something of A was there before some write of B was called, and it was there before r began.
 */
import type { Problem } from '../core/engine.ts'
import { did } from '../core/wording.ts'
import { sortedBlocks } from './register-blocks.ts'
import type { RegisterClusters } from './register-clusters.ts'
import { registerClusters } from './register-clusters.ts'
import type { RegisterColumns, RegisterNames } from './register-columns.ts'
import { READ, registerColumns } from './register-columns.ts'

/** Operations are indices into the problem's. */
export interface StaleRead {
  readonly read: number
  /** What had certainly overwritten the value by then: of several, the one that was there first. */
  readonly overwrite: number
  /**
   * What returned before the read was called and shows that: `overwrite` itself, or a read of its
   * value.
   */
  readonly shownBy: number
  /** As a sentence. */
  readonly reason: string
  /**
   * All operations of the argument, the read included, in order of index, with the chains of
   * compare-and-sets that their values come from (the last hundred of a longer chain).
   */
  readonly proof: readonly number[]
}

/**
 * The provably stale reads, in order of their calls. `undefined`: nothing can be said, as a value
 * that was read has no writer or several, or the contradiction is between the writes themselves.
 */
export function staleReads(
  problem: Problem,
  names: RegisterNames,
): readonly StaleRead[] | undefined {
  const columns = registerColumns(problem, names)
  if (columns === undefined) return undefined
  const clusters = registerClusters(columns)
  if (clusters === undefined || 'conflict' in clusters) return undefined
  const { count, kind, called } = columns
  const { home, lastCall } = clusters
  for (let i = 0; i < count; i++) if (home[i] === i) lastCall[i] = called[i]!
  lastCall[count] = -Infinity
  const firstReturn = clusters.firstReturn.slice()
  const { roots, conflict } = sortedBlocks(columns, clusters)
  if (conflict !== undefined) return undefined

  const facts = factsOf(columns, clusters, roots, firstReturn)
  const overwritten = overwrites(clusters, roots, facts)
  const stale: StaleRead[] = []
  for (let read = 0; read < count; read++) {
    if (kind[read] !== READ) continue
    const by = overwritten[home[read]!]!
    if (by === -1 || firstReturn[by]! >= called[read]!) continue
    stale.push(explained(problem, clusters, facts, read, by))
  }
  return stale
}

/** What is known about clusters, and about blocks, which are named by their first cluster. */
interface Facts {
  /** The earliest return in each cluster (not block). */
  readonly firstReturn: Float64Array
  /** What returned first in each cluster. */
  readonly shownBy: Int32Array
  /** The block of each cluster. */
  readonly root: Int32Array
  /** The cluster of each block in which something returned first. */
  readonly firstCluster: Int32Array
  /** The producer of each block that was called last. */
  readonly lastProducer: Int32Array
}

function factsOf(
  { count, called, returned }: RegisterColumns,
  { home, next }: RegisterClusters,
  roots: Int32Array,
  firstReturn: Float64Array,
): Facts {
  const shownBy = new Int32Array(count + 1)
  const root = new Int32Array(count + 1)
  const firstCluster = new Int32Array(count + 1)
  const lastProducer = new Int32Array(count + 1)
  for (let i = 0; i < count; i++) {
    if (home[i] !== -1 && returned[i] === firstReturn[home[i]!]) shownBy[home[i]!] = i
  }
  shownBy[count] = count
  for (const block of roots) {
    let first = block
    let last = block
    for (let at = block; at !== -1; at = next[at]!) {
      root[at] = block
      if (firstReturn[at]! < firstReturn[first]!) first = at
      if (last === count || called[at]! > called[last]!) last = at
    }
    firstCluster[block] = first
    lastProducer[block] = last
  }
  return { firstReturn, shownBy, root, firstCluster, lastProducer }
}

/** For each cluster, the one that is first known to have been there after it; -1 if none is. */
function overwrites(
  clusters: RegisterClusters,
  roots: Int32Array,
  { firstReturn, firstCluster }: Facts,
): Int32Array {
  const { next, previous } = clusters
  const earlier = (a: number, b: number): number =>
    b === -1 || (a !== -1 && firstReturn[a]! <= firstReturn[b]!) ? a : b
  const other = otherBlocks(clusters, roots, firstCluster, earlier)
  const overwritten = new Int32Array(next.length).fill(-1)
  for (const root of roots) {
    let last = root
    while (next[last] !== -1) last = next[last]!
    let best = other[root]!
    for (let at = last; at !== -1; at = previous[at]!) {
      overwritten[at] = best
      best = earlier(best, at)
    }
  }
  return overwritten
}

/**
 * For each block A the cluster that was there first of all blocks B with f(A) < s(B), except
 * itself.
 */
function otherBlocks(
  { firstReturn, lastCall }: RegisterClusters,
  roots: Int32Array,
  firstCluster: Int32Array,
  earlier: (a: number, b: number) => number,
): Int32Array {
  const byCall = roots.toSorted((a, b) => lastCall[b]! - lastCall[a]! || 0)
  const byReturn = roots.toSorted((a, b) => firstReturn[b]! - firstReturn[a]! || 0)
  const other = new Int32Array(firstCluster.length).fill(-1)
  let added = 0
  let best = -1
  let second = -1
  for (const root of byReturn) {
    while (added < byCall.length && lastCall[byCall[added]!]! > firstReturn[root]!) {
      const cluster = firstCluster[byCall[added++]!]!
      if (earlier(best, cluster) === best) second = earlier(second, cluster)
      else [best, second] = [cluster, best]
    }
    other[root] = best === firstCluster[root] ? second : best
  }
  return other
}

function explained(
  { operations }: Problem,
  { home, previous }: RegisterClusters,
  { shownBy, root, firstCluster, lastProducer }: Facts,
  read: number,
  overwrite: number,
): StaleRead {
  const shown = shownBy[overwrite]!
  const proof = [read, home[read]!, overwrite, shown]
  const said = (index: number) => did(operations[index]!)
  let reason = `${said(read)}, but ${said(shown)} before`
  const block = root[home[read]!]!
  const other = root[overwrite]!
  const before = shownBy[firstCluster[block]!]!
  if (block !== other && before !== operations.length) {
    // Why the overwriting value came later at all.
    const after = lastProducer[other]!
    proof.push(before, after)
    reason += after === shown ? ', and that after ' : `, and ${said(after)} after `
    reason += said(before)
  }
  return { read, overwrite, shownBy: shown, reason, proof: withChains(proof, home, previous) }
}

/**
 * Longer chains are cut off: they would cost more than the few operations that follow are worth.
 */
const LONGEST_CHAIN = 100

/** Operations with those that the values they changed come from, in order of index. */
function withChains(
  proof: readonly number[],
  home: Int32Array,
  previous: Int32Array,
): readonly number[] {
  const all = new Set(proof)
  for (const index of proof) {
    let cluster = home[index] ?? -1
    for (let n = 0; n < LONGEST_CHAIN && cluster !== -1; n++) {
      all.add(cluster)
      cluster = previous[cluster]!
    }
  }
  // The initial value is a cluster, but no operation.
  all.delete(home.length)
  return [...all].sort((a, b) => a - b)
}
