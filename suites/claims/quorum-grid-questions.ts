/** Questions about grids and B-grids. */
import { load } from '../../src/quorum/load/load.ts'
import { pickQuorum } from '../../src/quorum/load/strategy-facts.ts'
import { failureProbability } from '../../src/quorum/metrics/failure-probability.ts'
import { minimalQuorumCount } from '../../src/quorum/metrics/minimal-quorum-count.ts'
import { resilience } from '../../src/quorum/metrics/resilience.ts'
import { smallestQuorum } from '../../src/quorum/metrics/smallest-quorum.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { chanceText } from '../../src/core/number-text.ts'
import { seeded } from '../../src/core/random.ts'
import { counted } from '../../src/core/wording.ts'
import { answer, question } from './check.ts'
import { exactLoad, fraction, gridText } from './measured.ts'
import { countOf } from './node-sets.ts'
import { allMeet, bitsOf } from './set-families.ts'

/** A full row and one of each row below it, for a write; one of each row, for a read. */
export const rectangle = question(
  'enumeration',
  'in a grid of 3 x 3 each read meets each write, writes meet, and reads need not',
  () => {
    const writes = [...parseSystem('grid-below(rows=3,cols=3)').writes.minimalQuorums()].map(bitsOf)
    const rows = [0, 1, 2].map((row) => [0, 1, 2].map((column) => 1 << (3 * row + column)))
    const [first = [], second = [], third = []] = rows
    const reads = first.flatMap((a) => second.flatMap((b) => third.map((c) => a | b | c)))
    const byHand = rows.flatMap((row, at) => belowOf(row, rows.slice(at + 1)))
    const same = new Set(writes).size === new Set([...writes, ...byHand]).size
    const sizes = [...new Set(writes.map(countOf))].toSorted((a, b) => b - a).join(', ')
    const meet = [allMeet(reads, writes), allMeet(writes, writes), allMeet(reads, reads)]
    const sentence =
      `${writes.length} write sets of ${sizes} nodes, ${reads.length} read sets of 3; reads meet ` +
      `writes: ${String(meet[0])}, writes meet writes: ${String(meet[1])}, reads meet reads: ` +
      String(meet[2])
    const isSo = same && byHand.length === writes.length && meet.join() === 'true,true,false'
    return answer(isSo, sentence)
  },
)

/** A full row, with one node of each of the rows below. */
function belowOf(row: readonly number[], below: readonly (readonly number[])[]): readonly number[] {
  const full = row.reduce((bits, node) => bits | node, 0)
  return below.reduce<readonly number[]>(
    (sets, next) => sets.flatMap((set) => next.map((node) => set | node)),
    [full],
  )
}

/** Squares of growing size. */
const SIDES = [2, 3, 4, 6, 10, 20, 50]

/** The size of a quorum of a square grid, against the root of the number of nodes. */
export const gridIsSmall = question(
  'metric',
  'the quorums of k x k grids have 2k - 1 nodes: below twice the root of all, a vanishing share',
  () => {
    const found = SIDES.map((side) => smallestQuorum(parseSystem(gridText(side))).read)
    const isSo = found.every((size, at) => size === 2 * (SIDES[at] ?? 0) - 1)
    const shares = found.map((size, at) => size / (SIDES[at] ?? 1) ** 2)
    const falls = shares.every((share, at) => at === 0 || share < (shares[at - 1] ?? 0))
    const text = found.map((size, at) => `${size} of ${(SIDES[at] ?? 0) ** 2}`).join(', ')
    return answer(isSo && falls, `the smallest quorums have ${text} nodes`)
  },
)

/** How many operations the busiest node of a grid of 16 gets, of more and more operations. */
export const linearInOperations = question(
  'run',
  'on a grid of 16 nodes the busiest node gets a fixed share of the operations, however many',
  async () => {
    const system = parseSystem(gridText(4))
    const { strategy, exact } = await load(system)
    const share = exact?.toNumber() ?? 0
    const lines: string[] = []
    let isSo = exact !== undefined
    for (const operations of [1000, 2000, 4000, 8000]) {
      const random = seeded(operations)
      const used = new Array<number>(system.size).fill(0)
      for (let nth = 0; nth < operations; nth++) {
        for (const node of pickQuorum(strategy, nth % 2 === 0 ? 'reads' : 'writes', random)) {
          used[node] = (used[node] ?? 0) + 1
        }
      }
      const busiest = Math.max(...used)
      // Five standard deviations of a count: no seed that anybody meets is beyond.
      const deviation = Math.sqrt(operations * share * (1 - share))
      isSo &&= Math.abs(busiest - operations * share) < 5 * deviation
      lines.push(`${busiest} of ${operations.toLocaleString('en-US')}`)
    }
    const sentence =
      `the load is ${exact?.toString() ?? '?'} = ${share}; the busiest node got ` +
      `${lines.join(', ')} (estimates, seeds 1000 to 8000)`
    return answer(isSo, sentence)
  },
)

/** What falls is the share of the operations, as the grid grows. */
export const shareFalls = question(
  'metric',
  'the load of k x k grids is (2k - 1) / k^2: between 1 and 2 times 1 / sqrt n',
  async () => {
    const found: string[] = []
    let isSo = true
    for (const side of SIDES.slice(0, 5)) {
      const exact = await exactLoad(parseSystem(gridText(side)))
      const scaled = exact.toNumber() * side
      isSo &&= exact.equals(fraction(2 * side - 1, side ** 2)) && scaled >= 1 && scaled < 2
      found.push(`${exact.toString()} for ${side ** 2}`)
    }
    return answer(isSo, `the load is ${found.join(', ')} nodes`)
  },
)

/** Reads of a full row and writes of one node of each row, for all shapes of 36 nodes. */
export const shapesTrade = question(
  'metric',
  'with rows and columns of 36 nodes smaller reads mean larger writes: 36 = read size x write size',
  async () => {
    const found: string[] = []
    let isSo = true
    for (const rows of [1, 2, 3, 4, 6, 9, 12, 18, 36]) {
      const system = parseSystem(`grid-rw(rows=${rows},cols=${36 / rows})`)
      const { read, write } = smallestQuorum(system)
      const loads = [await exactLoad(system, '9/10'), await exactLoad(system, '1/10')]
      isSo &&= read === 36 / rows && write === rows
      found.push(`${read} and ${write} (load ${loads.map((one) => one.toString()).join(', ')})`)
    }
    const sentence =
      'sizes of read and write, and the load with 90 % and 10 % of reads: ' + found.join('; ')
    return answer(isSo, sentence)
  },
)

/** One mini-column of each band, and one node of each mini-column of one band. */
export const bandsMeet = question(
  'enumeration',
  'the B-grid with d = 4, h = 2, r = 2 has 256 quorums of d + h r - 1 = 7 nodes, and all meet',
  () => {
    const system = parseSystem('bgrid(d=4,h=2,r=2)')
    const family = [...system.reads.minimalQuorums()].map(bitsOf)
    const byHand = new Set(bGridByHand(4, 2, 2))
    const same = family.every((set) => byHand.has(set)) && byHand.size === family.length
    const sizes = [...new Set(family.map(countOf))].join(', ')
    const meet = allMeet(family, family)
    const count = String(minimalQuorumCount(system.reads))
    const sentence =
      `${family.length} quorums (counted: ${count}) of ${sizes} of ${system.size} nodes, ` +
      `${meet ? 'any two meet' : 'some do not'}; ${same ? 'the same' : 'others'} as by its rule`
    return answer(same && meet && family.length === 256 && sizes === '7', sentence)
  },
)

/** Node (band, column, row) has number `(band * r + row) * d + column`. */
function* bGridByHand(d: number, h: number, r: number): Generator<number> {
  const bit = (band: number, column: number, row: number): number =>
    1 << ((band * r + row) * d + column)
  const whole = (band: number, column: number): number =>
    [...new Array(r).keys()].reduce((set, row) => set | bit(band, column, row), 0)
  for (let columns = 0; columns < d ** h; columns++) {
    const columnOf = (band: number): number => Math.floor(columns / d ** band) % d
    const base = [...new Array(h).keys()].reduce(
      (set, band) => set | whole(band, columnOf(band)),
      0,
    )
    for (let band = 0; band < h; band++) {
      for (let code = 0; code < r ** d; code++) {
        let set = base
        for (let column = 0; column < d; column++) {
          if (column !== columnOf(band))
            set |= bit(band, column, Math.floor(code / r ** column) % r)
        }
        yield set
      }
    }
  }
}

/** Which of three wishes a system of about 81 or 1,000 nodes grants. */
export const allThreeWishes = question(
  'metric',
  'of singleton, majority, grid and B-grid only the B-grid is good at load, resilience and F',
  async () => {
    // About 10,000 nodes; the load is looked at on about 81, where each has a closed form as well.
    const granted: string[] = []
    const lines: string[] = []
    for (const [name, small, large] of [
      ['singleton', 'singleton(n=81)', 'singleton(n=9801)'],
      ['majority', 'majority(n=81)', 'majority(n=9801)'],
      ['grid', 'grid(rows=9,cols=9)', 'grid(rows=99,cols=99)'],
      ['B-grid', 'bgrid(d=9,h=3,r=3)', 'bgrid(d=98,h=14,r=7)'],
    ] as const) {
      const system = parseSystem(small)
      const [exact, { both }] = [await exactLoad(system), resilience(system)]
      const failures = [small, large].map((text) =>
        failureProbability(parseSystem(text), { down: '1/10' }),
      )
      const root = Math.sqrt(system.size)
      const [before = 1, after = 1] = failures.map(({ value }) => value)
      const wishes = [exact.toNumber() < 2 / root, both >= root - 1, after < before && after < 1e-3]
      if (wishes.every(Boolean)) granted.push(name)
      const text = failures.map((failure) => chanceText(failure, 2)).join(' then ')
      lines.push(`${name}: load ${exact.toString()}, resilience ${both}, F ${text}`)
    }
    const sentence = `on 81 nodes, F on about 9,800 as well, at p = 1/10: ${lines.join('; ')}`
    return answer(granted.join() === 'B-grid', sentence)
  },
)

/** The smallest quorums with the worst of the other measures. */
export const smallIsNotBetter = question(
  'metric',
  'quorums of 1, 7 and 9 of 16 nodes: the smallest have the highest load and the most failures',
  async () => {
    const lines: string[] = []
    const rows: { work: number; load: number; failure: number }[] = []
    for (const text of ['singleton(n=16)', 'grid(rows=4,cols=4)', 'majority(n=16)']) {
      const system = parseSystem(text)
      const { read: work } = smallestQuorum(system)
      const exact = await exactLoad(system)
      const failure = failureProbability(system, { down: '1/10' })
      rows.push({ work, load: exact.toNumber(), failure: failure.value })
      lines.push(
        `${text}: ${counted(work, 'node')}, load ${exact.toString()}, F ${chanceText(failure, 2)}`,
      )
    }
    const [one, grid, majority] = rows
    const isSo =
      one !== undefined &&
      grid !== undefined &&
      majority !== undefined &&
      one.work < grid.work &&
      grid.work < majority.work &&
      one.load > majority.load &&
      majority.load > grid.load &&
      one.failure > grid.failure &&
      grid.failure > majority.failure
    return answer(isSo, `at p = 1/10: ${lines.join('; ')}`)
  },
)
