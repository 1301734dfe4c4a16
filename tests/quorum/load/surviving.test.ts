import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { load } from '../../../src/quorum/load/load.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { withNodes } from '../../../src/quorum/system.ts'
import { agreesOnSurvivors } from './agreement.ts'

describe('quorums that survive failures', () => {
  it('are those of the definition', () => {
    const random = seeded(71)
    let none = 0
    for (let round = 0; round < 300; round++) {
      if (!agreesOnSurvivors(random, random.int(1, 7))) none++
    }
    expect(none).toBeGreaterThan(50)
  })

  it.each([
    ['majority(n=9)', '2/3'],
    ['majority(n=14)', '9/14'],
    ['majority(n=101)', '52/101'],
    ['grid-rw(rows=3,cols=3)', '2/3'],
    ['grid-rw(rows=3,cols=4)', '7/12'],
    ['grid-rw(rows=4,cols=4)', '1/2'],
    ['grid(rows=4,cols=4)', '3/4'],
  ])('of %s have load %s after one failure', async (text, expected) => {
    expect(String((await load(parseSystem(text), { failures: 1 })).exact)).toBe(expected)
  })

  it('halve the write capacity of two rows of three', async () => {
    const nodes = [0, 1, 2, 3, 4, 5].map((i) => {
      const writeCapacity = i % 2 === 0 ? 1000 : 500
      return quorumNode(`n${i}`, { writeCapacity, readCapacity: 10 * writeCapacity })
    })
    const system = withNodes(parseSystem('a*b*c + d*e*f'), nodes)
    const capacities = [0, 1].map(async (failures) => {
      return String((await load(system, { readFraction: 0, failures })).capacity)
    })
    expect(await Promise.all(capacities)).toEqual(['2000', '1000'])
  })

  it.each([
    [-1, '-1 failures is not a whole number from 0 on'],
    [0.5, '0.5 failures is not a whole number from 0 on'],
    [3, 'no set of nodes is a quorum after any 3 nodes of it failed'],
  ])('are refused for %s failures', async (failures, message) => {
    await expect(load(parseSystem('majority(n=5)'), { failures })).rejects.toThrow(message)
  })

  it('are certified where they are listed in another order than they were found in', async () => {
    const { exact } = await load(parseSystem('cheung(rows=4,cols=3)'), { failures: 2 })
    expect(String(exact)).toBe('7/8')
  })

  it('are not looked for among too many sets', async () => {
    await expect(load(parseSystem('grid(rows=5,cols=5)'), { failures: 1 })).rejects.toThrow(
      '25 nodes have too many (the most is 20)',
    )
  })
})
