import type { Story } from '../../src/core/story.ts'
import type { AnyModel, Spec } from '../../src/explore/index.ts'
import { explore, modelSystem } from '../../src/explore/index.ts'
import { violationStory } from '../../src/explore/violation-story.ts'
import { storyText } from '../../src/report/story-text.ts'
import type { State, Variables } from '../../src/state/index.ts'
import type { Answer, Question } from './check.ts'
import { answer, question } from './check.ts'

/** A spec in some size, perhaps with a bug planted in it, or changed in some other way. */
export interface Sized<P extends object, M extends string, Made extends AnyModel> {
  readonly spec: Pick<Spec, 'name'> & { make(parameters?: Partial<P>, mutant?: M): Made }
  readonly size?: Partial<P>
  readonly mutant?: M
  /** What is done otherwise, and how that is called. */
  readonly changed?: { readonly about: string; readonly model: (made: Made) => Made }
  /** States that differ by an exchange of identities count as one. */
  readonly symmetry?: boolean
}

/** The state of a model, as its guards see it. */
export type StateOf<Made> = Made extends { readonly state: infer V extends Variables }
  ? State<V>
  : never

/** Asks whether a spec can come to a state like this, and shows the shortest way there. */
export function reaches<P extends object, M extends string, Made extends AnyModel>(
  asks: string,
  sized: Sized<P, M, Made>,
  like: (state: StateOf<Made>) => boolean,
): Question {
  const model = () => claiming(sized, asks, (state: StateOf<Made>) => !like(state))
  return explored(asks, sized, model, (name, count, violation) =>
    violation === undefined
      ? answer(false, `none of the ${states(count)} of ${name} is like this`)
      : answer(
          true,
          `${name} comes to such a state in ${violation.steps} steps, no fewer`,
          violation.lines(),
        ),
  )
}

/** Asks whether all states of a spec are like this. What else the spec claims is not looked at. */
export function always<P extends object, M extends string, Made extends AnyModel>(
  asks: string,
  sized: Sized<P, M, Made>,
  like: (state: StateOf<Made>) => boolean,
): Question {
  const which = sized.symmetry === true ? ', of those that are alike one each' : ''
  const model = () => claiming(sized, asks, like)
  return explored(asks, sized, model, (name, count, violation) =>
    violation === undefined
      ? answer(true, `so it is in all ${states(count)} of ${name}${which}`)
      : answer(
          false,
          `${name} comes to another state in ${violation.steps} steps`,
          violation.lines(),
        ),
  )
}

/** Asks whether all that a spec claims is true of it: also when it is changed. */
export function claimsHold<P extends object, M extends string, Made extends AnyModel>(
  asks: string,
  sized: Sized<P, M, Made>,
): Question {
  const model = () => madeOf(sized)
  return explored(asks, sized, model, (name, count, violation) =>
    violation === undefined
      ? answer(true, `all that it claims is so in ${states(count)} of ${name}`)
      : answer(false, `${name}: '${violation.name}' is not so`, violation.lines()),
  )
}

/** The first thing that is not as claimed, and how the spec comes to it. */
interface Found {
  readonly name: string
  readonly steps: number
  lines(): readonly string[]
}

/** Explores a model of the spec, and answers by what was found unless a bound was hit. */
function explored<P extends object, M extends string, Made extends AnyModel>(
  asks: string,
  sized: Sized<P, M, Made>,
  modelOf: () => AnyModel,
  told: (name: string, count: number, violation?: Found) => Answer,
): Question {
  return question('exploration', asks, async (budget) => {
    const model = modelOf()
    const name = nameOf(sized)
    const found = await explore(model, { name, symmetry: sized.symmetry === true, budget })
    const [violation] = found.violations
    if (found.outcome === 'unknown') return unknown(found.stopped?.covered)
    if (violation === undefined) return told(name, found.distinctStates)
    return told(name, found.distinctStates, {
      name: violation.name,
      steps: violation.trace.length - 1,
      lines: () => linesOf(violationStory(model, violation)),
    })
  })
}

/**
 * Asks whether all steps of a spec are like this; states are plain values, as in a trace. For small
 * specs only: all states are kept.
 */
export function everyStep<P extends object, M extends string, Made extends AnyModel>(
  asks: string,
  sized: Sized<P, M, Made>,
  like: (before: Plain, after: Plain) => boolean,
): Question {
  return question('exploration', asks, () => stepsLike(sized, like, true))
}

/** Asks whether some step of a spec is not like this. */
export function someStepIsNot<P extends object, M extends string, Made extends AnyModel>(
  asks: string,
  sized: Sized<P, M, Made>,
  like: (before: Plain, after: Plain) => boolean,
): Question {
  return question('exploration', asks, () => stepsLike(sized, like, false))
}

/** The variables of a state, as plain values: maps, sets, records and lists. */
export type Plain = Readonly<Record<string, unknown>>

interface PlainStep {
  readonly before: Plain
  readonly after: Plain
  readonly action: string
}

/** Looks at steps until one is not like this. `wanted` is the answer if all are. */
function stepsLike<P extends object, M extends string, Made extends AnyModel>(
  sized: Sized<P, M, Made>,
  like: (before: Plain, after: Plain) => boolean,
  wanted: boolean,
): Answer {
  const name = nameOf(sized)
  let count = 0
  for (const step of stepsOf(madeOf(sized), name)) {
    count++
    if (like(step.before, step.after)) continue
    const { action } = step
    return answer(!wanted, `step ${count} of ${name} is not: ${action}`, linesOfStep(step))
  }
  return answer(wanted, `all ${count} steps of ${name} are`)
}

function* stepsOf(model: AnyModel, name: string): Generator<PlainStep> {
  const system = modelSystem(name, model)
  const numbers = new Map<string, number>()
  const packed: Int32Array[] = []
  const found: { readonly action: number; readonly to: number }[] = []
  const runner = system.runner((action) => {
    const words = runner.out.slice(0, system.words)
    const key = words.join()
    const to = numbers.get(key) ?? packed.length
    if (to === packed.length) {
      numbers.set(key, to)
      packed.push(words)
    }
    if (action >= 0) found.push({ action, to })
    return to === packed.length - 1
  })
  runner.initial()
  const plain: Plain[] = []
  const plainAt = (at: number): Plain =>
    (plain[at] ??= system.snapshot(packed[at] ?? new Int32Array(system.words)))
  for (let at = 0; at < packed.length; at++) {
    runner.expand(packed[at] ?? new Int32Array(system.words), 0)
    for (const { action, to } of found.splice(0)) {
      yield { before: plainAt(at), after: plainAt(to), action: system.actions[action] ?? '' }
    }
  }
}

function madeOf<P extends object, M extends string, Made extends AnyModel>({
  spec,
  size,
  mutant,
  changed,
}: Sized<P, M, Made>): Made {
  const made = spec.make(size, mutant)
  return changed === undefined ? made : changed.model(made)
}

/** The model with one claim in place of all that it claims by itself. */
function claiming<P extends object, M extends string, Made extends AnyModel>(
  sized: Sized<P, M, Made>,
  name: string,
  holds: (state: StateOf<Made>) => boolean,
): AnyModel {
  const { properties: _p, refines: _r, fairness: _f, ...made } = madeOf(sized) as AnyModel
  return { ...made, invariants: { [name]: holds }, sometimes: {}, ends: 'anywhere' } as AnyModel
}

function nameOf<P extends object, M extends string, Made extends AnyModel>({
  spec,
  size,
  mutant,
  changed,
}: Sized<P, M, Made>): string {
  const about = [
    ...Object.entries(size ?? {}).map(([key, value]) => `${key} ${String(value)}`),
    ...(mutant === undefined ? [] : [`bug ${mutant}`]),
    ...(changed === undefined ? [] : [changed.about]),
  ]
  return about.length === 0 ? spec.name : `${spec.name} (${about.join(', ')})`
}

const LONGEST = 100

/** The steps of a story, line by line. */
export function linesOf(story: Story): readonly string[] {
  return storyText(story, { width: LONGEST }).trimEnd().split('\n')
}

function linesOfStep({ before, after, action }: PlainStep): readonly string[] {
  return [`from ${textOf(before)}`, `${action} leads`, `to ${textOf(after)}`]
}

/** `1 state`, `288 states` */
export function states(count: number): string {
  return `${count} ${count === 1 ? 'state' : 'states'}`
}

/** A bound was hit. */
export function unknown(covered = 'a bound was hit'): Answer {
  return { outcome: 'unknown', sentence: covered }
}

function textOf(value: Plain): string {
  return Object.entries(value)
    .map(([name, one]) => `${name} ${JSON.stringify(plainOf(one))}`)
    .join(', ')
}

function plainOf(value: unknown): unknown {
  if (value instanceof Map) {
    return [...(value as ReadonlyMap<unknown, unknown>)].map(([key, one]) => [key, plainOf(one)])
  }
  if (value instanceof Set) return [...(value as ReadonlySet<unknown>)].map(plainOf)
  if (Array.isArray(value)) return (value as readonly unknown[]).map(plainOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainOf(one)]))
}
