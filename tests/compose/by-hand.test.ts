import { describe, expect, it } from 'vitest'

import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose, tracedPath } from '../../src/compose/index.ts'
import { Judge } from '../../src/compose/judge.ts'
import { plainText, samePlain } from '../../src/compose/plain-text.ts'
import type { Fx, Program, Request } from '../../src/node/index.ts'
import { compareCase } from './compare.ts'

/** What a node has heard and done, in order. */
type Seen = readonly string[]
type OwnFx = Fx<string, 't' | 'u'>
type OwnProgram = Program<Seen, string, 't' | 'u'>

/** Notes everything down, and does what a case is about. */
function noting(parts: Partial<OwnProgram>): OwnProgram {
  return {
    boot: () => [],
    onRequest: (seen) => [...seen, 'request'],
    onMessage: (seen, _, message) => (seen.includes(message) ? seen : [...seen, message]),
    onTimer: (seen, timer) => [...seen, timer],
    view: (seen) => ({ seen }),
    ...parts,
  }
}

const inThisOrder = {
  name: 'n2 hears of one, then of two, then of what waited',
  reads: ['seen'],
  violated: (views: readonly (Readonly<Record<string, unknown>> | undefined)[]) => {
    const [one, two] = views.map((view) => (view?.['seen'] ?? []) as Seen)
    const heard = [...(two ?? [])].join()
    const right = 'one,two,waits'.startsWith(heard) && one?.includes('one') !== true
    return right ? undefined : `it has heard ${heard}`
  },
}

const ask = { asks: [{ f: 'write', value: 1 }], at: [0] }

const cases: readonly (readonly [name: string, program: OwnProgram, options: ComposeOptions])[] = [
  [
    'what waits for a write does not leave a node that crashes before',
    noting({
      onRequest: (seen, _, fx) => {
        const written = fx.put('x', 1)
        fx.send('n2', 'a', written)
        return [...seen, 'request']
      },
    }),
    { nodes: 2, clients: [ask], crashes: 1, crashing: [0], restarts: 0 },
  ],
  [
    'a timer that is cancelled does not fire',
    noting({
      boot: (_, fx: OwnFx) => {
        fx.setTimer('t', 1)
        return []
      },
      onRequest: (seen, _, fx) => {
        fx.cancelTimer('t')
        return [...seen, 'request']
      },
    }),
    { nodes: 1, clients: [ask], timers: 1 },
  ],
  [
    'what waits for a write leaves after what does not, and a link keeps the order',
    noting({
      onRequest: (seen, _, fx) => {
        const written = fx.put('x', 1)
        fx.send('n2', 'waits', written)
        fx.send('n2', 'one')
        fx.send('n2', 'two')
        return [...seen, 'request']
      },
    }),
    { nodes: 2, clients: [ask], network: 'fifo', invariants: [inThisOrder] },
  ],
  [
    'of many messages those that mean nothing are not taken for others',
    noting({
      boot: (_, fx: OwnFx) => {
        if (fx.self === 'n1') for (const timer of ['t', 'u'] as const) fx.setTimer(timer, 1)
        return []
      },
      onTimer: (seen, timer, fx) => {
        if (timer === 't') fx.send('n2', 'x')
        else for (let number = 1; number <= 17; number++) fx.send('n2', `y${String(number)}`)
        return [...seen, timer]
      },
      onMessage: (seen, _, message) => (message === 'x' ? ['x'] : seen),
    }),
    { nodes: 2, timers: { t: 1, u: 1 } },
  ],
  [
    'what is written as it was may be half written, whatever else has happened',
    noting({
      boot: (_, fx: OwnFx) => {
        if (fx.self === 'n2') fx.send('n1', 'write')
        return []
      },
      onMessage: (_, __, ___, fx) => {
        fx.put('x', 1)
        return ['written']
      },
      onRequest: (seen, { id }: Request, fx) => {
        fx.reply(id, null)
        return seen
      },
    }),
    { nodes: 2, clients: [ask], crashes: 1, crashing: [0], restarts: 0, torn: true },
  ],
  [
    'a node that starts again may crash meanwhile',
    noting({
      boot: (disk, fx: OwnFx) => {
        const starts = ((disk.get('starts') ?? 0) as number) + 1
        fx.put('began', starts)
        fx.put('starts', starts)
        return [String(disk.get('starts'))]
      },
    }),
    { nodes: 1, crashes: 2, restarts: 1, network: 'bag', ignored: 'arrive' },
  ],
  [
    'a client that goes elsewhere does not hear what comes later',
    noting({
      onRequest: (seen, { id }: Request, fx) => {
        if (seen.length > 1) return seen
        fx.fail(id, 'temporarily-unavailable')
        fx.setTimer('t', 1)
        return [...seen, String(id)]
      },
      onTimer: (seen, _, fx) => {
        fx.reply(Number(seen[0]), null)
        return [...seen, 't']
      },
    }),
    { nodes: 1, clients: [{ asks: [...ask.asks, ...ask.asks], at: [0] }], timers: 2 },
  ],
  [
    'what timed out may have happened',
    noting({
      onRequest: (seen, { id, f, value }: Request, fx) => {
        if (f === 'read') fx.reply(id, Number(seen.at(-1) ?? 0))
        else fx.fail(id, 'timeout')
        return f === 'read' ? seen : [String(value)]
      },
    }),
    {
      nodes: 1,
      clients: [{ asks: [...ask.asks, { f: 'read', value: null }], at: [0] }],
      monitors: [linearizableMonitor(register)],
    },
  ],
]

describe('by hand, composed and one step after the other', () => {
  it.each(cases)('%s', async (_, program, options) => {
    const { composed, direct } = await compareCase(program, options)
    expect(direct).toBeDefined()
    expect(composed).toEqual(direct)
    expect(composed?.states).toBeGreaterThan(2)
  })
})

describe('a composed system', () => {
  it('finds wrong what was wrong before', () => {
    const wrong = { name: 'never', reads: ['seen'], violated: () => 'it is' }
    const system = compose(noting({}), { nodes: 1, invariants: [wrong] })
    const judge = new Judge(system)
    const runner = system.runner(() => true)
    runner.initial()
    for (let times = 0; times < 3; times++) expect(judge.falseInvariant(runner.out)).toBe(0)
  })

  it('takes what is absent for what is not there', () => {
    expect(plainText({ a: 1, b: undefined })).toBe(plainText({ a: 1 }))
    expect(samePlain({ a: 1, b: undefined }, { a: 1 })).toBe(true)
    expect(samePlain({ a: 1 }, { a: 1, b: 0 })).toBe(false)
    expect(samePlain({ a: [1, { b: 2 }] }, { a: [1, { b: 2, c: undefined }] })).toBe(true)
    expect(samePlain([1, 2], [1])).toBe(false)
    expect(samePlain({ b: 1 }, { a: 1 })).toBe(false)
    expect(samePlain(null, {})).toBe(false)
    expect(samePlain('a', 'b')).toBe(false)
  })

  it('tells clients nothing that waited for a write which a crash took away', () => {
    const program = noting({
      onRequest: (seen, { id }: Request, fx) => {
        fx.reply(id, null, fx.put('x', 1))
        return seen
      },
    })
    const system = compose(program, { nodes: 1, clients: [ask], disk: 'slow' })
    const asked = { type: 'request', node: 'n1', client: 'c1', serial: 1 } as const
    const about = { protocol: 'noting', parameters: {}, nodes: ['n1'] }
    const told = (last: 'crash' | 'durable') =>
      tracedPath(
        program as Program,
        about,
        system.parts.requests,
        [
          { ...asked, asked: { f: 'write', value: 1 } },
          { type: last, node: 'n1' },
        ],
        { disk: 'slow' },
      ).moments.map(({ type }) => type)
    expect(told('crash')).toEqual(['invoke'])
    expect(told('durable')).toEqual(['invoke', 'ok'])
  })
})
