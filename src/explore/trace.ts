import type { Step } from './exploration.ts'
import type { Store } from './store.ts'
import type { ModelSystem, System } from './system.ts'

/** A step with the packed state after it, by which it can be found among the successors. */
export interface PackedStep {
  readonly action: number
  readonly instance: number
  readonly parameters: readonly unknown[]
  readonly words: Int32Array
}

/**
 * The steps that lead to a state. Nothing but parents is stored: the steps are found again by
 * taking them once more, from the beginning on.
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

/** A trace as it is told, and the packed state that it ends in. */
export function storyOf(
  system: System,
  path: readonly PackedStep[],
): { readonly trace: readonly Step[]; readonly last: Int32Array | undefined } {
  const states = path.map(({ words }) => words)
  if (system.retold !== undefined) return system.retold(states)
  if (system.retrace === undefined || !('type' in system))
    return { trace: path.map((step) => plainStep(system, step)), last: states.at(-1) }
  // What a reduction shows is told with the steps of the whole system.
  const trace = system.retrace(states)
  const state = trace.at(-1)?.state
  return { trace, last: state && packedState(system as ModelSystem, state) }
}

function packedState({ type }: ModelSystem, state: Step['state']): Int32Array {
  const workspace = type.workspace()
  type.assign(workspace.state, state)
  const words = new Int32Array(type.plan.words)
  type.pack(workspace.slots, words, 0)
  return words
}

function plainStep(system: System, step: PackedStep): Step {
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
