/**
 * The order of the blocks of a register (see register-clusters.ts for what a block is).
 *
 * A legal order is a sequence of blocks: a block is contiguous, and its inner order is forced.
 * Let f(B) be the earliest return and s(B) the latest call in a block. Block A has to precede B
 * exactly if something in A returned before something in B was called: f(A) < s(B).
 *
 * Theorem: if each block has an order by itself, there is a legal order exactly if no two blocks
 * have to precede each other. Proof: otherwise take a shortest cycle A1 -> A2 -> ... of at least
 * three blocks. It has no chords, nor edges backwards, so not Ai -> Ai+2, that is f(Ai) >=
 * s(Ai+2) > f(Ai+1), the latter because Ai+1 -> Ai+2. So f decreases all the way around the
 * cycle, which is impossible.
 *
 * Order the blocks by min(f, s). A block with s <= f contradicts nothing before it, as s of an
 * earlier such block is not after its own f; the blocks with f < s (f to s is when its values
 * were certainly there) must not overlap. Both are the same test: no block's f may be before the
 * latest s so far. Without conflict this order respects all 'has to precede', so it is a
 * linearization.
 */
import type { RegisterClusters, RegisterConflict } from './register-clusters.ts'
import type { RegisterColumns } from './register-columns.ts'
import { sortNearlySorted } from './nearly-sorted.ts'

export interface Blocks {
  /** The first cluster of each block; in legal order, unless there is a conflict. */
  readonly roots: Int32Array
  readonly conflict?: RegisterConflict
}

/**
 * The blocks in legal order, or why there is none. `firstReturn` and `lastCall` of the first
 * cluster of each block become those of the whole block.
 */
export function sortedBlocks(columns: RegisterColumns, clusters: RegisterClusters): Blocks {
  const { firstReturn, lastCall } = clusters
  const blocks = blocksOf(columns, clusters)
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

/**
 * Sorts blocks by min(f, s), at equal ends those with s <= f first. The initial one stays first.
 */
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
  sortNearlySorted(keys)
  const sorted = new Int32Array(roots.length)
  sorted[0] = roots[0]!
  for (let at = 1; at < roots.length; at++) sorted[at] = keys[at - 1]! % count
  return sorted
}

/**
 * The first cluster of every block, that of the initial value first. Fails if a block has no
 * order by itself: its clusters have a forced order, so it has one exactly if no cluster's
 * earliest return is before a call that comes earlier. The reads of one cluster, among
 * themselves, can always go in the order in which they were called.
 */
function blocksOf(
  { count, called }: RegisterColumns,
  { home, next, previous, firstReturn, lastCall, links }: RegisterClusters,
): Blocks {
  const roots = new Int32Array(count + 1)
  let blocks = 0
  let met = 0
  for (let at = -1; at < count; at++) {
    const root = at === -1 ? count : at
    if (root < count && (home[root] !== root || previous[root] !== -1)) continue
    roots[blocks++] = root
    let latest = -Infinity
    let earliest = Infinity
    for (let cluster = root; cluster !== -1; cluster = next[cluster]!) {
      if (cluster !== root) met++
      const begun = cluster === count ? -Infinity : Math.max(latest, called[cluster]!)
      if (firstReturn[cluster]! < begun) {
        return { roots, conflict: { type: 'backwards', late: cluster } }
      }
      latest = Math.max(latest, lastCall[cluster]!)
      earliest = Math.min(earliest, firstReturn[cluster]!)
    }
    firstReturn[root] = earliest
    lastCall[root] = latest
  }
  if (met < links) {
    return { roots, conflict: { type: 'circle', from: onCircle(count, next, previous) } }
  }
  return { roots: roots.subarray(0, blocks) }
}

/** A cluster on a circle: what is never reached from the beginning of a block. */
function onCircle(count: number, next: Int32Array, previous: Int32Array): number {
  const reached = new Uint8Array(count + 1)
  for (let i = 0; i <= count; i++) {
    if (previous[i] !== -1) continue
    for (let at = i; at !== -1; at = next[at]!) reached[at] = 1
  }
  return reached.indexOf(0)
}
