import type { SpecEntry } from '../spec-entry.ts'

export const terminationSpecs: readonly SpecEntry[] = []
