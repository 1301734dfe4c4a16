import type { StateType, Variables, Workspace } from '../state/index.ts'
import { stateType } from '../state/index.ts'
import type { AnyModel, Clause } from './model.ts'
import type {
  ModelSteps,
  Open,
  OpenClause,
  OpenForAll,
  OpenRange,
  OpenStep,
  Predicate,
} from './model-steps.ts'
import { clauseOf, stepsOf } from './model-steps.ts'
import type { Emit, FalseClause, ModelSystem, Runner } from './system.ts'

/** The system of a model, made of closures and loops: simple, and slow beside the generated one. */
export function modelSystem(
  name: string,
  model: AnyModel,
  type: StateType<Variables> = stateType(model.state as Variables),
): ModelSystem {
  const steps = stepsOf(model)
  let workspace: Workspace<Variables> | undefined
  const viewOf = (words: Int32Array, offset: number): Open => {
    const view = (workspace ??= type.workspace())
    type.unpack(words, offset, view.slots)
    return view.state
  }
  return {
    name,
    model,
    type,
    words: type.plan.words,
    actions: steps.actions.map((action) => action.name),
    invariants: steps.invariants.map((invariant) => invariant.name),
    sometimes: steps.sometimes.map((claim) => claim.name),
    runner: (emit) => runner(steps, type, emit),
    snapshot: (words, offset = 0) => type.snapshot(viewOf(words, offset)),
    falseClauses: (words, offset = 0) => {
      const view = viewOf(words, offset)
      return steps.invariants.flatMap((clause) => falseClause(clause, view))
    },
  }
}

function runner(steps: ModelSteps, type: StateType<Variables>, emit: Emit): Runner {
  const current = type.workspace()
  const next = type.workspace()
  const out = new Int32Array(type.plan.words)
  let chosen: readonly unknown[] = []

  const take = (step: OpenStep, action: number): number => {
    let instance = 0
    let emitted = 0
    forEachChoice(step.ranges, current.state, (choice) => {
      const number = instance++
      if (step.when?.(current.state, ...choice) === false) return
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
      for (const step of steps.initial) take(step, -1)
    },
    expand: (words, offset) => {
      type.unpack(words, offset, current.slots)
      let emitted = 0
      for (const [action, step] of steps.actions.entries()) emitted += take(step, action)
      return emitted
    },
    load: (words, offset) => {
      type.unpack(words, offset, next.slots)
    },
    falseInvariant: () => steps.invariants.findIndex((clause) => !holdsForAll(clause, next.state)),
    sometimes: (index) => steps.sometimes[index]?.holds(next.state) ?? false,
    within: () => steps.within?.(next.state) ?? true,
    mayEnd: () => steps.mayEnd(next.state),
    parameters: () => chosen,
  }
}

/** All choices of one value from each range, the last range running fastest. */
export function forEachChoice(
  ranges: readonly OpenRange[],
  state: Open,
  visit: (choice: readonly unknown[]) => void,
): void {
  const lists = ranges.map((range) => valuesOf(range, state))
  const go = (depth: number, before: readonly unknown[]): void => {
    const list = lists[depth]
    if (list === undefined) visit(before)
    else for (const value of list) go(depth + 1, [...before, value])
  }
  go(0, [])
}

function valuesOf(range: OpenRange, state: Open): readonly unknown[] {
  if (typeof range === 'function') return [...range(state)]
  return Array.from({ length: range.size }, (_, code) => range.decode(code) as unknown)
}

function falseClause(clause: OpenClause, state: Open): FalseClause[] {
  const witnesses: (readonly unknown[])[] = []
  forEachChoice(clause.ranges, state, (choice) => {
    if (!clause.holds(state, ...choice)) witnesses.push(choice)
  })
  return witnesses.length === 0 ? [] : [{ name: clause.name, witnesses }]
}

/** Whether a clause of a model holds for all choices. */
export function holds(clause: Clause<Open, []>, state: Open): boolean {
  return holdsForAll(clauseOf('', clause as OpenForAll | Predicate), state)
}

function holdsForAll(clause: OpenClause, state: Open): boolean {
  let all = true
  forEachChoice(clause.ranges, state, (choice) => {
    all &&= clause.holds(state, ...choice)
  })
  return all
}
