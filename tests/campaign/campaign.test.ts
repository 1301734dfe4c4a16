import { describe, expect, it } from 'vitest'

import type { CampaignOptions, Task, TaskResult } from '../../src/campaign/campaign.ts'
import { runCampaign } from '../../src/campaign/campaign.ts'
import type { SeedResult } from '../../src/campaign/run-seed.ts'
import { seedAt, seedCount, seedsOption, seedsText, shardOption } from '../../src/campaign/seeds.ts'
import type { Subject } from '../../src/campaign/subject.ts'
import { Tally } from '../../src/campaign/tally.ts'
import { seeded } from '../../src/core/random.ts'
import { UserError } from '../../src/core/user-error.ts'
import { askedSubject } from '../../suites/subject.ts'

const reference = { module: '', export: '', given: undefined }

/** Simulations of a small register, judged by their seeds. */
async function subjectFailing(fails: (seed: number) => boolean): Promise<Subject> {
  const subject = await askedSubject({ text: 'safe-register', operations: 2, forMs: 100 })
  return {
    simulation: (seed) => subject.simulation(seed),
    judge: ({ header: { seed = 0 } }) =>
      Promise.resolve(
        fails(seed)
          ? { outcome: 'fail', violated: seed % 2 === 0 ? 'even' : 'odd', sentence: 'as planted' }
          : { outcome: 'pass', sentence: '' },
      ),
  }
}

async function resultOf(task: Task, options: CampaignOptions = {}): Promise<TaskResult> {
  const results: TaskResult[] = []
  for await (const result of runCampaign([task], options)) results.push(result)
  return results[0] as TaskResult
}

describe('seeds', () => {
  it('are one or a range, and each machine gets its part of them', () => {
    expect(seedsOption('7')).toEqual({ first: 7, last: 7 })
    expect(seedsOption(' 1..2000 ')).toEqual({ first: 1, last: 2000 })
    for (let of = 1; of <= 7; of++) {
      const all = Array.from({ length: of }, (_, at) => {
        const seeds = { first: 5, last: 24, shard: { index: at + 1, of } }
        return Array.from({ length: seedCount(seeds) }, (_seed, index) => seedAt(seeds, index))
      }).flat()
      expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 5))
    }
    expect(seedCount({ first: 1, last: 2, shard: { index: 3, of: 3 } })).toBe(0)
    expect(seedsText({ first: 1, last: 2000, shard: { index: 2, of: 4 } })).toBe(
      'seeds 1 to 2,000, part 2 of 4',
    )
  })

  it('that make no sense are refused', () => {
    for (const text of ['', 'x', '5..3', '1..99999999999', '-1']) {
      expect(() => seedsOption(text), text).toThrow(UserError)
    }
    for (const text of ['', '0/2', '3/2', '1', '1/0']) {
      expect(() => shardOption(text), text).toThrow(UserError)
    }
    expect(shardOption('2/4')).toEqual({ index: 2, of: 4 })
  })
})

describe('a campaign', () => {
  it('runs all seeds, and counts those that fail', async () => {
    const here = await subjectFailing((seed) => seed % 5 === 0)
    const seeds = { first: 1, last: 20 }
    const result = await resultOf({ name: 'all', subject: reference, here, seeds })
    expect(result.ran).toBe(20)
    expect(result.failures.map(({ seed }) => seed)).toEqual([5, 10, 15, 20])
    expect(result.events).toBeGreaterThan(20)
    expect(result.cutShort).toBe(false)
  })

  it('ends with as many failures as are enough, of the kind that counts', async () => {
    const here = await subjectFailing((seed) => seed % 5 === 0)
    const task = { name: 'some', subject: reference, here, seeds: { first: 1, last: 40 } }
    expect((await resultOf({ ...task, stopAfter: 1 })).ran).toBe(5)
    const even = await resultOf({ ...task, stopAfter: 2, violated: 'even' })
    expect([even.ran, even.failures.map(({ seed }) => seed)]).toEqual([20, [5, 10, 15, 20]])
  })

  it('tells when its time is used up', async () => {
    const here = await subjectFailing(() => false)
    const seeds = { first: 1, last: 1_000_000 }
    const task = { name: 'long', subject: reference, here, seeds }
    const result = await resultOf(task, { seconds: 0.1 })
    expect(result.cutShort).toBe(true)
    expect(result.ran).toBeLessThan(1_000_000)
  })

  it('tells how far it is', async () => {
    const here = await subjectFailing((seed) => seed === 2)
    const said: number[][] = []
    await resultOf(
      { name: 'told', subject: reference, here, seeds: { first: 1, last: 3 } },
      { onProgress: ({ done, all, failed }) => said.push([done, all, failed]) },
    )
    expect(said).toEqual([
      [1, 3, 0],
      [2, 3, 1],
      [3, 3, 1],
    ])
  })
})

describe('results of threads', () => {
  const seedResult = (index: number, fails: boolean): SeedResult => ({
    index,
    seed: index + 1,
    outcome: fails ? 'fail' : 'pass',
    ...(fails ? { violated: 'x' } : {}),
    events: 10,
    operations: 1,
    faults: 1,
    simulatedMs: 1,
    notRecoverable: false,
  })

  it('come to the same in whatever order and number they come in', () => {
    const random = seeded(1)
    for (let round = 0; round < 200; round++) {
      const bad = new Set([random.int(0, 30), random.int(0, 30), random.int(0, 30)])
      const all = Array.from({ length: 40 }, (_, index) => seedResult(index, bad.has(index)))
      const task: Task = {
        name: 'timing',
        subject: reference,
        seeds: { first: 1, last: 40 },
        stopAfter: random.int(1, 4),
      }
      const inOrder = new Tally(task, {})
      for (const one of all) if (one.index < inOrder.end) inOrder.add([one])
      // Threads begin seeds in order, but end them out of order, and some for nothing.
      const mixed = new Tally(task, {})
      const needed = inOrder.end
      for (const one of random.shuffle(all)) {
        if (one.index < needed || random.chance(1, 2)) mixed.add([one])
      }
      const [one, other] = [inOrder.result(), mixed.result()]
      expect({ ...other, seconds: 0 }).toEqual({ ...one, seconds: 0 })
    }
  })
})
