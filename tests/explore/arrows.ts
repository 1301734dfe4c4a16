import type { AnyModel, Fairness, Violation } from '../../src/explore/index.ts'
import { model, modelSystem, weak } from '../../src/explore/index.ts'
import { checkProperties } from '../../src/explore/liveness/index.ts'
import { int } from '../../src/state/index.ts'
import { knownStates } from './known-states.ts'

/** What is said about each property of a machine. */
export function check(made: AnyModel, options: Parameters<typeof checkProperties>[2] = {}) {
  const system = modelSystem('machine', made)
  return checkProperties(system, knownStates(system), options)
}
export const outcomes = (made: AnyModel) =>
  Object.fromEntries(check(made).map(({ report }) => [report.name, report.outcome]))

/** Where a lasso goes, by the value of one variable, and where it goes back to. */
export function path(violation: Violation | undefined, variable: string): string {
  const values = violation!.trace.map((step) => String(step.state[variable]))
  values.splice(violation!.loop!, 0, '|')
  return values.join(' ')
}

/** States are numbers, and steps are the given ones. */
export function arrows(
  steps: readonly (readonly [from: number, to: number])[],
  claims: object,
  fairness: readonly Fairness[] = [weak()],
) {
  return model({
    state: { at: int(0, 9) },
    actions: Object.fromEntries(
      steps.map(([from, to]) => [
        `${from}to${to}`,
        { when: (s: { at: number }) => s.at === from, then: (s: { at: number }) => (s.at = to) },
      ]),
    ),
    sometimes: {},
    fairness,
    properties: claims,
  } as never) as AnyModel
}
