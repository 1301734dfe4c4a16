import { describe, expect, it } from 'vitest'

import { agreement } from '../../checkers/invariants/agreement.ts'
import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import { abd } from '../../impls/registers/abd.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { UserError } from '../../src/core/user-error.ts'
import type { ExploreOptions } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import { exploreTogether } from '../../src/explore/parallel/explore-parallel.ts'
import type { Program } from '../../src/node/index.ts'
import { zoo } from '../../suites/zoo.ts'
import { systemOf } from '../../suites/zoo/hunt.ts'
import { cases } from '../explore/cases.ts'
import { randomCase } from './random-programs.ts'
import { reachedBy } from './reached.ts'
import { tinyClusters } from './tiny-clusters.ts'

const MOST = 600

function bothWays(program: Program, options: ComposeOptions) {
  const all = reachedBy(compose(program, options), MOST)
  if (all === undefined) return undefined
  const system = compose(program, { ...options, messages: 'live' })
  // Before it knows what is live, a search may meet a state with and without a message.
  return { all, live: reachedBy(system, 4 * MOST)!, again: system.live!.again }
}

describe('messages that can matter no more are taken off their way', () => {
  it('and random programs do and see what they do and see when these stay', () => {
    let [fewer, wrong, again] = [0, 0, 0]
    for (let seed = 0; seed < cases(80); seed++) {
      const { program, options } = randomCase(seed)
      if (options.network === 'fifo') continue
      const both = bothWays(program, options)
      if (both === undefined) continue
      const { all, live } = both
      expect(live.wrongAt, `seed ${String(seed)}`).toBe(all.wrongAt)
      expect([...live.clusters].sort(), `seed ${String(seed)}`).toEqual([...all.clusters].sort())
      expect(live.states).toBeLessThanOrEqual(all.states)
      if (live.states < all.states) fewer++
      if (live.wrongAt > 0) wrong++
      if (both.again > 0) again++
    }
    expect(Math.min(fewer, wrong, again)).toBeGreaterThan(3)
  })

  const unordered = tinyClusters.filter(([, , { network }]) => network !== 'fifo')
  it.each(unordered)('and nodes do what they did: %s', (_, program, options) => {
    const { all, live } = bothWays(program, options)!
    expect(live.wrongAt).toBe(all.wrongAt)
    expect([...live.clusters].sort()).toEqual([...all.clusters].sort())
    expect(live.states).toBeLessThanOrEqual(all.states)
  })

  type Deaf = Program<number, string, 't'>

  /** Hears `a` only after it was asked. */
  const deaf = (parts: Partial<Deaf>): Deaf => ({
    boot: () => 0,
    onRequest: (state) => (state === 0 ? 1 : state),
    onMessage: (state, _, message) => (message === 'a' && state === 1 ? 2 : state),
    onTimer: (state) => state,
    view: (at) => ({ at }),
    ...parts,
  })
  const asked = { nodes: 2, clients: [{ asks: [{ f: 'go', value: null }], at: [1] }] }
  const byHand: readonly (readonly [name: string, program: Deaf, options: ComposeOptions])[] = [
    [
      'what came of a value before the message was there',
      deaf({
        boot: (_, fx) => {
          if (fx.self === 'n1') fx.setTimer('t', 1)
          return 0
        },
        onTimer: (state, _, fx) => {
          fx.send('n2', 'p')
          return state
        },
        onMessage: (state, _, message, fx) => {
          if (message === 'p' && state === 0) fx.send('n2', 'a')
          return message === 'a' && state === 1 ? 2 : state
        },
      }),
      { ...asked, timers: 1 },
    ],
    [
      'two copies of one that is ignored at first',
      deaf({
        boot: (_, fx) => {
          if (fx.self === 'n1') for (let copy = 0; copy < 2; copy++) fx.send('n2', 'a')
          return 0
        },
        onMessage: (state, _, __, fx) => {
          if (state > 0) fx.send('n1', `heard in ${String(state)}`)
          return state > 0 ? state + 1 : 0
        },
      }),
      { ...asked, network: 'bag' },
    ],
    [
      'one of which the disk is written as it was, and may be half written',
      deaf({
        boot: (_, fx) => {
          if (fx.self === 'n1') fx.send('n2', 'a')
          return 0
        },
        onMessage: (_, __, ___, fx) => {
          fx.put('x', 1)
          return 2
        },
        onRequest: (state) => state,
      }),
      { ...asked, crashes: 1, crashing: [1], restarts: 0, torn: true },
    ],
  ]
  it.each(byHand)('but not %s', (_, program, options) => {
    const { all, live } = bothWays(program, options)!
    expect([...live.clusters].sort()).toEqual([...all.clusters].sort())
    expect(all.states).toBeGreaterThan(3)
  })

  const few = zoo.filter(({ states, bounds }) => states < 200 && bounds.network !== 'fifo')
  it.each(few.map((bug) => [bug.id, bug] as const))('and %s is found as soon', async (_, bug) => {
    const { program } = systemOf(bug, true).parts.steps.rules
    const said = async (messages: 'all' | 'live') => {
      const { outcome, violations } = await explore(compose(program, { ...bug.bounds, messages }))
      return { outcome, met: violations.map(({ name, trace }) => [name, trace.length]) }
    }
    expect(await said('live')).toEqual(await said('all'))
  })

  const propose = (at: number) => ({ asks: [{ f: 'propose', value: `v${at + 1}` }], at: [at] })
  const duel: ComposeOptions = {
    nodes: 3,
    clients: [propose(0), propose(1)],
    loopback: 'at-once',
    invariants: [agreement],
  }

  it('so that there are few states: Stateright has 16,668 of its Paxos', async () => {
    const silent = paxos.make({ nak: false })
    const liveBag = await explore(compose(silent, { ...duel, network: 'bag', messages: 'live' }))
    const live = await explore(compose(silent, { ...duel, messages: 'live' }))
    const states = [liveBag, live].map(({ distinctStates }) => distinctStates)
    expect(states).toEqual([6_831, 2_125])
    expect(live.reductions?.[0]?.about).toMatch(/taken away, begun again 1 time$/)
    const turns = [0, 1].map((at) => ({
      asks: [
        { f: 'write', value: at + 1 },
        { f: 'read', value: null },
      ],
      at: [at],
    }))
    const stored = compose(abd.make({}), {
      nodes: 2,
      clients: turns,
      network: 'bag',
      loopback: 'at-once',
      monitors: [linearizableMonitor(register)],
      messages: 'live',
    })
    expect((await explore(stored)).distinctStates).toBe(840)
  })

  it('by one thread, whoever asks for more', async () => {
    const made = () => compose(paxos.make({ nak: false }), { ...duel, messages: 'live' })
    const { distinctStates, workers } = await exploreTogether(
      made(),
      () => Promise.reject(new Error('a thread was started')),
      { workers: 2 },
    )
    expect([distinctStates, workers]).toEqual([2_125, 1])
  })

  it('and by no other reduction', async () => {
    const refused = async (options: ExploreOptions, bounds: ComposeOptions) => {
      const error: unknown = await explore(compose(paxos.make({}), bounds), options).catch(
        (caught: unknown) => caught,
      )
      expect(error).toBeInstanceOf(UserError)
    }
    await refused({ symmetry: true }, { ...duel, messages: 'live' })
    await refused({ sleepSets: true }, { ...duel, messages: 'live' })
    expect(() => compose(paxos.make({}), { ...duel, network: 'fifo', messages: 'live' })).toThrow(
      UserError,
    )
  })
})
