import type { AnyLayout, State, StateType, Variables } from '../state/index.ts'
import { stateType } from '../state/index.ts'
import type { AnyModel, Clause } from './model.ts'
import type { Emit, FalseClause, ModelSystem, Runner } from './system.ts'

type Open = State<Variables>
type Predicate = (state: Open, ...chosen: readonly unknown[]) => boolean
type Effect = (next: Open, ...chosen: readonly unknown[]) => void
type OpenRange = AnyLayout | ((state: Open) => Iterable<unknown>)

interface Step {
  readonly ranges: readonly OpenRange[]
  readonly when: Predicate
  readonly then: Effect
}

/** The system of a model, made of closures and loops: simple, and slow beside the generated one. */
export function modelSystem(
  name: string,
  model: AnyModel,
  type: StateType<Variables> = stateType(model.state as Variables),
): ModelSystem {
  const actions = Object.entries(model.actions as Record<string, OpenAction>)
  const invariants = Object.entries((model.invariants ?? {}) as Record<string, Clause<Open, []>>)
  const sometimes = Object.entries(model.sometimes as Record<string, Predicate>)
  const view = type.workspace()
  return {
    name,
    model,
    type,
    words: type.plan.words,
    actions: actions.map(([action]) => action),
    invariants: invariants.map(([invariant]) => invariant),
    sometimes: sometimes.map(([claim]) => claim),
    runner: (emit) => runner(model, type, emit),
    snapshot: (words, offset = 0) => {
      type.unpack(words, offset, view.slots)
      return type.snapshot(view.state)
    },
    falseClauses: (words, offset = 0) => {
      type.unpack(words, offset, view.slots)
      return invariants.flatMap(([name, clause]) => falseClause(name, clause, view.state))
    },
  }
}

interface OpenAction {
  readonly for?: readonly OpenRange[]
  readonly when?: Predicate
  readonly then: Effect
}

function stepOf(action: OpenAction): Step {
  return { ranges: action.for ?? [], when: action.when ?? (() => true), then: action.then }
}

function initialSteps(init: AnyModel['init']): readonly Step[] {
  if (init === undefined) return [stepOf({ then: () => undefined })]
  if (typeof init === 'function') return [stepOf({ then: init as Effect })]
  return Object.values(init as Record<string, OpenAction>).map(stepOf)
}

function runner(model: AnyModel, type: StateType<Variables>, emit: Emit): Runner {
  const current = type.workspace()
  const next = type.workspace()
  const out = new Int32Array(type.plan.words)
  const first = initialSteps(model.init as AnyModel['init'])
  const steps = Object.values(model.actions as Record<string, OpenAction>).map(stepOf)
  const invariants = Object.values((model.invariants ?? {}) as Record<string, Clause<Open, []>>)
  const sometimes = Object.values(model.sometimes as Record<string, Predicate>)
  let chosen: unknown[] = []

  const take = (step: Step, action: number): number => {
    let instance = 0
    let emitted = 0
    forEachChoice(step.ranges, current.state, (choice) => {
      const number = instance++
      if (!step.when(current.state, ...choice)) return
      next.slots.set(current.slots)
      step.then(next.state, ...choice)
      type.pack(next.slots, out, 0)
      chosen = choice
      emitted++
      emit(action, number)
    })
    return emitted
  }

  return {
    out,
    initial: () => {
      current.slots.fill(0)
      for (const step of first) take(step, -1)
    },
    expand: (words, offset) => {
      type.unpack(words, offset, current.slots)
      let emitted = 0
      for (const [action, step] of steps.entries()) emitted += take(step, action)
      return emitted
    },
    load: (words, offset) => {
      type.unpack(words, offset, next.slots)
    },
    falseInvariant: () => invariants.findIndex((clause) => !holds(clause, next.state)),
    sometimes: (index) => sometimes[index]?.(next.state) ?? false,
    within: () => (model.within as Predicate | undefined)?.(next.state) ?? true,
    mayEnd: () =>
      model.ends === 'anywhere' || ((model.ends as Predicate | undefined)?.(next.state) ?? false),
    parameters: () => chosen,
  }
}

/** All choices of one value from each range, the last range running fastest. */
export function forEachChoice(
  ranges: readonly OpenRange[],
  state: Open,
  visit: (choice: unknown[]) => void,
): void {
  const lists = ranges.map((range) => valuesOf(range, state))
  const go = (depth: number, before: readonly unknown[]): void => {
    const list = lists[depth]
    if (list === undefined) visit([...before])
    else for (const value of list) go(depth + 1, [...before, value])
  }
  go(0, [])
}

function valuesOf(range: OpenRange, state: Open): readonly unknown[] {
  if (typeof range === 'function') return [...range(state)]
  return Array.from({ length: range.size }, (_, code) => range.decode(code) as unknown)
}

function falseClause(name: string, clause: Clause<Open, []>, state: Open): FalseClause[] {
  const witnesses: (readonly unknown[])[] = []
  if (typeof clause === 'function') {
    if (!clause(state)) witnesses.push([])
  } else {
    forEachChoice(clause.for ?? [], state, (choice) => {
      if (!(clause.holds as Predicate)(state, ...choice)) witnesses.push(choice)
    })
  }
  return witnesses.length === 0 ? [] : [{ name, witnesses }]
}

/** Whether a clause holds for all choices. */
export function holds(clause: Clause<Open, []>, state: Open): boolean {
  if (typeof clause === 'function') return clause(state)
  let all = true
  forEachChoice(clause.for ?? [], state, (choice) => {
    all &&= (clause.holds as Predicate)(state, ...choice)
  })
  return all
}
