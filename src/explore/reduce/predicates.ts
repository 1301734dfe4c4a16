import type { AnyModel } from '../model.ts'
import type { Open } from '../model-steps.ts'
import { stepsOf } from '../model-steps.ts'
import { forEachChoice } from '../model-system.ts'

/** Something that a model says of single states. */
export interface StatePredicate {
  /** Such as `the invariant 'nobody decides twice'`. */
  readonly name: string
  holds(state: Open): boolean
}

/** What a search asks of each state: invariants, claims that something happens, and the bound. */
export function predicatesOf(model: AnyModel): readonly StatePredicate[] {
  const { invariants, sometimes, within } = stepsOf(model)
  const bound = within === undefined ? [] : [{ name: 'the bound of the search', holds: within }]
  return [
    ...invariants.map(({ name, ranges, holds }) => ({
      name: `the invariant '${name}'`,
      holds: (state: Open) => {
        let all = true
        forEachChoice(ranges, state, (choice) => {
          all &&= holds(state, ...choice)
        })
        return all
      },
    })),
    ...sometimes.map(({ name, holds }) => ({ name: `the claim '${name}'`, holds })),
    ...bound,
  ]
}
