import type { Chance, Down } from '../quorum-set.ts'
import { chanceOfLog, logOf, logPlus } from './chance.ts'
import { downOf } from './hazards.ts'
import type { Hazards } from './hazards.ts'

/** With more zones there are too many sets of them that may be down. */
const MOST_ZONES = 10

/** The average over all sets of zones that may be down; `undefined` with too many zones. */
export function zonedFailure(
  failure: (down: Down) => Chance,
  hazards: Hazards,
): Chance | undefined {
  const { zones, size } = hazards
  const own = downOf(hazards)
  if (zones.length === 0) return failure(own)
  if (zones.length > MOST_ZONES) return undefined
  let sum = -Infinity
  for (let state = 0; state < 2 ** zones.length; state++) {
    const down = typeof own === 'number' ? new Float64Array(size).fill(own) : own.slice()
    let log = 0
    for (const [place, { members, failure: chance }] of zones.entries()) {
      const isDown = (state & (1 << place)) !== 0
      log += isDown ? Math.log(chance.toNumber()) : Math.log1p(-chance.toNumber())
      if (isDown) for (const node of members) down[node] = 1
    }
    if (log > -Infinity) sum = logPlus(sum, log + logOf(failure(down)))
  }
  return chanceOfLog(Math.min(0, sum))
}
