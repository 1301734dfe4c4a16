import type { QuorumNode } from '../node.ts'
import { Rational } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import type { Fractions } from './fractions.ts'
import { partsOf, stands } from './formula-parts.ts'
import type { Part } from './formula-parts.ts'
import { leastPrice } from './least-price.ts'
import type { SideStrategy, Strategy } from './strategy.ts'
import { surviving } from './surviving.ts'
import type { Workload } from './workload.ts'

/** A load with all that is needed to see that it is right; nothing in it has to be believed. */
export interface LoadCertificate {
  readonly system: QuorumSystem
  readonly workload: Workload
  /** Quorums are sets that are still quorums after this many of their nodes have failed. */
  readonly failures: number
  /** No node is loaded more than this by the strategy, on average over the workload. */
  readonly upper: Rational
  readonly strategy: Strategy
  /** No strategy has a lower load than this, because of the prices. */
  readonly lower: Rational
  /**
   * For each point of the workload the prices of the nodes, in proportion: what a node asks for
   * being busy all the time.
   */
  readonly prices: readonly Fractions[]
}

/** A certificate holds, or the fact that speaks against it. */
export type Verified = { readonly ok: true } | { readonly ok: false; readonly fact: string }

/** Said where the formula is too entangled for the cheapest quorum to be found again. */
export const OUT_OF_REACH = 'the cheapest quorum at the prices is out of reach'

/**
 * Checks a load from first principles, in exact arithmetic: every set in use is a quorum by the
 * meaning of the system, the nodes are loaded as claimed, and at the prices the cheapest quorums
 * cost so much that no strategy can do better (weak duality of linear programs). Shares no code
 * with what finds loads, but for which sets are quorums after failures (`surviving`).
 */
export function verifyLoad(certificate: LoadCertificate): Verified {
  const { system, workload, failures, strategy, upper, prices, lower } = certificate
  const reads = partsOf(surviving(system.reads, failures))
  const same = system.reads === system.writes
  const writes = same ? reads : partsOf(surviving(system.writes, failures))
  const readUses = usesOf(strategy.reads, reads, system.size)
  if (typeof readUses === 'string') return wrong(`reads: ${readUses}`)
  const sharedUses = same && strategy.reads === strategy.writes
  const writeUses = sharedUses ? readUses : usesOf(strategy.writes, writes, system.size)
  if (typeof writeUses === 'string') return wrong(`writes: ${writeUses}`)
  const weights = workload.reduce((sum, { weight }) => sum.plus(weight), Rational.zero)
  if (!weights.equals(Rational.one)) return wrong(`the workload has weight ${String(weights)}`)

  const reached = meanLoad(system, workload, readUses, writeUses)
  if (reached.compare(upper) > 0) return wrong(`the strategy has load ${String(reached)}`)
  const proven = priceOfQuorums(system, workload, prices, [reads, writes])
  if (typeof proven === 'string') return wrong(proven)
  if (proven.compare(lower) < 0) return wrong(`the prices prove only ${String(proven)}`)
  return { ok: true }
}

function wrong(fact: string): Verified {
  return { ok: false, fact }
}

/** How often each node is used, or what is wrong with the strategy. */
function usesOf(strategy: SideStrategy, parts: readonly Part[], size: number): Fractions | string {
  return strategy.form === 'quorums'
    ? usesOfQuorums(strategy.quorums, strategy.probabilities, parts, size)
    : usesOfParts(strategy.amounts, parts, size)
}

function usesOfQuorums(
  quorums: readonly Int32Array[],
  { numerators, denominator }: Fractions,
  parts: readonly Part[],
  size: number,
): Fractions | string {
  const uses = new Array<bigint>(size).fill(0n)
  const alive = new Uint8Array(size)
  let total = 0n
  for (const [place, quorum] of quorums.entries()) {
    const probability = numerators[place]
    if (probability === undefined || probability < 0n) return `quorum ${place} has no probability`
    total += probability
    alive.fill(0)
    for (const node of quorum) {
      if (alive[node] !== 0) return `quorum ${place} has node ${node} twice or from elsewhere`
      alive[node] = 1
      uses[node] = (uses[node] ?? 0n) + probability
    }
    if (!stands(parts, alive)) return `{${quorum.join(', ')}} is not a quorum`
  }
  if (denominator <= 0n || total !== denominator || numerators.length !== quorums.length) {
    return `the probabilities sum to ${total}/${denominator}`
  }
  return { numerators: uses, denominator }
}

function usesOfParts(
  { numerators, denominator }: Fractions,
  parts: readonly Part[],
  size: number,
): Fractions | string {
  const uses = new Array<bigint>(size).fill(0n)
  if (numerators.length !== parts.length) return 'the amounts are not those of the formula'
  if (denominator <= 0n || numerators.at(-1) !== denominator) return 'not one quorum in all'
  for (const [place, { node, need, inputs, weights }] of parts.entries()) {
    const amount = numerators[place] ?? -1n
    if (amount < 0n) return `part ${place} is used ${amount} times`
    if (node >= 0) {
      uses[node] = (uses[node] ?? 0n) + amount
      continue
    }
    let sum = 0n
    for (const input of inputs) {
      const used = numerators[input] ?? -1n
      if (used > amount) return `part ${input} is used more than its gate ${place}`
      sum += used
    }
    if (weights !== undefined) return `gate ${place} has weights`
    if (sum !== BigInt(need) * amount) return `the inputs of gate ${place} do not add up`
  }
  // The same node in two inputs of a gate that needs both is counted twice, which is on the safe
  // side: its true use is not more than the sum.
  return { numerators: uses, denominator }
}

/** Sum over the workload of the load of the busiest node. */
function meanLoad(
  { size, nodes, reads, writes }: QuorumSystem,
  workload: Workload,
  readUses: Fractions,
  writeUses: Fractions,
): Rational {
  if (reads.size !== size || writes.size !== size) throw new RangeError('sides of different sizes')
  let mean = Rational.zero
  for (const { fraction, weight } of workload) {
    const rest = Rational.one.minus(fraction)
    const whole =
      fraction.denominator * readUses.denominator * rest.denominator * writeUses.denominator
    const perRead = (fraction.numerator * whole) / (fraction.denominator * readUses.denominator)
    const perWrite = (rest.numerator * whole) / (rest.denominator * writeUses.denominator)
    let above = 0n
    let below = 1n
    for (const [i, { readCapacity: forReads, writeCapacity: forWrites }] of nodes.entries()) {
      const read = perRead * (readUses.numerators[i] ?? 0n) * forReads.denominator
      const written = perWrite * (writeUses.numerators[i] ?? 0n) * forWrites.denominator
      const equal = forReads.numerator === forWrites.numerator
      const sum = equal ? read + written : read * forWrites.numerator + written * forReads.numerator
      const of = equal ? forReads.numerator : forReads.numerator * forWrites.numerator
      if (sum * below > above * of) [above, below] = [sum, of]
    }
    mean = mean.plus(weight.times(Rational.of(above, below * whole)))
  }
  return mean
}

/**
 * What the cheapest read quorum and the cheapest write quorum cost, where the nodes ask `weight`
 * in all for each point of the workload. A strategy pays at least that for its load.
 */
function priceOfQuorums(
  { nodes }: QuorumSystem,
  workload: Workload,
  prices: readonly Fractions[],
  sides: readonly [readonly Part[], readonly Part[]],
): Rational | string {
  if (prices.length !== workload.length) return 'not one list of prices for each read fraction'
  const totals = prices.map(({ numerators }) => numerators.reduce((sum, price) => sum + price, 0n))
  if (totals.some((total) => total <= 0n)) return 'the prices are all 0'
  if (prices.some(({ numerators }) => numerators.some((price) => price < 0n))) {
    return 'a price is negative'
  }
  // One quorum set and the same capacities for both: what is read and written costs the same.
  const alike = sides[0] === sides[1] && nodes.every(equalCapacities)
  let sum = Rational.zero
  for (const [side, parts] of (alike ? [sides[0]] : sides).entries()) {
    const shares = workload.map(({ fraction, weight }, j) => {
      const share = alike ? Rational.one : side === 0 ? fraction : Rational.one.minus(fraction)
      return weight.times(share).over(Rational.of(totals[j] ?? 1n))
    })
    if (shares.every((share) => share.isZero())) continue
    const capacities = nodes.map((node) => (side === 0 ? node.readCapacity : node.writeCapacity))
    const least = leastPrice(parts, ...pricesOfUse(shares, prices, capacities))
    if (least === undefined) return OUT_OF_REACH
    sum = sum.plus(least)
  }
  return sum
}

function equalCapacities({ readCapacity, writeCapacity }: QuorumNode): boolean {
  return readCapacity === writeCapacity || readCapacity.equals(writeCapacity)
}

/** For each node the sum of share x price / capacity, over one denominator. */
function pricesOfUse(
  shares: readonly Rational[],
  prices: readonly Fractions[],
  capacities: readonly Rational[],
): [bigint[], bigint] {
  const whole = shares.reduce((product, share) => product * share.denominator, 1n)
  const factors = shares.map((share) => share.numerator * (whole / share.denominator))
  const each = capacities.map(({ numerator, denominator }, i) => {
    let sum = 0n
    for (const [j, factor] of factors.entries()) sum += factor * (prices[j]?.numerators[i] ?? 0n)
    const above = sum * denominator
    const quotient = above / numerator
    return quotient * numerator === above ? quotient : Rational.of(above, numerator)
  })
  let common = 1n
  for (const price of each) {
    if (typeof price === 'bigint' || common % price.denominator === 0n) continue
    common = Rational.of(common, price.denominator).numerator * price.denominator
  }
  const scaled = each.map((price) =>
    typeof price === 'bigint' ? price * common : price.numerator * (common / price.denominator),
  )
  return [scaled, whole * common]
}
