import { allOf, anyOf } from '../formula.ts'
import type { LinearProgram, Terms, Uses } from '../linear-program.ts'
import type { Priced, QuorumSet } from '../quorum-set.ts'
import { antichain } from './antichain.ts'
import { cheapestTransversal, minimalTransversals } from './transversals.ts'

/** Quorums that are written out one by one: none contains another. */
export interface ListOfQuorums extends QuorumSet {
  readonly quorums: readonly Int32Array[]
}

/** What the caller knows of a list of quorums. */
export interface ListOptions {
  /** For people. Default: `list of quorums`. */
  readonly structure?: string
  /** Whether any node can be exchanged for any other, as the caller knows. Default: not known. */
  readonly transitive?: boolean
}

/** One variable for each quorum is a good linear program up to this many. */
const MOST_VARIABLES = 20_000

/**
 * The sets that contain one of the given ones; sets that contain another given one are dropped.
 * @throws RangeError if there is none, if one is empty, or for a node that is not below `size`.
 */
export function listOfQuorums(
  given: readonly (readonly number[] | Int32Array)[],
  size: number,
  options: ListOptions = {},
): ListOfQuorums {
  if (given.length === 0) throw new RangeError('a list of no quorums')
  const sorted = given.map((quorum) => {
    const members = Int32Array.from(new Set(quorum)).sort()
    if (members.length === 0) throw new RangeError('an empty quorum')
    if (members[0]! < 0 || members.at(-1)! >= size) throw new RangeError('a node that is not there')
    return members
  })
  return explicit(antichain(sorted, size), size, options)
}

/** The list, where the set is one. */
export function listOf(set: QuorumSet): readonly Int32Array[] | undefined {
  return 'quorums' in set ? (set as ListOfQuorums).quorums : undefined
}

function explicit(
  quorums: readonly Int32Array[],
  size: number,
  options: ListOptions,
): ListOfQuorums {
  const { structure = 'list of quorums', transitive } = options
  let dual: QuorumSet | undefined
  const set: ListOfQuorums = {
    size,
    structure,
    quorums,
    ...(transitive === undefined ? {} : { transitive }),
    formula: () => anyOf(quorums.map((quorum) => allOf([...quorum]))),
    holds: (alive) => quorums.some((quorum) => quorum.every((member) => alive[member] !== 0)),
    cheapest: (prices) => cheapest(quorums, prices),
    dual: () => (dual ??= transversals(set, options)),
    minimalQuorums: () => quorums.values(),
    countMinimal: () => BigInt(quorums.length),
    ...(quorums.length > MOST_VARIABLES
      ? {}
      : {
          formulate: (program: LinearProgram, amount: number) =>
            uses(quorums, size, program, amount),
        }),
  }
  return set
}

/** The sets that meet every quorum of a list, known by that list alone. */
function transversals(list: ListOfQuorums, options: ListOptions): QuorumSet {
  const { quorums, size } = list
  return {
    size,
    structure: `sets that meet every quorum of a ${list.structure}`,
    ...(options.transitive === undefined ? {} : { transitive: options.transitive }),
    formula: () => allOf(quorums.map((quorum) => anyOf([...quorum]))),
    holds: (alive) => quorums.every((quorum) => quorum.some((member) => alive[member] !== 0)),
    cheapest: (prices) => cheapestTransversal(quorums, size, prices),
    dual: () => list,
    minimalQuorums: () => minimalTransversals(quorums, size),
  }
}

function cheapest(quorums: readonly Int32Array[], prices: ArrayLike<number>): Priced {
  let best: Priced = { members: quorums[0] as Int32Array, price: Infinity }
  for (const members of quorums) {
    let price = 0
    for (const member of members) price += prices[member]!
    if (price < best.price) best = { members, price }
  }
  return best
}

function uses(
  quorums: readonly Int32Array[],
  size: number,
  program: LinearProgram,
  amount: number,
): Uses {
  const found: { variables: number[]; factors: number[] }[] = Array.from({ length: size }, () => ({
    variables: [],
    factors: [],
  }))
  const variables = quorums.map((quorum) => {
    const variable = program.variable()
    for (const member of quorum) {
      const terms = found[member] as { variables: number[]; factors: number[] }
      terms.variables.push(variable)
      terms.factors.push(1)
    }
    return variable
  })
  program.row([...variables, amount], [...variables.map(() => 1), -1], 0, 0)
  return found satisfies readonly Terms[]
}
