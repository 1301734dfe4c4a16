/** Questions about what quorum systems survive, and how probably they do not. */
import { disjointQuorums } from '../../src/quorum/disjoint-quorums.ts'
import { estimateFailure } from '../../src/quorum/metrics/failure-estimate.ts'
import { failureProbability } from '../../src/quorum/metrics/failure-probability.ts'
import { resilience } from '../../src/quorum/metrics/resilience.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { Rational } from '../../src/quorum/rational.ts'
import { chanceText } from '../../src/core/number-text.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { exactFailure, gridText, numberText, power, SYSTEMS } from './measured.ts'
import { countOf, membersOf } from './node-sets.ts'
import { bitsOf, coteries, fewestThatHit } from './set-families.ts'

/** One node for a read, all nodes for a write: each side by itself. */
export const oneAndAll = question(
  'metric',
  'read-one write-all fails to read with p^n and to write with 1 - (1 - p)^n, for n up to 8',
  () => {
    let [cases, wrong] = [0, 0]
    let shown = ''
    for (let nodes = 2; nodes <= 8; nodes++) {
      for (const down of ['1/10', '1/4', '1/2']) {
        const system = parseSystem(`rowa(n=${nodes})`)
        const p = Rational.from(down)
        const all = power(Rational.one.minus(p), nodes)
        const [read, write] = [
          exactFailure(system, down, 'read'),
          exactFailure(system, down, 'write'),
        ]
        cases++
        wrong += Number(!read.equals(power(p, nodes)))
        wrong += Number(!write.equals(Rational.one.minus(all)))
        if (nodes === 5 && down === '1/10') {
          const { read: r, write: w } = resilience(system)
          shown =
            `of 5 nodes at p = 1/10 a read fails with ${numberText(read)}, a write with ` +
            `${numberText(write)}; a read survives ${r} failures, a write ${w}`
        }
      }
    }
    return answer(wrong === 0, `${cases} cases, ${wrong} differ; ${shown}`)
  },
)

/** How many disks may be lost so that no copy is left of what a write of so many nodes stored. */
export const lostWithItsReplica = question(
  'enumeration',
  'what a write of W nodes stored is gone once these W are lost: with W = 1 after one loss',
  () => {
    const found = [1, 2, 3, 4, 5].map((writes) => {
      const stored = 2 ** writes - 1
      const losses = [...new Array(32).keys()].filter((lost) => (stored & ~lost) === 0)
      return Math.min(...losses.map(countOf))
    })
    const survived = found.map((least) => least - 1).join(', ')
    const sentence = `of 5 nodes a write of W = 1 to 5 survives ${survived} losses`
    return answer(
      found.every((least, at) => least === at + 1),
      sentence,
    )
  },
)

/** The best resilience of all quorum systems of up to 5 nodes. */
export const bestResilience = question(
  'enumeration',
  'of all quorum systems of up to 5 nodes none survives more failures than the majority',
  () => {
    const lines: string[] = []
    let isSo = true
    for (let nodes = 1; nodes <= 5; nodes++) {
      const all = coteries(nodes)
      const found = all.map((family) => fewestThatHit(family, nodes) - 1)
      const best = Math.max(...found)
      const reached = found.filter((survived) => survived === best).length
      const { both } = resilience(parseSystem(`majority(n=${nodes})`))
      isSo &&= both === best && best === Math.floor((nodes - 1) / 2)
      lines.push(`${nodes}: ${best} (${reached} of ${all.length})`)
    }
    return answer(
      isSo,
      `nodes, most failures survived, and by how many systems: ${lines.join('; ')}`,
    )
  },
)

/** The fewest nodes that meet all quorums, found by trying all sets, against the metric. */
export const resilienceByTrying = question(
  'enumeration',
  'resilience is one less than the fewest nodes that meet every quorum, tried set by set',
  () => {
    const found = ['grid(rows=3,cols=3)', 'grid(rows=4,cols=4)', 'bgrid(d=4,h=2,r=2)'].map(
      (text) => {
        const system = parseSystem(text)
        const family = [...system.reads.minimalQuorums()].map(bitsOf)
        return {
          text,
          tried: fewestThatHit(family, system.size) - 1,
          told: resilience(system).both,
        }
      },
    )
    const text = found.map(({ text: name, tried }) => `${name} ${tried}`).join(', ')
    const isSo = found.every(({ tried, told }) => tried === told)
    return answer(isSo && found.map(({ tried }) => tried).join() === '2,3,3', `resilience: ${text}`)
  },
)

/** Read p as the probability of being up, and the majority gets worse by growing. */
export const twoMeaningsOfP = question(
  'metric',
  'the same p = 3/5 makes majorities ever better or ever worse, as it means up or down',
  () => {
    const [up, down] = ['2/5', '3/5'].map((p) =>
      [3, 11, 31, 101].map(
        (n) => failureProbability(parseSystem(`majority(n=${n})`), { down: p }).value,
      ),
    )
    const falls = up?.every((value, at) => at === 0 || value < (up[at - 1] ?? 0)) === true
    const rises = down?.every((value, at) => at === 0 || value > (down[at - 1] ?? 1)) === true
    const text = (values: readonly number[] = []): string =>
      values.map((value) => value.toPrecision(3)).join(', ')
    const sentence =
      `F of majorities of 3, 11, 31 and 101 nodes, each up with 3/5: ${text(up)}; ` +
      `each down with 3/5: ${text(down)}`
    return answer(falls && rises, sentence)
  },
)

/** All sets of live nodes, the metric, and drawing lots. */
export const failureByTrying = question(
  'enumeration',
  'the failure probability is the sum over all sets of live nodes without a quorum',
  () => {
    const found: string[] = []
    let isSo = true
    for (const text of SYSTEMS.filter((name) => parseSystem(name).size <= 9)) {
      const system = parseSystem(text)
      const tried = triedFailure(text, '1/5')
      const exact = exactFailure(system, '1/5')
      const { lower, upper } = estimateFailure(system, { down: '1/5', samples: 20_000, seed: 7 })
      const isWithin = exact.toNumber() >= lower && exact.toNumber() <= upper
      isSo &&= tried.equals(exact) && isWithin
      found.push(`${text} ${numberText(exact)} (drawn ${lower.toFixed(4)} to ${upper.toFixed(4)})`)
    }
    const sentence = `at p = 1/5: ${found.join('; ')}; intervals of 99.9 %, 20,000 draws, seed 7`
    return answer(isSo && found.length > 5, sentence)
  },
)

function triedFailure(text: string, down: string): Rational {
  const { size, reads, writes } = parseSystem(text)
  const p = Rational.from(down)
  let sum = Rational.zero
  for (let live = 0; live < 1 << size; live++) {
    const alive = Array.from({ length: size }, (_, node) => (live >> node) & 1)
    if (reads.holds(alive) && writes.holds(alive)) continue
    const up = membersOf(live).length
    sum = sum.plus(power(Rational.one.minus(p), up).times(power(p, size - up)))
  }
  return sum
}

/** Hoeffding's bound: F <= exp(-2 n (1/2 - p)^2), which tends to 0. */
export const majorityVanishes = question(
  'metric',
  'F of majorities stays below exp(-2 n (1/2 - p)^2), for p below 1/2 and n up to 301',
  () => {
    let [cases, above] = [0, 0]
    for (const p of [0.1, 0.2, 0.3, 0.4]) {
      for (let nodes = 1; nodes <= 301; nodes += 20) {
        const { log10 } = failureProbability(parseSystem(`majority(n=${nodes})`), {
          down: String(p),
        })
        cases++
        above += Number(log10 > -2 * nodes * (0.5 - p) ** 2 * Math.LOG10E)
      }
    }
    const few = [16, 64, 256].map((n) => {
      const failure = failureProbability(parseSystem(`majority(n=${n})`), { down: '1/5' })
      return `${chanceText(failure, 2)} for ${n}`
    })
    const sentence = `${cases} cases, ${above} above the bound; at p = 1/5: ${few.join(', ')} nodes`
    return answer(above === 0, sentence)
  },
)

/** `(1 - (1 - p)^k)^k` is the chance that no row is whole; F is at least that, and tends to 1. */
export const gridFails = question(
  'metric',
  'F of k x k grids is at least (1 - (1 - p)^k)^k, which tends to 1',
  () => {
    const sides = [4, 8, 16, 32]
    const p = 0.2
    const bounds = sides.map((side) => (1 - (1 - p) ** side) ** side)
    const found = sides.map((side) =>
      failureProbability(parseSystem(gridText(side)), { down: '1/5' }),
    )
    const isSo =
      found.every(
        ({ upper, value }, at) => upper === value && value >= (bounds[at] ?? 1) * 0.999999,
      ) &&
      found.every(({ value }, at) => at === 0 || value > (found[at - 1]?.value ?? 1)) &&
      (found.at(-1)?.value ?? 0) > 0.97
    const text = found.map((one, at) => `${one.value.toPrecision(3)} for ${(sides[at] ?? 0) ** 2}`)
    const below = bounds.map((bound) => bound.toPrecision(3)).join(', ')
    return answer(isSo, `at p = 1/5: ${text.join(', ')} nodes; the bound is ${below}`)
  },
)

/** Below half of the nodes, and an even number of them is no better than one less. */
export const belowHalf = question(
  'metric',
  'majorities of n nodes survive (n - 1) div 2 failures; the last of an even n is no help',
  () => {
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const found = sizes.map((nodes) => resilience(parseSystem(`majority(n=${nodes})`)).both)
    const isSo = found.every((survived, at) => {
      const nodes = sizes[at] ?? 1
      const evenHelps = nodes % 2 === 0 && survived !== found[at - 1]
      return survived === Math.floor((nodes - 1) / 2) && 2 * survived < nodes && !evenHelps
    })
    return answer(isSo, `for 1 to 9 nodes: ${found.join(', ')}`)
  },
)

/** Whether all pairs of quorums of the project's majorities meet. */
export const majoritiesOfUpTo = (most: number): Question =>
  question('enumeration', `any two majorities of up to ${most} nodes meet`, () => {
    let [pairs, disjoint] = [0, 0]
    for (let nodes = 1; nodes <= most; nodes++) {
      const system = parseSystem(`majority(n=${nodes})`)
      const family = [...system.reads.minimalQuorums()].map(bitsOf)
      pairs += family.length ** 2
      for (const set of family) {
        for (const other of family) disjoint += Number((set & other) === 0)
      }
      disjoint += Number(disjointQuorums(system.reads, system.writes).outcome !== 'none')
    }
    return answer(
      disjoint === 0,
      `of ${pairs.toLocaleString('en-US')} pairs ${disjoint} are disjoint`,
    )
  })
