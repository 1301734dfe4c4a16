import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { View } from '../../src/core/invariant.ts'

/** An entry of a log, as nodes show it: the term in which it was made, and what it says. */
export interface LogEntry {
  readonly term: number
  readonly value: unknown
}

/**
 * The log of a node as it shows it: `log`, the entries from `base + 1` on (from the first one if
 * there is no `base`), of which those up to the index `commit` are committed.
 */
export interface ShownLog {
  readonly base: number
  readonly entries: readonly LogEntry[]
  readonly commit: number
}

/** `undefined`: the node shows no log. */
export function shownLog(view: View | undefined): ShownLog | undefined {
  if (view === undefined || !Array.isArray(view['log'])) return undefined
  const { log, base = 0, commit = 0 } = view as unknown as Shown
  return { base, entries: log, commit }
}

interface Shown {
  readonly log: readonly LogEntry[]
  readonly base?: number
  readonly commit?: number
}

export function lastIndex({ base, entries }: ShownLog): number {
  return base + entries.length
}

export function entryAt({ base, entries }: ShownLog, index: number): LogEntry | undefined {
  return entries[index - base - 1]
}

/** The first index in a range at which two logs have different entries, of those both have. */
export function firstDifference(one: ShownLog, other: ShownLog, last: number): number | undefined {
  for (let index = Math.max(one.base, other.base) + 1; index <= last; index++) {
    if (!sameEntry(entryAt(one, index), entryAt(other, index))) return index
  }
  return undefined
}

/** Nodes in one process share entries, so most comparisons end at once. */
export function sameEntry(one: LogEntry | undefined, other: LogEntry | undefined): boolean {
  if (one === other) return true
  if (one === undefined || other === undefined || one.term !== other.term) return false
  return sameJson(one.value as Json, other.value as Json)
}

export function entryText(entry: LogEntry | undefined): string {
  return entry === undefined ? 'nothing' : `${JSON.stringify(entry.value)} of term ${entry.term}`
}
