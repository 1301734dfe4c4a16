import type { QuorumSet } from '../quorum-set.ts'
import { residualsOf } from './decision-diagram.ts'
import { ownHazard } from './hazards.ts'
import type { Hazards } from './hazards.ts'
import { FAILED, LIVE } from './residuals.ts'
import { variableOrders } from './variable-order.ts'

/** States that are followed from one decision to the next. */
const WIDTH = 2_000

export interface Bounds {
  /** The upper bound. */
  readonly value: number
  readonly log10: number
  readonly lower: number
  readonly upper: number
  readonly quality: 'bounds'
  readonly method: string
}

/**
 * Proven bounds where the diagram is too large: from one decision to the next only the likeliest
 * states are followed. What is left undecided counts as alive below and as failed above.
 */
export function failureBounds(
  sides: readonly QuorumSet[],
  hazards: Hazards,
  width = WIDTH,
): Bounds {
  const zones = hazards.zones.map(({ members }) => members)
  const order = variableOrders(sides, zones)[0]!
  const residuals = residualsOf(sides, order, zones.length > 0)
  const waiting = Array.from(order.variables, () => new Map<number, number>())
  let lower = 0
  let undecided = 0
  const put = (state: number, mass: number) => {
    if (state === FAILED) lower += mass
    else if (state !== LIVE) {
      const states = waiting[residuals.variable(state)]!
      states.set(state, (states.get(state) ?? 0) + mass)
    }
  }
  put(residuals.root, 1)
  for (const [place, variable] of order.variables.entries()) {
    const zone = hazards.zones[variable - hazards.size]
    const down = (zone?.failure ?? ownHazard(hazards, variable)).toNumber()
    const states = [...waiting[place]!].sort((a, b) => b[1] - a[1])
    for (const [, mass] of states.slice(width)) undecided += mass
    for (const [state, mass] of states.slice(0, width)) {
      put(residuals.dead(state), mass * down)
      put(residuals.live(state), mass * (1 - down))
    }
    waiting[place]!.clear()
  }
  // Each decision may round by a unit in the last place.
  const slack = (order.variables.length + 1) * 2 ** -51
  const upper = Math.min(1, (lower + undecided) * (1 + slack))
  lower *= 1 - slack
  const method = `the ${width.toLocaleString('en-US')} likeliest states of each decision`
  return { value: upper, log10: Math.log10(upper), lower, upper, quality: 'bounds', method }
}
