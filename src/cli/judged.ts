import type { Judgement } from '../../checkers/judge.ts'
import type { Json } from '../core/json.ts'
import type { Format } from '../history/format.ts'
import type { History } from '../history/history.ts'

/** A history and what was found in it. */
export interface Judged {
  /** As on the command line. */
  readonly file: string
  readonly history: History
  readonly judgement: Judgement
}

/** The options of `synod judge`, parsed: times in seconds, sizes in bytes. */
export interface JudgeFlags {
  readonly model?: string
  readonly condition?: string
  readonly engine?: string
  readonly initial?: { readonly value: Json }
  readonly format?: Format
  readonly lenient?: true
  readonly tuples?: boolean
  readonly nilReads?: 'unobserved' | 'null'
  readonly time: number
  readonly memory: number
  readonly html?: string
  readonly order?: string
  readonly json?: true
  readonly save?: string
}
