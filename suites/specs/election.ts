import type { SpecEntry } from '../spec-entry.ts'

export const electionSpecs: readonly SpecEntry[] = []
