import type { Step } from '../exploration.ts'
import type { System } from '../system.ts'
import type { KnownStates } from './known.ts'
import type { Lasso } from './lasso.ts'
import type { Promises } from './promises.ts'

/** Steps between known states, which are found again by taking them once more. */
export interface Retaker {
  /** From `undefined`: an initial state. Of several steps, one with the given label, if any is given. */
  step(from: number | undefined, to: number, label?: number): Step
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
  return {
    step: (from, to, label) => {
      wanted = known.states.slice(to * words, (to + 1) * words)
      wantedLabel = label
      found = []
      if (from === undefined) runner.initial()
      else runner.expand(known.states, from * words)
      const [step] = found
      if (step === undefined) throw new Error('a step could not be taken again')
      return step
    },
  }
}

/**
 * The last step leads back to the state of step `loop`; where it is that step itself, it stays
 * there for ever.
 */
export function storyOf(
  lasso: Lasso,
  take: Retaker,
): { readonly trace: readonly Step[]; readonly loop: number } {
  const { stem, round } = lasso
  const trace = stem.map((to, index) => take.step(stem[index - 1], to))
  let at = stem.at(-1)
  for (const { to, label } of round) {
    trace.push(take.step(at, to, label))
    at = to
  }
  return { trace, loop: stem.length - 1 }
}
