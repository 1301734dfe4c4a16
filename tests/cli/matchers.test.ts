import { describe, expect, it } from 'vitest'

import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { abd } from '../../impls/registers/abd.ts'
import { model, oneOf, spec } from '../../src/explore/index.ts'
import { casRegister, queue, register, timeline } from '../../src/index.ts'
import { entryNamed } from '../../src/catalogue.ts'
import { registerWorkload } from '../../src/simulation.ts'
import '../../src/vitest.ts'
import { bugNamed } from '../../suites/zoo.ts'
import { systemOf } from '../../suites/zoo/hunt.ts'

/** The message of an assertion that must fail. */
async function failure(assertion: () => unknown): Promise<string> {
  try {
    await assertion()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it did not fail')
}

describe('the matcher toMeet', () => {
  const stale = timeline(`
    a: [write 1]  [write 2]
    b:                        [read -> 1]
  `)

  it('asks for any condition', () => {
    expect(stale).toMeet('sequential')
    expect(stale).toMeet('causal')
    expect(stale).not.toMeet('linearizable')
  })

  it('fails with the evidence, or with what holds', async () => {
    expect(await failure(() => expect(stale).toMeet('linearizable'))).toMatch(
      /^timeline, model register: not linearizable\n\n {2}client b read 1[^]*\[read -> 1 *\]/,
    )
    expect(await failure(() => expect(stale).not.toMeet('sequential'))).toContain(
      'timeline, model register: sequential, and should not be (',
    )
  })

  it('fails both ways where the condition says nothing', async () => {
    const words = /set-full says nothing about this history/
    expect(await failure(() => expect(stale).toMeet('set-full'))).toMatch(words)
    expect(await failure(() => expect(stale).not.toMeet('set-full'))).toMatch(words)
  })

  it('judges what no model knows, where the condition needs none', () => {
    const drawn = timeline('a: [generate -> 1]  [generate -> 1]')
    expect(drawn).not.toMeet('unique-ids')
    expect(timeline('a: [generate -> 1]  [generate -> 2]')).toMeet('unique-ids')
  })

  it('begins with the value that is given', () => {
    const seven = timeline('a: [read -> 7]')
    expect(seven).toMeet('sequential', { initial: 7 })
    expect(seven).not.toMeet('sequential')
  })

  it('judges by the model that is given, and refuses what that does not know', async () => {
    const taken = timeline('a: [read -> 7]  [write 1]')
    expect(taken).not.toMeet('sequential')
    expect(taken).toMeet('sequential', { model: register(7) })
    expect(taken).toMeet('sequential', { model: () => register(7) })
    expect(await failure(() => expect(taken).toMeet('sequential', { model: queue }))).toMatch(
      /no history of a queue/,
    )
  })

  it('fails both ways when the budget is too small to tell', async () => {
    const calls = Array.from(
      { length: 12 },
      (_, n) => `c${n}: [cas ${n % 3} ${(n + 1) % 3} -> ${n < 11}]`,
    )
    const hard = timeline(calls.join('\n'))
    const options = { model: casRegister(0), budget: { steps: 1 } }
    const words = /^timeline, model cas-register: unknown whether sequential: /
    expect(await failure(() => expect(hard).toMeet('sequential', options))).toMatch(words)
    expect(await failure(() => expect(hard).not.toMeet('sequential', options))).toMatch(words)
  })

  it('refuses conditions that it does not know, and what is no history', async () => {
    expect(await failure(() => expect(stale).toMeet('sequentail'))).toContain('sequentail')
    expect(await failure(() => expect(5).toMeet('sequential'))).toContain('toMeet judges a history')
  })
})

const light = (broken: boolean) =>
  model({
    state: { light: oneOf('red', 'green', 'off') },
    actions: {
      turn: {
        then: (s) => {
          s.light = s.light === 'red' ? 'green' : broken ? 'off' : 'red'
        },
      },
    },
    invariants: { 'it is on': (s) => s.light !== 'off' },
    sometimes: { 'it is green': (s) => s.light === 'green' },
  })

describe('the matcher toHold', () => {
  it('takes a model, a spec with parameters and a bug, and nodes that are joined', async () => {
    await expect(light(false)).toHold()
    await expect(light(true)).not.toHold()
    await expect(twoPhaseCommit).toHold({ parameters: { rm: 2 } })
    await expect(twoPhaseCommit).not.toHold({ mutant: 'commit-without-all' })
    const lights = spec('lights', { about: '', parameters: { broken: false } }, ({ broken }) =>
      light(broken),
    )
    await expect(lights).toHold()
    await expect(lights).not.toHold({ parameters: { broken: true } })
    await expect(systemOf(bugNamed('RG-01'), true)).not.toHold()
  })

  it('fails with the shortest way to the violation', async () => {
    expect(await failure(() => expect(light(true)).toHold({ name: 'a light' }))).toMatch(
      /^a light: FAIL: it is on \([^]*\n {2}'it is on' is false\n[^]*\n +2 +turn .*green -> off/,
    )
    const bug = { mutant: 'commit-without-all' }
    expect(await failure(() => expect(twoPhaseCommit).toHold(bug))).toMatch(
      /^twophase, mutant commit-without-all: FAIL: no two managers decide differently/,
    )
  })

  it('says so when all holds and should not', async () => {
    expect(await failure(() => expect(light(false)).not.toHold())).toBe(
      'model: all that is claimed holds in 2 states, and should not',
    )
  })

  it('fails both ways when a bound is hit', async () => {
    const bound = { budget: { states: 10 } }
    const words = /^twophase: unknown whether it holds: /
    expect(await failure(() => expect(twoPhaseCommit).toHold(bound))).toMatch(words)
    expect(await failure(() => expect(twoPhaseCommit).not.toHold(bound))).toMatch(words)
  })

  it('refuses what is no model', async () => {
    expect(await failure(() => expect({}).toHold())).toContain('toHold explores a model')
    expect(await failure(() => expect(undefined).toHold())).toContain('toHold explores a model')
  })
})

describe('the matcher toSurvive', () => {
  it('takes a protocol, or one with its workload, faults and a bug', async () => {
    await expect(abd).toSurvive({ seeds: 1 })
    const subject = { protocol: abd, workload: registerWorkload, mutant: 'read-without-write-back' }
    await expect(subject).not.toSurvive()
    // An entry of a suite is such a subject.
    await expect(await entryNamed('safe-register/half-a-write')).not.toSurvive()
  })

  it('fails with the smallest run that goes wrong, and with its seed', async () => {
    const subject = { protocol: abd, mutant: 'read-without-write-back' }
    // Not as small as it could be, but soon.
    const message = await failure(() => expect(subject).toSurvive({ budget: { runs: 60 } }))
    expect(message).toMatch(/^abd: FAIL linearizable \(\d+ runs?; seed \d+\)\n/)
    expect(message).toMatch(/client c\d+.* read /)
    const [, seed] = /again: toSurvive\(\{ seeds: \[(\d+), \1\] \}\)$/.exec(message) ?? []
    const seeds = [Number(seed), Number(seed)] as const
    await expect(subject).not.toSurvive({ seeds })
  })

  it('says so when it survives and should not', async () => {
    expect(await failure(() => expect(abd).not.toSurvive({ seeds: [5, 6] }))).toBe(
      'abd survives 2 seeds, and should not',
    )
    // As many seeds as are asked for, and in the circumstances that are given.
    const given = { operations: 3, faults: [] }
    expect(await failure(() => expect(abd).not.toSurvive({ seeds: 3, given }))).toBe(
      'abd survives 3 seeds, and should not',
    )
  })

  it('fails both ways where a run is cut short', async () => {
    const short = { seeds: 2, given: { budget: { steps: 10 } } }
    const words = 'abd: unknown whether it survives: a budget was used up in a run'
    expect(await failure(() => expect(abd).toSurvive(short))).toBe(words)
    expect(await failure(() => expect(abd).not.toSurvive(short))).toBe(words)
  })

  it('refuses what is no protocol', async () => {
    for (const odd of [5, {}, { protocol: {} }]) {
      expect(await failure(() => expect(odd).toSurvive())).toContain('toSurvive runs a protocol')
    }
  })
})
