import { describe, expect, it } from 'vitest'

import { DiskImage, program, RecordedFx, RuleBroken, strict } from '../../src/node/index.ts'
import type { Fx, Program } from '../../src/node/index.ts'

const nodes = ['n1', 'n2']
const fxOf = () => new RecordedFx('n1', nodes, { pick: () => 0, now: () => 0 })
const request = { id: 1, client: 'c', serial: 1, f: 'write', value: [1] }

interface Counter {
  readonly list: number[]
}

/** A program whose answer to a request is the given one. */
function answering(
  onRequest: (state: Counter, fx: Fx) => unknown,
): Program<Counter, unknown, 'tick'> {
  return strict(
    program<Counter, unknown, 'tick'>({
      boot: () => ({ list: [] }),
      onRequest: (state, _request, fx) => (onRequest(state, fx as Fx) as Counter | null) ?? state,
      onMessage: (state) => state,
      onTimer: (state, _timer, fx) => (onRequest(state, fx as Fx) as Counter | null) ?? state,
      onDurable: (state, _ticket, fx) => (onRequest(state, fx as Fx) as Counter | null) ?? state,
      view: (state) => ({ ...state }),
    }),
  )
}

function run(onRequest: (state: Counter, fx: Fx) => unknown): unknown {
  const made = answering(onRequest)
  const fx = fxOf()
  return made.onRequest(made.boot(new DiskImage(), fx), request, fx)
}

describe('a program that is watched', () => {
  it('does what it does', () => {
    const made = answering(({ list }, fx) => {
      fx.send('n2', { list })
      return { list: [...list, 1] }
    })
    const fx = fxOf()
    const next = made.onRequest(made.boot(new DiskImage(), fx), request, fx)
    expect(next).toEqual({ list: [1] })
    expect(fx.take()).toEqual([{ type: 'send', to: 'n2', message: { list: [] } }])
  })

  it('cannot change the state that it was given, in any handler', () => {
    expect(() => run(({ list }) => void list.push(1))).toThrow(TypeError)
    const made = answering(({ list }) => void list.push(1))
    const state = made.boot(new DiskImage(), fxOf())
    expect(() => made.onTimer?.(state, 'tick', fxOf())).toThrow(TypeError)
    expect(() => made.onDurable?.(state, 1, fxOf())).toThrow(TypeError)
  })

  it('cannot change a message after it was sent', () => {
    const change = (_state: Counter, fx: Fx) => {
      const message = { list: [1] }
      fx.send('n2', message)
      message.list.push(2)
    }
    expect(() => run(change)).toThrow(TypeError)
  })

  it('keeps its state as plain data, and is told where it does not', () => {
    expect(() => run(() => ({ list: [1], seen: { at: new Map() } }))).toThrow(
      new RuleBroken('onRequest answers with a state that is not plain data: .seen.at is a Map'),
    )
    expect(() => run(() => ({ list: [0, NaN] }))).toThrow('.list[1] is NaN')
  })

  it('sends plain data to nodes that exist', () => {
    expect(() => run((_, fx) => fx.send('n2', new Date(0)))).toThrow('it is a Date')
    expect(() => run((_, fx) => fx.send('n2', undefined))).toThrow('it is undefined')
    expect(() => run((_, fx) => fx.send('n3', 1))).toThrow(
      "sends to 'n3', which is no node: n1, n2",
    )
  })

  it('answers and stores plain data', () => {
    expect(() => run((_, fx) => fx.reply(1, () => 0))).toThrow('a result that is not plain')
    expect(() => run((_, fx) => fx.put('key', new Set()))).toThrow('a value that is not plain')
    expect(() => run((_, fx) => fx.append('log', [undefined]))).toThrow('it[0] is undefined')
  })
})
