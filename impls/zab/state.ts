import type { Fx, NodeId, RequestId, Ticket } from '../../src/node/index.ts'
import type { KeyValue } from '../machine/key-value.ts'
import type { Operation, Txn } from './store.ts'

export type History = readonly Txn[]

export interface State {
  // What the paper calls persistent: f.p, f.a and h_f.
  /** The last epoch that was promised: no leader of an older one is followed any more. */
  readonly acceptedEpoch: number
  /** The last epoch whose initial history this node has. */
  readonly currentEpoch: number
  readonly history: History
  /** The last write that anything this node says may rely on. */
  readonly written: Ticket

  readonly phase: 'election' | 'discovery' | 'synchronisation' | 'broadcast'
  /** Whom the oracle says to follow, perhaps this node itself. */
  readonly leader: NodeId | null
  /**
   * Names this attempt to follow a leader among all of this node, in all of its lives. It stands
   * for the connection that the paper takes for granted: answers to earlier attempts are ignored.
   */
  readonly attempt: readonly [life: number, number]
  /** How long the history was with which the current epoch began. */
  readonly initial: number
  /** The greatest epoch that this node has heard of. */
  readonly greatest: number

  readonly delivered: History
  /** What comes of all that is delivered. */
  readonly store: KeyValue
  /** What clients of this node wait for, by the name of the operation. */
  readonly waiting: Readonly<Record<string, Waiting>>
  /** What only a leader has, prospective or established. */
  readonly leading: Leading | null
}

export interface Waiting {
  readonly request: RequestId
  readonly operation: Operation
  /** It is answered when so much is delivered; `null`: when its own transaction is. */
  readonly from: number | null
}

export type Attempt = State['attempt']

export interface Leading {
  /** 0 while it is not chosen. */
  readonly epoch: number
  /** Who follows (CEPOCH), in which attempt. */
  readonly followers: Readonly<Record<NodeId, Attempt>>
  /** Who has promised the epoch (ACK-E), and what it has. */
  readonly promised: Readonly<Record<NodeId, Candidate>>
  /** The initial history is chosen, and this node has it. */
  readonly selected: boolean
  /** Who has the initial history (ACK-LD), in which attempt. */
  readonly synchronised: Readonly<Record<NodeId, Attempt>>
  /** A quorum has it: this node is the primary of its epoch. */
  readonly established: boolean
  /** The last counter of this epoch that a node has logged, with all before. */
  readonly logged: Readonly<Record<NodeId, number>>
  /** The last counter of this epoch that is committed. */
  readonly committed: number
  /** What comes of the whole history: the primary works ahead of what is delivered. */
  readonly store: KeyValue
  /** Of whom it has heard since it last asked itself whether a quorum follows. */
  readonly heard: readonly NodeId[]
}

/** A history that a new epoch may begin with. */
export interface Candidate {
  readonly attempt: Attempt
  readonly currentEpoch: number
  readonly history: History
}

/** Names an operation of a client among all. */
export function nameOf({
  client,
  serial,
}: {
  readonly client: string
  readonly serial: number
}): string {
  return `${client} ${serial}`
}

/** Where a history ends, for comparisons. */
export function lastZxid(history: History): Txn['zxid'] {
  return history.at(-1)?.zxid ?? [0, 0]
}

/** How many transactions two histories have in common from the beginning on. */
export function commonPrefix(one: History, other: History): number {
  let length = 0
  while (length < one.length && length < other.length && sameZxid(one, other, length)) length++
  return length
}

function sameZxid(one: History, other: History, at: number): boolean {
  const [a, b] = [one[at]?.zxid, other[at]?.zxid]
  return a?.[0] === b?.[0] && a?.[1] === b?.[1]
}

/** CEPOCH: the sender follows, and has promised this epoch last. */
export interface FollowerInfo {
  readonly type: 'cepoch'
  readonly acceptedEpoch: number
  readonly attempt: Attempt
}
/** NEWEPOCH */
export interface NewEpoch {
  readonly type: 'new-epoch'
  readonly epoch: number
  readonly attempt: Attempt
}
/** ACK-E */
export interface AckEpoch extends Candidate {
  readonly type: 'ack-epoch'
  readonly epoch: number
}
/** NEWLEADER: keep so much of your history, and add these. */
export interface NewLeader {
  readonly type: 'new-leader'
  readonly epoch: number
  readonly attempt: Attempt
  readonly initial: number
  readonly keep: number
  readonly add: History
}
/** ACK-LD */
export interface AckLeader {
  readonly type: 'ack-leader'
  readonly epoch: number
  readonly attempt: Attempt
}
/** COMMIT-LD, with the last counter that is committed by now. */
export interface CommitLeader {
  readonly type: 'commit-leader'
  readonly epoch: number
  readonly attempt: Attempt
  readonly committed: number
}
export interface Propose {
  readonly type: 'propose'
  readonly epoch: number
  readonly txn: Txn
}
/** All of this epoch up to this counter is logged. `ack` answers a proposal, `pong` a ping. */
export interface Ack<Type extends 'ack' | 'pong'> {
  readonly type: Type
  readonly epoch: number
  readonly logged: number
}
export interface Commit {
  readonly type: 'commit'
  readonly epoch: number
  readonly committed: number
}
/** The sender leads, or would like to. */
export interface Ping {
  readonly type: 'ping'
  /** 0 while it has no history to lead with. */
  readonly epoch: number
  readonly established: boolean
  readonly committed: number
}
export interface Synced {
  readonly type: 'synced'
  readonly name: string
  /** How much was delivered at the leader. */
  readonly from: number
}

export type Message =
  | FollowerInfo
  | NewEpoch
  | AckEpoch
  | NewLeader
  | AckLeader
  | CommitLeader
  | Propose
  | Ack<'ack'>
  | Ack<'pong'>
  | Commit
  | Ping
  | Synced
  /** A client asked another node for it. */
  | { readonly type: 'ask'; readonly operation: Operation }
  | { readonly type: 'sync'; readonly name: string }

export type MessageOf<Type extends Message['type']> = Extract<Message, { readonly type: Type }>
export type Timer = 'election' | 'heartbeat'
export type ZabFx = Fx<Message, Timer>
