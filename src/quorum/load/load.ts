import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'
import { quorumSetOf } from '../structures/quorum-set-of.ts'
import type { QuorumSystem } from '../system.ts'
import { balancedLoad } from './balanced-load.ts'
import { near } from './fractions.ts'
import { oneSidedLoad, plainTree } from './one-sided-load.ts'
import { programmedLoad } from './programmed-load.ts'
import type { Strategy } from './strategy.ts'
import { listed, strategyLoad, usesOf } from './strategy-facts.ts'
import { surviving } from './surviving.ts'
import { OUT_OF_REACH, verifyLoad } from './verify-load.ts'
import type { LoadCertificate } from './verify-load.ts'
import { wallLoad } from './wall-load.ts'
import { workloadOf } from './workload.ts'
import type { Distribution, Workload } from './workload.ts'

/** For which work the load is wanted. */
export interface LoadOptions {
  /**
   * The share of the operations that are reads, or several shares with weights; default 1/2.
   * One strategy serves the whole workload: what is least is its load averaged over the workload.
   */
  readonly readFraction?: RationalLike | Distribution
  /** Only quorums that are still quorums after this many of their nodes failed. Default: 0. */
  readonly failures?: number
  /** Steps are rounds of the search for quorums. */
  readonly budget?: Budget
}

/**
 * The least load that a strategy can have: the busy time of the busiest node per operation,
 * averaged over the workload.
 */
export interface Load extends Obtained {
  /** Where `quality` is `exact`. */
  readonly exact: Rational | undefined
  readonly value: number
  /** No strategy has a lower load. */
  readonly lower: Rational
  /** The load of the strategy. */
  readonly upper: Rational
  /** Operations in a unit of time before a node is overloaded, by the strategy: 1 / `upper`. */
  readonly capacity: Rational
  /**
   * The capacity of the strategy averaged over the workload. It differs from `capacity` for a
   * distribution: an average of 1 / load is more than 1 / an average load, and it is the load that
   * is the least possible.
   */
  readonly meanCapacity: Rational
  readonly strategy: Strategy
  readonly certificate: LoadCertificate
}

/** A load that is still to be verified. */
export interface FoundLoad {
  readonly lower: Rational
  readonly upper: Rational
  readonly strategy: Strategy
  readonly prices: LoadCertificate['prices']
  readonly method: string
}

/**
 * The load of a system by the best strategy there is. Every answer has been verified: the
 * certificate shows that the strategy has the load and that none has a lower one.
 *
 * @throws UserError for options that are wrong, and where the load cannot be found or verified
 * within the bounds.
 */
export async function load(system: QuorumSystem, options: LoadOptions = {}): Promise<Load> {
  const workload = workloadOf(options.readFraction ?? Rational.of(1n, 2n))
  const failures = options.failures ?? 0
  refuseHuge(system)
  const sides = survivingSides(system, failures)
  const certificateOf = (found: FoundLoad): LoadCertificate => {
    const { lower, upper, prices } = found
    const strategy = failures === 0 ? found.strategy : withoutLists(found.strategy)
    return { system, workload, failures, lower, upper, strategy, prices }
  }
  for (const way of [oneSidedLoad, balancedLoad, wallLoad]) {
    const found = way(sides, workload)
    if (found !== undefined) return verified(sides, found, certificateOf(found))
  }
  const accept = (tried: FoundLoad): Load | undefined => {
    const certificate = certificateOf(tried)
    return verifyLoad(certificate).ok ? answer(sides, tried, certificate) : undefined
  }
  const found = await programmedLoad(sides, workload, options.budget ?? {}, accept)
  return 'certificate' in found ? found : verified(sides, found, certificateOf(found))
}

/** Systems of more nodes have to be trees: a certificate of others would not fit into memory. */
const MOST_NODES = 200_000

function refuseHuge({ name, size, reads, writes }: QuorumSystem): void {
  if (size <= MOST_NODES) return
  const side = [reads, writes].find((set) => plainTree(set) === undefined)
  if (side === undefined) return
  const most = MOST_NODES.toLocaleString('en-US')
  const fact = `the load of ${name} is not worked out: ${side.structure} of more than ${most} nodes`
  if (side.transitive !== true || reads !== writes) {
    throw new UserError(fact, { hint: 'a smaller system of the same shape' })
  }
  const least = side.cheapest(new Float64Array(size).fill(1)).price
  const ratio = String(Rational.of(BigInt(least), BigInt(size)))
  const hint = `for equal nodes it is smallest quorum / nodes = ${ratio} (Naor & Wool 1998)`
  throw new UserError(fact, { hint })
}

/** What is not verified is not told. */
function verified(sides: QuorumSystem, found: FoundLoad, certificate: LoadCertificate): Load {
  const verdict = verifyLoad(certificate)
  if (verdict.ok) return answer(sides, found, certificate)
  if (verdict.fact === OUT_OF_REACH) {
    throw new UserError(`the load of ${sides.name} cannot be verified: ${verdict.fact}`, {
      hint: 'an expression in which each node stands once, or one of the named families',
    })
  }
  throw new Error(`the load of ${sides.name} does not verify: ${verdict.fact}`)
}

/** The system whose quorums are those that survive the failures. */
export function survivingSides(system: QuorumSystem, failures: number): QuorumSystem {
  if (failures === 0) return system
  const reads = quorumSetOf(surviving(system.reads, failures), system.size)
  if (system.reads === system.writes) return { ...named(system), reads, writes: reads }
  const writes = quorumSetOf(surviving(system.writes, failures), system.size)
  return { ...named(system), reads, writes }
}

/**
 * A list of surviving quorums has a formula of its own, and who verifies makes another one: what is
 * said of its parts would mean nothing there, but quorums mean the same everywhere.
 */
function withoutLists(strategy: Strategy): Strategy {
  const own = (side: 'reads' | 'writes') => {
    const picked = strategy[side]
    return picked.form === 'marginals' && plainTree(picked.set) === undefined
      ? listed(strategy, side)
      : picked
  }
  const reads = own('reads')
  return { reads, writes: strategy.reads === strategy.writes ? reads : own('writes') }
}

function named({ name, size, nodes }: QuorumSystem) {
  return { name, size, nodes }
}

function answer(system: QuorumSystem, found: FoundLoad, certificate: LoadCertificate): Load {
  const { workload } = certificate
  const { lower, upper, strategy, method } = found
  const exact = lower.equals(upper)
  const capacity = Rational.one.over(upper)
  return {
    exact: exact ? upper : undefined,
    value: near(upper),
    lower,
    upper,
    quality: exact ? 'exact' : 'bounds',
    method,
    capacity,
    meanCapacity: workload.length === 1 ? capacity : meanCapacity(system, workload, strategy),
    strategy,
    certificate,
  }
}

function meanCapacity(system: QuorumSystem, workload: Workload, strategy: Strategy): Rational {
  const uses = usesOf(system, strategy)
  return workload.reduce((sum, { fraction, weight }) => {
    return sum.plus(weight.over(strategyLoad(system.nodes, uses, fraction)))
  }, Rational.zero)
}
