import { UserError } from '../../core/user-error.ts'
import type { AnyLayout, State, Variables } from '../../state/index.ts'
import type { ModelSystem } from '../system.ts'
import type { Bits } from './bits.ts'
import { noBits, setBit } from './bits.ts'
import type { KnownStates } from './known.ts'

type Predicate = (state: State<Variables>, ...chosen: readonly unknown[]) => boolean

/** A property as the model gives it: one of the four forms. */
interface Given {
  readonly for?: readonly unknown[]
  readonly eventually?: Predicate
  readonly alwaysEventually?: Predicate
  readonly eventuallyAlways?: Predicate
  readonly when?: Predicate
  readonly leadsTo?: Predicate
}

/**
 * A property for one choice of its parameters, as that which breaks it: a fair behaviour that comes
 * by a seed, and from there on stays in a region for ever, where it meets something again and
 * again.
 */
export interface Claim {
  readonly property: string
  readonly choice: readonly unknown[]
  /** The states where it may stay for ever. `undefined`: all. */
  readonly region?: Bits
  readonly seeds: 'all' | 'initial' | Bits
  readonly meets?: Bits
  /** Whether the premise of a `leadsTo` ever holds. */
  readonly applies: () => boolean
  look(state: State<Variables>, number: number): void
}

/**
 * The claims of all properties, or of those with the given names, and what each state says to them.
 */
export function claimsOf(
  system: ModelSystem,
  known: KnownStates,
  only: readonly string[] | undefined,
): readonly Claim[] {
  const properties = Object.entries((system.model.properties ?? {}) as Record<string, Given>)
  const claims = properties
    .filter(([name]) => only?.includes(name) ?? true)
    .flatMap(([name, given]) =>
      choicesOf(system, name, given).map((choice) => claimOf(name, given, choice, known.count)),
    )
  if (claims.length === 0) return claims
  const { slots, state } = system.type.workspace()
  for (let number = 0; number < known.count; number++) {
    system.type.unpack(known.states, number * system.words, slots)
    for (const claim of claims) claim.look(state, number)
  }
  return claims
}

function claimOf(property: string, given: Given, choice: readonly unknown[], count: number): Claim {
  const common = { property, choice, applies: () => true }
  const { eventually, alwaysEventually, eventuallyAlways, when, leadsTo } = given
  const bits = noBits(count)
  const falseStates = (predicate: Predicate) => (state: State<Variables>, number: number) => {
    if (!predicate(state, ...choice)) setBit(bits, number)
  }
  if (eventually !== undefined)
    return { ...common, region: bits, seeds: 'initial', look: falseStates(eventually) }
  if (alwaysEventually !== undefined)
    return { ...common, region: bits, seeds: 'all', look: falseStates(alwaysEventually) }
  if (eventuallyAlways !== undefined)
    return { ...common, meets: bits, seeds: 'all', look: falseStates(eventuallyAlways) }
  const seeds = noBits(count)
  let met = false
  return {
    ...common,
    region: bits,
    seeds,
    applies: () => met,
    look: (state, number) => {
      const reached = leadsTo!(state, ...choice)
      if (!reached) setBit(bits, number)
      if (reached && met) return
      if (!when!(state, ...choice)) return
      met = true
      if (!reached) setBit(seeds, number)
    },
  }
}

/** All choices of the parameters of a property, which are the same in all states. */
function choicesOf(
  system: ModelSystem,
  name: string,
  given: Given,
): readonly (readonly unknown[])[] {
  let choices: readonly (readonly unknown[])[] = [[]]
  for (const range of given.for ?? []) {
    if (typeof range !== 'object')
      throw new UserError(`the property '${name}' ranges over what changes from state to state`, {
        where: system.name,
        hint: 'give a layout in `for`, and ask in the predicate whether the value is there',
      })
    const layout = range as AnyLayout
    const values = Array.from({ length: layout.size }, (_, code) => layout.decode(code) as unknown)
    choices = choices.flatMap((before) => values.map((value) => [...before, value]))
  }
  return choices
}
