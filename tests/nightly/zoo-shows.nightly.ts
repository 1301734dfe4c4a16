import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Bug } from '../../suites/zoo/bug.ts'
import { exploredBug, systemOf } from '../../suites/zoo/hunt.ts'
import { storyLength } from '../../suites/zoo/ways.ts'
import { entryNamed } from '../../suites/named-protocol.ts'
import { askedSubject, subjectModule } from '../../suites/subject.ts'
import { zoo } from '../../suites/zoo.ts'
import { runCampaign } from '../../src/campaign/campaign.ts'
import { seeded } from '../../src/core/random.ts'
import { UserError } from '../../src/core/user-error.ts'
import { explore } from '../../src/explore/index.ts'
import { buildForThreads } from '../explore/parallel-build.ts'

/** Chosen by chance: print another one with `SYNOD_SEED=2`. */
const SEED = Number(process.env['SYNOD_SEED'] ?? 1)
const MANY = 20
/** Seeds that nothing was tuned to. */
const FIRST_SEED = 1_000_001
const MORE_SEEDS = 20

const budget = { bytes: 2e9 }

let built: ReturnType<typeof buildForThreads>
beforeAll(() => {
  built = buildForThreads(['suites/zoo/given-bug.ts'])
}, 120_000)
afterAll(() => {
  rmSync(built.folder, { recursive: true })
})

function chosen(): readonly Bug[] {
  const random = seeded(SEED)
  const left = [...zoo]
  return Array.from({ length: MANY }, () => left.splice(random.int(0, left.length - 1), 1)[0]!)
}

const bugs = chosen().map((bug) => [bug.id, bug] as const)

describe(`twenty bugs of the zoo, seed ${String(SEED)}`, () => {
  it.each(bugs)('%s is found by two workers, as by one', async (_, bug) => {
    const found = await exploredBug(bug, true, { workers: 2, entry: built.entry, budget })
    expect(found.violations[0]?.name).toBe(bug.violated)
    expect([storyLength(found), found.distinctStates]).toEqual([bug.depth, bug.states])
  })

  it.each(bugs)('%s is found with sleep sets, by the same story', async (_, bug) => {
    const whole = await explore(systemOf(bug, true), { budget })
    const found = await explore(systemOf(bug, true), { budget, sleepSets: true })
    expect(found.violations).toEqual(whole.violations)
    expect(found.distinctStates).toBe(bug.states)
  })

  it('are found with one state for all that differ by an exchange', async () => {
    const told: string[] = []
    for (const [id, bug] of bugs) {
      try {
        const found = await explore(systemOf(bug, true), { budget, symmetry: true })
        expect(found.violations[0]?.name, id).toBe(bug.violated)
        expect(storyLength(found), id).toBe(bug.depth)
        expect(found.distinctStates, id).toBeLessThanOrEqual(bug.states)
        told.push(`${id}: ${String(found.distinctStates)} of ${String(bug.states)} states`)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        told.push(`${id}: ${error.message}`)
      }
    }
    console.log(told.join('\n'))
    expect(told.some((line) => line.endsWith('states'))).toBe(true)
  })

  it.each(bugs.filter(([, { simulated }]) => simulated !== undefined))(
    '%s is found by chance, from another seed on',
    async (_, { simulated = '' }) => {
      const { expect: wanted } = await entryNamed(simulated)
      const { violated, seeds = 200 } = wanted
      const last = FIRST_SEED + MORE_SEEDS * Math.max(seeds, 100)
      const given = { text: simulated }
      const task = {
        name: simulated,
        subject: { module: subjectModule, export: 'givenSubject', given },
        here: await askedSubject(given),
        seeds: { first: FIRST_SEED, last },
        stopAfter: 1,
        ...(violated === undefined ? {} : { violated }),
      }
      const seen: (string | undefined)[] = []
      for await (const { failures } of runCampaign([task])) {
        seen.push(...failures.map((each) => each.violated))
      }
      if (violated === undefined) expect(seen.length).toBeGreaterThan(0)
      else expect(seen).toContain(violated)
    },
  )
})
