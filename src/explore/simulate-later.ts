import type { AnyModel } from './model.ts'
import type { SimulateOptions, Simulation } from './simulate.ts'
import type { System } from './system.ts'

/**
 * Walks at random: each enabled choice of an action and its parameters is as likely. Invariants are
 * judged in each state; the walks stop with the first that are false. Never says `pass`. Its code
 * is loaded when it is first called: most searches need none of it.
 */
export async function simulate(
  model: AnyModel | System,
  options: SimulateOptions = {},
): Promise<Simulation> {
  const walks = await import('./simulate.ts')
  return walks.simulate(model, options)
}
