/**
 * Clusters and blocks of a register whose observed values are each written once.
 *
 * A *cluster* is one value's stay in the register: the operation that wrote it (its producer; the
 * initial value has none) and the reads that returned it. As the value is written once, the
 * cluster is contiguous in every legal order, producer first. A successful compare-and-set [a, b]
 * reads a and writes b, so the cluster of b follows that of a immediately. Maximal chains of such
 * clusters are *blocks*: contiguous too, their clusters in a forced order.
 *
 * Which operations of unknown outcome took effect? A producer whose value was observed did: by a
 * read, by a successful compare-and-set from it, or by one that itself must have taken effect.
 * Any other can be left out of every legal order that has it: its cluster is its producer alone
 * (or it is a compare-and-set at the end of its block), and what follows begins with a write,
 * which is legal after any value. The same holds for reads without an answer.
 */
import type { RegisterColumns } from './register-columns.ts'
import { CAS, READ, WRITE } from './register-columns.ts'

/**
 * Why no order is legal. Operations are indices; `root` is the cluster that a block begins with.
 */
export type RegisterConflict =
  /** A value was observed that nobody wrote. */
  | { readonly type: 'unwritten'; readonly by: number }
  /** Two compare-and-sets took the same value, which was there once. */
  | { readonly type: 'rivals'; readonly first: number; readonly second: number }
  /** Values made out of each other, none of them written. `from` is one of the compare-and-sets. */
  | { readonly type: 'circle'; readonly from: number }
  /** Cluster `late`, or something before it in its block, comes first, but was called too late. */
  | { readonly type: 'backwards'; readonly late: number }
  /** Each of two blocks has to come before the other. */
  | { readonly type: 'zones'; readonly a: number; readonly b: number }

/**
 * A cluster is named by its producer's index; that of the initial value by the number of
 * operations.
 */
export interface RegisterClusters {
  /** The cluster of each operation; -1 for those that are left out (and for refused ones). */
  readonly home: Int32Array
  /** The cluster after and before this one in its block; -1 at the ends. */
  readonly next: Int32Array
  readonly previous: Int32Array
  /** The earliest return in the cluster, later in the block that begins with it. */
  readonly firstReturn: Float64Array
  /** The latest call in the cluster, later in the block that begins with it. */
  readonly lastCall: Float64Array
  /** How many clusters were made by compare-and-sets. */
  readonly links: number
}

interface Conflicting {
  readonly conflict: RegisterConflict
}

const NOBODY = -1
const SEVERAL = -2

/** Bytes of memory that the clusters of so many operations take. */
export const bytesOfClusters = (count: number): number => 44 * count

/** `undefined` if an observed value has several possible producers. */
export function registerClusters(
  columns: RegisterColumns,
): RegisterClusters | Conflicting | undefined {
  const producers = producersOf(columns)
  const home = takenProducers(columns, producers)
  if (home === undefined || 'conflict' in home) return home
  return link(columns, producers, home)
}

/** The producer of each value; negative if there is none, or more than one. */
export function producersOf({ count, kind, value, initial, values }: RegisterColumns): Int32Array {
  const producers = new Int32Array(values).fill(NOBODY)
  producers[initial] = count
  for (let i = 0; i < count; i++) {
    if (kind[i] !== WRITE && kind[i] !== CAS) continue
    const v = value[i]!
    producers[v] = producers[v] === NOBODY ? i : SEVERAL
  }
  return producers
}

/** Finds out which producers took effect, and gives each of them its own cluster. */
function takenProducers(
  columns: RegisterColumns,
  producers: Int32Array,
): Int32Array | Conflicting | undefined {
  const { count, kind, value, from, returned } = columns
  const home = new Int32Array(count).fill(-1)
  const open: number[] = []
  let doubtful = false
  for (let i = 0; i < count; i++) {
    const what = kind[i]!
    const answered = returned[i]! < Infinity
    if (answered && (what === WRITE || what === CAS)) home[i] = i
    if (what !== READ && !(what === CAS && answered)) continue
    const producer = producers[what === READ ? value[i]! : from[i]!]!
    if (producer === NOBODY) return { conflict: { type: 'unwritten', by: i } }
    if (producer === SEVERAL) doubtful = true
    else if (producer < count && returned[producer] === Infinity) open.push(producer)
  }
  if (doubtful) return undefined
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (home[i] === i) continue
    home[i] = i
    if (kind[i] !== CAS) continue
    const producer = producers[from[i]!]!
    if (producer === NOBODY) return { conflict: { type: 'unwritten', by: i } }
    if (producer === SEVERAL) return undefined
    if (producer < count && returned[producer] === Infinity) open.push(producer)
  }
  return home
}

/** Chains the clusters, puts the reads into them and finds their first return and last call. */
function link(
  columns: RegisterColumns,
  producers: Int32Array,
  home: Int32Array,
): RegisterClusters | Conflicting {
  const { count, kind, value, from, called, returned } = columns
  const next = new Int32Array(count + 1).fill(-1)
  const previous = new Int32Array(count + 1).fill(-1)
  const firstReturn = new Float64Array(count + 1)
  const lastCall = new Float64Array(count + 1)
  firstReturn[count] = lastCall[count] = -Infinity
  let links = 0
  for (let i = 0; i < count; i++) {
    if (home[i] !== i) continue
    firstReturn[i] = returned[i]!
    lastCall[i] = called[i]!
    if (kind[i] !== CAS) continue
    const before = producers[from[i]!]!
    const rival = next[before]!
    if (rival !== -1) return { conflict: { type: 'rivals', first: rival, second: i } }
    next[before] = i
    previous[i] = before
    links++
  }
  for (let i = 0; i < count; i++) {
    if (kind[i] !== READ) continue
    const cluster = producers[value[i]!]!
    home[i] = cluster
    if (returned[i]! < firstReturn[cluster]!) firstReturn[cluster] = returned[i]!
    if (called[i]! > lastCall[cluster]!) lastCall[cluster] = called[i]!
  }
  return { home, next, previous, firstReturn, lastCall, links }
}
