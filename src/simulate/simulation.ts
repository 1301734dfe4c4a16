import type { Budget } from '../core/budget.ts'
import type { Invariant } from '../core/invariant.ts'
import type { Fault, Options, Program, Tolerates, Workload } from '../node/index.ts'

export type { Deviation, LinkDeviation, Schedule, ScheduledOperation } from './schedule.ts'

/** A cluster, its clients and what goes wrong, over virtual time: everything that a run needs. */
export interface Simulation {
  /** How the protocol can be named on a command line, for the header of the trace. */
  readonly name: string
  readonly options?: Options
  readonly mutant?: string
  readonly program: Program
  /** Decides whether messages overtake each other, and what can be healed in the end. */
  readonly tolerates: Tolerates
  readonly nodes: number
  readonly seed: number
  readonly workload: Workload
  readonly clients: Clients
  /** How long clients ask and faults happen, in milliseconds, before the cluster is healed. */
  readonly forMs: number
  readonly network: Network
  readonly disk: DiskSpeed
  readonly faults: readonly Fault[]
  /** Further crashes, at moments at which there is something to lose. Default: none. */
  readonly aim?: Aim
  /**
   * Crashes are left out after which too little would be remembered to ever go on: nothing would be
   * seen after them. Default: no.
   */
  readonly spares?: boolean
  readonly invariants: readonly Invariant[]
  /** Whether a cluster that is healed must serve requests again. Default: yes. */
  readonly recovers?: boolean
  /** Within how many milliseconds. Default: 30,000. */
  readonly recoverMs?: number
  /** Every message, result and record goes through JSON. Default: no. */
  readonly wire?: boolean
  /** Whatever handlers get is frozen, whatever they give is looked at. Default: no. */
  readonly strict?: boolean
  /** Whether the run is written down as a trace. Default: no. */
  readonly trace?: boolean
  /** Whether the run gives its schedule. Default: no. */
  readonly record?: boolean
  /** Steps are events. Default: 20 million. */
  readonly budget?: Budget
}

/** How many clients ask, how often, and how long they wait. */
export interface Clients {
  readonly count: number
  /**
   * `any`: a client asks some node, and goes elsewhere when that node cannot serve it. `own`: the
   * client is a process of the protocol, speaks with its own node only, and is idle while that is
   * down.
   */
  readonly policy: 'any' | 'own'
  /** A client gives an operation up after so many milliseconds. Default: never. */
  readonly timeoutMs?: number
  /**
   * A client without an answer for so many milliseconds asks another node for the same operation:
   * only for protocols that tell by `client` and `serial` that they have served it. Default: never.
   */
  readonly againMs?: number
  /** How many operations all of them ask for in a second, while there are no faults. */
  readonly rate: number
  /** At most so many operations before the cluster is healed. Default: no limit. */
  readonly operations?: number
}

/** What is normal for messages; faults come on top of it. */
export interface Network {
  readonly delayMs: readonly [least: number, most: number]
  readonly lossPercent?: number
  readonly duplicatePercent?: number
}

/** How fast disks are, in milliseconds. */
export interface DiskSpeed {
  /** How long it takes to write whatever waits to be written. */
  readonly writeMs: readonly [least: number, most: number]
}

/**
 * Nodes crash soon after they have asked for a write, and start again soon. A schedule has these
 * crashes among its faults.
 */
export interface Aim {
  /** After one in so many handlers that ask for a write. */
  readonly oneIn: number
  /** At most so many in a run. */
  readonly crashes: number
  /** How long nodes are down, at most. */
  readonly downMs: number
}
