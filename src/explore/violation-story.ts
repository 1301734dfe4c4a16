import type { Story } from '../core/story.ts'
import type { Variables } from '../state/index.ts'
import type { RefinementFailure, Violation } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { storyOf } from './story.ts'
import { layoutOfRange } from './story-layouts.ts'
import type { FalseClause } from './system.ts'
import { valueText } from './value-text.ts'

/** How a claim came to be false: the trace in words, and what exactly is false at its end. */
export function violationStory(model: AnyModel | undefined, violation: Violation): Story {
  const { name, trace, loop } = violation
  return storyOf(model, {
    claim: name,
    trace,
    ...(loop === undefined ? {} : { loop }),
    faults: faultsOf(model, violation),
  })
}

/** What is wrong, a sentence each. */
export function faultsOf(model: AnyModel | undefined, violation: Violation): readonly string[] {
  switch (violation.kind) {
    case 'invariant':
      return invariantFaults(model, violation)
    case 'deadlock':
      return ['no step can be taken, and the model does not say that it may end here']
    case 'never':
      return ['no reachable state is like this']
    case 'property':
      return [propertyFault(model, violation)]
    case 'refinement':
      return refinementFaults(model, violation)
  }
}

type Claims = Readonly<Record<string, { readonly for?: readonly unknown[] } | undefined>>

/** The one that was looked for first, then all others that are false in the same state. */
function invariantFaults(model: AnyModel | undefined, violation: Violation): readonly string[] {
  const { name, clauses = [] } = violation
  const known: readonly FalseClause[] = clauses.some((clause) => clause.name === name)
    ? clauses
    : [{ name, witnesses: [] }, ...clauses]
  const claims = (model?.invariants ?? {}) as Claims
  const first = known.filter((clause) => clause.name === name)
  return [...first, ...known.filter((clause) => clause.name !== name)].map(
    (clause) =>
      `'${clause.name}' is false${witnessesText(model, claims[clause.name], clause.witnesses)}`,
  )
}

/** How many choices of parameters are listed. */
const MOST_WITNESSES = 6

function witnessesText(
  model: AnyModel | undefined,
  claim: Claims[string],
  witnesses: FalseClause['witnesses'],
): string {
  const texts = witnesses
    .filter((witness) => witness.length > 0)
    .map((witness) => choiceText(model, claim, witness))
  if (texts.length === 0) return ''
  const more = texts.length - MOST_WITNESSES
  const listed = texts.slice(0, MOST_WITNESSES).join('; ')
  return ` for ${listed}${more > 0 ? `; and ${more} more` : ''}`
}

function choiceText(
  model: AnyModel | undefined,
  claim: Claims[string],
  witness: readonly unknown[],
): string {
  return witness
    .map((value, at) => valueText(model && layoutOfRange(model, claim?.for?.[at], value), value))
    .join(', ')
}

function propertyFault(model: AnyModel | undefined, violation: Violation): string {
  const { name, trace, loop, witness = [] } = violation
  const claim = ((model?.properties ?? {}) as Claims)[name]
  const chosen = witness.length === 0 ? '' : ` for ${choiceText(model, claim, witness)}`
  const end =
    loop === undefined
      ? ''
      : loop === trace.length - 1
        ? ', as nothing need ever happen after the last step'
        : `, as the steps from ${loop + 1} on may be taken for ever`
  return `'${name}' is not true in the long run${chosen}${end}`
}

function refinementFaults(model: AnyModel | undefined, violation: Violation): readonly string[] {
  const failure = violation.refinement
  if (failure === undefined) return [`'${violation.name}' is false`]
  const variables = abstractVariables(model, failure)
  const text = (state: Readonly<Record<string, unknown>>): string =>
    Object.entries(state)
      .map(([name, value]) => `${name} = ${valueText(variables[name], value)}`)
      .join(', ')
  if (failure.before === undefined)
    return [`the initial state stands for ${text(failure.after)}, where ${failure.of} cannot begin`]
  const enabled = failure.enabled.length === 0 ? 'no step' : `only ${failure.enabled.join(', ')}`
  return [
    `the last step is no step of ${failure.of}`,
    `it leads from ${text(failure.before)}`,
    `to ${text(failure.after)}`,
    `where ${failure.of} could take ${enabled}`,
  ]
}

function abstractVariables(model: AnyModel | undefined, { of }: RefinementFailure): Variables {
  const refines = (model?.refines ?? {}) as Readonly<
    Record<string, { readonly model: { readonly state: Variables } } | undefined>
  >
  return refines[of]?.model.state ?? {}
}
