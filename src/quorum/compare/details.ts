import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Load } from '../load/load.ts'
import { networkLoad, strategyLatency } from '../load/strategy-facts.ts'
import type { AssemblyTime } from '../metrics/assembly-time.ts'
import { assemblyTime } from '../metrics/assembly-time.ts'
import type { ByzantineClass } from '../metrics/byzantine.ts'
import { byzantineClass } from '../metrics/byzantine.ts'
import type { Domination } from '../metrics/domination.ts'
import { domination } from '../metrics/domination.ts'
import { minimalQuorumCount } from '../metrics/minimal-quorum-count.ts'
import type { NodeImportance } from '../metrics/node-importance.ts'
import { nodeImportance } from '../metrics/node-importance.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { Distribution } from '../load/workload.ts'
import type { Rational, RationalLike } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import type { Circumstances, Refusal } from './measure.ts'
import { attempt, isRefused } from './measure.ts'

/** What else is to be known of one system. */
export interface Details {
  readonly traffic: Traffic | Refusal
  /** How many minimal quorums there are. */
  readonly quorums: { readonly read: bigint; readonly write: bigint } | Refusal
  readonly assembly: AssemblyTime | Refusal
  readonly importance: NodeImportance | Refusal
  readonly domination: Domination | Refusal
  readonly byzantine: ByzantineClass | Refusal
}

/** What the strategy of the load asks of the network. */
export interface Traffic {
  /** How many nodes an operation contacts on average. */
  readonly networkLoad: Rational
  /** The average time until the answers contain a quorum, in the unit of the nodes' latencies. */
  readonly latency: Rational
}

/** None of these is worth a longer wait. */
const MOST_SECONDS = 1

/** A better system is looked for on so many nodes, or gate by gate in a tree. */
const MOST_NODES = 150

export function details(
  system: QuorumSystem,
  load: Load | Refusal,
  { readFraction = '1/2', down = '1/10', zones = {}, budget: given = {} }: Circumstances = {},
): Details {
  const seconds = Math.min(MOST_SECONDS, given.seconds ?? MOST_SECONDS)
  const budget: Budget = { ...given, seconds }
  const { reads, writes } = system
  return {
    traffic: isRefused(load) ? load : attempt(() => trafficOf(system, load, readFraction)),
    quorums: attempt(() => {
      const read = minimalQuorumCount(reads)
      return { read, write: reads === writes ? read : minimalQuorumCount(writes) }
    }),
    assembly: attempt(() => assemblyTime(system, { budget })),
    importance: attempt(() => nodeImportance(system, { down, zones, budget })),
    domination: attempt(() => {
      if (system.size <= MOST_NODES || treeOf(reads) !== undefined)
        return domination(system, { budget })
      throw new UserError(`${system.name} has more than ${MOST_NODES} nodes`, {
        hint: 'domination()',
      })
    }),
    byzantine: attempt(() => byzantineClass(system, { budget })),
  }
}

function trafficOf(
  system: QuorumSystem,
  { strategy }: Load,
  readFraction: RationalLike | Distribution,
): Traffic {
  const sides = [strategy.reads, strategy.writes]
  if (sides.some(({ form }) => form !== 'quorums')) {
    throw new UserError(
      `the strategy of ${system.name} has more quorums than can be gone through`,
      {
        hint: 'networkLoad()',
      },
    )
  }
  return {
    networkLoad: networkLoad(system, strategy, readFraction),
    latency: strategyLatency(system, strategy, readFraction),
  }
}
