import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyModel, Fairness } from './model.ts'

type Parts = Readonly<Record<string, unknown>>

/** Throws a `UserError` where a model is not one: what a compiler would have told, and more. */
export function checkModel(name: string, model: AnyModel): void {
  const { state, init, actions, invariants, sometimes, properties } = model as unknown as Readonly<
    Record<string, Parts | undefined>
  >
  const wrong = (fact: string, hint: string): never => {
    throw new UserError(fact, { where: name, hint })
  }
  if (typeof state !== 'object') wrong('it has no state', 'list its variables: state: { n: ... }')
  const variables = Object.keys(state ?? {})
  if (typeof actions !== 'object' || Object.keys(actions).length === 0)
    wrong('it has no actions', 'say what it does: actions: { step: { then: (s) => { ... } } }')
  if (typeof sometimes !== 'object')
    wrong(
      'it claims nothing that must be reached, so that it would pass if it did nothing',
      'name a state that it must come to: sometimes: { done: (s) => ... }',
    )
  for (const [action, step] of Object.entries(actions ?? {}))
    checkStep(`${name}, action '${action}'`, step, variables)
  if (typeof init === 'object')
    for (const [way, step] of Object.entries(init))
      checkStep(`${name}, init '${way}'`, step, variables)
  for (const [claim, holds] of Object.entries(sometimes ?? {}))
    checkFunction(`${name}, sometimes '${claim}'`, holds)
  for (const [claim, clause] of Object.entries(invariants ?? {}))
    checkClause(`${name}, invariant '${claim}'`, clause, variables)
  for (const [claim, property] of Object.entries(properties ?? {}))
    checkRanges(`${name}, property '${claim}'`, (property as Parts | undefined)?.['for'], variables)
  checkFairness(name, model.fairness ?? [], Object.keys(actions ?? {}))
}

function checkStep(where: string, step: unknown, variables: readonly string[]): void {
  const { for: ranges, when, then } = (step ?? {}) as Parts
  checkRanges(where, ranges, variables)
  if (typeof then !== 'function')
    throw new UserError('it has no effect', { where, hint: 'then: (s) => { ... } changes s' })
  if (when !== undefined) checkFunction(`${where}, when`, when)
}

function checkClause(where: string, clause: unknown, variables: readonly string[]): void {
  if (typeof clause === 'function') return
  const { for: ranges, holds } = (clause ?? {}) as Parts
  checkRanges(where, ranges, variables)
  checkFunction(where, holds)
}

function checkFunction(where: string, given: unknown): void {
  if (typeof given === 'function') return
  throw new UserError('it is no function of the state', { where, hint: '(s) => s.n > 0' })
}

/** Ranges are layouts, functions of the state, and names of variables (functions by now). */
function checkRanges(where: string, ranges: unknown, variables: readonly string[]): void {
  if (ranges === undefined) return
  const hint = 'for: [...] lists layouts, names of variables, or functions of the state'
  if (!Array.isArray(ranges)) throw new UserError('its `for` is no list', { where, hint })
  for (const [index, range] of (ranges as readonly unknown[]).entries()) {
    const named = typeof range === 'string' ? range : variableOf(range)
    if (named !== undefined) checkVariable(where, named, variables)
    else if (typeof range !== 'function' && !isLayout(range))
      throw new UserError(`range ${String(index + 1)} of its \`for\` is none`, { where, hint })
    else if (isLayout(range) && range.size === Infinity)
      throw new UserError(`range ${String(index + 1)} of its \`for\` has no end`, { where, hint })
  }
}

function checkVariable(where: string, named: string, variables: readonly string[]): void {
  const variable = named.split('.')[0] ?? ''
  if (variables.includes(variable)) return
  throw new UserError(`its \`for\` names a variable '${variable}', which there is none`, {
    where,
    hint: meant(variable, variables),
  })
}

function variableOf(range: unknown): string | undefined {
  if (typeof range !== 'function' || !('variable' in range)) return undefined
  return String(range.variable)
}

function isLayout(range: unknown): range is { readonly size: number } {
  return typeof range === 'object' && range !== null && 'shape' in range && 'size' in range
}

function checkFairness(name: string, promises: readonly Fairness[], actions: readonly string[]) {
  for (const { actions: named } of promises)
    for (const action of named)
      if (!actions.includes(action))
        throw new UserError(`fairness names an action '${action}', which there is none`, {
          where: name,
          hint: meant(action, actions),
        })
}

/** What somebody may have meant. */
export function meant(typed: string, names: readonly string[]): string {
  const close = nearest(typed, names)
  return close === undefined ? `one of ${names.join(', ')}` : `did you mean '${close}'?`
}
