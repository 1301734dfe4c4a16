/** Questions about quorums some of whose servers lie, and about the sizes that protocols use. */
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { smallestQuorum } from '../../src/quorum/metrics/smallest-quorum.ts'
import { resilience } from '../../src/quorum/metrics/resilience.ts'
import { isMajority } from '../../impls/raft/membership.ts'
import { answer, question } from './check.ts'
import { combinations } from './node-sets.ts'

/** The fewest servers that two sets of this size share, found set by set. */
function leastOverlap(nodes: number, size: number): number {
  // All sets of a size are alike: one of them against all others.
  const [first = []] = combinations(nodes, size)
  return Math.min(
    ...combinations(nodes, size).map((set) => set.filter((node) => first.includes(node)).length),
  )
}

/** Which sizes do: live although f are silent, and sharing a server that does not lie. */
export const byzantineSizes = question(
  'enumeration',
  'quorums of 2f + 1 of 3f + 1 are live and share a correct server; of 3f servers no size is both',
  () => {
    const lines: string[] = []
    let isSo = true
    for (let faults = 1; 3 * faults + 1 <= 13; faults++) {
      const nodes = 3 * faults + 1
      const size = 2 * faults + 1
      const shared = leastOverlap(nodes, size)
      const isLive = size <= nodes - faults
      isSo &&= isLive && shared === faults + 1
      lines.push(`f = ${faults}: two quorums of ${size} of ${nodes} share at least ${shared}`)
      isSo &&= goodSizes(nodes - 1, faults).length === 0
    }
    return answer(isSo, `${lines.join('; ')}; of 3f servers no size does`)
  },
)

/** All sizes that do: `(n + f) / 2 < q <= n - f`, so n > 3f. */
export const byzantineRule = question(
  'enumeration',
  'a size does exactly if it is above (n + f) / 2 and at most n - f, for all n up to 13',
  () => {
    let [cases, wrong, possible] = [0, 0, 0]
    for (let nodes = 1; nodes <= 13; nodes++) {
      for (let faults = 0; faults < nodes; faults++) {
        const found = goodSizes(nodes, faults)
        const rule = sizes(nodes).filter((q) => 2 * q > nodes + faults && q <= nodes - faults)
        cases++
        wrong += Number(found.join() !== rule.join())
        possible += Number(found.length > 0)
        wrong += Number(found.length > 0 !== nodes > 3 * faults)
      }
    }
    const sentence = `of ${cases} pairs of n and f, ${possible} have such a size: those with n > 3f`
    return answer(wrong === 0 && possible > 0 && possible < cases, sentence)
  },
)

const sizes = (nodes: number): readonly number[] => [...new Array(nodes).keys()].map((at) => at + 1)

/** Live whichever f are silent, and any two share more than f. */
function goodSizes(nodes: number, faults: number): readonly number[] {
  return sizes(nodes).filter((q) => q <= nodes - faults && leastOverlap(nodes, q) > faults)
}

/** The project's own systems of that size, measured. */
export const disseminationMeasured = question(
  'metric',
  'the dissemination systems of 3f + 1 servers have quorums of 2f + 1 and survive f silent ones',
  () => {
    const found = [1, 2, 3, 4].map((f) => {
      const system = parseSystem(`byz-dissemination(n=${3 * f + 1},f=${f})`)
      return { f, size: smallestQuorum(system).write, survives: resilience(system).both }
    })
    const text = found.map(({ f, size, survives }) => `f = ${f}: ${size}, survives ${survives}`)
    const isSo = found.every(({ f, size, survives }) => size === 2 * f + 1 && survives === f)
    return answer(isSo, `quorums ${text.join('; ')}`)
  },
)

/** n div 2 + 1, against what is found set by set, and what the real code counts as enough. */
export const majoritySize = question(
  'enumeration',
  'n div 2 + 1 is the least size of which any two sets meet, and n div 2 is none but for n = 1',
  () => {
    const found = sizes(10).map((nodes) => {
      const least = sizes(nodes).find((size) => leastOverlap(nodes, size) > 0) ?? 0
      const voters = sizes(nodes)
      const elects = (size: number): boolean =>
        isMajority({ index: 0, voters, incoming: [], all: voters }, voters.slice(0, size))
      const used = sizes(nodes).find(elects) ?? 0
      return { nodes, least, used, formula: Math.floor(nodes / 2) + 1 }
    })
    const text = found.map(({ nodes, least }) => `${least} of ${nodes}`).join(', ')
    const isSo = found.every(
      ({ nodes, least, used, formula }) =>
        least === formula &&
        used === formula &&
        (nodes === 1 || leastOverlap(nodes, Math.floor(nodes / 2)) === 0),
    )
    return answer(isSo, `the least sizes are ${text}, and our Raft waits for as many votes`)
  },
)
