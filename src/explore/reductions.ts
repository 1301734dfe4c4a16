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
  const reduce = await reductionNamed(options)
  return (system) => {
    if ('model' in system) return reduce(system as ModelSystem)
    if (sleepSets === true && system.sleeping !== undefined) return system.sleeping()
    if (symmetry === true && system.symmetric !== undefined) return system.symmetric()
    throw new UserError('only the states of a model can be reduced', { where: system.name })
  }
}

/** Each is loaded where it is asked for: small searches are over sooner than all are read. */
async function reductionNamed(options: ExploreOptions): Promise<(system: ModelSystem) => System> {
  const { symmetry, partialOrder, generated = true } = options
  if (symmetry === true) {
    const { symmetric } = await import('./reduce/symmetry.ts')
    return (system) => symmetric(system, { generated })
  }
  if (partialOrder === true) {
    const { partialOrder: reduced } = await import('./reduce/partial-order.ts')
    return (system) => reduced(system)
  }
  const { sleeping } = await import('./reduce/sleep-sets.ts')
  return (system) => sleeping(system)
}
