import { inspect } from 'node:util'
import { format, formatState } from '../../state/index.ts'
import type { Open } from '../model-steps.ts'
import type { Fitting } from './fitting.ts'
import { waysOf } from './fitting.ts'
import { clauseThatFailed } from './guard-text.ts'
import type { Part } from './mapping.ts'
import { ANY } from './mapping.ts'
import type { Named } from './steps.ts'
import { forEachChoice, isEnabled, isIn } from './steps.ts'

/** Why no action of the spec explains a part of a step: the one that comes nearest. */
export interface Nearest {
  /** Absent: the mapping knows no action that it could be. */
  readonly action?: string
  /** As text, one for each parameter; `?` for what the trace leaves open. */
  readonly parameters: readonly string[]
  /**
   * `guard`: it may not be taken now. `parameter`: the spec has no such value there. `variable`:
   * it may be, and then the trace says something else of the variables. `none`: nothing may be
   * done here.
   */
  readonly kind: 'guard' | 'parameter' | 'variable' | 'none'
  /** The clause of the guard that is false, or what differs. */
  readonly because: string
  /** What the clause has looked at. */
  readonly reads: readonly { readonly variable: string; readonly value: string }[]
  /** How many actions of the way could be taken before. */
  readonly taken: number
  /** The state of the spec in which it was tried, as text. */
  readonly state: string
}

/** At most so many states are looked at. */
const MOST_STATES = 100

/** The way that gets furthest, and in which state: asked when no way fits. */
export function nearestStep(fitting: Fitting, part: Part): Nearest {
  let best: Nearest | undefined
  let looked = 0
  const rank = ({ taken, kind }: Nearest): number => taken * 2 + (kind === 'variable' ? 1 : 0)
  fitting.look(part.run, ({ state, slots }) => {
    if (looked++ >= MOST_STATES) return
    const before = slots.slice()
    for (const way of waysOf(part)) {
      slots.set(before)
      const named = way.map((instance) => fitting.steps.named(instance))
      const found = tryWay(named, state, part, fitting)
      if (best === undefined || rank(found) > rank(best)) best = found
    }
    slots.set(before)
  })
  return best ?? nothingToTry(part)
}

function nothingToTry(part: Part): Nearest {
  const because =
    waysOf(part).length === 0
      ? (part.lacks ?? 'the mapping knows no action that does this here')
      : 'no state of the spec fits any more'
  return { parameters: [], kind: 'none', because, reads: [], taken: 0, state: '' }
}

/** Takes the actions of a way in place as far as that goes; of what is open the first that fits. */
function tryWay(way: readonly Named[], state: Open, part: Part, { type }: Fitting): Nearest {
  const { variables } = type
  const stateText = (): string => formatState(variables, type.snapshot(state))
  let last: Pick<Nearest, 'action' | 'parameters'> = { parameters: [] }
  for (const [taken, action] of way.entries()) {
    const { step, parameters } = action
    last = { action: step.name, parameters: texts(action) }
    let chosen: readonly unknown[] | undefined
    forEachChoice(action, state, (choice) => {
      if (chosen === undefined && isEnabled(step, state, choice)) chosen = choice
    })
    if (chosen !== undefined) {
      step.then(state, ...chosen)
      continue
    }
    const outside = parameters.findIndex(
      (value, at) => value !== ANY && !isIn(step.ranges[at]!, state, value),
    )
    if (outside >= 0) {
      const because = `the spec has no such value for parameter ${outside + 1}`
      return { ...last, kind: 'parameter', because, reads: [], taken, state: stateText() }
    }
    const { clause, reads } = clauseThatFailed(action, state, variables)
    return { ...last, kind: 'guard', because: clause, reads, taken, state: stateText() }
  }
  const sees = part.sees as ((state: unknown) => string | undefined) | undefined
  const because = sees?.(state) ?? 'it fits if something else comes before'
  return { ...last, kind: 'variable', because, reads: [], taken: way.length, state: stateText() }
}

function texts({ step, parameters }: Named): string[] {
  return parameters.map((value, at) => {
    const range = step.ranges[at]
    if (value === ANY) return '?'
    if (range === undefined || typeof range === 'function') {
      return inspect(value, { breakLength: Infinity })
    }
    return isIn(range, {}, value) ? format(range, value) : inspect(value, { breakLength: Infinity })
  })
}
