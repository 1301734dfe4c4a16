import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exploration } from '../../src/explore/index.ts'
import { breadthFirst, explore, generatedSystem, model } from '../../src/explore/index.ts'
import { int } from '../../src/state/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { cases } from './cases.ts'
import type { NaiveGraph } from './naive.ts'
import { naiveSearch } from './naive.ts'
import type { Plain } from './plain.ts'
import { actionName, claimName, jsonOf, modelOf } from './plain.ts'
import { plainModels } from './random-models.ts'

const MOST = 400

function forAllMachines(
  runs: number,
  seed: number,
  test: (plain: Plain, graph: NaiveGraph) => void,
) {
  fc.assert(
    fc.property(plainModels(), (plain) => {
      const graph = naiveSearch(plain, MOST)
      if (graph !== undefined) test(plain, graph)
    }),
    { numRuns: cases(runs), seed },
  )
}

/** The level of the nearest thing that is wrong with some state. */
function nearest(graph: NaiveGraph): number {
  const deadlocks = graph.deadlocks.map((state) => graph.levels[state]!)
  return Math.min(...graph.falseInvariants.values(), ...deadlocks)
}

function expectStory(plain: Plain, graph: NaiveGraph, exploration: Exploration): void {
  for (const { kind, trace, name } of exploration.violations) {
    if (kind === 'never') continue
    const states = graph.states.map((state) => JSON.stringify(state))
    const numbers = trace.map(({ state }) => states.indexOf(JSON.stringify(jsonOf(plain, state))))
    expect(graph.initial.concat(-1)).toContain(numbers[0])
    for (const [index, { action }] of trace.entries()) {
      if (index === 0) continue
      const taken = graph.edges.some(
        (edge) =>
          edge.from === numbers[index - 1] &&
          edge.to === numbers[index] &&
          actionName(edge.action) === action,
      )
      expect(taken, `step ${index} of ${name}`).toBe(true)
    }
  }
}

describe('breadth-first search', () => {
  it('counts as the naive search does, and finds the same to be wrong', () => {
    let wrong = 0
    forAllMachines(60, 1, (plain, graph) => {
      const system = generatedSystem('random', modelOf(plain))
      const all = breadthFirst(system, { keepGoing: true })
      expect(all.distinctStates).toBe(graph.states.length)
      expect(all.generatedStates).toBe(graph.generated)
      expect(all.depth).toBe(graph.depth)
      if (graph.edges.some(({ to }) => to < 0)) expect(all.cut).toBe(true)
      const found = (kind: string) => all.violations.filter((one) => one.kind === kind)
      const broken = [...graph.falseInvariants].map(([index]) => claimName(index))
      expect(
        found('invariant')
          .map(({ name }) => name)
          .sort(),
      ).toEqual(broken.sort())
      expect(found('deadlock').length > 0).toBe(graph.deadlocks.length > 0)
      for (const { name, trace } of found('invariant')) {
        const index = broken.indexOf(name)
        const level = new Map([...graph.falseInvariants].map(([i, at]) => [claimName(i), at]))
        expect(trace.length, String(index)).toBe(level.get(name))
      }
      if (all.violations.every(({ kind }) => kind === 'never'))
        expect(found('never').map(({ name }) => name)).toEqual(graph.never.map(claimName))
      expectStory(plain, graph, all)
      wrong += all.outcome === 'fail' ? 1 : 0
    })
    expect(wrong).toBeGreaterThan(20)
  })

  it('reports the nearest thing that is wrong, and sees all of its level', () => {
    forAllMachines(40, 2, (plain, graph) => {
      const first = breadthFirst(generatedSystem('random', modelOf(plain)))
      const expected = nearest(graph)
      if (expected === Infinity) return
      expect(first.violations).toHaveLength(1)
      expect(first.violations[0]!.trace).toHaveLength(expected)
      expectStory(plain, graph, first)
    })
  })

  it('ends with the level in which something was wrong', async () => {
    const found = await explore(counter(99, 3))
    expect(found).toMatchObject({ outcome: 'fail', depth: 4, distinctStates: 10 })
  })

  it('finds the same with fingerprints', () => {
    forAllMachines(40, 3, (plain) => {
      const system = generatedSystem('random', modelOf(plain))
      const {
        fingerprints,
        bytes: _,
        seconds: _s,
        ...rest
      } = breadthFirst(system, {
        fingerprints: true,
      })
      const { bytes: _b, seconds: _t, ...exact } = breadthFirst(system)
      expect(rest).toEqual(exact)
      expect(fingerprints?.missed).toBeLessThan(1e-12)
    })
  })

  it('tells all that is false, with the parameters that show it', () => {
    const system = generatedSystem('2pc', twoPhaseCommit.make({ rm: 3 }, 'commit-without-all'))
    const [violation] = breadthFirst(system).violations
    expect(violation?.trace.map(({ action }) => action)).toEqual([
      undefined,
      'rmPrepare',
      'tmRcvPrepared',
      'tmCommit',
      'rmChooseToAbort',
      'rmRcvCommit',
    ])
    expect(violation?.clauses).toEqual([
      { name: 'no two managers decide differently', witnesses: [[0]] },
    ])
  })

  it('warns of actions that are never taken and of those that never change anything', () => {
    const made = model({
      state: { n: int(0, 3) },
      actions: {
        up: {
          when: (s) => s.n < 3,
          then: (s) => {
            s.n++
          },
        },
        same: { then: () => undefined },
        never: { when: (s) => s.n > 5, then: () => undefined },
      },
      sometimes: { up: (s) => s.n === 3 },
    })
    expect(breadthFirst(generatedSystem('m', made)).warnings).toEqual([
      "action 'same' never changed anything",
      "action 'never' was never taken",
    ])
  })
})

const counter = (most: number, wrongFrom = Infinity) =>
  model({
    state: { a: int(0, most), b: int(0, most) },
    actions: {
      a: {
        when: (s) => s.a < most,
        then: (s) => {
          s.a++
        },
      },
      b: {
        when: (s) => s.b < most,
        then: (s) => {
          s.b++
        },
      },
    },
    invariants: { small: (s) => s.a < wrongFrom },
    sometimes: { end: (s) => s.a === most && s.b === most },
    ends: 'anywhere',
  })

describe('the bounds of a search', () => {
  it('hold exactly for states, and say what was covered', async () => {
    const result = await explore(counter(99), { budget: { states: 1000 } })
    expect(result).toMatchObject({
      outcome: 'unknown',
      distinctStates: 1000,
      violations: [],
      stopped: { bound: 'states', limit: 1000, levels: 44 - 1 },
    })
    expect(result.stopped?.covered).toMatch(/^43 complete levels, 1,000 states, of which \d+ not/)
  })

  it('let a search end that needs just as much', async () => {
    const result = await explore(counter(9), { budget: { states: 100, depth: 20 } })
    expect(result).toMatchObject({ outcome: 'pass', distinctStates: 100, depth: 19 })
  })

  it('hold for the depth: states of the last level are judged and not gone on from', async () => {
    const result = await explore(counter(99), { budget: { depth: 10 } })
    expect(result).toMatchObject({
      outcome: 'unknown',
      distinctStates: 55,
      generatedStates: 1 + 2 * 45,
      depth: 10,
      stopped: { bound: 'depth', levels: 9, frontier: 10 },
    })
  })

  it('hold for memory', async () => {
    for (const fingerprints of [false, true]) {
      const bytes = 500_000
      const result = await explore(counter(999), { fingerprints, budget: { bytes } })
      expect(result).toMatchObject({ outcome: 'unknown', stopped: { bound: 'memory' } })
      expect(result.bytes).toBeLessThanOrEqual(bytes)
      expect(result.distinctStates).toBeGreaterThan(5_000)
    }
  })

  it('hold for time, and a signal stops the search', async () => {
    const slow = await explore(counter(2000), { budget: { seconds: 0.05 } })
    expect(slow).toMatchObject({ outcome: 'unknown', stopped: { bound: 'time', limit: 0.05 } })
    const signal = AbortSignal.abort()
    const stopped = await explore(counter(2000), { signal })
    expect(stopped).toMatchObject({ outcome: 'unknown', stopped: { bound: 'interrupted' } })
  })

  it('never hide what was found before', async () => {
    const budget = { depth: 8 }
    expect(await explore(counter(99, 3), { budget })).toMatchObject({ outcome: 'fail' })
  })
})

describe('depth-first search', () => {
  it('sees the same states as breadth-first search, and finds the same to be wrong', async () => {
    const search = async (plain: Plain, graph: NaiveGraph) => {
      const options = { strategy: 'depth-first', keepGoing: true } as const
      const all = await explore(modelOf(plain), options)
      const near = await explore(modelOf(plain), { keepGoing: true })
      const names = ({ violations }: Exploration) =>
        violations.map(({ kind, name }) => `${kind} ${name}`).sort()
      expect(names(all)).toEqual(names(near))
      expect(all.distinctStates).toBe(graph.states.length)
      expect(all.generatedStates).toBe(graph.generated)
      expect(all.depth).toBeGreaterThanOrEqual(graph.depth)
      expectStory(plain, graph, all)
    }
    for (const plain of fc.sample(plainModels(), { numRuns: cases(30), seed: 4 })) {
      const graph = naiveSearch(plain, MOST)
      if (graph !== undefined) await search(plain, graph)
    }
  })

  it('stops at the first thing that is wrong', async () => {
    const found = await explore(counter(99, 3), { strategy: 'depth-first' })
    expect(found).toMatchObject({ outcome: 'fail', strategy: 'depth-first' })
    expect(found.distinctStates).toBeLessThan(10)
    expect(found.violations[0]?.trace).toHaveLength(4)
  })

  it('is not sure of what lies deeper than its bound', async () => {
    const strategy = 'depth-first'
    const bounded = await explore(counter(9), { strategy, budget: { depth: 12 } })
    expect(bounded).toMatchObject({ outcome: 'unknown', depth: 12, stopped: { bound: 'depth' } })
    const wide = await explore(counter(9), { strategy, budget: { depth: 100, states: 100 } })
    expect(wide).toMatchObject({ outcome: 'pass', distinctStates: 100 })
    const few = await explore(counter(9), { strategy, budget: { states: 99 } })
    expect(few).toMatchObject({ outcome: 'unknown', distinctStates: 99 })
  })

  it('refuses what it does not have', async () => {
    const options = { strategy: 'depth-first', fingerprints: true } as const
    await expect(explore(counter(9), options)).rejects.toThrow('has no fingerprints')
  })
})

describe('the progress of a search', () => {
  it('is told once a second', async () => {
    const told: number[] = []
    await explore(counter(3000), {
      budget: { seconds: 1.3 },
      onProgress: ({ distinctStates, queue, depth, rate }) => {
        expect(Math.min(queue, depth, rate)).toBeGreaterThan(0)
        told.push(distinctStates)
      },
    })
    expect(told.length).toBeGreaterThanOrEqual(1)
    expect(told.length).toBeLessThanOrEqual(1)
  })
})
