import type { Json, StateType, Variables } from '../state/index.ts'
import { fromJson } from '../state/index.ts'

/** The values of a layout that were numbered as they were seen, in a checkpoint. */
export interface SavedUniverse {
  readonly capacity: number
  readonly values: readonly Json[]
}

/** Makes room for all values that were seen, and gives them their numbers again. */
export function restoreUniverses(
  saved: readonly SavedUniverse[],
  type: StateType<Variables>,
  replan: (universes: StateType<Variables>['plan']['universes']) => StateType<Variables>,
): StateType<Variables> {
  let planned = type
  for (const [place, { capacity }] of saved.entries()) {
    for (;;) {
      const universe = planned.plan.universes.all[place]
      if (universe === undefined || universe.capacity >= capacity) break
      planned = replan(planned.plan.universes.withRoom(universe))
    }
  }
  for (const [place, { values }] of saved.entries()) {
    const universe = planned.plan.universes.all[place]
    for (const value of values) universe?.idOf(fromJson(universe.layout, value))
  }
  return planned
}
