import type { Random } from '../../core/random.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import type { Fractions } from './fractions.ts'
import type { ListedStrategy, MarginalStrategy } from './strategy.ts'

/** From a moment to another one. */
export interface Span {
  readonly from: bigint
  readonly to: bigint
}

/**
 * The quorums of a strategy that is given by how often each part of the formula is used.
 *
 * The strategy is seen as a schedule on a circle. The inputs of a gate are laid end to end around
 * the time in which the gate is used, so that at each moment as many of them are on as it needs
 * (the wrap-around rule of McNaughton 1959). Between two moments at which something changes, the
 * nodes that are on are one quorum.
 */
export function quorumsOf(
  tree: FlatTree,
  { amounts }: Pick<MarginalStrategy, 'amounts'>,
): ListedStrategy {
  return quorumsOfSpans(leafSpans(tree, amounts), amounts.denominator)
}

/** The quorums that follow each other from 0 to the end; each leaf says when its node is on. */
export function quorumsOfSpans(
  leaves: readonly { readonly node: number; readonly spans: readonly Span[] }[],
  end: bigint,
): ListedStrategy {
  const moments = new Set<bigint>([0n, end])
  for (const { spans } of leaves) {
    for (const { from, to } of spans) moments.add(from).add(to)
  }
  const sorted = [...moments].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const place = new Map(sorted.map((moment, i) => [moment, i]))
  const members = sorted.slice(1).map(() => new Set<number>())
  for (const { node, spans } of leaves) {
    for (const { from, to } of spans) {
      for (let i = place.get(from)!; i < place.get(to)!; i++) members[i]!.add(node)
    }
  }
  const found = new Map<string, { quorum: Int32Array; amount: bigint }>()
  for (const [i, nodes] of members.entries()) {
    const quorum = Int32Array.from(nodes).sort()
    const key = quorum.join(' ')
    const amount = sorted[i + 1]! - sorted[i]! + (found.get(key)?.amount ?? 0n)
    found.set(key, { quorum, amount })
  }
  return {
    form: 'quorums',
    quorums: [...found.values()].map(({ quorum }) => quorum),
    probabilities: {
      numerators: [...found.values()].map(({ amount }) => amount),
      denominator: end,
    },
  }
}

/** When each leaf is on. */
function leafSpans(tree: FlatTree, amounts: Fractions): { node: number; spans: Span[] }[] {
  const { vertices, node, start, inputs } = tree
  const { numerators, denominator } = amounts
  const root = vertices - 1
  const own: (Span[] | undefined)[] = []
  own[root] = [{ from: 0n, to: denominator }]
  const leaves: { node: number; spans: Span[] }[] = []
  for (let v = root; v >= 0; v--) {
    const spans = own[v] ?? []
    own[v] = undefined
    if (node[v]! >= 0) {
      leaves.push({ node: node[v]!, spans })
      continue
    }
    const whole = numerators[v]!
    let from = 0n
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const input = inputs[i]!
      const to = from + numerators[input]!
      own[input] = to <= whole ? cut(spans, from, to) : cut(spans, from, whole)
      if (to > whole) own[input].push(...cut(spans, 0n, to - whole))
      from = to >= whole ? to - whole : to
    }
  }
  return leaves
}

/** The part of the spans from one moment to another, counted in their own time. */
function cut(spans: readonly Span[], from: bigint, to: bigint): Span[] {
  const result: Span[] = []
  let passed = 0n
  for (const span of spans) {
    const low = passed > from ? passed : from
    const end = passed + span.to - span.from
    const high = end < to ? end : to
    if (low < high) result.push({ from: span.from + low - passed, to: span.from + high - passed })
    passed = end
    if (passed >= to) break
  }
  return result
}

/** The quorum of the schedule at a random moment. */
export function pickMarginal(
  tree: FlatTree,
  { amounts }: Pick<MarginalStrategy, 'amounts'>,
  random: Random,
): Int32Array {
  const { node, start, inputs, vertices } = tree
  const { numerators, denominator } = amounts
  const members = new Set<number>()
  const open: [number, bigint][] = [[vertices - 1, momentBelow(denominator, random)]]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const [v, moment] = top
    if (node[v]! >= 0) {
      members.add(node[v]!)
      continue
    }
    const whole = numerators[v]!
    let from = 0n
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const amount = numerators[inputs[i]!]!
      const passed = moment >= from ? moment - from : moment - from + whole
      if (passed < amount) open.push([inputs[i]!, passed])
      from = from + amount >= whole ? from + amount - whole : from + amount
    }
  }
  return Int32Array.from(members).sort()
}

/** A whole number from 0 to below the bound, as likely as any other up to 2^-90. */
export function momentBelow(bound: bigint, random: Random): bigint {
  let drawn = 0n
  let range = 1n
  while (range < bound << 90n) {
    drawn = (drawn << 30n) | BigInt(random.int(0, 2 ** 30 - 1))
    range <<= 30n
  }
  return (drawn * bound) / range
}
