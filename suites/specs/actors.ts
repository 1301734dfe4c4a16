import type { SpecEntry } from '../spec-entry.ts'

export const actorsSpecs: readonly SpecEntry[] = []
