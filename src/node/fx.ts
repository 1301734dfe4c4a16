import type { ErrorName } from './error-code.ts'

/** `n1`, `n2`, ...: the same text everywhere. */
export type NodeId = string

/** Names a request at the node that it was made to, until it is answered. */
export type RequestId = string | number

/**
 * Names a write: 1, 2, 3, ... from each start of the node on. Later writes have greater tickets,
 * and reach the disk later.
 */
export type Ticket = number

/** Milliseconds; a range leaves the choice to the host. */
export type Delay = number | readonly [least: number, most: number]

/** What a client asks of a node. */
export interface Request {
  readonly id: RequestId
  /** Who asks. With `serial` it tells a request that is made again from a new one. */
  readonly client: string
  /** From 1; the same when a client asks for the same operation again. */
  readonly serial: number
  /** As in a history: `read`, `write`, `cas`, `propose`, ... */
  readonly f: string
  readonly key?: unknown
  readonly value: unknown
}

/**
 * The only way out of a node. Handlers call it while they run; what they asked for happens after
 * they have returned, in the order of the calls. Whatever is passed is plain data and belongs to
 * the host from then on.
 */
export interface Fx<Message = unknown, Timer extends string = string> {
  readonly self: NodeId
  /** All nodes that the cluster starts with, this one included, in the same order everywhere. */
  readonly nodes: readonly NodeId[]
  readonly others: readonly NodeId[]

  /**
   * Sends a message, which may be lost, late, doubled or overtaken; to itself it always arrives.
   * With `after` it leaves only when that write is on the disk.
   */
  send(to: NodeId, message: Message, after?: Ticket): void

  /** Answers a request. With `after` the answer leaves only when that write is on the disk. */
  reply(request: RequestId, result: unknown, after?: Ticket): void
  /** Says why a request is not served, and perhaps which node to ask instead. */
  fail(request: RequestId, error: ErrorName, ask?: NodeId): void

  /** Calls `onTimer` after a while. A timer of this name that is running is set anew. */
  setTimer(timer: Timer, delay: Delay): void
  /** A timer that was set does not run off; nothing happens if none was. */
  cancelTimer(timer: Timer): void

  /**
   * Writes to the disk are done in the order in which they are asked for; a crash keeps the first
   * few of those that were not yet done. Each answers with a ticket, for `after` and `onDurable`.
   */
  put(key: string, value: unknown): Ticket
  /** Appends a record to a log on the disk. Answers the ticket of the write. */
  append(log: string, record: unknown): Ticket
  /** Takes the records from this index on away. */
  truncate(log: string, from: number): Ticket
  /** Takes the records before this index away; those that stay keep their indices. */
  compact(log: string, before: number): Ticket

  /** All randomness: one of the options, each as likely. */
  pick<Option>(options: readonly Option[]): Option
  /** This node's own clock in milliseconds, which may be wrong and may jump. */
  now(): number
  /** A mark for coverage, stories and pictures. */
  note(label: string, data?: unknown): void
}

/** What a node finds on its disk when it starts. */
export interface Disk {
  /** Nothing was ever written to it. */
  readonly fresh: boolean
  /** `undefined`: never put. */
  get(key: string): unknown
  /** The first record has index 0 unless the log was compacted. A log never written is empty. */
  log(name: string): { readonly first: number; readonly records: readonly unknown[] }
  /** Keys and logs of which something was damaged: a log ends before its first bad record. */
  readonly damaged: readonly string[]
}
