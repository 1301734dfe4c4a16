import { LinearProgram } from '../linear-program.ts'
import type { Uses } from '../linear-program.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { bandStrategy, bandsOf } from './band-strategy.ts'
import { closedLoad } from './closed-load.ts'
import type { LoadProgram, Side } from './load-program.ts'
import { quorumsOf } from './schedule.ts'
import type { ListedStrategy, SideStrategy } from './strategy.ts'

/** The values of the variables over one denominator; exact, or right up to rounding. */
export interface Values {
  readonly numerators: readonly bigint[]
  readonly denominator: bigint
  readonly exact: boolean
}

/** One side of a system in the load program. */
export interface Block {
  readonly method: string
  /** The strategy that the values of the variables stand for. */
  strategy(values: Values): SideStrategy
}

/** Strategies on formulas with fewer parts are written out as quorums. */
export const MOST_PARTS_TO_LIST = 600

/** A separable formula: a variable for each part that is not used exactly as often as its gate. */
export function formulaBlock(
  program: LoadProgram,
  side: Side,
  set: QuorumSet,
  tree: FlatTree,
  method: string,
  listed = tree.vertices <= MOST_PARTS_TO_LIST,
): Block {
  const { vertices, node, need, start, inputs } = tree
  const root = vertices - 1
  const used = new Int32Array(vertices)
  used[root] = program.variable(1, 1)
  for (let v = root; v >= 0; v--) {
    if (node[v]! >= 0) {
      program.use(side, node[v]!, used[v]!)
      continue
    }
    const own = inputs.subarray(start[v], start[v + 1])
    if (need[v] === own.length) {
      for (const input of own) used[input] = used[v]!
      continue
    }
    const sum = program.row(0, 0)
    program.enter(used[v]!, sum, -BigInt(need[v]!))
    for (const input of own) {
      used[input] = program.variable(0, Infinity)
      program.enter(used[input], sum, 1n)
      if (need[v]! === 1) continue
      const limit = program.row(-Infinity, 0)
      program.enter(used[input], limit, 1n)
      program.enter(used[v]!, limit, -1n)
    }
  }
  return {
    method,
    strategy: (values) => {
      const amounts = { ...values, numerators: Array.from(used, (v) => values.numerators[v]!) }
      const marginals = values.exact
        ? ({ form: 'marginals', set, amounts } as const)
        : ({ form: 'marginals', set, amounts: fitted(tree, amounts) } as const)
      return listed ? quorumsOf(tree, marginals) : marginals
    },
  }
}

/** The amounts nearest below that fit together exactly, in proportion. */
function fitted(tree: FlatTree, amounts: Values) {
  const places: number[] = []
  const node = tree.node.map((leaf, v) => (leaf < 0 ? -1 : places.push(v) - 1))
  const most = places.map((v) => Rational.of(amounts.numerators[v]!, amounts.denominator))
  return closedLoad({ ...tree, node }, most).amounts
}

/** A set that states its own use, where it is known how quorums are read from the variables. */
export function statedBlock(program: LoadProgram, side: Side, set: QuorumSet): Block | undefined {
  if (set.formulate === undefined) return undefined
  const stated = new LinearProgram()
  const amount = stated.variable(0, 1, 1)
  const uses = set.formulate(stated, amount)
  const crossings = crossingQuorums(set, uses)
  const bands = crossings === undefined ? bandsOf(set.formula()) : undefined
  if (crossings === undefined && bands === undefined) return undefined
  const places = program.include(side, stated, uses)
  const of = ({ numerators }: Values, variable: number) => {
    const value = numerators[places[variable]!]!
    return value < 0n ? 0n : value
  }
  return {
    method: 'compact linear program',
    strategy: (values) =>
      crossings === undefined
        ? bandStrategy(bands!, (node) => {
            const [full, touching] = uses[node]!.variables as [number, number]
            return { full: of(values, full), touching: of(values, touching) }
          })
        : inProportion(
            crossings.map(({ quorum }) => quorum),
            crossings.map(({ variable }) => of(values, variable)),
          ),
  }
}

/** Quorums that are used, with what they are used in proportion. */
export function inProportion(
  quorums: readonly Int32Array[],
  amounts: readonly bigint[],
): ListedStrategy {
  const used = quorums.map((_, k) => k).filter((k) => amounts[k]! > 0n)
  return {
    form: 'quorums',
    quorums: used.map((k) => quorums[k]!),
    probabilities: {
      numerators: used.map((k) => amounts[k]!),
      denominator: used.reduce((sum, k) => sum + amounts[k]!, 0n),
    },
  }
}

/**
 * In a grid each node is where a row and a column cross, and is used by its row and by its column
 * but only once by both together: that third variable is the quorum of the two lines.
 */
function crossingQuorums(
  set: QuorumSet,
  uses: Uses,
): { quorum: Int32Array; variable: number }[] | undefined {
  const lines = new Map<number, number[]>()
  for (const [node, { variables, factors }] of uses.entries()) {
    if (factors.join(' ') !== '1 1 -1') return undefined
    for (const line of variables.slice(0, 2)) {
      const nodes = lines.get(line)
      if (nodes === undefined) lines.set(line, [node])
      else nodes.push(node)
    }
  }
  const alive = new Uint8Array(set.size)
  const found: { quorum: Int32Array; variable: number }[] = []
  for (const { variables } of uses) {
    const nodes = new Set(variables.slice(0, 2).flatMap((line) => lines.get(line)!))
    const quorum = Int32Array.from(nodes).sort()
    found.push({ quorum, variable: variables[2]! })
  }
  // Only where one line of each direction is enough.
  for (const node of found[0]?.quorum ?? []) alive[node] = 1
  return set.holds(alive) ? found : undefined
}
