import { UserError } from '../../core/user-error.ts'
import type { AnyLayout } from '../../state/index.ts'
import type { Emit, ModelSystem, Runner } from '../system.ts'
import type { Canonical } from './canonical.ts'
import { searchedForm } from './canonical.ts'
import { refuseHidden } from './hidden.ts'
import type { Identities } from './identities.ts'
import { identitiesOf, mentions } from './identities.ts'
import type { ReducedSystem } from './reduction.ts'
import { retrace, sameWords } from './retrace.ts'
import { separableForm } from './separable.ts'
import { symmetryClaims } from './symmetry-claims.ts'

export interface SymmetryOptions {
  /**
   * Whether the claim that identities may be exchanged is checked in every state that is gone on
   * from, or in the first ones and ever fewer after them. Default: `some`.
   */
  readonly check?: 'all' | 'some'
  /** Whether code may be generated. Default: true, where the platform allows it. */
  readonly generated?: boolean
  /** Seeds the exchanges that are tried. */
  readonly seed?: number
}

/**
 * The same machine, with each state replaced by one that stands for all that differ from it only by
 * an exchange of identities: those that the model declares in `symmetry`. What it says of states
 * must not depend on which identity is which. That claim is checked on a sample, and a `UserError`
 * names what breaks it. Where the machine starts may depend on it.
 */
export function symmetric(whole: ModelSystem, options: SymmetryOptions = {}): ReducedSystem {
  const identities = symmetriesOf(whole)
  const form = (): Canonical =>
    separableForm(whole.type, identities, options.generated) ?? searchedForm(whole.type, identities)
  const tallies: Tally[] = []
  const newTally = () => {
    const made = { form: form(), found: 0, represented: 0 }
    tallies.push(made)
    return made
  }
  return {
    ...whole,
    whole,
    runner: (emit) => symmetricRunner(whole, identities, newTally(), emit, options),
    retrace: (path) => {
      const { canonical } = form()
      const shown = new Int32Array(whole.words)
      return retrace(whole, path, (state, wanted) => {
        canonical(state, 0, shown)
        return sameWords(shown, wanted)
      })
    },
    report: () => {
      const orders = identities.kinds.map(({ name, count }) => `${String(count)} ${name}`)
      const sum = (of: (tally: Tally) => number) => tallies.reduce((all, one) => all + of(one), 0)
      const represented = sum((tally) => tally.represented)
      const ties = sum((tally) => tally.form.ties)
      return {
        kind: 'symmetry',
        about:
          `exchanges of ${orders.join(' and of ')}; the states stand for ${String(represented)}; ` +
          `in ${String(ties)} they could only be told apart by trying`,
        factor: represented / sum((tally) => tally.found),
      }
    },
  }
}

interface Tally {
  readonly form: Canonical
  /** States that were new, and how many each of them stands for. */
  found: number
  represented: number
}

function symmetriesOf({ name, model, type }: ModelSystem): Identities {
  const declared = (model.symmetry ?? []) as readonly AnyLayout[]
  if (declared.length === 0)
    throw new UserError('declares no symmetry', {
      where: name,
      hint: 'list the kinds that may be exchanged: symmetry: [RM]',
    })
  const identities = identitiesOf(declared)
  for (const [variable, layout] of Object.entries(type.variables)) {
    // Kinds of two sizes are noticed here.
    mentions(layout, identities)
    refuseHidden(layout, identities, `${name}, symmetry, variable '${variable}'`)
  }
  return identities
}

function symmetricRunner(
  whole: ModelSystem,
  identities: Identities,
  tally: Tally,
  emit: Emit,
  options: SymmetryOptions,
): Runner {
  const { form } = tally
  const { canonical } = form
  const out = new Int32Array(whole.words)
  const inner = whole.runner((action, instance) => {
    canonical(inner.out, 0, out)
    const isNew = emit(action, instance)
    if (isNew) {
      tally.found++
      tally.represented += form.represented
    }
    return isNew
  })
  const claims = symmetryClaims(whole, identities, canonical, options.seed ?? 1)
  let expanded = 0
  return {
    out,
    initial: inner.initial,
    expand: (words, offset) => {
      if (options.check === 'all' || isSampled(expanded++)) claims.check(words, offset)
      return inner.expand(words, offset)
    },
    load: inner.load,
    falseInvariant: inner.falseInvariant,
    sometimes: inner.sometimes,
    within: inner.within,
    mayEnd: inner.mayEnd,
    parameters: inner.parameters,
  }
}

/** The first states, and ever fewer after them. */
function isSampled(index: number): boolean {
  return index < 32 || (index & (index - 1)) === 0 || index % 1000 === 0
}
