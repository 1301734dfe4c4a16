import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { UserError } from '../../../src/core/user-error.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { best } from '../../../src/quorum/search/best.ts'
import type { BestOptions } from '../../../src/quorum/search/question.ts'
import { load } from '../../../src/quorum/load/load.ts'
import { verifyLoad } from '../../../src/quorum/load/verify-load.ts'
import { extraData } from '../../extra-data.ts'

const refused = async (options: BestOptions): Promise<string> => {
  try {
    await best(options)
    return 'accepted'
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
}

describe('the best system for a job', () => {
  it('is written down so that it is read back, and its load is certified', async () => {
    const found = await best({ nodes: 5, readFraction: 0.5, resilience: 1 })
    expect(found.bestOf).toBe('all read-write systems')
    expect(found.exact?.toString()).toBe('11/24')
    expect(found.load.exact?.toString()).toBe('11/24')
    expect(verifyLoad(found.load.certificate).ok).toBe(true)
    expect(found.resilience).toEqual({ read: 1, write: 1, both: 1 })
    const again = await load(parseSystem(found.text), { readFraction: 0.5 })
    expect(again.exact?.toString()).toBe('11/24')
  })

  it('keeps the facts about different nodes in the text', async () => {
    const nodes = [1, 2, 3].map((i) => quorumNode(`n${i}`, { capacity: i, failure: `${i}/10` }))
    const found = await best({ nodes, readFraction: 1, resilience: 1 })
    const again = await load(parseSystem(found.text), { readFraction: 1 })
    expect(again.exact?.toString()).toBe(found.exact?.toString())
  })

  it('takes a named family where it is better, and knows that nothing else is', async () => {
    const found = await best({ nodes: 7, readFraction: 0.5, resilience: 2 })
    expect(found.text).toBe('fpp(order=2)')
    expect(found.exact?.toString()).toBe('3/7')
    expect(found.bestOf).toBe('all read-write systems')
    const grid = await best({
      nodes: 16,
      readFraction: 0.5,
      resilience: 3,
      budget: { seconds: 6 },
    })
    expect(grid.exact?.toString()).toBe('1/4')
    expect(grid.bestOf).toBe('all read-write systems')
  }, 20_000)

  it('claims nothing when the budget ran out, and keeps to it', async () => {
    const nodes = Array.from({ length: 12 }, (_, i) => quorumNode(`n${i}`, { capacity: i + 1 }))
    const started = performance.now()
    const found = await best({ nodes, readFraction: 0.5, resilience: 2, budget: { seconds: 0.6 } })
    // Far more than the budget, as tests run beside each other; without it, it takes minutes.
    expect(performance.now() - started).toBeLessThan(6000)
    expect(found.bestOf).toBeUndefined()
    expect(found.quality).toBe('bounds')
    expect(found.lower).toBeLessThan(found.value)
    expect(found.load.value).toBeCloseTo(found.value, 12)
  }, 20_000)

  it('refuses at once what no system can do, and says why', async () => {
    expect(await refused({ nodes: 7, resilience: 4, budget: { seconds: 2 } })).toBe(
      'error: no system on 7 nodes outlives every 4 failures\n' +
        '  try: a resilience of 3, or 9 nodes',
    )
    expect(await refused({ nodes: 4, resilience: { read: 3, write: 1 } })).toBe(
      'error: no system on 4 nodes has read resilience 3 and write resilience 1\n' +
        '  try: 5 nodes: the two may add up to at most 3',
    )
    expect(await refused({ nodes: 5, limits: { load: 0.1 } })).toBe(
      'error: no system on 5 nodes with load <= 1/10 does that\n  try: a higher limit',
    )
    expect(await refused({ nodes: 0 })).toMatch(/^error: there are no nodes/)
    expect(await refused({ nodes: 2.5 })).toMatch(/^error: number of nodes 2.5 is not a whole/)
    expect(await refused({ nodes: 31 })).toMatch(/^error: 31 nodes are too many for a search/)
    expect(await refused({ nodes: 3, limits: { network: -1 } })).toMatch(/limit -1 is negative/)
    expect(await refused({ nodes: [quorumNode('a'), quorumNode('a')] })).toBe(
      'error: node a: two nodes have the same name',
    )
    expect(await refused({ nodes: 7, among: 'coteries' })).toMatch(/coteries on 7 nodes are too/)
    expect(await refused({ nodes: 13, failures: 1 })).toMatch(/not searched on 13 nodes/)
  })

  interface Row {
    readonly n: number
    readonly fr: number
    readonly minResilience: number
    readonly best: string
    readonly readOnce: string
  }
  interface Exhaustive {
    readonly rows: readonly Row[]
    readonly bestCoterie: readonly { readonly n: number; readonly load: string }[]
  }
  const data = extraData()
  it.skipIf(data === undefined)(
    'has the values of the oracle (extra data not present)',
    async () => {
      const text = readFileSync(join(data ?? '', 'oracle', 'quorum-oracle.json'), 'utf8')
      const { exhaustive } = JSON.parse(text) as { exhaustive: Exhaustive }
      for (const row of exhaustive.rows) {
        const question = { nodes: row.n, readFraction: row.fr, resilience: row.minResilience }
        const budget = { seconds: 60 }
        expect((await best({ ...question, budget })).exact?.toString()).toBe(row.best)
        const readOnce = await best({ ...question, budget, among: 'read-once expressions' })
        expect(readOnce.exact?.toString()).toBe(row.readOnce)
      }
      for (const { n, load: value } of exhaustive.bestCoterie as unknown as {
        n: number
        load: string
      }[]) {
        const coterie = await best({ nodes: n, readFraction: 1, among: 'coteries' })
        expect(coterie.exact?.toString()).toBe(value)
      }
    },
    300_000,
  )
})
