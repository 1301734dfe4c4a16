import type { SpecEntry } from '../spec-entry.ts'

export const classicsSpecs: readonly SpecEntry[] = []
