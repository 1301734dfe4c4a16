import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Simulation } from '../../src/explore/index.ts'
import { explore, generatedSystem, model, modelSystem, simulate } from '../../src/explore/index.ts'
import { seeded } from '../../src/core/random.ts'
import { steppingWalker, walkerOf } from '../../src/explore/walks.ts'
import { int, value } from '../../src/state/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { cases } from './cases.ts'
import { naiveSearch } from './naive.ts'
import { actionName, jsonOf, modelOf } from './plain.ts'
import { plainModels } from './random-models.ts'

const essence = ({ seconds: _, ...rest }: Simulation) => rest

describe('random walks', () => {
  it('of generated code are those that counting the successors gives', () => {
    fc.assert(
      fc.property(plainModels(), fc.nat(), (plain, seed) => {
        const made = modelOf(plain)
        const quick = generatedSystem('fast', made)
        const closures = modelSystem('slow', made)
        const [fast, slow] = [walkerOf(quick), steppingWalker(closures)]
        expect(fast.runner.walk).toBeDefined()
        const [one, other] = [seeded(seed), seeded(seed)]
        const draws = {
          fast: (n: number) => one.int(0, n - 1),
          slow: (n: number) => other.int(0, n - 1),
        }
        const where = (system: typeof quick, { walk, runner }: typeof fast) => {
          const words = new Int32Array(runner.out.length)
          walk.pack(words, 0)
          return {
            state: system.snapshot(words),
            parameters: walk.parameters(),
            wrong: runner.falseInvariant(),
          }
        }
        expect(fast.walk.start(draws.fast)).toBe(slow.walk.start(draws.slow))
        for (let step = 0; step < 8; step++) {
          const action = fast.walk.step(draws.fast)
          expect(action).toBe(slow.walk.step(draws.slow))
          if (action < 0) break
          expect(where(quick, fast)).toEqual(where(closures, slow))
        }
      }),
      { numRuns: cases(40), seed: 8 },
    )
  })

  it('are the same for the same seed, and others for another', async () => {
    const walk = async (seed: number) =>
      essence(await simulate(twoPhaseCommit.make({ rm: 3 }), { traces: 50, steps: 20, seed }))
    expect(await walk(1)).toEqual(await walk(1))
    expect((await walk(2)).coverage).not.toEqual((await walk(1)).coverage)
  })

  it('count what was taken', async () => {
    const walked = await simulate(twoPhaseCommit.make({ rm: 3 }), { traces: 300, steps: 20 })
    expect(walked).toMatchObject({ outcome: 'unknown', traces: 300, steps: 6000, longest: 20 })
    expect(walked.coverage.reduce((all, { taken }) => all + taken, 0)).toBe(6000)
    expect(walked.coverage.every(({ taken }) => taken > 0)).toBe(true)
    expect(walked.violations).toEqual([])
  })

  it('take each choice of each action as likely', async () => {
    const made = model({
      state: { n: int(0, 5) },
      actions: {
        one: {
          when: (s) => s.n === 0,
          then: (s) => {
            s.n = 1
          },
        },
        four: {
          for: [int(2, 5)],
          when: (s) => s.n === 0,
          then: (s, n) => {
            s.n = n
          },
        },
      },
      sometimes: { far: (s) => s.n === 5, never: (s) => s.n > 5 },
      ends: (s) => s.n > 0,
    })
    const walked = await simulate(made, { traces: 5000 })
    const [one, four] = walked.coverage.map(({ taken }) => taken)
    expect(one! + four!).toBe(5000)
    expect(walked.ended).toBe(5000)
    expect(Math.abs(one! - 1000)).toBeLessThan(150)
    expect(walked.unreached).toEqual(['never'])
  })

  it('find planted bugs, and tell them shortly', async () => {
    for (const mutant of ['commit-without-all', 'abort-after-prepare'] as const) {
      const made = twoPhaseCommit.make({ rm: 3 }, mutant)
      const walked = await simulate(made, { traces: 20_000, steps: 60, seed: 2 })
      const shortest = await explore(made)
      expect(walked.outcome).toBe('fail')
      const [violation] = walked.violations
      expect(violation?.name).toBe('no two managers decide differently')
      expect(violation?.clauses?.[0]?.witnesses.length).toBeGreaterThan(0)
      expect(violation!.trace.length - 1).toBeLessThanOrEqual(walked.found!)
      expect(violation!.trace.length).toBeLessThanOrEqual(shortest.violations[0]!.trace.length + 2)
    }
  })

  it('find only what is wrong, and by steps that can be taken', async () => {
    let wrong = 0
    for (const plain of fc.sample(plainModels(), { numRuns: cases(30), seed: 5 })) {
      const graph = naiveSearch(plain, 300)
      if (graph === undefined) continue
      const walked = await simulate(modelOf(plain), { traces: 40, steps: 12 })
      for (const { kind, trace } of walked.violations) {
        wrong++
        const states = graph.states.map((state) => JSON.stringify(state))
        const path = trace.map(({ state }) => states.indexOf(JSON.stringify(jsonOf(plain, state))))
        for (const [index, { action }] of trace.entries()) {
          const taken = ({ from, to, action: number }: (typeof graph.edges)[number]) =>
            from === path[index - 1] && to === path[index] && actionName(number) === action
          if (index > 0) expect(graph.edges.some(taken)).toBe(true)
        }
        if (kind === 'deadlock') expect(graph.deadlocks).toContain(path.at(-1))
        else expect(graph.falseInvariants.size).toBeGreaterThan(0)
      }
    }
    expect(wrong).toBeGreaterThan(10)
  })

  it('are taken without generated code, and with values numbered as they are seen', async () => {
    const made = model({
      state: { last: value<number>(), n: int(0, 200) },
      actions: {
        next: {
          when: (s) => s.n < 200,
          then: (s) => {
            s.n++
            s.last = s.n
          },
        },
      },
      sometimes: { end: (s) => s.n === 200 },
      ends: 'anywhere',
    })
    const fast = await simulate(made, { traces: 2, steps: 300 })
    expect(fast).toMatchObject({ traces: 2, steps: 400, ended: 2, unreached: [] })
    expect(essence(await simulate(made, { traces: 2, steps: 300, generated: false }))).toEqual(
      essence(fast),
    )
  })

  it('end in time, and when they are told to', async () => {
    const made = twoPhaseCommit.make({ rm: 3 })
    const short = await simulate(made, { traces: 1e9, budget: { seconds: 0.05 } })
    expect(short.traces).toBeLessThan(1e6)
    const signal = AbortSignal.abort()
    expect((await simulate(made, { traces: 1e9, signal })).traces).toBeLessThan(1e6)
  })

  it('tell of errors with the state', async () => {
    const made = model({
      state: { n: int(0, 5) },
      actions: {
        up: {
          then: (s) => {
            s.n += 1
          },
        },
      },
      sometimes: { up: (s) => s.n > 0 },
    })
    await expect(simulate(made)).rejects.toThrow('n: 6 is not a whole number from 0 to 5\n  in the')
  })
})
