import { describe, expect, it } from 'vitest'

import { program, protocol } from '../../src/node/index.ts'
import type { Fx, NodeId } from '../../src/node/index.ts'
import { asynchronousOf } from '../../src/valency/node-process.ts'
import type { AnyAsynchronous } from '../../src/valency/process.ts'
import { valency } from '../../src/valency/valency.ts'
import { asynchronousProtocols } from '../../suites/valency.ts'

interface State {
  readonly input: number | null
  readonly known: readonly (readonly [node: NodeId, input: number])[]
  readonly decided: number | null
}

type Told = readonly [node: NodeId, input: number]

const SHARED = { about: 'a test', options: {}, tolerates: {} }
const EMPTY: State = { input: null, known: [], decided: null }

/** As `wait-for-all` and the others, as nodes: the least of so many inputs. */
function waiting(missing: number, durable: boolean) {
  return protocol('waiting', SHARED, () => {
    const hear = (state: State, told: Told, fx: Fx): State => {
      if (state.decided !== null) return state
      const known = [...state.known, told].sort(([one], [other]) => (one < other ? -1 : 1))
      const enough = fx.nodes.length - missing
      if (known.length < enough) return { ...state, known }
      const decided = Math.min(...known.slice(0, enough).map(([, input]) => input))
      return { ...state, known: [], decided }
    }
    return program({
      boot: () => EMPTY,
      onRequest(state, { value }, fx) {
        const input = value as number
        const ticket = durable ? fx.put('input', input) : undefined
        for (const other of fx.others) fx.send(other, [fx.self, input], ticket)
        return hear({ ...state, input }, [fx.self, input], fx)
      },
      onMessage: (state, _, told: Told, fx) => hear(state, told, fx),
      view: ({ decided }) => ({ decided }),
    })
  })
}

/** The first node decides; the second one waits for a timer only. */
const leaderTimeout = protocol('leader', SHARED, () =>
  program<State, number, 'patience'>({
    boot: () => EMPTY,
    onRequest(state, { value }, fx) {
      const input = value as number
      if (fx.self === fx.nodes[1]) fx.setTimer('patience', 10)
      if (fx.self !== fx.nodes[0]) return { ...state, input }
      for (const other of fx.others) fx.send(other, input)
      return { ...state, input, decided: input }
    },
    onMessage: (state, _, value: number, fx) => {
      fx.cancelTimer('patience')
      return { ...state, decided: state.decided ?? value }
    },
    onTimer(state, _: 'patience', fx) {
      if (state.decided !== null) return state
      for (const other of fx.others) fx.send(other, state.input ?? 0)
      return { ...state, decided: state.input }
    },
    view: ({ decided }) => ({ decided }),
  }),
)

function known(name: string): AnyAsynchronous {
  const found = asynchronousProtocols.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no protocol is called ${name}`)
  return found
}

/** What is found, without what only names things. */
function foundOf(protocolGiven: AnyAsynchronous, processes: number): object {
  const { protocol: _, findings, options: __, ...rest } = valency(protocolGiven, processes)
  return { ...rest, mostMessages: findings.map(({ mostMessages }) => mostMessages) }
}

describe('a protocol of nodes in the asynchronous model', () => {
  it.each([
    ['wait-for-all', 0, 3],
    ['wait-for-n-1', 1, 3],
  ] as const)('is %s, with the same configurations and defects', (name, missing, processes) => {
    const found = foundOf(asynchronousOf(waiting(missing, false)), processes)
    expect(found).toEqual(foundOf(known(name), processes))
  })

  it('has its writes on the disk at once', () => {
    const found = foundOf(asynchronousOf(waiting(1, true)), 3)
    expect(found).toEqual(foundOf(known('wait-for-n-1'), 3))
  })

  it('loses patience by an empty step', () => {
    const { defects, agreement } = valency(asynchronousOf(leaderTimeout), 2)
    const other = valency(known('leader-timeout'), 2)
    expect([defects, agreement]).toEqual([other.defects, other.agreement])
  })

  it('takes every choice of chance as an outcome', () => {
    const coin = protocol('coin', SHARED, () =>
      program({
        boot: () => EMPTY,
        onRequest: (state, _, fx) => ({ ...state, decided: fx.pick([0, 1]) + 2 * fx.pick([0, 0]) }),
        onMessage: (state) => state,
        view: ({ decided }) => ({ decided }),
      }),
    )
    const { findings } = valency(asynchronousOf(coin), 2, { inputs: [[0, 1]] })
    expect(findings[0]?.values).toEqual([0, 1])
    expect(findings[0]?.agreement).toBe(false)
  })

  it('is told that there is no time, whether it says that it asks for it or not', () => {
    const asking = (usesClock: boolean) =>
      protocol('clock', { ...SHARED, ...(usesClock ? { usesClock } : {}) }, () =>
        program({
          boot: (_, fx) => ({ ...EMPTY, input: fx.now() }),
          onRequest: (state) => state,
          onMessage: (state) => state,
          view: ({ decided }) => ({ decided }),
        }),
      )
    expect(() => valency(asynchronousOf(asking(true)), 2)).toThrow(/asks for the time/)
    expect(() => valency(asynchronousOf(asking(false)), 2)).toThrow(/asks for the time/)
  })

  it('is told of a disk that is written to without end', () => {
    const busy = protocol('busy', SHARED, () =>
      program({
        boot: () => EMPTY,
        onRequest(state, _, fx) {
          fx.put('a', 1)
          return state
        },
        onMessage: (state) => state,
        onDurable(state, _, fx) {
          fx.put('a', 1)
          return state
        },
        view: ({ decided }) => ({ decided }),
      }),
    )
    expect(() => valency(asynchronousOf(busy), 2)).toThrow(/writes to the disk without end/)
  })
})
