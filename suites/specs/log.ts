import type { SpecEntry } from '../spec-entry.ts'

export const logSpecs: readonly SpecEntry[] = []
