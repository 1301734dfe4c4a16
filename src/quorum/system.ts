import { UserError } from '../core/user-error.ts'
import type { Expression } from './expression.ts'
import { disjointQuorums } from './disjoint-quorums.ts'
import { quorumNode } from './node.ts'
import type { QuorumNode } from './node.ts'
import { asPlain } from './plain-system.ts'
import { printed } from './print.ts'
import type { QuorumSet } from './quorum-set.ts'
import { quorumSetOf } from './structures/quorum-set-of.ts'

/**
 * Read quorums and write quorums over the same nodes; each read quorum meets each write quorum.
 * Where both sides are the same object, it is a quorum system in the older sense, a coterie.
 */
export interface QuorumSystem {
  /** The text it can be written as: `grid(rows=4,cols=4)`, `majority(a, b, c) * (d + e)`. */
  readonly name: string
  readonly size: number
  /** Made when asked for; node i of the sides is `nodes[i]`. */
  readonly nodes: readonly QuorumNode[]
  readonly reads: QuorumSet
  readonly writes: QuorumSet
}

/** The two sides of a system; one of them may follow from the other. */
export interface SystemOptions {
  /** Default: what meets every write quorum. */
  readonly reads?: Expression
  /** Default: what meets every read quorum. The same expression as `reads` makes a coterie. */
  readonly writes?: Expression
  /** Default: a text that `parseSystem` reads as the same system. */
  readonly name?: string
}

/**
 * A system from expressions. Nodes are numbered in the order of their first appearance.
 * @throws UserError where no side is given, two nodes share a name, or a read quorum and a write
 * quorum have no node in common: the two are named.
 */
export function quorumSystem(options: SystemOptions): QuorumSystem {
  const { reads } = options
  const writes = sameText(reads, options.writes) ? reads : options.writes
  const given = reads ?? writes
  if (given === undefined) {
    throw new UserError('a quorum system needs read quorums or write quorums', {
      hint: 'quorumSystem({ reads: majority([a, b, c]) })',
    })
  }
  const nodes = [...new Set([...(reads?.nodes ?? []), ...(writes?.nodes ?? [])])]
  checkNames(nodes)
  const numberOf = new Map(nodes.map((own, number) => [own, number]))
  const side = quorumSetOf(given.formula(numberOf), nodes.length)
  if (reads === undefined || writes === undefined) {
    const dual = side.dual()
    const [read, write] = reads === undefined ? [dual, side] : [side, dual]
    return lazily(options.name ?? (() => nameOf(reads, writes)), nodes, read, write)
  }
  const other = reads === writes ? side : quorumSetOf(writes.formula(numberOf), nodes.length)
  checkIntersection(side, other, nodes)
  return lazily(options.name ?? (() => nameOf(reads, writes)), nodes, side, other)
}

/**
 * A system from sides that are known to intersect. Without `nodes` they are called n1, n2, ...,
 * made when asked for, with capacity and latency 1.
 */
export function systemOf(options: {
  readonly name: string | (() => string)
  readonly size: number
  readonly reads: QuorumSet
  readonly writes: QuorumSet
  readonly nodes?: readonly QuorumNode[]
}): QuorumSystem {
  const { name, size, reads, writes } = options
  if (reads.size !== size || writes.size !== size) {
    throw new RangeError(`sides of ${reads.size} and ${writes.size} nodes in a system of ${size}`)
  }
  if (options.nodes !== undefined) {
    checkCount(options.nodes, size)
    checkNames(options.nodes)
    return lazily(name, options.nodes, reads, writes)
  }
  const plain = () => Array.from({ length: size }, (_, i) => quorumNode(`n${i + 1}`))
  return asPlain(lazily(name, plain, reads, writes))
}

/** The same quorums with other nodes: other names, capacities, latencies, probabilities, zones. */
export function withNodes(system: QuorumSystem, nodes: readonly QuorumNode[]): QuorumSystem {
  const { size, reads, writes } = system
  return systemOf({ name: () => system.name, size, reads, writes, nodes })
}

/** Name and nodes may be as long as the system, so they are made when asked for. */
function lazily(
  name: string | (() => string),
  nodes: readonly QuorumNode[] | (() => readonly QuorumNode[]),
  reads: QuorumSet,
  writes: QuorumSet,
): QuorumSystem {
  let ownName = typeof name === 'string' ? name : undefined
  let ownNodes = typeof nodes === 'function' ? undefined : nodes
  return {
    size: reads.size,
    reads,
    writes,
    get name() {
      return (ownName ??= typeof name === 'string' ? name : name())
    },
    get nodes() {
      return (ownNodes ??= typeof nodes === 'function' ? nodes() : nodes)
    },
  }
}

/** Two expressions that read the same are one, so that the sides are one object. */
function sameText(reads: Expression | undefined, writes: Expression | undefined): boolean {
  if (reads === undefined || writes === undefined) return false
  return reads === writes || reads.toString() === writes.toString()
}

function nameOf(reads: Expression | undefined, writes: Expression | undefined): string {
  if (reads === writes) return `quorums: ${String(reads)}`
  if (reads === undefined) return `writes: ${String(writes)}`
  if (writes === undefined) return reads.toString()
  const [readText, writeText] = printed([reads, writes])
  return `reads: ${readText}; writes: ${writeText}`
}

function checkCount(nodes: readonly QuorumNode[], size: number): void {
  if (nodes.length === size) return
  throw new UserError(`${nodes.length} nodes are described for a system of ${size}`, {
    hint: 'one description for each node, in the order of the system',
  })
}

function checkNames(nodes: readonly QuorumNode[]): void {
  const names = new Set<string>()
  for (const { name } of nodes) {
    if (names.has(name)) {
      throw new UserError('two different nodes have this name', {
        where: `node ${name}`,
        hint: 'make the node once and use it twice, or give the second one another name',
      })
    }
    names.add(name)
  }
}

function checkIntersection(
  reads: QuorumSet,
  writes: QuorumSet,
  nodes: readonly QuorumNode[],
): void {
  const found = disjointQuorums(reads, writes)
  if (found.outcome === 'none') return
  if (found.outcome === 'unknown') {
    throw new UserError('whether every read quorum meets every write quorum was not decided', {
      where: `after ${found.limit}`,
      hint: 'give one side only: the other is then what meets it',
    })
  }
  const read = listed(found.read, nodes)
  const write = listed(found.write, nodes)
  throw new UserError(`read quorum ${read} and write quorum ${write} have no node in common`, {
    hint: 'give one side only: the other is then what meets it',
  })
}

/** More members than this are only counted. */
const MOST_LISTED = 20

function listed(members: Int32Array, nodes: readonly QuorumNode[]): string {
  const names = Array.from(members.subarray(0, MOST_LISTED), (member) => nodes[member]?.name)
  const more = members.length - names.length
  return `{${names.join(', ')}${more === 0 ? '' : `, and ${more.toLocaleString('en-US')} more`}}`
}
