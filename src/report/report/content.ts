import type { RoundChain } from '../../core/round-chain.ts'
import type { SpaceTime, Story } from '../../core/story.ts'
import type { Timeline } from '../../core/timeline.ts'
import type { Markup } from '../html.ts'
import type { RunLine } from '../run-lines.ts'
import type { TextTable } from '../text-table.ts'

/** Everything that the report shows, as plain data: what was run, what came out, and why. */
export interface Report {
  readonly runs: readonly SavedRun[]
  readonly missing: readonly NotRun[]
  /** What is left out, and why: damaged files, evidence that is not there. */
  readonly warnings: readonly string[]
  /** The columns of the dashboard, from the left. */
  readonly columns: readonly Column[]
  /** What was checked, by protocol; then what belongs to no protocol. */
  readonly families: readonly Family[]
  /** Pictures that stand for themselves, each under a heading. */
  readonly chapters: readonly Chapter[]
  readonly book?: ClaimsBook
  readonly bench?: Bench
}

export interface SavedRun {
  readonly command: string
  /** UTC, ISO 8601. */
  readonly started: string
  readonly seconds: number
  readonly rows: number
  readonly asExpected: number
  /** False: it was ended before it was through. */
  readonly finished: boolean
  readonly machine: string
  readonly version: string
}

/** Something that could have been run, and was not. */
export interface NotRun {
  readonly what: string
  readonly command: string
}

/** One way of looking at protocols. */
export interface Column {
  readonly key: string
  readonly title: string
  /** What is done there, in a sentence. */
  readonly about: string
}

/** A protocol, or a subject, with all that was checked of it. */
export interface Family {
  /** Names it in the page: `raft`. */
  readonly key: string
  readonly name: string
  /**
   * Whether the columns of the dashboard say something about it; `book`: the claims, which have a
   * section of their own.
   */
  readonly kind: 'protocol' | 'subject' | 'book'
  readonly groups: readonly Group[]
}

/** What was checked of a protocol in one way. */
export interface Group {
  /** Of a column; of a subject that has none, anything. */
  readonly column: string
  readonly title: string
  readonly entries: readonly ReportEntry[]
  /** What was not run of it; absent where nothing is missing. */
  readonly notRun?: NotRun
}

/** One check: what came out, whether it should, and what shows it. */
export interface ReportEntry {
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly asExpected: boolean
  /** What had been expected, in words; only where something else came out. */
  readonly wanted?: string
  readonly sentence: string
  /** `288 states, 12 levels`. */
  readonly figures: string
  readonly engine: string
  readonly seconds: number
  /** Why it is expected, or what is planted. */
  readonly because?: string
  /** The command that shows it again, as a shell takes it. */
  readonly again: string
  readonly evidence: readonly Exhibit[]
}

/** One thing to look at. */
export type Exhibit =
  | { readonly type: 'story'; readonly story: Story; readonly picture?: SpaceTime }
  | { readonly type: 'timeline'; readonly timeline: Timeline }
  | { readonly type: 'space-time'; readonly picture: SpaceTime }
  | { readonly type: 'run'; readonly lines: readonly RunLine[] }
  | { readonly type: 'facts'; readonly facts: readonly Fact[] }
  | { readonly type: 'table'; readonly title?: string; readonly table: TextTable }
  | { readonly type: 'text'; readonly title?: string; readonly lines: readonly string[] }
  | { readonly type: 'paragraphs'; readonly texts: readonly string[] }
  | {
      readonly type: 'chain'
      readonly chain: RoundChain
      readonly lines: readonly (readonly string[])[]
    }
  /** Drawn by Graphviz, which escapes what stands in it. */
  | {
      readonly type: 'graph'
      readonly title: string
      readonly svg: string
      readonly cut?: string
      readonly legend?: 'valency'
    }
  /** Drawn already, by one of our own templates. */
  | { readonly type: 'drawn'; readonly markup: Markup }

export interface Fact {
  readonly name: string
  readonly text: string
}

/** A subject that is told by pictures. */
export interface Chapter {
  readonly key: string
  readonly title: string
  readonly about: readonly string[]
  readonly parts: readonly ChapterPart[]
}

export interface ChapterPart {
  readonly title: string
  readonly about: readonly string[]
  readonly exhibits: readonly Exhibit[]
  /** The command that shows it again. */
  readonly again?: string
}

/** Statements about distributed computing, with what their checks showed. */
export interface ClaimsBook {
  readonly groups: readonly { readonly name: string; readonly claims: readonly BookClaim[] }[]
}

export interface BookClaim {
  readonly id: string
  readonly name: string
  readonly says: string
  readonly source: string
  /** `holds`, `refuted as worded`, ... */
  readonly verdict: string
  /** What is right instead. */
  readonly instead?: string
  readonly because?: string
  /** Absent: it was not run. */
  readonly checked?: { readonly outcome: ReportEntry['outcome']; readonly asExpected: boolean }
  readonly checks: readonly BookCheck[]
  readonly again: string
}

export interface BookCheck {
  readonly shows: string
  readonly asks: string
  readonly method: string
  readonly outcome: ReportEntry['outcome']
  readonly sentence: string
  readonly shown?: readonly string[]
  readonly again?: string
}

/** What was measured, against a bar, a peer or a run before. */
export interface Bench {
  readonly machine: string
  readonly started: string
  readonly rows: readonly BenchRow[]
}

export interface BenchRow {
  readonly work: string
  readonly figure?: number
  readonly unit: string
  readonly bar?: { readonly sense: 'at most' | 'at least'; readonly value: number }
  readonly standing: string
  readonly note: string
  /** How many times as good as in the run before it: above 1 is better. */
  readonly before?: number
}
