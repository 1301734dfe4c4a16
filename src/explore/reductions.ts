import { UserError } from '../core/user-error.ts'
import type { ExploreOptions } from './explore.ts'
import type { ModelSystem, System } from './system.ts'

/** What is asked for to be left out, as a function of the system. */
export async function reductionOf(options: ExploreOptions): Promise<(system: System) => System> {
  const { symmetry, partialOrder, sleepSets } = options
  const asked = [symmetry, partialOrder, sleepSets].filter((one) => one === true).length
  if (asked === 0) return (system) => system
  if (asked > 1)
    throw new UserError('reductions are used one at a time', {
      hint: 'ask for symmetry, or partial orders, or sleep sets',
    })
  if (sleepSets === true && options.strategy === 'depth-first')
    throw new UserError('sleep sets are for a breadth-first search', {
      hint: 'leave one of the two away',
    })
  const reduce = await import('./reduce/index.ts')
  return (system) => {
    if (!('model' in system))
      throw new UserError('only the states of a model can be reduced', { where: system.name })
    if (symmetry === true) return reduce.symmetric(system as ModelSystem)
    if (partialOrder === true) return reduce.partialOrder(system as ModelSystem)
    return reduce.sleeping(system as ModelSystem)
  }
}
