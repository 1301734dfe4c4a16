import { disjointQuorums } from '../disjoint-quorums.ts'
import { Expression } from '../expression.ts'
import type { Formula } from '../formula.ts'
import { quorumNode } from '../node.ts'
import { printed } from '../print.ts'
import { quorumSetOf } from '../structures/quorum-set-of.ts'
import { systemOf } from '../system.ts'
import type { Draft, Gap, Imported, ImportFormat } from './imported.ts'

/** The system of a draft, and whether its quorums meet. */
export function built(
  format: ImportFormat,
  draft: Draft,
  zones: Readonly<Record<string, string>>,
): Imported {
  const nodes = draft.nodes.map(({ name, zone: own }) => {
    const zone = zones[name] ?? own
    return quorumNode(name, zone === undefined ? {} : { zone })
  })
  const size = nodes.length
  const leaves = nodes.map((node) => Expression.ofNode(node))
  const reads = quorumSetOf(draft.reads, size)
  const coterie = draft.reads === draft.writes
  const writes = coterie ? reads : quorumSetOf(draft.writes, size)
  const sides = coterie ? [draft.reads] : [draft.reads, draft.writes]
  const [readText = '', writeText] = printed(sides.map((side) => expressionOf(side, leaves)))
  const name =
    writeText === undefined ? `quorums: ${readText}` : `reads: ${readText}; writes: ${writeText}`
  const system = systemOf({ name, size, reads, writes, nodes })

  const { title, danger } = draft
  const named = (members: Int32Array) => Array.from(members, (node) => nodes[node]?.name ?? '')
  const found = disjointQuorums(reads, writes)
  if (found.outcome === 'found') {
    const gap: Gap = { meaning: danger, read: named(found.read), write: named(found.write) }
    return { format, title, system, remarks: draft.remarks, gap }
  }
  const doubt =
    found.outcome === 'unknown'
      ? [`whether every two quorums meet was not decided within ${found.limit}`]
      : []
  return { format, title, system, remarks: [...draft.remarks, ...doubt] }
}

function expressionOf(formula: Formula, leaves: readonly Expression[]): Expression {
  if (typeof formula === 'number') {
    const leaf = leaves[formula]
    if (leaf === undefined) throw new RangeError(`no node has the number ${formula}`)
    return leaf
  }
  const { need, inputs, weights } = formula
  return Expression.ofGate(
    need,
    inputs.map((input) => expressionOf(input, leaves)),
    weights,
  )
}
