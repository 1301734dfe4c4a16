import type { SpecEntry } from '../spec-entry.ts'

export const mutexSpecs: readonly SpecEntry[] = []
