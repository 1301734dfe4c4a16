import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { partsOf, stands } from '../../../src/quorum/load/formula-parts.ts'
import type { Fractions } from '../../../src/quorum/load/fractions.ts'
import { leastOfGoals } from '../../../src/quorum/load/least-of-goals.ts'
import { leastPrice } from '../../../src/quorum/load/least-price.ts'
import { load } from '../../../src/quorum/load/load.ts'
import type { ListedStrategy, Strategy } from '../../../src/quorum/load/strategy.ts'
import { verifyLoad } from '../../../src/quorum/load/verify-load.ts'
import type { LoadCertificate } from '../../../src/quorum/load/verify-load.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { tableOf } from '../truth.ts'
import { agreesOnLeastPrice } from './agreement.ts'
import { randomFormula } from './cases.ts'

const slightly = Rational.of(1n, 1000n)

async function certificateOf(text: string, readFraction = '1/4'): Promise<LoadCertificate> {
  return (await load(parseSystem(text), { readFraction })).certificate
}

function factOf(certificate: LoadCertificate): string {
  const verdict = verifyLoad(certificate)
  return verdict.ok ? 'verified' : verdict.fact
}

function withReads(
  certificate: LoadCertificate,
  change: (reads: ListedStrategy) => ListedStrategy,
) {
  const { reads, writes } = certificate.strategy
  if (reads.form !== 'quorums') throw new Error('expected quorums')
  const strategy: Strategy = { reads: change(reads), writes }
  return { ...certificate, strategy }
}

describe('verifying a load', () => {
  it('accepts what is right, also when less is claimed', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    const { lower, upper } = certificate
    expect(factOf(certificate)).toBe('verified')
    expect(factOf({ ...certificate, upper: upper.plus(slightly) })).toBe('verified')
    expect(factOf({ ...certificate, lower: lower.minus(slightly) })).toBe('verified')
  })

  it('refuses a load a thousandth too small, and a bound as much too big', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    const { lower, upper } = certificate
    expect(factOf({ ...certificate, upper: upper.minus(slightly) })).toBe(
      'the strategy has load 3/8',
    )
    expect(factOf({ ...certificate, lower: lower.plus(slightly) })).toBe(
      'the prices prove only 3/8',
    )
  })

  it('refuses a set that is not a quorum', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    const broken = withReads(certificate, (reads) => ({
      ...reads,
      quorums: reads.quorums.map((quorum) => quorum.slice(1)),
    }))
    expect(factOf(broken)).toBe('reads: {1, 2} is not a quorum')
  })

  it('refuses a quorum that has a node twice, or one from elsewhere', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    for (const node of [0, 6, -1]) {
      const broken = withReads(certificate, (reads) => ({
        ...reads,
        quorums: reads.quorums.map((quorum) => Int32Array.from([...quorum, node])),
      }))
      expect(factOf(broken)).toMatch(/node -?\d twice or from elsewhere$/)
    }
  })

  it('refuses probabilities that do not sum to 1 or are negative', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    const probabilities = (numerators: bigint[], denominator: bigint) =>
      factOf(
        withReads(certificate, (reads) => ({
          ...reads,
          probabilities: { numerators, denominator },
        })),
      )
    expect(probabilities([1n, 1n], 2n)).toBe('verified')
    expect(probabilities([50n, 49n], 100n)).toBe('reads: the probabilities sum to 99/100')
    expect(probabilities([3n, -1n], 2n)).toBe('reads: quorum 1 has no probability')
    expect(probabilities([2n], 2n)).toBe('reads: quorum 1 has no probability')
    expect(probabilities([1n, 1n, 0n], 2n)).toBe('reads: the probabilities sum to 2/2')
    expect(probabilities([-1n, -1n], -2n)).toBe('reads: quorum 0 has no probability')
  })

  it('refuses prices that prove less, are negative, missing or all 0', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    const prices = (...lists: bigint[][]) => {
      const all = lists.map((numerators): Fractions => ({ numerators, denominator: 1n }))
      return factOf({ ...certificate, prices: all })
    }
    expect(prices([1n, 1n, 1n, 1n, 1n, 1n])).toBe('verified')
    expect(prices([7n, 7n, 7n, 7n, 7n, 7n])).toBe('verified')
    expect(prices([2n, 1n, 1n, 1n, 1n, 1n])).toBe('the prices prove only 9/28')
    expect(prices([1n, 1n, 1n])).toMatch('the prices prove only')
    expect(prices([3n, -1n, 1n, 1n, 1n, 1n])).toBe('a price is negative')
    expect(prices([0n, 0n, 0n, 0n, 0n, 0n])).toBe('the prices are all 0')
    expect(prices()).toBe('not one list of prices for each read fraction')
  })

  it('refuses another read fraction, and weights that do not sum to 1', async () => {
    const certificate = await certificateOf('a*b*c + d*e*f')
    const workload = (fraction: string, weight: string) =>
      factOf({
        ...certificate,
        workload: [{ fraction: Rational.from(fraction), weight: Rational.from(weight) }],
      })
    expect(workload('1/4', '1')).toBe('verified')
    expect(workload('1/2', '1')).toBe('the strategy has load 5/12')
    expect(workload('1/4', '9/10')).toBe('the workload has weight 9/10')
  })

  it('refuses a strategy for fewer failures', async () => {
    const certificate = await certificateOf('majority(n=5)')
    expect(factOf({ ...certificate, failures: 1 })).toMatch(/is not a quorum$/)
  })

  it('refuses another system', async () => {
    const certificate = await certificateOf('majority(n=5)')
    expect(factOf({ ...certificate, system: parseSystem('threshold(n=5,k=4)') })).toMatch(
      /is not a quorum$/,
    )
    expect(factOf({ ...certificate, system: parseSystem('singleton(n=5)') })).toMatch(
      /is not a quorum$|prove only/,
    )
  })

  it('checks each rule of a strategy that is given by parts', async () => {
    const { certificate } = await load(parseSystem('majority(n=1001)'))
    const { strategy } = certificate
    if (strategy.reads.form !== 'marginals') throw new Error('expected marginals')
    const { amounts, set } = strategy.reads
    const last = amounts.numerators.length - 1
    const changed = (change: (numerators: bigint[]) => void, denominator = amounts.denominator) => {
      const numerators = [...amounts.numerators]
      change(numerators)
      const reads = { form: 'marginals', set, amounts: { numerators, denominator } } as const
      return factOf({ ...certificate, strategy: { reads, writes: strategy.writes } })
    }
    const add = (place: number, amount: bigint) => (numerators: bigint[]) => {
      numerators[place] = (numerators[place] ?? 0n) + amount
    }
    expect(changed(add(0, 0n))).toBe('verified')
    expect(changed(add(0, 1n))).toBe(`reads: the inputs of gate ${last} do not add up`)
    expect(changed(add(0, -100n * amounts.denominator))).toMatch('reads: part 0 is used')
    expect(changed(add(last, 1n))).toBe('reads: not one quorum in all')
    expect(changed((list) => list.pop())).toBe('reads: the amounts are not those of the formula')
    expect(changed((list) => list.fill(0n), 0n)).toBe('reads: not one quorum in all')
  })

  it.each([
    [[2, 2, 2, 3], 'verified'],
    [[4, 1, 1, 3], 'reads: part 0 is used more than its gate 3'],
    [[2, 2, 1, 3], 'reads: the inputs of gate 3 do not add up'],
    [[3, 2, 2, 3], 'reads: the inputs of gate 3 do not add up'],
    [[3, 4, -1, 3], 'reads: part 2 is used -1 times'],
    [[3, 3, 0, 3], 'the strategy has load 1'],
  ])('judges uses %j of a, b, c and two of them', async (uses, fact) => {
    const { certificate } = await load(parseSystem('majority(a, b, c)'))
    const { reads: set } = certificate.system
    const amounts = { numerators: uses.map(BigInt), denominator: 3n }
    const reads = { form: 'marginals', set, amounts } as const
    expect(factOf({ ...certificate, strategy: { reads, writes: reads } })).toBe(fact)
  })

  it('does not take the word of a strategy whose gate has weights', async () => {
    const { certificate } = await load(parseSystem('majority(a, b, c)'))
    const weighted = parseSystem('choose(2, a:2, b, c)')
    const reads = {
      form: 'marginals',
      set: weighted.reads,
      amounts: { numerators: [2n, 2n, 2n, 3n], denominator: 3n },
    } as const
    const strategy = { reads, writes: reads }
    expect(factOf({ ...certificate, system: weighted, strategy })).toBe('reads: gate 3 has weights')
  })
})

describe('the least price by which loads are verified', () => {
  it('is that of the cheapest minimal quorum, in every way that it is found', () => {
    const random = seeded(41)
    for (let round = 0; round < 600; round++) agreesOnLeastPrice(random, random.int(1, 7))
  })

  it('is found in a table where the formula is entangled', () => {
    // The sets that meet all lines of the Fano plane twice over: few nodes, many ways.
    const { reads } = parseSystem('fpp(order=3)')
    const parts = partsOf(reads.dual().formula())
    const prices = Array.from({ length: 13 }, (_, i) => BigInt((i * 7) % 5) + 1n)
    const { price } = reads.dual().cheapest(Float64Array.from(prices, Number))
    expect(leastPrice(parts, prices, 2n)?.toNumber()).toBe(price / 2)
  })

  it('gives up rather than searching for ever', () => {
    const { reads } = parseSystem('fpp(order=4)')
    const prices = new Array<bigint>(21).fill(1n)
    expect(leastOfGoals(partsOf(reads.dual().formula()), prices, 100)).toBeUndefined()
  })

  it('knows a quorum when it sees one', () => {
    const random = seeded(42)
    for (let round = 0; round < 150; round++) {
      const size = random.int(1, 6)
      const formula = randomFormula(random, size, random.chance(1, 2))
      const parts = partsOf(formula)
      const held = tableOf(formula, size).map((_, live) => {
        const alive = Uint8Array.from({ length: size }, (__, i) => (live >> i) & 1)
        return stands(parts, alive) ? 1 : 0
      })
      expect(held).toEqual(tableOf(formula, size))
    }
  })

  it('does not recurse into deep formulas', () => {
    let formula: ReturnType<typeof randomFormula> = 0
    for (let node = 1; node < 20_001; node += 2) {
      formula = { need: 2, inputs: [formula, node, node + 1] }
    }
    const parts = partsOf(formula)
    const prices = new Array<bigint>(20_001).fill(1n)
    expect(String(leastPrice(parts, prices, 1n))).toBe('2')
  })
})
