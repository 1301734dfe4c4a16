import { choose, node } from '../expression.ts'
import type { Expression } from '../expression.ts'
import type { Formula } from '../formula.ts'
import { quorumSystem } from '../system.ts'
import type { QuorumSystem } from '../system.ts'
import { sizeOf } from './monotone.ts'

/** The text of a system over its own nodes, which the name of a family does not tell. */
export function writtenOut(system: QuorumSystem): string {
  const nodes = system.nodes.map((own) => node(own))
  const reads = expressionOf(system.reads.formula(), nodes)
  const writes = expressionOf(system.writes.formula(), nodes)
  if (system.reads === system.writes) return quorumSystem({ reads, writes: reads }).name
  const short = quorumSystem({ reads }).name
  // What is read back has the dual as its writes.
  return system.name === short ? short : quorumSystem({ reads, writes }).name
}

function expressionOf(formula: Formula, nodes: readonly Expression[]): Expression {
  if (typeof formula === 'number') return nodes[formula]!
  const inputs = formula.inputs.map((input) => expressionOf(input, nodes))
  return choose(formula.need, inputs, formula.weights)
}

/** Weights from 1 up to this are tried for what is not read-once. */
const MOST_WEIGHT = 4

/** Beyond this the tables of weights and live sets would be large. */
const MOST_WEIGHED = 6

/**
 * An expression for what has these minimal quorums (in bits), as short as it easily gets: gates
 * over disjoint parts where it comes apart into such, weights where they do, and otherwise the
 * most frequent node taken out of what it stands in.
 */
export function written(quorums: readonly number[], nodes: readonly Expression[]): Expression {
  const support = quorums.reduce((all, quorum) => all | quorum, 0)
  if (sizeOf(support) === 1) return nodes[31 - Math.clz32(support)]!
  const apart = parts(quorums, support)
  if (apart !== undefined) {
    return choose(
      apart.need,
      apart.blocks.map((block) => written(block, nodes)),
    )
  }
  return weighed(quorums, support, nodes) ?? factored(quorums, support, nodes)
}

/**
 * k of disjoint blocks, for as many blocks as possible: each quorum has a part in exactly k of
 * them, and there are as many quorums as there are choices of k blocks and a part in each.
 */
function parts(
  quorums: readonly number[],
  support: number,
): { need: number; blocks: number[][] } | undefined {
  const first = quorums[0]!
  for (const partition of partitions(support)) {
    if (partition.length === 1) continue
    const need = partition.filter((block) => (block & first) !== 0).length
    if (
      !quorums.every(
        (quorum) => partition.filter((block) => (block & quorum) !== 0).length === need,
      )
    ) {
      continue
    }
    const blocks = partition.map((block) => [
      ...new Set(quorums.map((quorum) => quorum & block).filter((part) => part !== 0)),
    ])
    // The number of choices is a coefficient of the product of (1 + parts x).
    const choices = [1]
    for (const { length } of blocks) {
      for (let k = choices.length; k > 0; k--) {
        choices[k] = (choices[k] ?? 0) + choices[k - 1]! * length
      }
    }
    if (choices[need] === quorums.length) return { need, blocks }
  }
  return undefined
}

/** All ways to part a set into blocks, those with most blocks first. */
function partitions(set: number): readonly (readonly number[])[] {
  let found: number[][] = [[]]
  for (let node = 0; node < 31; node++) {
    if (((set >>> node) & 1) === 0) continue
    found = found.flatMap((blocks) => [
      [...blocks, 1 << node],
      ...blocks.map((_, at) => blocks.map((block, i) => (i === at ? block | (1 << node) : block))),
    ])
  }
  return found.sort((a, b) => b.length - a.length)
}

/** One gate with small weights. */
function weighed(
  quorums: readonly number[],
  support: number,
  nodes: readonly Expression[],
): Expression | undefined {
  const members = nodes.map((_, i) => i).filter((i) => ((support >>> i) & 1) === 1)
  if (members.length > MOST_WEIGHED) return undefined
  const sets = 1 << members.length
  const holds = Uint8Array.from({ length: sets }, (_, set) => {
    const chosen = members.reduce((all, i, at) => all | (((set >>> at) & 1) << i), 0)
    return quorums.some((quorum) => (quorum & ~chosen) === 0) ? 1 : 0
  })
  const sums = new Uint16Array(sets)
  for (let code = 0; code < MOST_WEIGHT ** members.length; code++) {
    const weights = members.map((_, at) => 1 + (Math.floor(code / MOST_WEIGHT ** at) % MOST_WEIGHT))
    let enough = Infinity
    let tooFew = 0
    for (let set = 1, at = -1; set < sets && tooFew < enough; set++) {
      if ((set & (set - 1)) === 0) at++
      const sum = sums[set ^ (1 << at)]! + weights[at]!
      sums[set] = sum
      if (holds[set] === 1) enough = Math.min(enough, sum)
      else tooFew = Math.max(tooFew, sum)
    }
    if (tooFew < enough) {
      return choose(
        enough,
        members.map((i) => nodes[i]!),
        weights,
      )
    }
  }
  return undefined
}

/** `x * (what it needs) + the rest`, for the node x in the most quorums. */
function factored(
  quorums: readonly number[],
  support: number,
  nodes: readonly Expression[],
): Expression {
  const count = (node: number): number => quorums.filter((q) => ((q >>> node) & 1) === 1).length
  const members = nodes.map((_, i) => i).filter((i) => ((support >>> i) & 1) === 1)
  const common = members.reduce((a, b) => (count(b) > count(a) ? b : a))
  const bit = 1 << common
  const withIt = quorums.filter((quorum) => (quorum & bit) !== 0).map((quorum) => quorum ^ bit)
  const rest = quorums.filter((quorum) => (quorum & bit) === 0)
  return nodes[common]!.and(written(withIt, nodes)).or(written(rest, nodes))
}
