import type { Entry } from './entry.ts'
import { histories } from './histories.ts'

/** The table of expected verdicts, in the order in which it is printed. */
export const entries: readonly Entry[] = [...histories]
