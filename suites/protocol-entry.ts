import type { Invariant } from '../src/core/invariant.ts'
import type { AnyProtocol, FaultType, Options, Workload } from '../src/node/index.ts'

/** A protocol that is run, perhaps with a bug planted in it, and what must come out. */
export interface ProtocolEntry {
  /** Names it among all entries: `abd`, `abd/grid`, `raft/vote-not-persisted`. */
  readonly name: string
  readonly protocol: AnyProtocol
  /** Those that differ from the protocol's own defaults. */
  readonly options?: Options
  readonly mutant?: string
  readonly nodes: number
  readonly workload: Workload
  /** How the history is judged: names of a condition and a model. Default: the workload's. */
  readonly condition?: string
  readonly model?: string
  readonly invariants: readonly Invariant[]
  /** Default: everything that the protocol says it tolerates. */
  readonly faults?: readonly FaultType[]
  /** Faults come as storms of crashes that messages outlive, in place of the usual swarm. */
  readonly storms?: boolean
  /** Whether the cluster must serve requests again once enough nodes are healed. Default: yes. */
  readonly recovers?: boolean
  readonly expect: {
    readonly outcome: 'pass' | 'fail'
    /** For `fail`: the name of the invariant or condition that must be found broken. */
    readonly violated?: string
    /** For `fail`: within how many seeds. Default: 1,000. */
    readonly seeds?: number
  }
  /** Where the expectation comes from: paper and section, row of the lectures. */
  readonly because: string
  /** `small`: also in every check and test, a few seeds. Default: `nightly`. */
  readonly size?: 'small' | 'nightly'
}
