import type { Objective } from '../quorum/search/question.ts'
import type { ImportFormat } from '../quorum/import/imported.ts'
import type { Rational } from '../quorum/rational.ts'
import type { Mix, ZoneChances } from './quorum-options.ts'

interface Common {
  readonly p?: Rational
  readonly readFraction?: Rational | readonly Mix[]
  /** In seconds. */
  readonly time: number
  readonly json?: true
}

export interface CompareFlags extends Common {
  readonly zone?: ZoneChances
  /** A file with what is known of the nodes. */
  readonly nodes?: string
  readonly html?: string
}

export interface ImportFlags extends CompareFlags {
  readonly format?: ImportFormat
  readonly read?: string
  readonly write?: string
  readonly local?: string
  readonly zones?: string
}

export interface BestFlags extends Common {
  /** How many, or a file. */
  readonly nodes: string
  readonly resilience: number
  readonly failures: number
  readonly optimise: Objective
  readonly maxLoad?: string
  readonly maxNetwork?: string
  readonly maxLatency?: string
  readonly maxFailure?: string
}

export interface OverviewFlags extends Common {
  readonly html?: string
  readonly save?: string
}
