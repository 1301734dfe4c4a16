import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { frontier } from '../../../src/quorum/search/frontier.ts'
import type { FrontierOptions } from '../../../src/quorum/search/frontier.ts'
import { frontOfReadOnce } from '../../../src/quorum/search/front-of-read-once.ts'
import { questionOf } from '../../../src/quorum/search/question.ts'
import type { Question } from '../../../src/quorum/search/question.ts'
import { Meter } from '../../../src/core/budget.ts'
import { slowLoad } from '../slow-load.ts'
import { allSlowSystems, minimal, outlived } from './slow-best.ts'
import type { SlowSystem } from './slow-best.ts'

interface SlowMerits {
  readonly load: number
  readonly resilience: number
  readonly failure: number
  readonly network: number
}

function slowMerits(question: Question, { reads, writes }: SlowSystem): SlowMerits {
  const { nodes, size, reading, down } = question
  const part = reading.toNumber()
  const capacities = {
    read: nodes.map(({ readCapacity }) => readCapacity),
    write: nodes.map(({ writeCapacity }) => writeCapacity),
  }
  const members = (set: number): number => set.toString(2).replaceAll('0', '').length
  const smallest = (table: readonly boolean[]): number => Math.min(...minimal(table).map(members))
  const failure = reads.reduce((sum, holds, set) => {
    if (holds && writes[set] === true) return sum
    const factors = down.map((q, i) => (((set >>> i) & 1) === 1 ? 1 - q.toNumber() : q.toNumber()))
    return sum + factors.reduce((product, factor) => product * factor, 1)
  }, 0)
  return {
    load: slowLoad(minimal(reads), minimal(writes), reading, capacities).toNumber(),
    resilience: Math.min(outlived(reads, size), outlived(writes, size)),
    failure,
    network: part * smallest(reads) + (1 - part) * smallest(writes),
  }
}

function slowFront(question: Question): SlowMerits[] {
  const all = allSlowSystems(question.size)
    .filter(({ reads, writes }) => reads.some(Boolean) && writes.some(Boolean))
    .map((system) => slowMerits(question, system))
  const near = 1e-9
  return all.filter(
    (one) =>
      !all.some(
        (other) =>
          other.load <= one.load + near &&
          other.resilience >= one.resilience &&
          other.failure <= one.failure + near &&
          other.network <= one.network + near &&
          (other.load < one.load - near ||
            other.resilience > one.resilience ||
            other.failure < one.failure - near ||
            other.network < one.network - near),
      ),
  )
}

const told = ({ load, resilience, failure, network }: SlowMerits): string =>
  `${load.toFixed(8)} ${resilience} ${failure.toFixed(8)} ${network.toFixed(8)}`
const set = (merits: readonly SlowMerits[]): string[] => [...new Set(merits.map(told))].sort()

describe('the front of load, resilience, failure and size', () => {
  it('is that of all tables', () => {
    const random = seeded(5)
    for (let round = 0; round < 14; round++) {
      const size = round % 12 === 0 ? 4 : random.int(1, 3)
      const options: FrontierOptions = {
        nodes: Array.from({ length: size }, (_, i) =>
          quorumNode(`n${i}`, {
            capacity: random.int(1, 4),
            failure: `${random.int(1, 9)}/20`,
          }),
        ),
        readFraction: `${random.int(0, 4)}/4`,
      }
      const { points, finished } = frontier(options)
      expect(finished).toBe(true)
      expect(set(points)).toEqual(set(slowFront(questionOf(options))))
    }
  })

  it('is the same among read-once expressions of three nodes, which are all functions', () => {
    const options = { nodes: 3, readFraction: 0.75 }
    const { points } = frontOfReadOnce(questionOf(options), new Meter())
    expect(set(points)).toEqual(set(frontier(options).points))
  })

  it('tells systems that are read back, with their loads as fractions', () => {
    const { points } = frontier({ nodes: 4, readFraction: 0.5, resilience: 1 })
    expect(
      points.map(({ exactLoad, resilience }) => [String(exactLoad), resilience]),
    ).toContainEqual(['1/2', 1])
    for (const { text, system } of points) expect(parseSystem(text).name).toBe(system.name)
  })
})
