import type { AnyLayout, State, Variables } from '../state/index.ts'
import type { AnyModel } from './model.ts'

/** The parts of a model, without their types: what engines work with. */
export type Open = State<Variables>
export type Predicate = (state: Open, ...chosen: readonly unknown[]) => boolean
export type Effect = (next: Open, ...chosen: readonly unknown[]) => void
export type OpenRange = AnyLayout | ((state: Open) => Iterable<unknown>)

/** An action or one way to begin. */
export interface OpenStep {
  readonly name: string
  readonly ranges: readonly OpenRange[]
  /** `undefined` where it is always enabled. */
  readonly when: Predicate | undefined
  readonly then: Effect
}

/** A condition that is to hold for all choices. */
export interface OpenClause {
  readonly name: string
  readonly ranges: readonly OpenRange[]
  readonly holds: Predicate
}

export interface ModelSteps {
  readonly initial: readonly OpenStep[]
  readonly actions: readonly OpenStep[]
  readonly invariants: readonly OpenClause[]
  readonly sometimes: readonly { readonly name: string; readonly holds: Predicate }[]
  readonly within: Predicate | undefined
  readonly mayEnd: Predicate
}

interface OpenAction {
  readonly for?: readonly OpenRange[]
  readonly when?: Predicate
  readonly then: Effect
}

export interface OpenForAll {
  readonly for?: readonly OpenRange[]
  readonly holds: Predicate
}

/** A model as it is known here: all of its parts without their types. */
interface OpenModel {
  readonly init?: Effect | Readonly<Record<string, OpenAction>>
  readonly actions: Readonly<Record<string, OpenAction>>
  readonly invariants?: Readonly<Record<string, Predicate | OpenForAll>>
  readonly sometimes?: Readonly<Record<string, Predicate>>
  readonly within?: Predicate
  readonly ends?: 'anywhere' | Predicate
}

export function stepsOf(model: AnyModel): ModelSteps {
  const { init, actions, invariants = {}, sometimes = {}, within, ends } = model as OpenModel
  return {
    initial: initialSteps(init),
    actions: named(actions),
    invariants: Object.entries(invariants).map(([name, clause]) => clauseOf(name, clause)),
    sometimes: Object.entries(sometimes).map(([name, holds]) => ({ name, holds })),
    within,
    mayEnd: ends === 'anywhere' ? () => true : (ends ?? (() => false)),
  }
}

export function clauseOf(name: string, clause: Predicate | OpenForAll): OpenClause {
  return typeof clause === 'function'
    ? { name, ranges: [], holds: clause }
    : { name, ranges: clause.for ?? [], holds: clause.holds }
}

function named(actions: Readonly<Record<string, OpenAction>>): OpenStep[] {
  return Object.entries(actions).map(([name, action]) => ({
    name,
    ranges: action.for ?? [],
    when: action.when,
    then: action.then,
  }))
}

function initialSteps(init: OpenModel['init']): readonly OpenStep[] {
  const begin = { name: 'init', ranges: [], when: undefined }
  if (init === undefined) return [{ ...begin, then: () => undefined }]
  return typeof init === 'function' ? [{ ...begin, then: init }] : named(init)
}
