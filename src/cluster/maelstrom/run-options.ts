import type { HistoryEvent } from '../../history/event.ts'
import type { Fault } from '../../node/index.ts'
import type { BadReply } from './client.ts'
import type { Latency } from './draws.ts'
import type { MessageCounts, Passage } from './journal.ts'
import type { MaelstromWorkload } from './workload.ts'

/** How a program is tested. All times are in milliseconds. */
export interface MaelstromOptions {
  readonly program: string
  /** Given to every node. */
  readonly arguments: readonly string[]
  readonly workload: MaelstromWorkload
  /** The names of the nodes: `n0`, `n1`, ... */
  readonly nodes: readonly string[]
  readonly clients: number
  /** Operations a second, of all clients together. */
  readonly rate: number
  readonly forMs: number
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly latency: Latency
  /** How long a node may take to answer `init`. */
  readonly initMs: number
  /** How long a client waits for an answer. */
  readonly timeoutMs: number
  /** How long all is calm before the final reads. */
  readonly quietMs: number
  readonly refusalsObserve: boolean
  /** Events are written here while they happen. */
  readonly out?: string
  /** Standard error of the nodes, a line at a time. */
  readonly nodeLog?: (node: string, line: string) => void
  readonly say?: (what: string) => void
}

export interface MaelstromRun {
  readonly events: readonly HistoryEvent[]
  readonly badReplies: readonly BadReply[]
  /** Nodes that did not answer their final read although everything had healed. */
  readonly silent: readonly string[]
  readonly passages: readonly Passage[]
  readonly messages: MessageCounts
  readonly seconds: number
}
