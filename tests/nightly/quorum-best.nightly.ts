import { describe, expect, it } from 'vitest'

import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import { AllSystems } from '../../src/quorum/search/all-systems.ts'
import { questionOf } from '../../src/quorum/search/question.ts'
import { ReadOnceSearch } from '../../src/quorum/search/read-once-search.ts'
import { randomQuestion } from '../quorum/search/random-question.ts'
import { allSlowReadOnce, allSlowSystems, slowBestLoad } from '../quorum/search/slow-best.ts'

/** Like tests/quorum/search/all-systems.test.ts, with many more questions. */
const ROUNDS = 4_000

describe('the best quorum system, against all tables', () => {
  const systems = [1, 2, 3, 4].map(allSlowSystems)
  const readOnce = [1, 2, 3, 4].map(allSlowReadOnce)

  it('agrees on thousands of questions', () => {
    const random = seeded(11)
    for (let round = 0; round < ROUNDS; round++) {
      const size = round % 20 === 0 ? 4 : random.int(1, 3)
      const question = questionOf(randomQuestion(random, size))
      const all = new AllSystems(question)
      all.search(new Meter())
      const slow = slowBestLoad(question, systems[size - 1] ?? [])
      expect(all.best?.exact()?.toString()).toBe(slow?.load.toString())
      expect(all.best?.resilience).toBe(slow?.resilience)
      const trees = new ReadOnceSearch(question)
      trees.search(new Meter())
      const slowTree = slowBestLoad(question, readOnce[size - 1] ?? [])
      expect(trees.best?.exact()?.toString()).toBe(slowTree?.load.toString())
      expect(trees.best?.resilience).toBe(slowTree?.resilience)
    }
  }, 1_200_000)

  it('does not depend on the order of five different nodes', () => {
    const random = seeded(12)
    for (let round = 0; round < 60; round++) {
      const options = randomQuestion(random, 5)
      const nodes = Array.isArray(options.nodes) ? options.nodes : []
      const values = [nodes, random.shuffle(nodes)].map((order) => {
        const search = new AllSystems(questionOf({ ...options, nodes: order }))
        search.search(new Meter())
        return search.best?.exact()?.toString()
      })
      expect(values[0]).toBeDefined()
      expect(values[0]).toBe(values[1])
    }
  }, 600_000)
})
