import { describe, expect, it } from 'vitest'
import { byzantineBroadcast } from '../../specs/classics/bcast-byz.ts'
import { dieHard } from '../../specs/classics/diehard.ts'
import { missionariesAndCannibals } from '../../specs/classics/missionaries.ts'
import { explore } from '../../src/explore/index.ts'
import { stepsOf, violationOf } from './stories.ts'

describe('puzzles', () => {
  it('measures four litres in six steps', async () => {
    expect(stepsOf(await violationOf(dieHard, { solve: true }))).toEqual([
      'fillBig',
      'bigToSmall',
      'emptySmall',
      'bigToSmall',
      'fillBig',
      'bigToSmall',
    ])
  })

  it('brings three missionaries and three cannibals over in eleven crossings', async () => {
    const { trace } = await violationOf(missionariesAndCannibals, { solve: true })
    expect(trace).toHaveLength(12)
    expect(trace.at(-1)?.state).toMatchObject({ east: new Set() })
  })

  it('finds no way over for four of each in a boat for two', async () => {
    const all = { missionaries: 4, cannibals: 4 }
    const found = await explore(missionariesAndCannibals.make({ ...all, solve: true }))
    expect(found.violations.map(({ kind, name }) => [kind, name])).toEqual([
      ['never', 'all have crossed'],
    ])
  })
})

describe('broadcast among liars', () => {
  it('is forged as soon as the processes that lie may be as many as one listens to', async () => {
    const forged = { n: 4, t: 1, f: 2, broadcast: false }
    const { name } = await violationOf(byzantineBroadcast, forged)
    expect(name).toBe('nobody accepts what nobody has sent')
  })
})
