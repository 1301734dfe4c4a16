import { describe, expect, it } from 'vitest'

import type { HistoryEvent } from '../../src/history/event.ts'
import type { Fault, Program } from '../../src/node/index.ts'
import type { Simulation } from '../../src/simulate/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { pinger, pingers } from './pinger.ts'

/** Pingers that answer requests as it is said here. */
const served = (
  onRequest: Program['onRequest'],
  more: Partial<Simulation> = {},
  faults: Fault[] = [],
) =>
  simulate(
    pingers(faults, {
      program: { ...(pinger.make() as Program), onRequest },
      recovers: false,
      ...more,
    }),
  )
const seen = (history: readonly HistoryEvent[]) =>
  history.filter(({ process, time }) => process !== 'nemesis' && (time ?? 0) < 1e9)
const askedOf = (run: ReturnType<typeof simulate>) =>
  run.trace.flatMap(({ node, event, time }) =>
    event.type === 'request' && time < 1_000_000 ? [{ node: node!, ...event.request }] : [],
  )

describe('clients', () => {
  it('ask one thing at a time, about as often as they should', () => {
    const clients = { count: 4, policy: 'any' as const, timeoutMs: 200, rate: 100 }
    const more = { clients, forMs: 10_000, trace: false }
    const run = served((state, { id }, fx) => (fx.reply(id, 1), state), more)
    expect(run.stats.operations).toBeGreaterThan(850)
    expect(run.stats.operations).toBeLessThan(1150)
    const open = new Set<unknown>()
    for (const { process, type } of run.history) {
      expect(open.has(process)).toBe(type !== 'invoke')
      if (type === 'invoke') open.add(process)
      else open.delete(process)
    }
  })

  it('stop after so many operations', () => {
    const clients = { count: 2, policy: 'any' as const, timeoutMs: 200, rate: 100, operations: 7 }
    const run = served((state, { id }, fx) => (fx.reply(id, 1), state), { clients })
    expect(askedOf(run)).toHaveLength(7)
  })

  it('show nothing about recovery when a schedule lets them ask at the last moment only', () => {
    const refused: Program['onRequest'] = (state, { id }, fx) => {
      fx.fail(id, 'temporarily-unavailable')
      return state
    }
    const program = { ...(pinger.make() as Program), onRequest: refused }
    const simulation = pingers([], { program, recovers: true, forMs: 100, recoverMs: 4000 })
    const asking = (at: number) => {
      const [first] = simulate(simulation).schedule?.operations ?? []
      const operations = [{ ...first!, client: 0, phase: 'recovery' as const, at }]
      const schedule = { ...simulate(simulation).schedule!, operations }
      return simulate(simulation, schedule).recovery.outcome
    }
    expect(asking(150)).toBe('stalled')
    expect(asking(3900)).toBe('recovered')
  })

  it('do not know when there is no answer in time, and go on as somebody else', () => {
    const history = seen(served((state) => state).history)
    const [called, gaveUp, next] = history
    expect(called).toMatchObject({ process: 'c1', type: 'invoke', f: 'ask' })
    expect(gaveUp).toMatchObject({ process: 'c1', type: 'info', error: 'timeout' })
    expect((gaveUp!.time! - called!.time!) / 1e6).toBe(200)
    expect(next).toMatchObject({ process: 'c1 (2)', type: 'invoke' })
  })

  it('write down a failure exactly when the error is definite', () => {
    const outcome = (error: 'precondition-failed' | 'crash') =>
      seen(served((state, { id }, fx) => (fx.fail(id, error), state)).history)[1]
    expect(outcome('precondition-failed')).toMatchObject({ type: 'fail', process: 'c1' })
    expect(outcome('crash')).toMatchObject({ type: 'info', process: 'c1' })
  })

  it('ask somebody else for the same operation when a node cannot serve it', () => {
    const run = served((state, { id }, fx) => {
      if (fx.self === 'n3') fx.reply(id, 'done')
      else fx.fail(id, 'temporarily-unavailable')
      return state
    })
    const history = seen(run.history).slice(0, -1)
    expect(history.every(({ type }) => type === 'invoke' || type === 'ok')).toBe(true)
    const first = askedOf(run).filter(({ serial }) => serial === 1)
    const all = ['n1', 'n2', 'n3']
    expect(first.map(({ node }) => node)).toEqual(all.slice(all.indexOf(first[0]!.node)))
    expect(new Set(askedOf(run).map(({ id }) => id)).size).toBe(askedOf(run).length)
  })

  it('follow a hint at once', () => {
    const run = served((state, { id }, fx) => {
      if (fx.self === 'n1') fx.reply(id, 'done')
      else fx.fail(id, 'temporarily-unavailable', 'n1')
      return state
    })
    const asked = askedOf(run)
    for (const [at, { node }] of asked.slice(0, -1).entries()) {
      if (node !== 'n1')
        expect(asked[at + 1]).toMatchObject({ node: 'n1', serial: asked[at]!.serial })
    }
    const slowest = seen(run.history)
      .slice(0, -1)
      .map(({ time }, at, all) => (at % 2 === 0 ? 0 : time! - all[at - 1]!.time!))
    expect(Math.max(...slowest)).toBe(16_000_000)
  })

  it('write down a failure when every node refused until the time was up', () => {
    // A refusal comes after 8 ms, and 10 ms later the next one is asked: nobody is at 195 ms.
    const clients = { count: 1, policy: 'any' as const, timeoutMs: 195, rate: 20 }
    const history = seen(
      served((state, { id }, fx) => (fx.fail(id, 'temporarily-unavailable'), state), { clients })
        .history,
    )
    expect(history[1]).toMatchObject({ type: 'fail', error: 'temporarily-unavailable' })
    expect((history[1]!.time! - history[0]!.time!) / 1e6).toBe(195)
  })

  it('are refused by a node that is down, and do not know when it goes down meanwhile', () => {
    const down: Fault = { type: 'crash', node: 'n1', at: 0 }
    const refused = served((state, { id }, fx) => (fx.reply(id, 1), state), {}, [down])
    expect(refused.stats.info).toBe(0)
    expect(refused.stats.ok).toBeGreaterThan(10)
    const crashes: Fault[] = ['n1', 'n2', 'n3'].map((node) => ({
      type: 'crash',
      node,
      at: 500,
      until: 501,
    }))
    const clients = { count: 1, policy: 'any' as const, rate: 20 }
    const cut = served((state) => state, { clients }, crashes)
    expect(seen(cut.history)[1]).toMatchObject({ type: 'info', error: 'crash', time: 500_000_000 })
  })

  it('ask again elsewhere for the same operation where sessions allow it', () => {
    const clients = { count: 1, policy: 'any' as const, timeoutMs: 500, againMs: 50, rate: 20 }
    const run = served(
      (state, { id }, fx) => {
        if (fx.self === 'n2') fx.reply(id, 'done')
        return state
      },
      { clients },
    )
    expect(seen(run.history).some(({ type }) => type === 'info')).toBe(false)
    const asked = askedOf(run)
    expect(asked.some(({ serial }, at) => asked[at + 1]?.serial === serial)).toBe(true)
    expect(asked.every(({ client }) => client === 'c1')).toBe(true)
  })

  it('of their own speak with their node only, and are idle while it is down', () => {
    const down: Fault = { type: 'crash', node: 'n2', at: 300, until: 600 }
    const clients = { count: 3, policy: 'own' as const, rate: 100 }
    const run = served((state, { id }, fx) => (fx.reply(id, 1), state), { clients }, [down])
    for (const { node, client } of askedOf(run)) expect(node.slice(1)).toBe(client.slice(1))
    const calls = run.history.filter(
      ({ process, type }) => /^c2/.test(String(process)) && type === 'invoke',
    )
    const during = calls.filter(({ time }) => time! > 300e6 && time! < 600e6)
    expect(during).toEqual([])
    expect(calls.some(({ time }) => time === 600e6)).toBe(true)
  })

  it('hear of a refusal of their own node at once', () => {
    const clients = { count: 3, policy: 'own' as const, rate: 20 }
    const run = served((state, { id }, fx) => (fx.fail(id, 'temporarily-unavailable'), state), {
      clients,
    })
    const { fail, info } = run.stats
    expect([fail > 10, info]).toEqual([true, 0])
  })

  it('ask for the last reads when everything has come to rest', () => {
    const workload = {
      name: 'last',
      about: 'reads in the end',
      condition: 'none',
      client: () => ({
        next: () => ({ f: 'ask', value: null }),
        last: () => ({ f: 'read', value: null }),
        drains: true,
      }),
    }
    let left = 3
    const run = served(
      (state, { id, f }, fx) => {
        if (f === 'read' && left-- === 0) fx.fail(id, 'temporarily-unavailable')
        else fx.reply(id, 1)
        return state
      },
      { workload, recovers: true, clients: { count: 1, policy: 'own', rate: 20 } },
    )
    const reads = run.history.filter(({ f }) => f === 'read').map(({ type }) => type)
    expect(reads).toEqual(['invoke', 'ok', 'invoke', 'ok', 'invoke', 'ok', 'invoke', 'fail'])
    expect(run.schedule!.operations.filter(({ phase }) => phase === 'last')).toHaveLength(4)
    expect(run.outcome).toBe('pass')
  })
})
