import type { Fx, NodeId } from '../../src/node/index.ts'
import type { Command, KeyValue } from '../machine/key-value.ts'

/** Names an operation of a client among all. */
export function nameOf({ client, serial }: Command): string {
  return `${client} ${serial}`
}

export interface Entry {
  readonly ballot: number
  /** `null`: a no-op. */
  readonly value: Command | null
}

export type Slots = Readonly<Record<number, Entry>>

export interface Standing {
  readonly promisedBy: readonly NodeId[]
  /** For each slot what was accepted in the greatest ballot. */
  readonly reported: Slots
}

export interface State {
  readonly role: 'follower' | 'candidate' | 'leader'
  /** Of whom it follows, or its own. Node k of n leads in the ballots k + n, k + 2n, ... */
  readonly ballot: number
  readonly greatest: number
  readonly promised: number
  readonly accepted: Slots
  /** One more than the greatest slot in which something was accepted. */
  readonly slots: number
  /** The commands that are chosen, from slot 0 on without a gap, and what comes of them. */
  readonly chosen: readonly (Command | null)[]
  readonly machine: KeyValue
  readonly standing: Standing | null
  /** As a leader: what was proposed and is not yet chosen. */
  readonly open: Readonly<
    Record<number, { readonly value: Command | null; readonly acceptedBy: readonly NodeId[] }>
  >
  /** As a leader: the next free slot. */
  readonly next: number
  /** As a leader: the slot of its first own no-op. */
  readonly since: number
  /** Which request waits for which command. */
  readonly waiting: Readonly<Record<string, string | number>>
  /** As a leader: when the last heartbeat was sent that a node has heard. */
  readonly heard: Readonly<Record<NodeId, number>>
  /** As an acceptor: until when no other leader is promised anything, and whose lease it is. */
  readonly leaseUntil: number
  readonly leaseOf: number
}

export type Report = readonly [slot: number, ballot: number, value: Command | null]
export interface Prepare {
  readonly type: 'prepare'
  readonly ballot: number
  /** Slots before this one are known. */
  readonly from: number
}
export interface Promised {
  readonly type: 'promise'
  readonly ballot: number
  readonly accepted: readonly Report[]
}
export interface Accept {
  readonly type: 'accept'
  readonly ballot: number
  readonly slot: number
  readonly value: Command | null
  /** How many slots are chosen. */
  readonly commit: number
}
export interface Accepted {
  readonly type: 'accepted'
  readonly ballot: number
  readonly slot: number
}
export interface Heartbeat {
  readonly type: 'heartbeat'
  readonly ballot: number
  readonly commit: number
  /** When it was sent, by the clock of the leader. */
  readonly at: number
}

export type Message =
  | Prepare
  | Promised
  | Accept
  | Accepted
  | Heartbeat
  | { readonly type: 'heard'; readonly ballot: number; readonly at: number }
  | { readonly type: 'refused'; readonly ballot: number }
  | { readonly type: 'missing'; readonly from: number }
  | { readonly type: 'chosen'; readonly from: number; readonly values: readonly (Command | null)[] }

export type Timer = 'election' | 'heartbeat'
export type MultiPaxosFx = Fx<Message, Timer>
