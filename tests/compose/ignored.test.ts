import { describe, expect, it } from 'vitest'

import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { cases } from '../explore/cases.ts'
import { compareCase } from './compare.ts'
import { randomCase } from './random-programs.ts'
import { reachedBy } from './reached.ts'
import { tinyClusters } from './tiny-clusters.ts'

const MOST = 600

function bothWays(program: Program, options: ComposeOptions) {
  const arrive = reachedBy(compose(program, { ...options, ignored: 'arrive' }), MOST)
  if (arrive === undefined) return undefined
  const stay = reachedBy(compose(program, { ...options, ignored: 'stay' }), MOST)
  return stay === undefined ? undefined : { arrive, stay }
}

describe('messages that their nodes do nothing about stay in a bag', () => {
  it('and random programs do and see what they do and see when they are used up', () => {
    let [fewer, wrong] = [0, 0]
    for (let seed = 0; seed < cases(150); seed++) {
      const { program, options } = randomCase(seed)
      if (options.network !== 'bag') continue
      const both = bothWays(program, options)
      if (both === undefined) continue
      const { arrive, stay } = both
      expect(stay.wrongAt, `seed ${String(seed)}`).toBe(arrive.wrongAt)
      expect([...stay.clusters].sort(), `seed ${String(seed)}`).toEqual([...arrive.clusters].sort())
      expect(stay.states).toBeLessThanOrEqual(arrive.states)
      if (stay.states < arrive.states) fewer++
      if (stay.wrongAt > 0) wrong++
    }
    expect(Math.min(fewer, wrong)).toBeGreaterThan(3)
  })

  const bags = tinyClusters.filter(([, , { network }]) => network === 'bag')
  it.each(bags)('and nodes do what they do when they are used up: %s', (_, program, options) => {
    const { arrive, stay } = bothWays(program, options)!
    expect(stay.wrongAt).toBe(arrive.wrongAt)
    expect([...stay.clusters].sort()).toEqual([...arrive.clusters].sort())
    expect(stay.states).toBeLessThanOrEqual(arrive.states)
  })

  /** Whatever arrives before it was asked means nothing to it. */
  const late: Program<number, string> = {
    boot: (_, fx) => {
      if (fx.self === 'n1') fx.send('n2', 'a')
      return 0
    },
    onRequest: (state, { id }, fx) => {
      fx.reply(id, null)
      return state + 1
    },
    onMessage: (state) => (state === 1 ? 2 : state),
    onTimer: (state) => state,
    view: (at) => ({ at }),
  }

  it('until they mean something', async () => {
    const twice = { name: 'never 2', reads: ['at'], violated: () => undefined }
    const options: ComposeOptions = {
      nodes: 2,
      network: 'bag',
      clients: [{ asks: [{ f: 'go', value: null }], at: [1] }],
      invariants: [twice],
    }
    const all = await explore(compose(late, { ...options, ignored: 'arrive' }))
    const found = await explore(compose(late, options))
    // Not asked, asked, told; and without the message before it was asked, and after.
    expect([found.distinctStates, all.distinctStates]).toEqual([3, 5])
  })

  it('though they are used up as one step after the other where that is asked for', async () => {
    for (let seed = 0; seed < cases(60); seed++) {
      const { program, options } = randomCase(seed)
      if (options.network !== 'bag') continue
      const asked: ComposeOptions = { ...options, recheck: 1, ignored: 'arrive' }
      const { composed, direct } = await compareCase(program, asked, 40)
      expect(composed, `seed ${String(seed)}`).toEqual(direct)
    }
  })
})
