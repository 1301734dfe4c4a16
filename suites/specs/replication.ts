import type { SpecEntry } from '../spec-entry.ts'

export const replicationSpecs: readonly SpecEntry[] = []
