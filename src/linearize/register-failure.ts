/**
 * What is said about a register that has no legal order: the operations that contradict each
 * other.
 */
import type { Decision, Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { did, shown } from '../core/wording.ts'
import type { RegisterClusters, RegisterConflict } from './register-clusters.ts'
import { producersOf } from './register-clusters.ts'
import type { RegisterColumns } from './register-columns.ts'
import { CAS, READ } from './register-columns.ts'

/** The operations that a conflict is between, the one to point at, and the sentence. */
interface Finding {
  readonly proof: readonly number[]
  readonly impossible: number
  readonly reason: string
}

/**
 * The decision for a conflict. Its core is a contradiction by itself: the operations that the
 * conflict is between, the producers of their values back to the beginning of the block, and for
 * each of those without an answer something that shows that it took effect.
 */
export function registerFailure(
  { operations }: Problem,
  columns: RegisterColumns,
  conflict: RegisterConflict,
  clusters?: RegisterClusters,
): Decision {
  const { proof, impossible, reason } = finding(operations, columns, conflict, clusters)
  return { outcome: 'fail', core: withProducers(proof, columns), reason, impossible }
}

function finding(
  operations: readonly Operation[],
  columns: RegisterColumns,
  conflict: RegisterConflict,
  clusters: RegisterClusters | undefined,
): Finding {
  const said = (index: number): string => did(operations[index]!)
  if (conflict.type === 'unwritten') {
    const { by } = conflict
    const value = shown(valueObserved(operations[by]!))
    return { proof: [by], impossible: by, reason: `${said(by)}, but nobody ever wrote ${value}` }
  }
  if (conflict.type === 'rivals') {
    const { first, second } = conflict
    const value = shown(valueObserved(operations[first]!))
    const reason = `${said(first)} and ${said(second)}, but ${value} was there only once`
    return { proof: [first, second], impossible: second, reason }
  }
  if (clusters === undefined) throw new Error('these conflicts are between clusters')
  switch (conflict.type) {
    case 'circle':
      return circle(clusters, said, conflict.from)
    case 'backwards':
      return backwards(columns, clusters, said, conflict.late)
    case 'zones':
      return zones(columns, clusters, said, conflict)
  }
}

/** What a read returned or a compare-and-set found. */
function valueObserved({ f, value, result }: Operation): Json | undefined {
  const pair = Array.isArray(value) && f !== 'read' && value.length === 2
  return pair ? (value as readonly Json[])[0] : result
}

type Said = (index: number) => string

function circle({ next }: RegisterClusters, said: Said, from: number): Finding {
  const proof = [from]
  for (let at = next[from]!; at !== from; at = next[at]!) proof.push(at)
  const reason = `${said(from)}, but such values were only made out of each other, never written`
  return { proof, impossible: from, reason }
}

/**
 * In a block: what returned first in cluster `late` had returned before something earlier was
 * called.
 */
function backwards(
  { count, kind, called, returned }: RegisterColumns,
  { home, previous }: RegisterClusters,
  said: Said,
  late: number,
): Finding {
  const before = new Set<number>()
  for (let at = previous[late]!; at !== -1; at = previous[at]!) before.add(at)
  let first = late
  let last = late
  for (let i = 0; i < count; i++) {
    if (home[i] === late && returned[i]! < returned[first]!) first = i
    if (before.has(home[i]!) && called[i]! > called[last]!) last = i
  }
  if (last !== late && kind[last] === READ) {
    // The read is the one that came too late: its value had been changed.
    const change = `${said(first)} before`
    const stale = `${said(last)}, but ${change}, which comes after it in a chain of changes`
    return { proof: [first, last], impossible: last, reason: stale }
  }
  const reason =
    last === late
      ? `${said(first)}, but the operation that put it there began later: ${said(late)}`
      : `${said(first)}, but what comes before it in a chain of changes began later: ${said(last)}`
  return { proof: [first, last], impossible: first, reason }
}

/** Two blocks, each of which had something returned before something of the other was called. */
function zones(
  columns: RegisterColumns,
  clusters: RegisterClusters,
  said: Said,
  { a, b }: { readonly a: number; readonly b: number },
): Finding {
  // Point at the read that came too late, and where both are reads or none is, at the later one.
  const { kind, called } = columns
  const ends = [endsOf(columns, clusters, a), endsOf(columns, clusters, b)].sort(
    (x, y) =>
      Number(kind[y.last] === READ) - Number(kind[x.last] === READ) ||
      called[y.last]! - called[x.last]!,
  )
  const [late, over] = ends as [Ends, Ends]
  const proof = [late.first, late.last, over.first, over.last].filter((index) => index !== -1)
  return { proof, impossible: late.last, reason: zonesReason(said, late, over) }
}

interface Ends {
  /** What returned first; -1 for the initial value, which was there before everything. */
  readonly first: number
  /** What was called last. */
  readonly last: number
}

/** `late.last` began after `over.first` had returned, and `over.last` after `late.first` had. */
function zonesReason(said: Said, late: Ends, over: Ends): string {
  const read = said(late.last)
  if (over.first === -1) return `${said(over.last)}, but ${read} only after ${said(late.first)}`
  if (late.first === -1) return `${read}, but ${said(over.first)} before`
  if (over.first === over.last) {
    return `${read}, but ${said(over.first)} before, and that after ${said(late.first)}`
  }
  return (
    `${read} after ${said(over.first)}, but ${said(over.last)} after ${said(late.first)}: ` +
    `each of the values would have to be gone before the other came`
  )
}

function endsOf(
  { count, called, returned }: RegisterColumns,
  { home, next }: RegisterClusters,
  root: number,
): Ends {
  const block = new Set<number>()
  for (let at = root; at !== -1; at = next[at]!) block.add(at)
  let first = -1
  let last = -1
  for (let i = 0; i < count; i++) {
    if (!block.has(home[i]!)) continue
    if (first === -1 || returned[i]! < returned[first]!) first = i
    if (last === -1 || called[i]! > called[last]!) last = i
  }
  return { first: root === count ? -1 : first, last }
}

/** The operations with everything that they presuppose, in order of index. */
function withProducers(proof: readonly number[], columns: RegisterColumns): readonly number[] {
  const { count, kind, value, from, returned } = columns
  const producers = producersOf(columns)
  const observers = observersOf(columns, producers)
  const core = new Set<number>()
  const shownToBeThere = new Set<number>()
  const open = [...proof]
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (core.has(i)) continue
    core.add(i)
    const isRead = kind[i] === READ
    if (isRead || kind[i] === CAS) {
      const source = isRead ? value[i]! : from[i]!
      const producer = producers[source]!
      if (producer >= 0 && producer < count) open.push(producer)
      if (returned[i]! < Infinity) shownToBeThere.add(source)
    }
  }
  // What nobody is known to have seen might have never happened: add somebody who did.
  const silent = [...core].filter((i) => returned[i] === Infinity)
  for (let i = silent.pop(); i !== undefined; i = silent.pop()) {
    const observer = observers[value[i]!]!
    if (shownToBeThere.has(value[i]!) || observer === -1 || core.has(observer)) continue
    core.add(observer)
    if (returned[observer] === Infinity) silent.push(observer)
  }
  return [...core].sort((a, b) => a - b)
}

/** For each value that was certainly there, an operation that shows it; -1 for the others. */
function observersOf(
  { count, kind, value, from, returned, values }: RegisterColumns,
  producers: Int32Array,
): Int32Array {
  const observers = new Int32Array(values).fill(-1)
  const open: number[] = []
  for (let i = 0; i < count; i++) {
    if (returned[i] === Infinity || (kind[i] !== READ && kind[i] !== CAS)) continue
    const seen = kind[i] === READ ? value[i]! : from[i]!
    if (observers[seen] !== -1) continue
    observers[seen] = i
    open.push(seen)
  }
  for (let v = open.pop(); v !== undefined; v = open.pop()) {
    const producer = producers[v]!
    if (producer < 0 || producer >= count || kind[producer] !== CAS) continue
    const seen = from[producer]!
    if (returned[producer]! < Infinity || observers[seen] !== -1) continue
    observers[seen] = producer
    open.push(seen)
  }
  return observers
}
