import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import { workloadOf } from '../load/workload.ts'
import type { Distribution, Workload } from '../load/workload.ts'
import { probability, quorumNode } from '../node.ts'
import type { QuorumNode } from '../node.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'

/** What a system is to be best at. */
export type Objective = 'load' | 'failure' | 'network' | 'latency'

/** What a system may not exceed; what is left out is free. */
export interface Limits {
  readonly load?: RationalLike
  /** Nodes contacted for an operation, on average. */
  readonly network?: RationalLike
  /** Time until a quorum has answered, on average. */
  readonly latency?: RationalLike
  /** Probability that no read quorum or no write quorum is alive. */
  readonly failure?: RationalLike
}

/** Among which systems the best is looked for. */
export type Scope = 'all read-write systems' | 'coteries' | 'read-once expressions'

/** For which nodes and which work the best system is wanted. */
export interface BestOptions {
  /** The nodes, or how many there are if they are all alike. A system need not use all of them. */
  readonly nodes: number | readonly QuorumNode[]
  /** The part of the operations that read, or how it is distributed. Default: 1/2. */
  readonly readFraction?: RationalLike | Distribution
  /** How many nodes may fail, whichever they are, without stopping reads or writes. Default: 0. */
  readonly resilience?: number | { readonly read?: number; readonly write?: number }
  /** Only quorums that are still quorums after this many failures are used. Default: 0. */
  readonly failures?: number
  /** Default: `load`. */
  readonly optimise?: Objective
  /** The probability of being down, of nodes that have none of their own. Default: 1/10. */
  readonly down?: RationalLike
  readonly limits?: Limits
  /**
   * What to choose among. Default: all read-write systems on up to 6 nodes, and on more read-once
   * expressions (each node stands once at most) with systems of named families beside them.
   * Coteries have the same quorums for reads and writes; also on up to 6 nodes.
   */
  readonly among?: Scope
  /** Default: 10 seconds. */
  readonly budget?: Budget
  /** Told now and then what has been looked at. */
  readonly progress?: (text: string) => void
}

/** The question in numbers; what is exact stands beside the doubles that the search goes by. */
export interface Question {
  readonly size: number
  readonly nodes: readonly QuorumNode[]
  readonly objective: Objective
  readonly workload: Workload
  /** The mean of the read fractions. */
  readonly reading: Rational
  readonly resilience: { readonly read: number; readonly write: number }
  readonly failures: number
  readonly limits: { readonly [name in keyof Limits]?: Rational }
  readonly down: readonly Rational[]
  /** Whether the load has a part in the question: then strategies are weighed up. */
  readonly usesLoad: boolean
  /** Nodes with the same kind may be exchanged without changing anything that matters. */
  readonly kinds: readonly number[]
}

/** More nodes do not fit into the bits of a set. */
export const MOST_NODES = 30

/** @throws UserError for what has no answer whatever the system. */
export function questionOf(options: BestOptions): Question {
  const nodes = nodesOf(options.nodes)
  const workload = workloadOf(options.readFraction ?? '1/2')
  const { objective, limits } = { objective: options.optimise ?? 'load', limits: limitsOf(options) }
  const asked = options.resilience ?? 0
  const resilience = typeof asked === 'number' ? { read: asked, write: asked } : asked
  const failures = whole('failures', options.failures ?? 0)
  const question = {
    size: nodes.length,
    nodes,
    objective,
    workload,
    reading: workload.reduce(
      (sum, { fraction, weight }) => sum.plus(fraction.times(weight)),
      Rational.zero,
    ),
    // A quorum that outlives failures is there after them, so the system outlives them too.
    resilience: {
      read: Math.max(failures, whole('read resilience', resilience.read ?? 0)),
      write: Math.max(failures, whole('write resilience', resilience.write ?? 0)),
    },
    failures,
    limits,
    down: nodes.map(
      (node) => node.failure ?? probability(options.down ?? '1/10', 'probability of being down'),
    ),
    usesLoad: objective === 'load' || limits.load !== undefined,
  }
  refuseTheImpossible(question)
  return { ...question, kinds: kindsOf(question) }
}

function nodesOf(given: BestOptions['nodes']): readonly QuorumNode[] {
  const nodes =
    typeof given === 'number'
      ? Array.from({ length: whole('number of nodes', given) }, (_, i) => quorumNode(`n${i + 1}`))
      : given
  const hint = `from 1 to ${MOST_NODES} nodes`
  if (nodes.length === 0) throw new UserError('there are no nodes', { hint })
  if (nodes.length > MOST_NODES) {
    throw new UserError(`${nodes.length} nodes are too many for a search`, {
      hint: `${hint}; compare named families instead, as hqc(3,3,3,3) or bgrid(d=9,h=3,r=3)`,
    })
  }
  const names = new Set<string>()
  for (const { name } of nodes) {
    if (names.has(name)) {
      throw new UserError('two nodes have the same name', { where: `node ${name}` })
    }
    names.add(name)
  }
  return nodes
}

function whole(what: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new UserError(`${what} ${value} is not a whole number from 0 up`, { hint: '0, 1 or 2' })
}

function limitsOf({ limits = {} }: BestOptions): Question['limits'] {
  const limit = (name: keyof Limits): { [key in keyof Limits]?: Rational } => {
    const given = limits[name]
    if (given === undefined) return {}
    const value = Rational.from(given)
    if (value.compare(Rational.zero) >= 0) return { [name]: value }
    throw new UserError(`limit ${String(given)} is negative`, { where: `limit of the ${name}` })
  }
  return { ...limit('load'), ...limit('network'), ...limit('latency'), ...limit('failure') }
}

/**
 * The nodes outside a smallest read quorum and one of its members meet every read quorum, so they
 * are a write quorum: the smallest sizes add up to at most n + 1. With writes dual to reads the
 * resilience of each side is the smallest size of the other, less 1.
 */
function refuseTheImpossible(question: Pick<Question, 'size' | 'resilience'>): void {
  const { size, resilience } = question
  const { read, write } = resilience
  if (read + write + 1 <= size) return
  const fact =
    read === write
      ? `no system on ${size} nodes outlives every ${read} failures`
      : `no system on ${size} nodes has read resilience ${read} and write resilience ${write}`
  throw new UserError(fact, {
    hint:
      read === write
        ? `a resilience of ${Math.floor((size - 1) / 2)}, or ${read + write + 1} nodes`
        : `${read + write + 1} nodes: the two may add up to at most ${size - 1}`,
  })
}

function kindsOf(question: Omit<Question, 'kinds'>): readonly number[] {
  const { nodes, objective, limits, down, usesLoad } = question
  const usesLatency = objective === 'latency' || limits.latency !== undefined
  const keys = nodes.map(({ readCapacity, writeCapacity, latency }, node) => {
    const capacity = usesLoad ? [readCapacity, writeCapacity] : []
    return [...capacity, ...(usesLatency ? [latency] : []), down[node]].join(' ')
  })
  return keys.map((key) => keys.indexOf(key))
}
