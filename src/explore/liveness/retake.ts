import type { Step } from '../exploration.ts'
import type { System } from '../system.ts'
import type { KnownStates } from './known.ts'
import type { Lasso } from './lasso.ts'
import type { Promises } from './promises.ts'

/** Takes steps between states once more, to tell their stories. */
export interface Retaker {
  /**
   * The step from one state, or from nowhere to an initial one, to a packed state. Of several, the
   * first with the given label, if any is given.
   */
  step(from: number | undefined, to: Int32Array, label?: number): Step
  /** The steps by which the search came to a state. */
  way(to: number): readonly Step[]
}

export function retaker(system: System, known: KnownStates, promises?: Promises): Retaker {
  const words = system.words
  let wanted = new Int32Array(0)
  let wantedLabel: number | undefined
  let found: Step[] = []
  const runner = system.runner((action, instance) => {
    if (found.length > 0 || !wanted.every((word, index) => word === runner.out[index])) return false
    if (
      wantedLabel !== undefined &&
      promises?.labelOf(action, instance, runner.parameters) !== wantedLabel
    )
      return false
    const name = system.actions[action]
    found.push({
      ...(name === undefined ? {} : { action: name }),
      parameters: [...runner.parameters()],
      state: system.snapshot(wanted),
    })
    return false
  })
  const take = {
    step: (from: number | undefined, to: Int32Array, label?: number) => {
      wanted = to.slice()
      wantedLabel = label
      found = []
      if (from === undefined) runner.initial()
      else runner.expand(known.states, from * words)
      const [step] = found
      if (step === undefined) throw new Error('a step could not be taken again')
      return step
    },
    way: (to: number) => {
      const states = wayTo(known, to)
      return states.map((state, index) =>
        take.step(states[index - 1], packedState(system, known, state)),
      )
    },
  }
  return take
}

/** By which states the search came to one, that one last. */
export function wayTo(known: KnownStates, state: number): readonly number[] {
  const way: number[] = []
  for (let at = state; at >= 0; at = known.parents[at]!) way.push(at)
  return way.reverse()
}

export function packedState(system: System, known: KnownStates, state: number): Int32Array {
  return known.states.subarray(state * system.words, (state + 1) * system.words)
}

/**
 * The last step leads back to the state of step `loop`; where it is that step itself, it stays
 * there for ever.
 */
export function storyOf(
  system: System,
  known: KnownStates,
  lasso: Lasso,
  take: Retaker,
): { readonly trace: readonly Step[]; readonly loop: number } {
  const { stem, round } = lasso
  const trace = stem.map((to, index) => take.step(stem[index - 1], packedState(system, known, to)))
  let at = stem.at(-1)
  for (const { to, label } of round) {
    trace.push(take.step(at, packedState(system, known, to), label))
    at = to
  }
  return { trace, loop: stem.length - 1 }
}
