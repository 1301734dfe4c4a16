/** Questions about how often servers are used, answered by linear programs with proofs. */
import { load } from '../../src/quorum/load/load.ts'
import { listed } from '../../src/quorum/load/strategy-facts.ts'
import { verifyLoad } from '../../src/quorum/load/verify-load.ts'
import { smallestQuorum } from '../../src/quorum/metrics/smallest-quorum.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { Rational } from '../../src/quorum/rational.ts'
import { counted } from '../../src/core/wording.ts'
import { answer, question } from './check.ts'
import { exactLoad, fraction, SYSTEMS } from './measured.ts'
import { countOf } from './node-sets.ts'
import { coteriesUpToNames, familyText, systemOfFamily } from './set-families.ts'

/** The same quorums for both, so the same work and load whatever the share of reads. */
export const readsCostAsWrites = question(
  'metric',
  'with majorities of 1 to 9 nodes reads and writes have the same work and the same load',
  async () => {
    const found: string[] = []
    let isSo = true
    for (let nodes = 1; nodes <= 9; nodes++) {
      const system = parseSystem(`majority(n=${nodes})`)
      const { read, write } = smallestQuorum(system)
      const [reads, writes] = [await exactLoad(system, '1'), await exactLoad(system, '0')]
      const size = Math.floor(nodes / 2) + 1
      isSo &&= read === size && write === size && reads.equals(writes)
      found.push(`${read} and load ${reads.toString()}`)
    }
    return answer(isSo, `for 1 to 9 nodes: ${found.join('; ')}`)
  },
)

/** For contrast, where it is not so: one for a read and all for a write. */
export const oneAndAllDiffer = question(
  'metric',
  'with read-one write-all they differ',
  async () => {
    const system = parseSystem('rowa(n=5)')
    const [reads, writes] = [await exactLoad(system, '1'), await exactLoad(system, '0')]
    const [read, write] = [reads.toString(), writes.toString()]
    const sentence = `of 5 nodes the load is ${read} for reads, ${write} for writes`
    return answer(reads.compare(writes) < 0, sentence)
  },
)

/** Strategies are distributions: whoever takes a bit away from one is found out. */
export const strategiesSumToOne = question(
  'metric',
  'the probabilities of a strategy are not negative and add up to 1, and else it is none',
  async () => {
    let [right, refused] = [0, 0]
    for (const text of SYSTEMS) {
      const { strategy, certificate } = await load(parseSystem(text))
      const reads = listed(strategy, 'reads')
      const { numerators, denominator } = reads.probabilities
      const sum = numerators.reduce((total, each) => total + each, 0n)
      right += Number(sum === denominator && numerators.every((each) => each >= 0n))
      const less = numerators.map((each, at) => (at === 0 ? each - 1n : each))
      const wrong = { ...reads, probabilities: { numerators: less, denominator } }
      const verified = verifyLoad({ ...certificate, strategy: { reads: wrong, writes: wrong } })
      refused += Number(!verified.ok)
    }
    const sentence =
      `of ${SYSTEMS.length} best strategies ${right} are distributions; with a bit less for one ` +
      `quorum ${refused} are refused`
    return answer(right === SYSTEMS.length && refused === SYSTEMS.length, sentence)
  },
)

/** The best strategy and prices that prove that there is no better one agree. */
export const loadsAreProven = question(
  'metric',
  'the load of the best strategy equals what the prices of nodes prove: the gap is 0',
  async () => {
    const found: string[] = []
    let isSo = true
    for (const text of SYSTEMS) {
      const { lower, upper, certificate } = await load(parseSystem(text))
      const less = certificate.upper.times(Rational.from('99/100'))
      const tooGood = verifyLoad({ ...certificate, upper: less, lower: less })
      isSo &&= lower.equals(upper) && verifyLoad(certificate).ok && !tooGood.ok
      found.push(`${text} ${upper.toString()}`)
    }
    return answer(isSo, `loads with proof: ${found.join(', ')}; 1 % less is refused for each`)
  },
)

/** All strategies of three majorities in steps of a twelfth, looked at one by one. */
export const loadByTrying = question(
  'enumeration',
  'of all strategies of 3 majorities in twelfths none has a lower load than 2/3',
  async () => {
    const steps = 12
    let best = Infinity
    let tried = 0
    for (let a = 0; a <= steps; a++) {
      for (let b = 0; a + b <= steps; b++) {
        const c = steps - a - b
        // {n1, n2} a times, {n1, n3} b times, {n2, n3} c times.
        best = Math.min(best, Math.max(a + b, a + c, b + c))
        tried++
      }
    }
    const exact = await exactLoad(parseSystem('majority(n=3)'))
    const text = exact.toString()
    const sentence = `the best of ${tried} has load ${best}/${steps}, and the program says ${text}`
    return answer(fraction(best, steps).equals(exact), sentence)
  },
)

/** `max(1/c, c/n)`, with c the size of the smallest quorum (Naor & Wool 1998, proposition 4.6). */
export const loadIsBounded = question(
  'enumeration',
  'each quorum system of up to 5 nodes has a load of at least max(1/c, c/n), so of 1 / sqrt n',
  async () => {
    let [all, below, tight] = [0, 0, 0]
    let least = ''
    let lowest = Infinity
    for (let nodes = 1; nodes <= 5; nodes++) {
      for (const family of coteriesUpToNames(nodes)) {
        const exact = await exactLoad(systemOfFamily(family, nodes))
        const smallest = Math.min(...family.map(countOf))
        const bounds = [fraction(1, smallest), fraction(smallest, nodes)]
        all++
        below += Number(bounds.some((bound) => exact.compare(bound) < 0))
        below += Number(exact.times(exact).compare(fraction(1, nodes)) < 0)
        tight += Number(bounds.some((bound) => exact.equals(bound)))
        const scaled = exact.toNumber() * Math.sqrt(nodes)
        if (nodes > 1 && scaled < lowest) {
          lowest = scaled
          least = `${familyText(family)} with load ${exact.toString()}`
        }
      }
    }
    const sentence =
      `${counted(all, 'system')} up to the names of nodes: ${below} are below a bound, ${tight} ` +
      `reach max(1/c, c/n); nearest to 1 / sqrt n is ${least}`
    return answer(below === 0 && tight > 0, sentence)
  },
)

/** Always above one half, and near it for many nodes. */
export const aboveHalf = question(
  'metric',
  'the load of majorities is (n div 2 + 1) / n: above 1/2 for every n, and tends to it',
  async () => {
    const sizes = [1, 2, 3, 4, 5, 9, 15, 25, 101, 1001]
    const loads: Rational[] = []
    for (const nodes of sizes) loads.push(await exactLoad(parseSystem(`majority(n=${nodes})`)))
    const half = fraction(1, 2)
    const isSo = loads.every((exact, at) => {
      const nodes = sizes[at] ?? 1
      const formula = fraction(Math.floor(nodes / 2) + 1, nodes)
      return exact.equals(formula) && exact.compare(half) > 0
    })
    const last = (loads.at(-1)?.toNumber() ?? 1) - 0.5
    const text = loads.map((exact, at) => `${exact.toString()} of ${sizes[at] ?? 0}`).join(', ')
    return answer(isSo && last < 0.001, `the load is ${text}; the last is ${last.toFixed(4)} above`)
  },
)
