import type { SpecEntry } from '../spec-entry.ts'

export const registersSpecs: readonly SpecEntry[] = []
