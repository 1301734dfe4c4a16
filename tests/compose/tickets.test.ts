import { describe, expect, it } from 'vitest'

import type { Invariant } from '../../src/core/invariant.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import { program } from '../../src/node/index.ts'

interface State {
  readonly first: number
  readonly heard: boolean
}

/** n2 asks n1, which writes again and answers after the write of its start only. */
const answersAfterItsStart = program<State, 'ask' | 'answer'>({
  boot(disk, fx) {
    const first = fx.put('starts', ((disk.get('starts') as number | undefined) ?? 0) + 1)
    if (fx.self === 'n2') fx.send('n1', 'ask')
    return { first, heard: disk.get('asked') === true }
  },
  onRequest: (state) => state,
  onMessage(state, from, message, fx) {
    if (message === 'answer') return { ...state, heard: true }
    fx.put('asked', true)
    fx.send(from, 'answer', state.first)
    return { ...state, heard: true }
  },
  view: ({ heard }) => ({ heard }),
})

/** False if n1 answers, and then starts again without knowing that it was asked. */
const remembers: Invariant = {
  name: 'who answers remembers',
  reads: ['heard'],
  violated: ([one, two]) =>
    one?.['heard'] === false && two?.['heard'] === true ? 'n1 has forgotten' : undefined,
}

const bounds: ComposeOptions = { nodes: 2, crashes: 1, invariants: [remembers] }

describe('tickets of composed nodes', () => {
  it.each(['at-once', 'slow'] as const)('of old writes wait for no new ones (%s)', async (disk) => {
    const found = await explore(compose(answersAfterItsStart, { ...bounds, disk }))
    expect(found.violations.map(({ name }) => name)).toEqual([remembers.name])
  })

  it('that nobody needs any more are the same', async () => {
    const again = program<{ readonly last: number }, 'again', 'again'>({
      boot(_disk, fx) {
        fx.setTimer('again', 1)
        return { last: fx.put('counted', 0) }
      },
      onRequest: (state) => state,
      onMessage: (state) => state,
      onTimer(_state, _again, fx) {
        fx.setTimer('again', 1)
        fx.put('counted', 0)
        return { last: fx.put('counted', 0) }
      },
      view: () => ({}),
    })
    const system = compose(again, { nodes: 1, timers: Infinity })
    const { outcome, distinctStates } = await explore(system, { budget: { states: 50 } })
    expect([outcome, distinctStates]).toEqual(['pass', 1])
  })
})
