import { describe, expect, it } from 'vitest'
import { dolevKlaweRodeh } from '../../specs/election/dkr.ts'
import { seeded } from '../../src/core/random.ts'
import { UserError } from '../../src/core/user-error.ts'
import type { AnyModel, ModelSystem } from '../../src/explore/index.ts'
import { model, modelSystem } from '../../src/explore/index.ts'
import { partialOrder, SearchAgain } from '../../src/explore/reduce/index.ts'
import type { ReducedSystem } from '../../src/explore/reduce/index.ts'
import type { MapPlace } from '../../src/state/index.ts'
import { bool, id, int, mapOf, seqOf } from '../../src/state/index.ts'
import { cases } from './cases.ts'
import { randomProcesses } from './reduce-processes.ts'
import type { Searched } from './reduce-search.ts'
import { search, verdictOf } from './reduce-search.ts'

describe('partial order', () => {
  it('keeps verdicts, broken claims and dead ends of random processes', () => {
    const random = seeded(1)
    const seen = { fewer: 0, broken: 0, deadlocks: 0, never: 0, again: 0, refused: 0 }
    for (let round = 0; round < cases(150); round++) {
      const whole = modelSystem('random', randomProcesses(random))
      const all = search(whole, 400)
      if (all === undefined) continue
      const system = partialOrder(whole, { check: 'all' })
      const result = searchOrRefusal(system)
      if (result instanceof UserError) {
        expect(result.message).toContain('is taken because nothing comes over link')
        seen.refused++
        continue
      }
      const [found, again] = result
      expect(verdictOf(found)).toEqual(verdictOf(all))
      expect(textsOf(found.deadlocks)).toEqual(textsOf(all.deadlocks))
      expect(found.distinct).toBeLessThanOrEqual(all.distinct)
      for (const path of found.broken.values()) expectBroken(whole, system, path)
      if (found.distinct < all.distinct) seen.fewer++
      if (found.broken.size > 0) seen.broken++
      if (found.deadlocks.length > 0) seen.deadlocks++
      if (found.never.length > 0) seen.never++
      if (again) seen.again++
    }
    expect(seen.refused).toBeGreaterThan(0)
    expect(Math.min(seen.fewer, seen.broken, seen.deadlocks, seen.never)).toBeGreaterThan(5)
  })

  it('leaves one order of election in a ring, in which nothing is missed', () => {
    const counts = [3, 4, 5, 6, 7].map((nodes) => {
      const system = partialOrder(modelSystem('dkr', dolevKlaweRodeh.make({ nodes })))
      const [found] = searchAgain(system)
      expect(verdictOf(found)).toEqual({ broken: [], deadlock: false, never: [] })
      return found.distinct
    })
    expect(counts).toEqual([40, 53, 66, 79, 92])
  })

  it.each(['looks-for-itself', 'finder-wins'] as const)(
    'finds in a ring of seven what is wrong when it %s',
    (mutant) => {
      const small = search(modelSystem('dkr', dolevKlaweRodeh.make({ nodes: 3 }, mutant)))!
      const system = partialOrder(modelSystem('dkr', dolevKlaweRodeh.make({ nodes: 7 }, mutant)))
      const [found] = searchAgain(system)
      expect(verdictOf(found)).toEqual(verdictOf(small))
      expect(verdictOf(found)).not.toEqual({ broken: [], deadlock: false, never: [] })
    },
  )

  it('says in how many states it had an effect', () => {
    const system = partialOrder(modelSystem('dkr', dolevKlaweRodeh.make({ nodes: 3 })))
    searchAgain(system)
    expect(system.report().about).toBe('in 36 of 40 states only one process took its steps')
  })
})

const Node = id('node', 2)
interface Open {
  own: MapPlace<number, boolean, boolean>
  board: number
  count: MapPlace<number, number, number>
  link: MapPlace<
    number,
    readonly number[],
    { length: number; full: boolean; push(n: number): void; shift(): number }
  >
}
const honest = {
  state: {
    own: mapOf(Node, bool()),
    count: mapOf(Node, int(0, 2)),
    link: mapOf(Node, seqOf(int(0, 1), 2)),
  },
  actions: {
    go: {
      for: [Node],
      when: (s: Open, n: number) => !s.own.get(n),
      then: (s: Open, n: number) => {
        s.own.set(n, true)
        s.link.get(1 - n).push(n)
      },
    },
    come: {
      for: [Node],
      when: (s: Open, n: number) => s.link.get(n).length > 0,
      then: (s: Open, n: number) => s.count.set(n, s.count.get(n) + s.link.get(n).shift()),
    },
  },
  sometimes: { 'all are there': (s: Open) => s.own.every((own) => own) },
  ends: 'anywhere' as const,
  processes: { kind: Node, links: { link: (n: number) => [1 - n, n] }, shared: [] as string[] },
}
const systemOf = (changed: object): ModelSystem =>
  modelSystem('two', model({ ...honest, ...changed } as never) as AnyModel)
const withAction = (name: string, action: object) => ({
  actions: { ...honest.actions, [name]: action },
})

describe('a step that others may yet make possible', () => {
  const leave = {
    for: [Node],
    when: (s: Open, n: number) => n === 0 && !s.own.get(n),
    then: (s: Open, n: number) => s.own.set(n, true),
  }
  const other = (then: (s: Open) => void) => ({
    for: [Node],
    when: (s: Open, n: number) => n === 1 && s.count.get(n) === 0,
    then: (s: Open, n: number) => {
      s.count.set(n, 1)
      then(s)
    },
  })
  it.each<[string, (s: Open) => void, (s: Open) => boolean, (s: Open) => void]>([
    [
      'by a message',
      () => undefined,
      (s) => s.link.get(0).length > 0,
      (s) => s.link.get(0).push(0),
    ],
    [
      'by a second message',
      (s) => s.link.get(0).push(0),
      (s) => s.link.get(0).length >= 2,
      (s) => s.link.get(0).push(0),
    ],
    [
      'by making room',
      (s) => [0, 0].forEach((message) => s.link.get(1).push(message)),
      (s) => !s.link.get(1).full,
      (s) => s.link.get(1).shift(),
    ],
    ['over a board', () => undefined, (s) => s.board === 1, (s) => (s.board = 1)],
  ])('is waited for: %s', (_, init, guard, then) => {
    const late = {
      for: [Node],
      when: (s: Open, n: number) => n === 0 && !s.own.get(n) && s.count.get(n) === 0 && guard(s),
      then: (s: Open, n: number) => s.count.set(n, 2),
    }
    const system = systemOf({
      state: { ...honest.state, board: int(0, 1) },
      init,
      actions: { leave, late, other: other(then) },
      sometimes: { late: (s: Open) => s.count.get(0) === 2 },
    })
    expect(verdictOf(search(system)!).never).toEqual([])
    expect(verdictOf(searchAgain(partialOrder(system))[0]).never).toEqual([])
  })

  it('is not put off where it turns out late that something is claimed about the other', () => {
    const zero = {
      for: [Node],
      when: (s: Open, n: number) => n === 0 && !s.own.get(0),
      then: (s: Open) => s.own.set(0, true),
    }
    const system = systemOf({
      actions: { zero, other: other(() => undefined) },
      sometimes: { 'zero is first': (s: Open) => s.own.get(0) && s.count.get(1) === 0 },
    })
    const [found, again] = searchAgain(partialOrder(system))
    expect(verdictOf(found).never).toEqual([])
    expect(again).toBe(true)
  })

  it('is not put off for ever by a process that goes round in a circle', () => {
    const round = {
      for: [Node],
      when: (_: Open, n: number) => n === 0,
      then: (s: Open, n: number) => s.own.set(n, !s.own.get(n)),
    }
    const system = systemOf({
      actions: { round, other: other(() => undefined) },
      sometimes: { other: (s: Open) => s.count.get(1) === 1 },
    })
    expect(verdictOf(searchAgain(partialOrder(system))[0]).never).toEqual([])
  })
})

describe('a false claim of who owns what', () => {
  it('is not found where there is none', () => {
    expect(verdictOf(searchAgain(partialOrder(systemOf({})))[0])).toEqual(
      verdictOf(search(systemOf({}))!),
    )
  })

  it.each([
    [
      'another looks',
      { for: [Node], when: (s: Open, n: number) => s.own.get(1 - n), then: () => undefined },
      "a step 'spy' of node0 reads own[node1], which is node1's own",
    ],
    [
      'another writes',
      { for: [Node], then: (s: Open, n: number) => s.own.set(1 - n, true) },
      "a step 'spy' of node0 writes own[node1], which is node1's own",
    ],
    [
      'another sends',
      {
        for: [Node],
        then: (s: Open, n: number) => s.link.get(n).push(1),
      },
      "a step 'spy' of node0 sends over link[node0]",
    ],
    [
      'another receives',
      {
        for: [Node],
        when: (s: Open, n: number) => s.own.get(n),
        then: (s: Open, n: number) => s.link.get(1 - n).shift(),
      },
      "a step 'spy' of node0 receives from link[node1]",
    ],
    [
      'somebody waits for silence',
      {
        for: [Node],
        when: (s: Open, n: number) => s.link.get(n).length < 2,
        then: () => undefined,
      },
      "a step 'spy' of node0 is taken because nothing comes over link[node0]",
    ],
    [
      'somebody waits for a link to be full',
      { for: [Node], when: (s: Open, n: number) => s.link.get(1 - n).full, then: () => undefined },
      "a step 'spy' of node0 is taken because nothing comes over link[node1]",
    ],
    [
      'a sender looks at what was not received',
      {
        for: [Node],
        when: (s: Open, n: number) => s.link.get(1 - n).length === 0,
        then: () => undefined,
      },
      "a step 'spy' of node0 does more than send and receive on link[node1]",
    ],
    [
      'somebody sends as much as there is room for',
      {
        for: [Node],
        then: (s: Open, n: number) => {
          if (!s.link.get(1 - n).full) s.link.get(1 - n).push(0)
        },
      },
      "a step 'spy' of node0 does more than send and receive on link[node1]",
    ],
  ])('is caught when %s', (_, action, message) => {
    expect(() => searchAgain(partialOrder(systemOf(withAction('spy', action))))).toThrow(message)
  })

  it('is none where the variable is shared, and then nothing is left out', () => {
    const { processes } = honest
    const spy = {
      for: [Node],
      when: (s: Open, n: number) => s.own.get(1 - n),
      then: () => undefined,
    }
    const shared = { ...withAction('spy', spy), processes: { ...processes, shared: ['own'] } }
    const [found] = searchAgain(partialOrder(systemOf(shared)))
    expect(verdictOf(found)).toEqual(verdictOf(search(systemOf(shared))!))
  })

  it("is refused where steps are nobody's, and where nothing is declared", () => {
    const alone = { then: (s: Open) => s.own.fill(true) }
    expect(() => partialOrder(systemOf(withAction('alone', alone)))).toThrow(
      "the steps 'alone' are those of no process",
    )
    expect(() => partialOrder(systemOf({ processes: undefined }))).toThrow('declares no processes')
  })
})

/** Searches again until all is known that is claimed; answers whether that was needed. */
function searchAgain(system: ReducedSystem): readonly [Searched, boolean] {
  for (let again = false; ; again = true) {
    try {
      return [search(system)!, again]
    } catch (error) {
      if (!(error instanceof SearchAgain)) throw error
    }
  }
}

function searchOrRefusal(system: ReducedSystem) {
  try {
    return searchAgain(system)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

const textsOf = (states: readonly Int32Array[]) => states.map((state) => state.join()).sort()

function expectBroken(whole: ModelSystem, system: ReducedSystem, path: readonly Int32Array[]) {
  const story = system.retrace(path)
  expect(story.map(({ state }) => state)).toEqual(path.map((words) => whole.snapshot(words)))
  expect(whole.falseClauses!(path.at(-1)!)).not.toEqual([])
}
