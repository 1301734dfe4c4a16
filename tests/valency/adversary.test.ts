import { describe, expect, it } from 'vitest'

import { benOr } from '../../impls/flp/ben-or.ts'
import { paxos } from '../../impls/flp/paxos.ts'
import { seeded } from '../../src/core/random.ts'
import type { Delay } from '../../src/valency/adversary/adversary.ts'
import { delay } from '../../src/valency/adversary/adversary.ts'
import { inputChoices } from '../../src/valency/inputs.ts'
import type { Outcome, Process } from '../../src/valency/process.ts'
import { asynchronous } from '../../src/valency/process.ts'
import type { ToldStep } from '../../src/valency/told-run.ts'
import { valency } from '../../src/valency/valency.ts'
import { asynchronousProtocols } from '../../suites/valency.ts'
import { randomProcess } from './random-process.ts'

interface World {
  readonly locals: unknown[]
  buffer: { readonly to: number; readonly message: unknown; readonly born: number }[]
}

/** Takes a told step by the code of the protocol, on nothing but what is told. */
function retake(process: Process, world: World, step: ToldStep, now: number): void {
  const { process: self, message } = step
  if (message !== undefined) {
    const at = world.buffer.findIndex(
      (each) => each.to === self && JSON.stringify(each.message) === JSON.stringify(message),
    )
    expect(at, `a message ${JSON.stringify(message)} is on its way`).toBeGreaterThanOrEqual(0)
    world.buffer.splice(at, 1)
  }
  const made = process.step(world.locals[self], message, self)
  const outcomes = (Array.isArray(made) ? made : [made]) as readonly Outcome<unknown, unknown>[]
  const locals = outcomes.map(({ local }) => JSON.stringify(local))
  const outcome = outcomes[locals.indexOf(JSON.stringify(step.local))]
  expect(outcome, 'the step is one of the protocol').toBeDefined()
  world.locals[self] = outcome?.local
  for (const [to, sent] of outcome?.sends ?? []) world.buffer.push({ to, message: sent, born: now })
}

/** Whether a run that is said to come back does, with nothing decided and nobody forgotten. */
function expectFair(process: Process, inputs: readonly number[], { run, stages }: Delay): void {
  const { steps, loop = 0, replayed } = run
  expect(replayed).toBe(true)
  const world: World = {
    locals: inputs.map((input, self) => process.start(self, input)),
    buffer: [],
  }
  for (const [at, step] of steps.entries()) retake(process, world, step, at)
  expect(steps.every(({ decided }) => decided === undefined)).toBe(true)
  const cycle = steps.slice(loop)
  expect(new Set(cycle.map(({ process: self }) => self)).size).toBe(inputs.length)
  // Whatever is still on its way was sent not long ago: nothing is left lying.
  const oldest = Math.min(steps.length, ...world.buffer.map(({ born }) => born))
  expect(steps.length - oldest).toBeLessThanOrEqual(2 * cycle.length)
  expect(stages).toBeGreaterThanOrEqual(inputs.length)
}

describe('the adversary of the proof', () => {
  it.each([
    ['paxos', paxos.make(3), [0, 1, 0], 44, 19],
    ['ben-or', benOr.make(3), [0, 1, 1], 45, 12],
  ] as const)('%s: delays the decision for ever', (_, process, inputs, steps, cycle) => {
    const found = delay(process, inputs, { seconds: 60 })
    const { run } = found
    expect([run.steps.length, run.steps.length - (run.loop ?? 0)]).toEqual([steps, cycle])
    expect(found.ends).toBe('repeats')
    expect(found.fates.map(({ value }) => value).sort()).toEqual([0, 1])
    expectFair(process, inputs, found)
  })

  it('is lost at protocols that block or disagree, which is another defect', () => {
    for (const { name, make } of asynchronousProtocols) {
      if (!['own-value', '2pc-timeout', 'wait-for-n-1', 'leader-timeout'].includes(name)) continue
      for (const inputs of inputChoices(3, 2))
        expect(['lost', 'not bivalent'], name).toContain(delay(make(3), inputs).ends)
    }
  })

  it('says how far it came where it may not go on', () => {
    expect(delay(paxos.make(3), [0, 1, 0], { stages: 3 })).toMatchObject({
      ends: 'stages',
      stages: 3,
    })
    expect(delay(paxos.make(3), [0, 1, 0], { seconds: 0 })).toMatchObject({
      ends: 'time',
      stages: 0,
    })
    expect(delay(paxos.make(3), [1, 1, 1])).toMatchObject({ ends: 'not bivalent', fates: [{}] })
  })

  it('comes back only where a search finds runs without decision, for random protocols', () => {
    let repeats = 0
    for (let seed = 1; seed <= 300; seed++) {
      const process = randomProcess(seeded(seed), 2, seed % 3 === 0)
      const random = asynchronous('random', { about: 'random' }, () => process)
      for (const inputs of inputChoices(2, 2)) {
        const found = delay(process, inputs, { configurations: 40, seconds: 60 })
        if (found.ends !== 'repeats') continue
        repeats++
        expectFair(process, inputs, found)
        const report = valency(random, 2, { inputs: [inputs], adversary: false, lemmas: 0 })
        expect(report.defects, `seed ${seed}`).toContain('fair undecided run')
        expect(report.bivalentInitial, `seed ${seed}`).toHaveLength(1)
      }
    }
    expect(repeats).toBeGreaterThan(5)
  })
})

describe('a graph that is cut off', () => {
  const bounds = { states: 100, endless: true }

  it('is gone on from by the adversary, who finds the run without decision', () => {
    const cut = { inputs: [[0, 1, 0]], bounds, lemmas: 0 }
    const without = valency(paxos, 3, { ...cut, adversary: false })
    expect([without.outcome, without.defects]).toEqual(['unknown', []])
    const report = valency(paxos, 3, cut)
    expect([report.outcome, report.defects]).toEqual(['fail', ['fair undecided run']])
    expect(report.findings[0]?.delay).toMatchObject({ ends: 'repeats' })
  })

  it('is not where something else is asked', () => {
    for (const way of [
      { omega: true },
      { gst: true },
      { agree: 2 },
      { coins: 'random' },
    ] as const) {
      const report = valency(paxos, 3, { inputs: [[0, 1, 0]], bounds, lemmas: 0, ...way })
      expect(report.findings[0]?.delay).toBeUndefined()
    }
  })

  it('has no diamond that fails, also where numbers are renamed (FLP-07)', () => {
    const { lemma1 } = valency(paxos, 3, {
      inputs: [[0, 1, 0]],
      bounds: { states: 6000, endless: true },
      adversary: false,
    })
    expect(lemma1).toMatchObject({ failed: 0 })
    expect(lemma1?.checked).toBeGreaterThan(20_000)
  })
})
