import { UserError } from '../../core/user-error.ts'
import type { Random } from '../../core/random.ts'
import { seeded } from '../../core/random.ts'
import type { AnyLayout } from '../../state/index.ts'
import { stepsOf } from '../model-steps.ts'
import type { ModelSystem, Runner } from '../system.ts'
import { valueText } from '../value-text.ts'
import type { Canonical } from './canonical.ts'
import type { Identities } from './identities.ts'
import { slotsPermuter } from './permute-slots.ts'
import { predicatesOf } from './predicates.ts'

export interface SymmetryClaims {
  /** Throws a `UserError` where a packed state shows that identities may not be exchanged. */
  check(words: Int32Array, offset: number): void
}

const EXCHANGES_EACH = 2

/**
 * Compares a state with itself after a random exchange of identities: both have the same number of
 * successors by each action, in each class of states that the reduction takes for one, and whatever
 * is said of states is said of both. So a run of the reduced machine is one of the whole machine.
 */
export function symmetryClaims(
  system: ModelSystem,
  identities: Identities,
  canonical: Canonical['canonical'],
  seed: number,
): SymmetryClaims {
  const { type } = system
  const random = seeded(seed)
  const permute = slotsPermuter(type.variables, type.plan.universes, identities)
  const here = new Int32Array(system.words)
  const there = new Int32Array(system.words)
  const slots = new Int32Array(type.plan.bits.length)
  const permuted = new Int32Array(slots.length)
  const { runner, successors } = successorsBy(system, canonical)
  const ends = { name: 'where it may end', holds: stepsOf(system.model).mayEnd }
  const predicates = [...predicatesOf(system.model), ends]
  const view = type.workspace()
  const says = (words: Int32Array) => {
    type.unpack(words, 0, view.slots)
    runner.load(words, 0)
    // Invariants come first, with many choices, and are nearly always true: the runner is faster.
    const known = runner.falseInvariant() < 0 ? system.invariants.length : 0
    return predicates.map((predicate, index) => index < known || predicate.holds(view.state))
  }
  const refuse = (what: string): never => {
    throw new UserError(`${what} after ${exchangeText(identities)}`, {
      where: `${system.name}, symmetry`,
      hint: `look at what it does in ${stateText(system, here)}, or leave the symmetry away`,
    })
  }
  return {
    check: (words, offset) => {
      here.set(words.subarray(offset, offset + here.length))
      type.unpack(here, 0, slots)
      const before = successors(here)
      const said = says(here)
      for (let exchange = 0; exchange < EXCHANGES_EACH; exchange++) {
        shuffle(identities, random)
        const to = identities.to.slice()
        permute(slots, permuted)
        type.pack(permuted, there, 0)
        const after = successors(there)
        identities.to.set(to)
        for (const [action, reached] of before.entries())
          if (reached !== after[action])
            refuse(`the steps '${system.actions[action] ?? ''}' are others`)
        const now = says(there)
        for (const [index, before] of said.entries())
          if (now[index] !== before) refuse(`${predicates[index]!.name} says something else`)
      }
    },
  }
}

/** Code for one purpose, and for each action which classes it leads to and how often, as a text. */
function successorsBy(
  system: ModelSystem,
  canonical: Canonical['canonical'],
): { readonly runner: Runner; successors(words: Int32Array): readonly string[] } {
  const shown = new Int32Array(system.words)
  let reached: string[][] = []
  const runner = system.runner((action) => {
    canonical(runner.out, 0, shown)
    reached[action]?.push(shown.join())
    return false
  })
  return {
    runner,
    successors: (words) => {
      reached = system.actions.map(() => [])
      runner.expand(words, 0)
      return reached.map((states) => states.sort().join(' '))
    },
  }
}

function shuffle({ kinds, to }: Identities, random: Random): void {
  for (const { offset, count } of kinds) {
    const images = random.shuffle(Array.from({ length: count }, (_, image) => image))
    to.set(images, offset)
  }
}

/** `exchanging rm0 -> rm2, rm2 -> rm0`. */
function exchangeText({ kinds, to }: Identities): string {
  const moved = kinds.flatMap(({ name, offset, count }) =>
    Array.from({ length: count }, (_, one) => one)
      .filter((one) => to[offset + one] !== one)
      .map((one) => `${name}${String(one)} -> ${name}${String(to[offset + one])}`),
  )
  return `exchanging ${moved.join(', ')}`
}

function stateText(system: ModelSystem, words: Int32Array): string {
  const layouts = system.type.variables as Readonly<Record<string, AnyLayout>>
  return Object.entries(system.snapshot(words))
    .map(([name, value]) => `${name} = ${valueText(layouts[name], value)}`)
    .join(', ')
}
