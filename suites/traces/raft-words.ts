import type { TraceStep } from '../../src/core/trace.ts'

export interface Entry {
  readonly term: number
  readonly value: unknown
}

export interface SpecEntry {
  readonly term: number
  readonly value: number
}

export interface Ballot {
  readonly term: number
  readonly votedFor: string | null
}

/** What the mapping looks at of the spec's state. */
export interface Seen {
  readonly term: { get(server: number): number }
  readonly votedFor: { get(server: number): number | null }
  readonly log: { get(server: number): SpecLog }
  readonly asked: {
    get(term: number): { get(server: number): { lastTerm: number; lastIndex: number } | null }
  }
}

export interface SpecLog {
  readonly length: number
  at(index: number): SpecEntry
}

export interface Asked {
  readonly term: number
  readonly lastTerm: number
  readonly lastIndex: number
}

export interface Append {
  readonly term: number
  readonly prevIndex: number
  readonly entries: readonly Entry[]
  readonly commit: number
}

/** What a leader says to be committed. */
export function commitTold(step: TraceStep): number | undefined {
  let told: number | undefined
  for (const effect of step.effects) {
    if (effect.type !== 'send') continue
    const { type, commit } = effect.message as { readonly type: string; readonly commit?: number }
    if (type === 'append' && commit !== undefined) told = Math.max(told ?? 0, commit)
  }
  return told
}
