import { describe, expect, it, vi } from 'vitest'

import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { UserError } from '../../src/core/user-error.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { program } from '../../src/node/index.ts'

interface State {
  readonly count: number
}

/** Two nodes that send each other a word at first; what else they do is given. */
function talkers(given: Partial<Program<State, string, 'tick'>>): Program<State, string, 'tick'> {
  return program<State, string, 'tick'>({
    boot(_disk, fx) {
      for (const other of fx.others) fx.send(other, 'hello')
      fx.setTimer('tick', 10)
      return { count: 0 }
    },
    onRequest(state, request, fx) {
      fx.reply(request.id, null)
      return state
    },
    onMessage: (state) => ({ count: Math.min(2, state.count + 1) }),
    view: ({ count }) => ({ count }),
    ...given,
  })
}

async function refusal(
  given: Partial<Program<State, string, 'tick'>>,
  options: Partial<ComposeOptions> = {},
): Promise<string> {
  const bounds = { name: 'talkers', nodes: 2, timers: 2, recheck: 1, ...options }
  try {
    const { outcome } = await explore(compose(talkers(given), bounds))
    return outcome
  } catch (error) {
    return error instanceof UserError ? error.text : String(error)
  }
}

const advice =
  '\n  try: a handler may depend on its state and the event alone: look for clocks, chance and ' +
  'variables outside of the state; the event was '

describe('a handler that is secretly impure', () => {
  it('is caught by a counter outside of its state', async () => {
    let heard = 0
    const onMessage = () => ({ count: ++heard })
    expect(await refusal({ onMessage })).toBe(
      'error: talkers: onMessage of n1 did something else the second time: ' +
        `next.state.count was 1 and is 2${advice}{"from":"n2","message":"hello","type":"message"}`,
    )
  })

  it('is caught by what it sends', async () => {
    let sent = 0
    const text = await refusal({
      onTimer(state, _tick, fx) {
        fx.send('n2', `no ${Math.min(9, ++sent)}`)
        return state
      },
    })
    expect(text).toMatch(
      /onTimer of n\d did something else the second time: said.0.message was "no \d" and is "no/,
    )
  })

  it('is caught by a clock that it looks at behind the back of its host', async () => {
    let now = 1_000_000
    vi.spyOn(Date, 'now').mockImplementation(() => now++)
    const onTimer = () => ({ count: Date.now() })
    const text = await refusal({ onTimer })
    vi.restoreAllMocks()
    expect(text).toMatch(
      /onTimer of n\d did something else the second time: next\.state\.count was \d+ and is \d+/,
    )
  })

  it('is caught when it asks for chance the second time only', async () => {
    let asked = 0
    const text = await refusal({
      onMessage(state, _from, _message, fx) {
        if (asked++ > 0) fx.pick([1, 2])
        return { count: Math.min(2, state.count + 1) }
      },
    })
    expect(text).toContain(
      'onMessage of n1 did something else the second time: picks.0 was nothing',
    )
  })

  it('is caught when it does nothing the second time', async () => {
    let asked = 0
    const text = await refusal({
      onTimer: (state) => (asked++ === 0 ? { count: 2 } : state),
      boot: (_disk, fx) => {
        fx.setTimer('tick', 10)
        return { count: 0 }
      },
    })
    expect(text).toContain('onTimer of n1 did something else the second time: ')
  })

  it('is caught when it did nothing the first time', async () => {
    let asked = 0
    const text = await refusal({ onMessage: (state) => (asked++ === 0 ? state : { count: 2 }) })
    expect(text).toContain(
      'onMessage of n1 did something else the second time: it was nothing and is ',
    )
  })

  it('is caught as it starts', async () => {
    let starts = 0
    const text = await refusal({ boot: () => ({ count: ++starts }) }, { crashes: 2, restarts: 2 })
    expect(text).toMatch(/boot of n\d did something else the second time: next.state.count was \d/)
  })

  it('is caught once in as many remembered steps as are asked for', async () => {
    let heard = 0
    const onMessage = () => ({ count: Math.min(20, ++heard) })
    expect(await refusal({ onMessage }, { recheck: 10_000 })).toBe('pass')
    expect(await refusal({ onMessage: () => ({ count: ++heard }) }, { recheck: 50 })).toContain(
      'onMessage of n',
    )
  })

  it('is not seen in a pure one', async () => {
    expect(await refusal({}, { crashes: 1 })).toBe('pass')
  })
})

describe('a composed system says what is wrong with a program', () => {
  it('that throws', async () => {
    const onMessage = (): State => {
      throw new RangeError('no such term')
    }
    expect(await refusal({ onMessage })).toBe(
      'error: talkers: onMessage of n1 throws: RangeError: no such term\n' +
        '  try: its state was {"count":0}, ' +
        'the event {"from":"n2","message":"hello","type":"message"}',
    )
  })

  it('that throws something else than an error', async () => {
    const onTimer = (): State => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as a protocol might
      throw 'late'
    }
    expect(await refusal({ onTimer })).toBe(
      'error: talkers: onTimer of n1 throws: late\n' +
        '  try: its state was {"count":0}, the event {"timer":"tick","type":"timer"}',
    )
  })

  it('that asks for the time where there is no clock', async () => {
    const onTimer = (_state: State, _tick: string, fx: { now(): number }) => ({ count: fx.now() })
    expect(await refusal({ onTimer })).toBe(
      'error: talkers: n1 asks for the time, and time does not pass here\n' +
        '  try: give `clock`, which then stands still, or simulate it instead',
    )
    expect(await refusal({ onTimer }, { clock: 7 })).toBe('pass')
  })

  it('that talks to itself for ever', async () => {
    const text = await refusal(
      {
        onMessage(state, _from, message, fx) {
          fx.send(fx.self, message)
          return state
        },
      },
      { loopback: 'at-once' },
    )
    expect(text).toContain(
      'error: talkers: onMessage of n1 throws: Error: n1 does not come to rest',
    )
  })

  it('that sends to a node that there is not', async () => {
    const send: Partial<Program<State, string, 'tick'>> = {
      onTimer(state, _tick, fx) {
        fx.send('n3', 'hello')
        return state
      },
    }
    for (const network of ['set', 'bag', 'fifo'] as const) {
      expect(await refusal(send, { network })).toBe(
        "error: talkers: onTimer of n1 sends to 'n3', which is no node\n" +
          '  try: the nodes are n1, n2',
      )
    }
  })
})

describe('bounds that cannot be', () => {
  const client = { asks: [{ f: 'read', value: null }] }
  const many = { asks: Array.from({ length: 128 }, () => client.asks[0]!) }
  it.each<readonly [Partial<ComposeOptions>, fact: string, hint: string]>([
    [{ nodes: 0 }, '0 nodes', 'give 1 or more'],
    [{ nodes: 1.5 }, '1.5 nodes', 'give 1 or more'],
    [{ crashes: -1 }, 'crashes: -1', 'give a whole number from 0 to 255'],
    [{ restarts: 0.5 }, 'restarts: 0.5', 'give a whole number from 0 to 255'],
    [{ timers: 256 }, 'timers: 256', 'give a whole number from 0 to 255'],
    [{ timers: { tick: Number.NaN } }, 'tick: NaN', 'give a whole number from 0 to 255'],
    [{ timers: { nodes: -3 } }, 'nodes: -3', 'give a whole number from 0 to 255'],
    [{ crashing: [2] }, 'node 2 may crash', 'there are the nodes 0 to 1'],
    [{ clients: [{ ...client, at: [2] }] }, 'client c1 asks node 2', 'there are the nodes 0 to 1'],
    [
      { clients: [client, { ...client, at: [-1] }] },
      'client c2 asks node -1',
      'there are the nodes 0 to 1',
    ],
    [{ clients: [many] }, 'client c1 asks too much', 'at most 127 times'],
    [
      { disk: 'slow', loopback: 'at-once' },
      'with a slow disk nothing is dealt with at once',
      'leave `loopback` or `disk` away',
    ],
    [
      { losses: 1 },
      'a set of messages loses and doubles them anyhow',
      'leave `losses` and `duplicates` away, or give `network: bag`',
    ],
    [
      { network: 'set', duplicates: 0 },
      'a set of messages loses and doubles them anyhow',
      'leave `losses` and `duplicates` away, or give `network: bag`',
    ],
  ])('%#: are refused with what is wrong and what to try', async (options, fact, hint) => {
    expect(await refusal({}, options)).toBe(`error: talkers: ${fact}\n  try: ${hint}`)
  })

  it('are none where it is said that something is not counted', async () => {
    expect(await refusal({}, { timers: { tick: Infinity } })).toBe('pass')
  })
})
