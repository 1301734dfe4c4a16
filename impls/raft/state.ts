import type { Fx, NodeId, RequestId, Ticket } from '../../src/node/index.ts'
import type { Log } from './log.ts'
import type { Members } from './membership.ts'
import type { Machine } from './store.ts'

/** What a client asked for, or the voters that the cluster is to have. `null`: nothing to do. */
export type Command = Change | Configuration | null

/** A change of the store. */
export interface Change {
  readonly f: 'write' | 'cas'
  /** With `serial`: tells an operation that is asked for again from a new one. */
  readonly client: string
  readonly serial: number
  readonly key: unknown
  readonly value: unknown
}

/** While `incoming` is not empty both halves have to agree to everything (joint consensus). */
export interface Configuration {
  readonly f: 'configure'
  readonly voters: readonly NodeId[]
  readonly incoming: readonly NodeId[]
}

export interface Entry {
  readonly term: number
  readonly value: Command
}

/** Everything up to an index, in place of the entries that led to it. */
export interface Snapshot {
  readonly index: number
  readonly term: number
  readonly configuration: Configuration
  readonly machine: Machine
}

export interface State {
  // What the paper calls persistent: it is on the disk before anything is said that relies on it.
  readonly term: number
  readonly votedFor: NodeId | null
  readonly log: Log
  readonly snapshot: Snapshot
  /** The last write that anything this node says may rely on. */
  readonly written: Ticket

  readonly role: 'follower' | 'pre-candidate' | 'candidate' | 'leader'
  /** Who leads in this term, as far as this node knows. */
  readonly leader: NodeId | null
  /** A leader was heard of within the shortest election timeout. */
  readonly heard: boolean
  /** Entries up to here are committed, and applied to the machine at once. */
  readonly commit: number
  readonly machine: Machine
  /** How many entries were ever applied to it: the greatest `commit` that there was. */
  readonly applied: number
  /** The newest configuration in the log, committed or not. */
  readonly members: Members
  /** Numbers of the nodes that have voted for this one in the election that is going on. */
  readonly votes: readonly number[]
  /** What only a leader has. */
  readonly lead: Lead | null
  /** The last term that this node has led. */
  readonly led: number
  /** Requests whose entries are in the log, until something is committed at their index. */
  readonly waiting: readonly Waiting[]
}

export interface Lead {
  /** Of every node of the cluster, by its number. */
  readonly progress: readonly Progress[]
  /** The index of the first entry of the term: until it is committed, commit may be behind. */
  readonly start: number
  /** How often the others were asked whether this node still leads. */
  readonly round: number
  /** The round at the last time that a silent majority would have been noticed. */
  readonly checked: number
  /** Reads that are not answered yet, the oldest first. */
  readonly reads: readonly Read[]
  /** When rounds that are not yet confirmed were begun; only kept for leases. */
  readonly begun: readonly Begun[]
  /** The lease began at this time of the leader's own clock; `null`: there is none. */
  readonly lease: number | null
  /** The change of the voters that was asked for last and is not done. */
  readonly change: Reconfiguration | null
}

export interface Progress {
  /** The next entry to send. */
  readonly next: number
  /** Its log agrees with the leader's before that, as far as its last answer goes. */
  readonly agrees: boolean
  /** All entries up to here are on its disk, as the leader has them. */
  readonly match: number
  /** The last round that it has answered. */
  readonly round: number
}

export interface Read {
  readonly request: RequestId
  readonly key: unknown
  /** What must be applied before. */
  readonly index: number
  /** What must be confirmed before. */
  readonly round: number
}

export interface Begun {
  readonly round: number
  readonly at: number
}

export interface Reconfiguration {
  readonly request: RequestId
  /** Numbers of the nodes that are to vote. */
  readonly voters: readonly number[]
}

export interface Waiting {
  readonly request: RequestId
  readonly client: string
  readonly serial: number
  readonly index: number
  readonly term: number
}

export type Message =
  /** RequestVote. `pre`: would you vote for me if I began this term? */
  | {
      readonly type: 'ask-vote'
      readonly term: number
      readonly pre: boolean
      readonly lastIndex: number
      readonly lastTerm: number
    }
  | {
      readonly type: 'vote'
      readonly term: number
      readonly pre: boolean
      readonly granted: boolean
    }
  /** AppendEntries; without entries a heartbeat. */
  | {
      readonly type: 'append'
      readonly term: number
      readonly round: number
      readonly prevIndex: number
      readonly prevTerm: number
      readonly entries: readonly Entry[]
      readonly commit: number
    }
  /** InstallSnapshot. */
  | {
      readonly type: 'snapshot'
      readonly term: number
      readonly round: number
      readonly snapshot: Snapshot
    }
  /**
   * Answers both. `ok`: the log agrees with the leader's up to `index`. Otherwise `index` is
   * where the leader should go on.
   */
  | {
      readonly type: 'appended'
      readonly term: number
      readonly round: number
      readonly ok: boolean
      readonly index: number
    }

export type MessageOf<Type extends Message['type']> = Extract<Message, { type: Type }>

/**
 * `silence`: nothing was heard for the shortest election timeout. `election`: time to campaign.
 * `heartbeat`: time to show that one leads, or to ask again for votes.
 */
export type Timer = 'silence' | 'election' | 'heartbeat'
export type RaftFx = Fx<Message, Timer>

/** What a node is made with: numbers of the cluster's owner, and the rules it keeps. */
export interface Setup {
  /** How often a leader shows that it is there. Far below `electionMs`. */
  readonly heartbeatMs: number
  /** Somebody campaigns after a silence of one to two times this. Far above a round trip. */
  readonly electionMs: number
  /** The most entries in one message. */
  readonly batch: number
  /** A log of twice so many applied entries is cut to half; 0: never. */
  readonly snapshotEvery: number
  readonly preVote: boolean
  /** A leader that no majority answers gives up. */
  readonly checkQuorum: boolean
  /** How many nodes vote at the beginning, the first ones; 0: all. */
  readonly members: number
  /** `joint`: any change, by way of both halves (§6). `single`: one node at a time, in one step. */
  readonly changes: string
  /** Nodes also show what they have applied and, as leaders, what they know of the others. */
  readonly showsProgress: boolean
  /** Whoever asks in an old term, or in vain, is told so. Without it he finds out by himself. */
  readonly refusals: boolean
  /** For how long a leader may answer reads alone after a majority heard of it; 0: it may not. */
  readonly leaseMs: number
  readonly rules: Rules
}

/** The rules that make Raft safe. A named bug of the protocol breaks one of them. */
export interface Rules {
  readonly votesArePersistent: boolean
  readonly votesCountInTheirTermOnly: boolean
  readonly votersCompareLogs: boolean
  readonly votersWaitForSilence: boolean
  readonly followersAcknowledgeWhenDurable: boolean
  readonly leaderCountsItselfWhenDurable: boolean
  readonly matchingEntriesStay: boolean
  readonly countsOwnTermOnly: boolean
  readonly readsConfirmLeadership: boolean
  readonly readsWaitForOwnTerm: boolean
  readonly leasesNeedAnswers: boolean
  readonly appliesOnce: boolean
  readonly snapshotNamesItsLastEntry: boolean
  readonly oldSnapshotsAreIgnored: boolean
  readonly changesAreJoint: boolean
  readonly termsArePersistent: boolean
  readonly appliesWhenCommitted: boolean
  readonly commitNeverGoesBack: boolean
  readonly matchNeverGoesBack: boolean
  readonly commitPassesOldTerms: boolean
  readonly changesWaitForOwnTerm: boolean
  readonly jointsAreCommitted: boolean
  readonly refusalsStoreNothing: boolean
  readonly configurationsHoldAtOnce: boolean
  readonly leadersNeedMajority: boolean
  readonly snapshotsAreOneWrite: boolean
  readonly goodRecordsStay: boolean
}
