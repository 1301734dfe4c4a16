import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import { failureProbability } from './failure-probability.ts'
import { hazardsOf, ownHazard } from './hazards.ts'
import { nodeImportance } from './node-importance.ts'
import type { ImportanceOptions } from './node-importance.ts'

/** How likely nodes are down, and for how long. */
export interface OutageOptions extends Omit<ImportanceOptions, 'zones'> {
  /** The mean time until a node that is down is up again; its unit is that of the answer. */
  readonly repairTime: RationalLike
}

/** How often quorums are missed, and for how long, in the long run. */
export interface Outages extends Obtained {
  /** Outages that begin in a unit of time. */
  readonly frequency: number
  /** The mean duration of one. */
  readonly duration: number
  /** The mean time from the end of one to the begin of the next. */
  readonly between: number
}

/**
 * Nodes fail and are repaired independently, at constant rates that go with their probabilities of
 * being down (a node that is down with probability q for a time R on average fails q / R times in a
 * unit of time). An outage begins when a node fails on which everything hangs (Birnbaum 1969).
 */
export function outages(system: QuorumSystem, options: OutageOptions): Outages {
  const repairTime = Rational.from(options.repairTime)
  if (repairTime.numerator <= 0n) {
    throw new UserError(`the repair time ${String(options.repairTime)} is not positive`, {
      hint: 'the mean time until a node is up again, as 0.5',
    })
  }
  const hazards = hazardsOf(system, options)
  const importance = nodeImportance(system, options)
  const failure = failureProbability(system, options)
  let frequency = 0
  for (let node = 0; node < system.size; node++) {
    frequency += importance.values[node]! * ownHazard(hazards, node).toNumber()
  }
  frequency /= repairTime.toNumber()
  const quality = failure.quality
  return {
    frequency,
    duration: failure.value / frequency,
    between: (1 - failure.value) / frequency,
    quality,
    method: `${importance.method} for each node; ${failure.method}`,
  }
}
