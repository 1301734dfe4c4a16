import type { AnyModel, Fairness } from '../../src/explore/index.ts'
import { model } from '../../src/explore/index.ts'
import type { AnyLayout, Layout } from '../../src/state/index.ts'
import { id, int } from '../../src/state/index.ts'
import type { Open } from './plain-kind.ts'
import type { KindName } from './plain-kinds.ts'
import { kinds } from './plain-kinds.ts'

/** A constant, or the parameter at a position. */
export type Operand = { readonly constant: number } | { readonly parameter: number }

/** One question to one variable. Whatever is too large is taken modulo what there is. */
export interface Asked {
  readonly variable: number
  readonly test: number
  readonly x: Operand
  readonly p: Operand
  readonly negated: boolean
}
export interface Done {
  readonly variable: number
  readonly effect: number
  readonly x: Operand
  readonly p: Operand
}
export interface Formula {
  readonly any: boolean
  readonly asked: readonly Asked[]
}
/** All processes, the numbers 0 to 2, or the processes that are in a set of the state. */
export type PlainRange = 'process' | 'number' | { readonly membersOf: number }

export interface PlainAction {
  readonly ranges: readonly PlainRange[]
  readonly when: Formula
  readonly then: readonly Done[]
}
export interface PlainClause {
  readonly ranges: readonly PlainRange[]
  readonly holds: Formula
}
export interface PlainProperty {
  readonly ranges: readonly PlainRange[]
  readonly kind: 'eventually' | 'alwaysEventually' | 'eventuallyAlways' | 'leadsTo'
  readonly when: Formula
  readonly then: Formula
}

/** A small machine as data, of which a model and an independent meaning are made. */
export interface Plain {
  readonly processes: number
  readonly variables: readonly KindName[]
  /** None: every variable at its first value. */
  readonly init: readonly PlainAction[]
  readonly actions: readonly PlainAction[]
  readonly invariants: readonly PlainClause[]
  readonly sometimes: readonly Formula[]
  readonly properties: readonly PlainProperty[]
  readonly fairness: readonly Fairness[]
  readonly ends: 'anywhere' | 'nowhere' | Formula
  readonly within: Formula | null
  readonly symmetric: boolean
}

/** A state as JSON: one value for each variable. */
export type PlainState = readonly unknown[]
export type Choice = readonly number[]

export const variableName = (index: number) => `v${index}`
export const actionName = (index: number) => `a${index}`
export const claimName = (index: number) => `c${index}`

// ---- the independent meaning: JSON values, and functions from values to values ----

export function firstState(plain: Plain): PlainState {
  return plain.variables.map((kind) => kinds[kind].first(plain.processes))
}

export function choicesOf(
  plain: Plain,
  ranges: readonly PlainRange[],
  state: PlainState,
): readonly Choice[] {
  let choices: readonly Choice[] = [[]]
  for (const range of ranges) {
    const values = valuesOf(plain, range, state)
    choices = choices.flatMap((before) => values.map((one) => [...before, one]))
  }
  return choices
}

function valuesOf(plain: Plain, range: PlainRange, state: PlainState): readonly number[] {
  if (range === 'number') return [0, 1, 2]
  if (range === 'process') return Array.from({ length: plain.processes }, (_, p) => p)
  return state[range.membersOf] as readonly number[]
}

export function holdsIn(
  plain: Plain,
  formula: Formula,
  state: PlainState,
  choice: Choice = [],
): boolean {
  const answers = formula.asked.map((asked) => {
    const tests = kinds[plain.variables[asked.variable]!].tests
    const test = tests[asked.test % tests.length]!
    const value = state[asked.variable]
    const answer = test.plain(value, valueOf(asked.x, choice), valueOf(asked.p, choice))
    return answer !== asked.negated
  })
  return formula.any ? answers.includes(true) : !answers.includes(false)
}

export function after(
  plain: Plain,
  effects: readonly Done[],
  state: PlainState,
  choice: Choice,
): PlainState {
  let next = state
  for (const done of effects) {
    const all = kinds[plain.variables[done.variable]!].effects
    const effect = all[done.effect % all.length]!
    const x = valueOf(done.x, choice)
    const p = valueOf(done.p, choice)
    next = next.with(done.variable, effect.plain(next[done.variable], x, p, plain.processes))
  }
  return next
}

const valueOf = (operand: Operand, choice: Choice): number =>
  'constant' in operand ? operand.constant : choice[operand.parameter]!

/** A snapshot of the engine as the same JSON. */
export function jsonOf(plain: Plain, snapshot: Readonly<Record<string, unknown>>): PlainState {
  return plain.variables.map((kind, index) =>
    kinds[kind].json(snapshot[variableName(index)], plain.processes),
  )
}

// ---- the model ----

type Predicate = (state: Open, ...chosen: never[]) => boolean

/** The model of a description, all closures and layouts of its own. */
export function modelOf(plain: Plain): AnyModel {
  const process = id('process', plain.processes)
  const named = <T>(name: (index: number) => string, entries: readonly T[]) =>
    Object.fromEntries(entries.map((entry, index) => [name(index), entry]))
  const within = plain.within
  const made = {
    state: named(
      variableName,
      plain.variables.map((kind) => kinds[kind].layout(process)),
    ),
    actions: named(
      actionName,
      plain.actions.map((action) => actionOf(plain, action, process)),
    ),
    invariants: named(
      claimName,
      plain.invariants.map(({ ranges, holds }) => ({
        for: rangesOf(plain, ranges, process),
        holds: predicateOf(plain, holds, ranges.length),
      })),
    ),
    sometimes: named(
      claimName,
      plain.sometimes.map((formula) => predicateOf(plain, formula, 0)),
    ),
    properties: named(
      claimName,
      plain.properties.map((property) => propertyOf(plain, property, process)),
    ),
    fairness: plain.fairness,
    ...(plain.init.length === 0
      ? {}
      : {
          init: named(
            actionName,
            plain.init.map((one) => actionOf(plain, one, process)),
          ),
        }),
    ...(plain.ends === 'nowhere'
      ? {}
      : { ends: plain.ends === 'anywhere' ? plain.ends : predicateOf(plain, plain.ends, 0) }),
    ...(within === null ? {} : { within: predicateOf(plain, within, 0) }),
    ...(plain.symmetric ? { symmetry: [process] } : {}),
  }
  return model(made as never) as AnyModel
}

function actionOf(plain: Plain, action: PlainAction, process: Layout<number>) {
  const depth = action.ranges.length
  // A guard without parameters is worth testing: engines may ask it once for all choices.
  const used = usesParameters(action.when.asked) ? depth : 0
  const then = (state: Open, choice: Choice) => {
    doAll(plain, action.then, state, choice)
  }
  return {
    for: rangesOf(plain, action.ranges, process),
    when: predicateOf(plain, action.when, used),
    then: [
      (s: Open) => then(s, []),
      (s: Open, a: number) => then(s, [a]),
      (s: Open, a: number, b: number) => then(s, [a, b]),
    ][depth],
  }
}

function doAll(plain: Plain, effects: readonly Done[], state: Open, choice: Choice): void {
  for (const done of effects) {
    const all = kinds[plain.variables[done.variable]!].effects
    const effect = all[done.effect % all.length]!
    const name = variableName(done.variable)
    effect.placed(state, name, valueOf(done.x, choice), valueOf(done.p, choice), plain.processes)
  }
}

/** Members of a variable are asked for by its name, or by a function of which nothing is known. */
function rangesOf(plain: Plain, ranges: readonly PlainRange[], process: Layout<number>) {
  return ranges.map((range): AnyLayout | string | ((s: Open) => Iterable<number>) => {
    if (range === 'process') return process
    if (range === 'number') return int(0, 2)
    const name = variableName(range.membersOf)
    return range.membersOf % 2 === 0 ? name : (s) => s[name] as Iterable<number>
  })
}

/** Functions have as many parameters as they are for: engines look at that. */
function predicateOf(plain: Plain, formula: Formula, parameters: number): Predicate {
  const ask = (state: Open, choice: Choice): boolean => {
    for (const asked of formula.asked) {
      const tests = kinds[plain.variables[asked.variable]!].tests
      const test = tests[asked.test % tests.length]!
      const name = variableName(asked.variable)
      const answer = test.placed(state, name, valueOf(asked.x, choice), valueOf(asked.p, choice))
      if ((answer !== asked.negated) === formula.any) return formula.any
    }
    return !formula.any
  }
  const predicates: readonly Predicate[] = [
    (s) => ask(s, []),
    (s, a: number) => ask(s, [a]),
    (s, a: number, b: number) => ask(s, [a, b]),
  ]
  return predicates[parameters]!
}

function propertyOf(plain: Plain, property: PlainProperty, process: Layout<number>) {
  const ranges = rangesOf(plain, property.ranges, process)
  const then = predicateOf(plain, property.then, ranges.length)
  if (property.kind !== 'leadsTo') return { for: ranges, [property.kind]: then }
  return { for: ranges, when: predicateOf(plain, property.when, ranges.length), leadsTo: then }
}

const usesParameters = (asked: readonly Asked[]) =>
  asked.some(({ x, p }) => 'parameter' in x || 'parameter' in p)
