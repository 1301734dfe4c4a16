import type { Step } from './exploration.ts'
import type { Store } from './store.ts'
import type { System } from './system.ts'

/** A step with the packed state after it, by which it can be found among the successors. */
export interface PackedStep {
  readonly action: number
  readonly instance: number
  readonly parameters: readonly unknown[]
  readonly words: Int32Array
}

/**
 * The steps that lead to a state. Nothing but parents is stored: the steps are found again by taking
 * them once more, from the beginning on.
 *
 * @param beyond a successor of that state that has no number, being outside of what is gone on from
 */
export function packedTrace(
  system: System,
  store: Store,
  state: number,
  beyond?: Int32Array,
): readonly PackedStep[] {
  const path: number[] = []
  for (let at = state; at >= 0; at = store.parents[at] ?? -1) path.push(at)
  path.reverse()
  const steps: PackedStep[] = []
  for (const number of path)
    steps.push(again(system, steps.at(-1), (out) => store.find(out) === number))
  if (beyond !== undefined)
    steps.push(again(system, steps.at(-1), (out) => beyond.every((word, at) => word === out[at])))
  return steps
}

/** The same as plain values. */
export function traceTo(
  system: System,
  store: Store,
  state: number,
  beyond?: Int32Array,
): readonly Step[] {
  return packedTrace(system, store, state, beyond).map((step) => plainStep(system, step))
}

export function plainStep(system: System, step: PackedStep): Step {
  const action = system.actions[step.action]
  return {
    ...(action === undefined ? {} : { action }),
    parameters: step.parameters,
    state: system.snapshot(step.words),
  }
}

/** The first successor, or initial state, that is the wanted one. */
function again(
  system: System,
  before: PackedStep | undefined,
  wanted: (out: Int32Array) => boolean,
): PackedStep {
  let found: PackedStep | undefined
  const runner = system.runner((action, instance) => {
    if (found === undefined && wanted(runner.out))
      found = { action, instance, parameters: [...runner.parameters()], words: runner.out.slice() }
    return false
  })
  if (before === undefined) runner.initial()
  else runner.expand(before.words, 0)
  if (found === undefined) throw new Error('a step could not be taken again')
  return found
}
