import { alive, not } from './likelihood.ts'
import { NOTHING, plus, times, wide } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/** Likelihoods of cases of which exactly one is so. */
export type Cases = readonly Wide[]

/** Of two independent parts: the cases of them together, as sums of products. */
export type Join = (one: Cases, other: Cases) => Cases

/** Whether nodes are to be alive, or to be down. */
export type State = 'alive' | 'down'

/** One node: as it should be, or not. */
export function nodeCases(down: number, state: State): Cases {
  const { yes, no } = state === 'alive' ? alive(down) : not(alive(down))
  return [yes, no, NOTHING]
}

/** Of nodes: all are as they should be, none is, some are. */
export const joinNodes: Join = ([all, none, mixed], [otherAll, otherNone, otherMixed]) => [
  product(all, otherAll),
  product(none, otherNone),
  sum(
    product(mixed, sum(otherAll, otherNone, otherMixed)),
    product(all, sum(otherNone, otherMixed)),
    product(none, sum(otherAll, otherMixed)),
  ),
]

export function inTurn(count: number, join: Join, part: (place: number) => Cases): Cases {
  let result = part(0)
  for (let place = 1; place < count; place++) result = join(result, part(place))
  return result
}

/**
 * `count` parts that are alike. All cases together are made exactly 1 again each time: otherwise
 * the rounding of what is nearly sure would grow with the count.
 */
export function doubled(count: number, join: Join, one: Cases): Cases {
  let result: Cases | undefined
  let power = one
  for (let rest = count; ; power = normalised(join(power, power))) {
    if (rest % 2 === 1) result = result === undefined ? power : normalised(join(result, power))
    rest = Math.floor(rest / 2)
    if (rest === 0) return result ?? power
  }
}

function normalised(cases: Cases): Cases {
  const all = cases.reduce(plus, NOTHING)
  return cases.map(({ part, twos }) => wide(part / all.part, twos - all.twos))
}

export function product(one: Wide | undefined, other: Wide | undefined): Wide {
  return times(one ?? NOTHING, other ?? NOTHING)
}

export function sum(...terms: readonly (Wide | undefined)[]): Wide {
  return terms.reduce<Wide>((all, term) => plus(all, term ?? NOTHING), NOTHING)
}
