import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { planFaults, readFaults } from '../../src/cluster/fault-plan.ts'
import { seeded } from '../../src/core/random.ts'
import { faultTypes } from '../../src/node/index.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'

const NODES = ['n1', 'n2', 'n3']

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const read = (content: unknown): ReturnType<typeof readFaults> =>
  readFaults(folder.write('faults.json', JSON.stringify(content)), NODES)

describe('faults at regular times', () => {
  it('come as often as was asked, and no two at once', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const often = { killLeaderEvery: 5000, partitionEvery: 4000, pauseEvery: 6000 }
      const plan = planFaults(often, 30_000, NODES, seeded(seed))
      expect(plan.filter(({ type }) => type === 'crash').map(({ at }) => at)).toEqual([
        5000, 10_000, 15_000, 20_000, 25_000,
      ])
      expect(plan.some(({ type }) => type === 'partition')).toBe(true)
      expect(plan.some(({ type }) => type === 'pause')).toBe(true)
      for (const [at, { until = Infinity }] of plan.entries()) {
        expect(until).toBeLessThan(plan[at + 1]?.at ?? 30_000)
      }
    }
  })

  it('are the same for the same seed, and others for another', () => {
    const plan = (seed: number): string =>
      JSON.stringify(planFaults({ partitionEvery: 1000 }, 20_000, NODES, seeded(seed)))
    expect(plan(1)).toBe(plan(1))
    expect(plan(1)).not.toBe(plan(2))
  })

  it('hit all nodes at the same moment when the power fails, and let one come back last', () => {
    const plan = planFaults({ killAllEvery: 3000, downMs: 100 }, 7000, NODES, seeded(1))
    expect(plan.filter(({ at }) => at === 3000).length).toBe(4)
    expect(plan.filter(({ until }) => until === 3300).length).toBe(1)
    expect(plan.filter(({ until }) => until === 3100).length).toBe(3)
  })
})

describe('a file of faults', () => {
  it('may have faults of every type', async () => {
    const more: Readonly<Record<string, object>> = {
      'disk-slow': { ms: 5 },
      'clock-skew': { percent: -5 },
      'clock-jump': { ms: -100 },
    }
    const links = ['partition', 'clog', 'loss', 'duplicate', 'delay']
    const faults = faultTypes.map((type) => ({
      type,
      at: 10,
      until: 20,
      ...(links.includes(type) ? { from: ['leader'], to: ['others'] } : { node: 'n2' }),
      ...more[type],
    }))
    expect(await read(faults)).toEqual(faults)
  })

  it.each([
    [{}, 'this is not a list of faults'],
    [[{ type: 'crush', node: 'n1', at: 1 }], 'of the type "crush"'],
    [[{ type: 'crash', node: 'n4', at: 1 }], "there is no node 'n4'"],
    [[{ type: 'crash', node: 'n1' }], 'at'],
    [[{ type: 'crash', node: 'n1', at: 1, for: 5 }], 'for'],
    [[{ type: 'partition', from: [], to: ['n1'], at: 1 }], 'from'],
    [[null], 'of the type undefined'],
  ])('that is wrong is refused with its place: %j', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'UserError' })
    await expect(read(content)).rejects.toThrow(message)
  })

  it('with a type that is misspelt gets a suggestion', async () => {
    await expect(read([{ type: 'crush', node: 'n1', at: 1 }])).rejects.toMatchObject({
      hint: expect.stringContaining('did you mean crash?') as string,
    })
  })
})
