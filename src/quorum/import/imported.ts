import type { Formula } from '../formula.ts'
import type { QuorumSystem } from '../system.ts'

/** The configurations that can be read. */
export const IMPORT_FORMATS = ['etcd', 'raft', 'zookeeper', 'cassandra', 'stellar'] as const

/** The systems whose configurations are read. */
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** What a configuration leaves open. */
export interface ImportOptions {
  /** For messages: a file name. */
  readonly source?: string
  /** Default: told from the text. */
  readonly format?: ImportFormat
  /** The zones of nodes by their names; they go before what the configuration says. */
  readonly zones?: Readonly<Record<string, string>>
  /** Cassandra: the consistency level of reads. Default: what the text says. */
  readonly read?: string
  /** Cassandra: the consistency level of writes. Default: what the text says. */
  readonly write?: string
  /** Cassandra: the data centre of the clients. Default: what the text says. */
  readonly local?: string
}

/** A configuration as a quorum system. */
export interface Imported {
  readonly format: ImportFormat
  /** In a line: `etcd: 3 voters of 4 members`. */
  readonly title: string
  /**
   * Its nodes are those that vote. Where `gap` is there, it is not one in the strict sense: metrics
   * of a side, as what may fail, mean the same all the same.
   */
  readonly system: QuorumSystem
  /** What the answer leaves out or takes for granted, each a sentence without its full stop. */
  readonly remarks: readonly string[]
  /** Where quorums need not meet: two that do not, and what may go wrong. */
  readonly gap?: Gap
}

/** A read and a write quorum that do not meet, and what that means. */
export interface Gap {
  /** What may go wrong: `reads may miss writes`. */
  readonly meaning: string
  /** Names of nodes. */
  readonly read: readonly string[]
  readonly write: readonly string[]
}

/** What each importer finds out; `import-quorums.ts` makes a system of it. */
export interface Draft {
  readonly title: string
  readonly nodes: readonly DraftNode[]
  readonly reads: Formula
  /** The same object as `reads` where one kind of quorum does for both. */
  readonly writes: Formula
  readonly remarks: readonly string[]
  /** What it means when two quorums do not meet. */
  readonly danger: string
}

export interface DraftNode {
  readonly name: string
  readonly zone: string | undefined
}
