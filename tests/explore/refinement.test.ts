import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { model, modelSystem } from '../../src/explore/index.ts'
import { Pairs } from '../../src/explore/pairs.ts'
import { checkRefinements } from '../../src/explore/refinement.ts'
import { bool, int, value } from '../../src/state/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { cases } from './cases.ts'
import { knownStates } from './known-states.ts'
import { compareRefinement, refinementCases } from './refinement-cases.ts'

describe('refinement', () => {
  it('of random machines holds where each step is one of the other machine or none', () => {
    const lengths: number[] = []
    fc.assert(
      fc.property(
        refinementCases,
        (one) => void lengths.push(...[compareRefinement(one) ?? []].flat()),
      ),
      { numRuns: cases(200), seed: 6 },
    )
    const broken = lengths.filter((length) => length > 0)
    expect(Math.min(broken.length, lengths.length - broken.length)).toBeGreaterThan(30)
    expect(broken.filter((length) => length > 2).length).toBeGreaterThan(5)
    expect(broken).toContain(1)
  })

  it('of transaction commit by two-phase commit holds', () => {
    const [result] = resultsOf(modelSystem('twophase', twoPhaseCommit.make({ rm: 3 })))
    expect(result?.report).toMatchObject({ name: 'tcommit', outcome: 'pass' })
  })

  it('shows the step that is none of the other model, and what could have been done', () => {
    const mutant = twoPhaseCommit.make({ rm: 3 }, 'commit-without-all')
    const [result] = resultsOf(modelSystem('twophase', mutant))
    const { before, after: next, enabled } = result!.violation!.refinement!
    expect(result!.report.outcome).toBe('fail')
    expect(result!.violation!.trace.at(-1)!.action).toBe('rmRcvCommit')
    expect([...(before!['rm'] as Map<number, string>).values()]).not.toContain('committed')
    expect([...(next['rm'] as Map<number, string>).values()]).toContain('committed')
    expect(enabled).toEqual(['prepare', 'abort'])
  })

  it('lets a machine stand still while another one that it refines does', () => {
    const clock = model({
      state: { hour: int(0, 2) },
      actions: { tick: { then: (s) => void (s.hour = (s.hour + 1) % 3) } },
      sometimes: {},
    })
    const refines = (map: (hour: number) => number) =>
      resultsOf(
        modelSystem(
          'minutes',
          model({
            state: { hour: int(0, 2), half: bool() },
            actions: {
              tick: {
                then: (s) => {
                  if (s.half) s.hour = (s.hour + 1) % 3
                  s.half = !s.half
                },
              },
            },
            sometimes: {},
            refines: { clock: { model: clock, map: (s, hour) => void (hour.hour = map(s.hour)) } },
          }),
        ),
      )[0]!
    expect(refines((hour) => hour).report.outcome).toBe('pass')
    expect(refines((hour) => 2 - hour).violation?.trace.length).toBe(1)
    const backwards = refines((hour) => (3 - hour) % 3)
    expect(backwards.violation?.trace.length).toBe(3)
    expect(backwards.violation?.refinement).toMatchObject({
      before: { hour: 0 },
      after: { hour: 2 },
      enabled: ['tick'],
    })
  })

  it('begins each mapping with the first values of all variables', () => {
    const turning = (refines: object) =>
      model({
        state: { light: int(0, 3) },
        init: (s: { light: number }) => (s.light = 1),
        actions: { turn: { then: (s: { light: number }) => (s.light = (s.light + 1) % 4) } },
        sometimes: {},
        refines,
      } as never) as AnyModel
    const map = (s: { light: number }, image: { light: number }) => {
      if (s.light > 0) image.light = s.light
    }
    const dimmer = turning({ itself: { model: turning({}), map } })
    expect(resultsOf(modelSystem('dimmer', dimmer))[0]?.report.outcome).toBe('pass')
  })

  it('makes room for as many values as the other model turns out to have', () => {
    const steps = 200
    const line = model({
      state: { at: value<number>() },
      init: (s) => void (s.at = 0),
      actions: { step: { when: (s) => s.at < steps, then: (s) => void (s.at = s.at + 1) } },
      sometimes: {},
    })
    const counting = model({
      state: { count: int(0, steps) },
      actions: { step: { when: (s) => s.count < steps, then: (s) => (s.count += 1) } },
      sometimes: {},
      refines: { line: { model: line, map: (s, image) => void (image.at = s.count) } },
    })
    expect(resultsOf(modelSystem('counting', counting))[0]?.report.outcome).toBe('pass')
  })

  it('tells whose mapping gives a value that the other model does not have', () => {
    const small = model({ state: { at: int(0, 1) }, actions: {}, sometimes: {} })
    const large = model({
      state: { at: int(0, 5) },
      actions: { step: { when: (s) => s.at < 5, then: (s) => (s.at += 1) } },
      sometimes: {},
      refines: { small: { model: small, map: (s, image) => void (image.at = s.at) } },
    })
    expect(() => resultsOf(modelSystem('large', large))).toThrow(/wrong value.*\bat\b/)
  })
})

describe('pairs of numbers', () => {
  it('are there when they were added, and only then', () => {
    const pairs = new Pairs()
    const added = new Set<string>()
    const numbers = seeded(7)
    let wrong = 0
    for (let turn = 0; turn < 20_000; turn++) {
      const one = numbers.int(0, 99)
      const other = numbers.int(0, 99)
      if (pairs.has(one, other) !== added.has(`${one},${other}`)) wrong++
      if (turn % 3 > 0) continue
      pairs.add(one, other)
      added.add(`${one},${other}`)
    }
    expect(wrong).toBe(0)
  })
})

function resultsOf(system: ReturnType<typeof modelSystem>) {
  return checkRefinements(system, knownStates(system))
}
