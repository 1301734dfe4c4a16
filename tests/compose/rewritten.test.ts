import { describe, expect, it } from 'vitest'

import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { program } from '../../src/node/index.ts'
import { exploreDirectly } from './direct.ts'

interface State {
  readonly found: number
}

/** Whenever it is told, what is on its disk is taken away and written as it was. */
const writesAgain: Program<State, 'again', 'never'> = program<State, 'again', 'never'>({
  boot(disk, fx) {
    const found = (disk.get('x') as number | undefined) ?? 0
    if (disk.fresh) fx.put('x', 1)
    if (fx.self === 'n1') fx.send('n2', 'again')
    return { found: disk.fresh ? 1 : found }
  },
  onRequest: (state) => state,
  onMessage(state, _from, _message, fx) {
    fx.put('x', 0)
    fx.put('x', 1)
    return state
  },
  view: ({ found }) => ({ found }),
})

/** It waits for its answer, and is told of an operation that was given up. */
const answersLate: Program<State, 'again', 'late'> = program<State, 'again', 'late'>({
  boot: () => ({ found: 0 }),
  onRequest(_state, request, fx) {
    fx.setTimer('late', 1)
    return { found: request.id as number }
  },
  onMessage: (state) => state,
  onTimer(state, _late, fx) {
    fx.setTimer('late', 1)
    fx.reply(state.found, null)
    return state
  },
  view: ({ found }) => ({ found }),
})

async function compared(made: Program, options: ComposeOptions): Promise<number> {
  const { distinctStates, depth } = await explore(compose(made, options))
  const direct = exploreDirectly(made, options)
  expect([distinctStates, depth]).toEqual([direct.states, direct.depth])
  return distinctStates
}

describe('what changes nothing in the end', () => {
  it.each([1, 2])('may be half done when a node crashes (%i)', async (crashes) => {
    const lost = {
      'n2 finds what was half done': (views: Parameters<Program['view']>[]) =>
        (views[1] as { readonly found?: number } | undefined)?.found === 0,
    } as unknown as NonNullable<ComposeOptions['sometimes']>
    const options = { nodes: 2, crashes, restarts: 2, torn: true, sometimes: lost }
    expect(await compared(writesAgain, options)).toBeGreaterThan(10)
    const { outcome } = await explore(compose(writesAgain, options))
    expect(outcome).toBe('pass')
  })

  it('is heard by no client that does not wait for it', async () => {
    const read = { f: 'read', value: null }
    const options: ComposeOptions = {
      nodes: 1,
      clients: [{ asks: [read, read] }],
      timers: 3,
      giveUps: 1,
      repeats: 1,
    }
    expect(await compared(answersLate, options)).toBeGreaterThan(10)
  })
})
