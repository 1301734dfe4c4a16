import { seeded } from '../../core/random.ts'
import type { Random } from '../../core/random.ts'
import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import type { QuorumSystem } from '../system.ts'
import { hazardsOf, ownHazard } from './hazards.ts'
import type { ChanceOptions } from './hazards.ts'
import { sidesOf } from './sides.ts'
import type { Side } from './sides.ts'

export interface EstimateOptions extends ChanceOptions {
  /** Default: `both`. */
  readonly side?: Side
  /** Default: 100,000. */
  readonly samples?: number
  /** Default: 1. */
  readonly seed?: number
}

export interface FailureEstimate extends Obtained {
  /** The part of the samples without a live quorum. */
  readonly value: number
  /** An interval that holds the truth in 999 of 1,000 seeds (Wilson 1927). */
  readonly lower: number
  readonly upper: number
  readonly samples: number
  readonly seed: number
}

/** The quantile of the normal distribution for 99.9 %. */
const QUANTILE = 3.2905
/** Chances are compared with whole numbers below this. */
const PARTS = 2 ** 30

/** The failure probability by drawing, as a check on the exact ways; never taken in their place. */
export function estimateFailure(
  system: QuorumSystem,
  options: EstimateOptions = {},
): FailureEstimate {
  const { samples = 100_000, seed = 1, side = 'both' } = options
  if (!(Number.isSafeInteger(samples) && samples > 0)) {
    throw new UserError(`${samples} samples cannot be drawn`, { hint: '100000' })
  }
  const sides = sidesOf(system, side)
  const hazards = hazardsOf(system, options)
  const random = seeded(seed)
  const limits = Float64Array.from({ length: system.size }, (_, node) =>
    Math.round(ownHazard(hazards, node).toNumber() * PARTS),
  )
  const alive = new Uint8Array(system.size)
  let failed = 0
  for (let sample = 0; sample < samples; sample++) {
    for (let node = 0; node < system.size; node++)
      alive[node] = happens(random, limits[node]!) ? 0 : 1
    for (const { members, failure } of hazards.zones) {
      if (!happens(random, Math.round(failure.toNumber() * PARTS))) continue
      for (const node of members) alive[node] = 0
    }
    if (!sides.every((set) => set.holds(alive))) failed++
  }
  const [lower, upper] = wilson(failed, samples)
  const value = failed / samples
  const method = `${samples.toLocaleString('en-US')} samples, seed ${seed}`
  return { value, lower, upper, samples, seed, quality: 'estimate', method }
}

function happens(random: Random, limit: number): boolean {
  return random.int(0, PARTS - 1) < limit
}

function wilson(hits: number, samples: number): readonly [number, number] {
  const square = QUANTILE ** 2
  const middle = (hits + square / 2) / (samples + square)
  const spread =
    (QUANTILE * Math.sqrt((hits * (samples - hits)) / samples + square / 4)) / (samples + square)
  return [Math.max(0, middle - spread), Math.min(1, middle + spread)]
}
