import type { Formula, Gate } from '../formula.ts'
import { quorumsOfSpans } from './schedule.ts'
import type { Span } from './schedule.ts'
import type { ListedStrategy } from './strategy.ts'

/** The nodes of a B-grid by band and mini-column. */
export type Bands = readonly (readonly (readonly number[])[])[]

/** The bands, if this is the formula of a B-grid with at least two mini-columns in a band. */
export function bandsOf(formula: Formula): Bands | undefined {
  if (typeof formula === 'number') return undefined
  const bands = formula.inputs.slice(0, -1)
  const touched = formula.inputs.at(-1)
  if (bands.length === 0 || !needsOne(touched) || touched.inputs.length !== bands.length) {
    return undefined
  }
  const columns = bands.map((band) =>
    needsOne(band) && band.inputs.length > 1 ? band.inputs.map(fullColumn) : [undefined],
  )
  const known = columns.map((band) => band.filter((column) => column !== undefined))
  return known.every((band, b) => band.length === columns[b]?.length) ? known : undefined
}

function needsOne(formula: Formula | undefined): formula is Gate {
  return typeof formula === 'object' && formula.need === 1
}

/** The nodes of a gate that needs all of them. */
function fullColumn(formula: Formula): readonly number[] | undefined {
  if (typeof formula === 'number') return [formula]
  const nodes = formula.inputs.filter(isNode)
  const all = nodes.length === formula.inputs.length && formula.need === nodes.length
  return all ? nodes : undefined
}

function isNode(formula: Formula): formula is number {
  return typeof formula === 'number'
}

/** How often a node is used as part of a full mini-column, and to touch another one. */
export interface BandUse {
  readonly full: bigint
  readonly touching: bigint
}

/**
 * The quorums behind the uses. Time is cut among the bands; in its own time a band also has a node
 * of each other mini-column. What is not consistent by rounding is made so.
 */
export function bandStrategy(bands: Bands, useOf: (node: number) => BandUse): ListedStrategy {
  const shares = bands.map((columns) => bandShares(columns, useOf))
  const own = shares.map(({ both }) => sumOf(both))
  const whole = sumOf(own)
  const leaves: { node: number; spans: Span[] }[] = []
  let begin = 0n
  for (const [b, columns] of bands.entries()) {
    const end = begin + own[b]!
    const { both, full, touching } = shares[b]!
    const apart = adjusted(
      full.map((amount, c) => (amount > both[c]! ? amount - both[c]! : 0n)),
      whole - own[b]!,
    )
    let inside = begin
    let outside = 0n
    for (const [c, nodes] of columns.entries()) {
      const after = inside + both[c]!
      const spans = [
        { from: inside, to: after },
        ...around(outside, outside + apart[c]!, begin, end),
      ]
      for (const node of nodes) leaves.push({ node, spans })
      // The rest of the band's own time goes to the nodes of this mini-column in turn.
      const turns = adjusted(touching[c]!, end - begin - both[c]!)
      let at = begin
      for (const [e, node] of nodes.entries()) {
        const to = at + turns[e]!
        leaves.push({ node, spans: around(at, to, inside, after) })
        at = to
      }
      inside = after
      outside += apart[c]!
    }
    begin = end
  }
  return quorumsOfSpans(leaves, whole)
}

interface BandShares {
  /** How often a mini-column is full in its band's own time. */
  readonly both: readonly bigint[]
  readonly full: readonly bigint[]
  readonly touching: readonly (readonly bigint[])[]
}

/**
 * In its own time a band touches all mini-columns but the full one. So over all of them that time
 * counts one time less than there are mini-columns, and each is full when it is not touched.
 */
function bandShares(
  columns: readonly (readonly number[])[],
  useOf: (node: number) => BandUse,
): BandShares {
  const others = BigInt(columns.length - 1)
  const uses = columns.map((nodes) => nodes.map(useOf))
  const touched = uses.map((column) => sumOf(column.map(({ touching }) => touching)))
  const time = sumOf(touched)
  const both = touched.map((amount) => (time > amount * others ? time - amount * others : 0n))
  return {
    both,
    full: uses.map((column) => (column[0]?.full ?? 0n) * others),
    touching: uses.map((column) => column.map(({ touching }) => touching * others)),
  }
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}

/** The amounts with a sum that may be a little different from theirs. */
function adjusted(amounts: readonly bigint[], sum: bigint): bigint[] {
  const result = [...amounts]
  let missing = sum - sumOf(amounts)
  if (missing === 0n) return result
  const order = result.map((_, i) => i).sort((a, b) => (result[a]! < result[b]! ? 1 : -1))
  if (missing > 0n) result[order[0] ?? 0]! += missing
  for (const i of order) {
    if (missing >= 0n) break
    const taken = result[i]! < -missing ? result[i]! : -missing
    result[i]! -= taken
    missing += taken
  }
  return result
}

/** From one moment to another, in time that leaves out a span. */
function around(from: bigint, to: bigint, begin: bigint, end: bigint): Span[] {
  const gap = end - begin
  const spans: Span[] = []
  if (from < begin) spans.push({ from, to: to < begin ? to : begin })
  if (to > begin) spans.push({ from: (from > begin ? from : begin) + gap, to: to + gap })
  return spans.filter((span) => span.from < span.to)
}
