import type { Json } from '../src/core/json.ts'
import type { Outcome } from '../src/core/verdict.ts'
import type { Claim } from '../src/quorum/compare/claim.ts'
import type { HierarchyClaim } from './hierarchy-claim.ts'
import type { AlgorithmQuestion } from '../src/valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../src/valency/rounds/question.ts'
import type { Claim as BookClaim } from './claims/claim.ts'
import type { ProtocolEntry } from './protocol-entry.ts'
import type { SpecEntry } from './spec-entry.ts'
import type { ValencyEntry } from './valency-entries.ts'
import type { Bug } from './zoo/bug.ts'

/** A recorded history and what must come out when it is judged. */
export interface HistoryEntry {
  readonly type: 'history'
  /** Names it among all entries; slashes group: `histories/zk-plain-partition/y/linearizable`. */
  readonly name: string
  /** Relative to the project. */
  readonly file: string
  readonly condition: string
  /** Absent: inferred. */
  readonly model?: string
  /** Only the operations on this key. Absent: all. */
  readonly key?: Json
  readonly expected: Outcome
  /** How many violations have to be found and named. Absent: any number. */
  readonly violations?: number
  /** Where the expectation comes from. */
  readonly because: string
}

/** A statement about a quorum system, as it is made, and whether it is true. */
export interface QuorumEntry {
  readonly type: 'quorum'
  /** `quorums/grid-9-9/load` */
  readonly name: string
  /** Of which system it is said: `B-Grid`. */
  readonly family: string
  /** As it is said: `Theta(1/sqrt n)`. */
  readonly statement: string
  /** What that means for systems that can be computed. */
  readonly claim: Claim
  readonly expected: Outcome
  /** The condition under which it holds, or what is right instead. */
  readonly because: string
}

/** A spec that is explored, perhaps with a bug planted in it. */
export interface SpecCheck {
  readonly type: 'spec'
  /** `specs/commit/twophase/rm-3/claims`; for a mutant its name is the last word. */
  readonly name: string
  readonly entry: SpecEntry
  readonly expected: Outcome
  readonly because: string
}

/** A protocol that is run under faults with a few seeds, perhaps with a bug planted in it. */
export interface ProtocolCheck {
  readonly type: 'protocol'
  /** `protocols/abd/claims`, `protocols/abd/read-without-write-back` */
  readonly name: string
  readonly entry: ProtocolEntry
  /** How many, of one that is right; a bug gets as many as its entry says. */
  readonly seeds: number
  readonly expected: Outcome
  readonly because: string
}

/** A statement about objects that processes share, and whether it is true. */
export interface HierarchyEntry {
  readonly type: 'hierarchy'
  /** `hierarchy/compare-and-set/3-processes` */
  readonly name: string
  readonly claim: HierarchyClaim
  readonly expected: Outcome
  readonly expectedCounts: Readonly<Record<string, number>>
  /** Where it is known from, or why it is so. */
  readonly because: string
}

/** Whether something can be decided in rounds, or whether an algorithm that does is right. */
export interface RoundsEntry {
  readonly type: 'rounds'
  /** `rounds/crash/n-3-f-1-r-1` */
  readonly name: string
  readonly question: RoundQuestion | AlgorithmQuestion
  readonly expected: Outcome
  readonly expectedCounts: Readonly<Record<string, number>>
  /** Where it is known from, or why it is so. */
  readonly because: string
}

/** A trace that is made by the simulator, and whether it is a behaviour of the spec. */
export interface TraceCheck {
  readonly type: 'trace'
  /** `traces/raft/claims`, `traces/raft/vote-not-persisted` */
  readonly name: string
  /** Of which protocol: as on a command line. */
  readonly protocol: string
  readonly mutant?: string
  readonly seed: number
  /** The name of a mapping. */
  readonly mapping: string
  readonly expected: Outcome
  readonly because: string
}

/** A small protocol, and all that is expected of its graph of configurations. */
export interface ValencyCheck {
  readonly type: 'valency'
  /** `valency/paxos/2-processes/01` */
  readonly name: string
  readonly entry: ValencyEntry
  readonly expected: 'pass'
  readonly because: string
}

/** A known bug that is planted in real code: it must be found, and its repaired twin be clean. */
export interface ZooCheck {
  readonly type: 'zoo'
  /** `zoo/RF-04` */
  readonly name: string
  readonly bug: Bug
  readonly expected: 'fail'
  readonly because: string
}

/** A claim of the claims book, which passes when its checks show the verdict that it has. */
export interface ClaimEntry {
  readonly type: 'claim'
  /** `claims/RAF-05` */
  readonly name: string
  readonly group: string
  readonly claim: BookClaim
  readonly expected: 'pass'
  readonly because: string
}

/**
 * One line of the table of expected verdicts: plain data, one kind for each way to find a verdict.
 */
export type Entry =
  | HistoryEntry
  | QuorumEntry
  | SpecCheck
  | ProtocolCheck
  | HierarchyEntry
  | RoundsEntry
  | TraceCheck
  | ValencyCheck
  | ZooCheck
  | ClaimEntry
