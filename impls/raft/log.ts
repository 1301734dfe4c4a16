import type { Entry } from './state.ts'

/**
 * The entries from `base + 1` on; those before are part of a snapshot. A plain list, copied when
 * something is appended: snapshots keep it short, and to copy a hundred references takes less time
 * than one step in a cleverer structure.
 */
export interface Log {
  /** The index of the last entry that is not kept any more, and its term. */
  readonly base: number
  readonly baseTerm: number
  readonly entries: readonly Entry[]
}

export const emptyLog: Log = { base: 0, baseTerm: 0, entries: [] }

export function lastIndex(log: Log): number {
  return log.base + log.entries.length
}

export function lastTerm(log: Log): number {
  return log.entries.at(-1)?.term ?? log.baseTerm
}

/** `undefined`: not there yet, or not any more. */
export function entryAt(log: Log, index: number): Entry | undefined {
  return index > log.base ? log.entries[index - log.base - 1] : undefined
}

export function termAt(log: Log, index: number): number | undefined {
  return index === log.base ? log.baseTerm : entryAt(log, index)?.term
}

/** Up to `most` entries from an index on. */
export function entriesFrom(log: Log, index: number, most: number): readonly Entry[] {
  const from = index - log.base - 1
  const { entries } = log
  if (from >= entries.length) return nothing
  return from === 0 && entries.length <= most ? entries : entries.slice(from, from + most)
}

const nothing: readonly Entry[] = []

/** The same log with other entries from an index on. */
export function withEntries(log: Log, index: number, added: readonly Entry[]): Log {
  const kept = index - log.base - 1
  const { entries } = log
  const before = kept === entries.length ? entries : entries.slice(0, kept)
  return { base: log.base, baseTerm: log.baseTerm, entries: before.concat(added) }
}

/** Without the entries up to an index, which is in the log. */
export function compacted(log: Log, base: number): Log {
  const baseTerm = termAt(log, base) ?? 0
  return { base, baseTerm, entries: log.entries.slice(base - log.base) }
}

/** Whether a log that ends like this has everything that this one could have committed (§5.4.1). */
export function isUpToDate(log: Log, itsLastIndex: number, itsLastTerm: number): boolean {
  const term = lastTerm(log)
  return itsLastTerm > term || (itsLastTerm === term && itsLastIndex >= lastIndex(log))
}

/** Where the entries of the term begin that an index belongs to. */
export function startOfTerm(log: Log, index: number): number {
  const term = termAt(log, index)
  let start = index
  while (start - 1 > log.base && termAt(log, start - 1) === term) start--
  return start
}
