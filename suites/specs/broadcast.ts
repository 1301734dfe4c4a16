import type { SpecEntry } from '../spec-entry.ts'

export const broadcastSpecs: readonly SpecEntry[] = []
