import type { SpecEntry } from '../spec-entry.ts'

export const consensusSpecs: readonly SpecEntry[] = []
