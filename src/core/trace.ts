/**
 * What the nodes of a protocol did, step by step: the one record that the simulator, real processes
 * and the explorer write, and that is replayed, checked against a spec and drawn. As a file it is
 * JSONL: the header, then a step a line.
 */
export interface TraceHeader {
  /** The version of the format. */
  readonly trace: 1
  /** As it can be named on a command line: `raft`, `./mine.js#raft`. */
  readonly protocol: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** The named bug that was planted in it. */
  readonly mutant?: string
  readonly nodes: readonly string[]
  readonly host: 'simulator' | 'processes' | 'maelstrom' | 'explorer'
  readonly seed?: number
}

/** One handler that ran at one node, or something that befell it. */
export interface TraceStep {
  /** From 0, in the order in which it happened; for real processes in the order of arrival. */
  readonly step: number
  /** Since the beginning, in microseconds. */
  readonly time: number
  /** Absent for what befalls several nodes. */
  readonly node?: string
  readonly event: TraceEvent
  /** In the order in which the handler asked for them. */
  readonly effects: readonly Effect[]
  /** What the node shows of its state afterwards. */
  readonly view?: unknown
}

/** What happened to a node, for which its handler was called. */
export type TraceEvent =
  /** The node starts, for the first time or again, with what its disk has kept. */
  | { readonly type: 'boot'; readonly disk: StoredDisk }
  | { readonly type: 'request'; readonly request: TracedRequest }
  /** `sent`: the step that sent it, where that is known. */
  | {
      readonly type: 'message'
      readonly from: string
      readonly message: unknown
      readonly sent?: number
    }
  | { readonly type: 'timer'; readonly timer: string }
  | { readonly type: 'durable'; readonly ticket: number }
  | { readonly type: 'crash' }
  /** A fault began or ended, in words: `n1, n2 cut off from n3`. */
  | { readonly type: 'fault'; readonly label: string }

/** What a client asked for, as a trace has it. */
export interface TracedRequest {
  readonly id: string | number
  readonly client: string
  readonly serial: number
  readonly f: string
  readonly key?: unknown
  readonly value: unknown
}

/** Everything that a handler can do, and everything that it was told (`pick`, `now`). */
export type Effect =
  | {
      readonly type: 'send'
      readonly to: string
      readonly message: unknown
      readonly after?: number
    }
  | {
      readonly type: 'reply'
      readonly request: string | number
      readonly result: unknown
      readonly after?: number
    }
  | {
      readonly type: 'fail'
      readonly request: string | number
      readonly error: string
      readonly ask?: string
    }
  /** `ms`: as it was asked for, one number or the ends of a range. */
  | {
      readonly type: 'set-timer'
      readonly timer: string
      readonly ms: number | readonly [number, number]
    }
  | { readonly type: 'cancel-timer'; readonly timer: string }
  | { readonly type: 'write'; readonly write: Write; readonly ticket: number }
  /** Which of how many options the host chose. */
  | { readonly type: 'pick'; readonly options: number; readonly index: number }
  /** What the node's clock showed, in milliseconds. */
  | { readonly type: 'now'; readonly ms: number }
  | { readonly type: 'note'; readonly label: string; readonly data?: unknown }

/** One change of what is on a node's disk. */
export type Write =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'append'; readonly log: string; readonly record: unknown }
  /** Takes away the records from this index on. */
  | { readonly type: 'truncate'; readonly log: string; readonly from: number }
  /** Takes away the records before this index; the indices of the others stay. */
  | { readonly type: 'compact'; readonly log: string; readonly before: number }

/** What is on a disk, as plain data. */
export interface StoredDisk {
  readonly values: Readonly<Record<string, unknown>>
  readonly logs: Readonly<Record<string, StoredLog>>
  /** Keys and logs of which something was found damaged, and taken out. */
  readonly damaged: readonly string[]
}

/** A log on a disk: records from `first` on. */
export interface StoredLog {
  /** The index of the first record that is still there. */
  readonly first: number
  readonly records: readonly unknown[]
}
