import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { Pairing } from '../../src/history/pair-events.ts'
import type { Fault, Program, Workload } from '../../src/node/index.ts'
import { replay } from '../../src/node/index.ts'
import type { Simulation } from '../../src/simulate/index.ts'
import { drawSimulation, firstDifference, sameTwice, simulate } from '../../src/simulate/index.ts'
import { caseOf } from './cases.ts'
import { chatter, chatterWorkload } from './chatter.ts'
import { pinger, pingers } from './pinger.ts'

/** A pinger of which something is different. */
const other = (different: Partial<Program>): Partial<Simulation> => ({
  program: { ...(pinger.make() as Program), ...different },
})
const crash = (node: string, more: object = {}): Fault => ({
  type: 'crash',
  node,
  at: 100,
  ...more,
})

describe('a run', () => {
  it('is the same bytes for the same seed, for ever', () => {
    const hashes = [1, 2, 3, 2 ** 33 + 5].map((seed) => {
      const run = simulate(caseOf(seed))
      const bytes = [...run.trace, ...run.history, run.schedule].map((one) => JSON.stringify(one))
      return createHash('sha256').update(bytes.join('\n')).digest('hex').slice(0, 16)
    })
    expect(hashes).toMatchInlineSnapshot(`
      [
        "1ca666a2c39f6f6c",
        "a096ee151adc685f",
        "47f965d137c54e2e",
        "19f3501f8f4addae",
      ]
    `)
  })

  it('can be replayed from its trace', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const simulation = caseOf(seed)
      const { header, trace } = simulate(simulation)
      expect(replay(simulation.program, header, trace)).toBeUndefined()
    }
  })

  it('has a history that can be read', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const pairing = new Pairing({ source: 'simulated' })
      for (const event of simulate(caseOf(seed)).history) pairing.push(event)
      expect(pairing.finish().operations.length).toBeGreaterThan(0)
    }
  })

  it('is what its schedule says, whatever the seed', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const simulation = caseOf(seed)
      const run = simulate(simulation)
      const again = simulate({ ...simulation, seed: seed + 99, faults: [] }, run.schedule)
      expect(firstDifference(run, again)).toBeUndefined()
      expect(JSON.stringify(again.schedule)).toBe(JSON.stringify(run.schedule))
    }
  })

  it('does not depend on being traced, recorded, watched or put through JSON', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const simulation = caseOf(seed)
      const run = simulate(simulation)
      const plain = simulate({ ...simulation, trace: false, record: false })
      expect(plain.history).toEqual(run.history)
      expect(plain.stats).toEqual(run.stats)
      expect(plain.trace).toEqual([])
      expect(plain.schedule).toBeUndefined()
      const careful = simulate({ ...simulation, strict: true, wire: true })
      expect(firstDifference(run, careful)).toBeUndefined()
    }
  })

  it('is found out when it is not the same twice', () => {
    expect(sameTwice(caseOf(1))).toBeUndefined()
    let outside = 0
    const counting = other({
      onRequest(state, { id }, fx) {
        fx.reply(id, ++outside)
        return state
      },
    })
    expect(sameTwice(pingers([], counting))).toMatch(/^step \d+, at n\d, was .*"result":1/)
  })

  it('fails when a handler throws, and says where', () => {
    const thrown = other({
      onTimer() {
        throw new TypeError('no such thing')
      },
    })
    expect(simulate(pingers([], thrown))).toMatchObject({
      outcome: 'fail',
      failure: {
        kind: 'exception',
        name: 'TypeError',
        sentence: 'onTimer of n1 threw TypeError: no such thing',
        node: 'n1',
        time: 10_000,
      },
    })
  })

  it('fails when a handler changes what it was given, if it is watched', () => {
    const changing = other({
      onRequest(state, { id }, fx) {
        const changed = state as { sent: number }
        changed.sent++
        fx.reply(id, 1)
        return changed
      },
    })
    expect(simulate(pingers([], changing)).outcome).toBe('pass')
    const watched = simulate(pingers([], { ...changing, strict: true }))
    expect(watched.failure).toMatchObject({ kind: 'exception', name: 'TypeError' })
  })

  it('shows objects that nodes share when messages go through JSON', () => {
    const shared = { count: 0 }
    const sharing = other({
      onMessage(state, _from, message, fx) {
        const received = message as { shared?: { count: number } }
        if (received.shared !== undefined) received.shared.count++
        else fx.send(fx.nodes[0]!, { shared })
        return state
      },
    })
    simulate(pingers([], { ...sharing, wire: true, forMs: 50 }))
    expect(shared.count).toBe(0)
    simulate(pingers([], { ...sharing, forMs: 50 }))
    expect(shared.count).toBeGreaterThan(0)
  })

  it('fails at the step that violates an invariant', () => {
    const asked: number[] = []
    const invariants = [
      {
        name: 'nobody counts to ten',
        reads: ['sent'],
        violated(views: readonly (Readonly<Record<string, unknown>> | undefined)[]) {
          asked.push(0)
          const at = views.findIndex((view) => view?.['sent'] === 10)
          return at < 0 ? undefined : `n${at + 1} counts to ten`
        },
      },
    ]
    const run = simulate(pingers([], { invariants }))
    expect(run.failure).toMatchObject({
      kind: 'invariant',
      name: 'nobody counts to ten',
      sentence: 'n1 counts to ten',
      node: 'n1',
      time: 100_000,
    })
    expect(run.trace.at(-1)).toMatchObject({ step: run.failure!.step, view: { sent: 10 } })
    // Three nodes start and count, ten times at most; nothing else changes what is read.
    expect(asked.length).toBe(3 + 3 * 9 + 1)
    const silent = [{ ...invariants[0]!, reads: ['found'] }]
    expect(simulate(pingers([], { invariants: silent })).outcome).toBe('pass')
  })

  it('ends as unknown when its budget is used up, and says what it has covered', () => {
    const run = simulate(pingers([], { budget: { steps: 1000 } }))
    expect(run.outcome).toBe('unknown')
    expect(run.bound).toMatchObject({ bound: 'steps', limit: 1000 })
    expect(run.bound?.covered).toMatch(/^nothing was wrong in the first 0\.\d simulated seconds$/)
  })

  it('counts what happened', () => {
    const { stats, history } = simulate(pingers([crash('n2', { until: 200 })]))
    expect(stats.events).toBe(
      stats.messages + stats.requests + stats.timers + stats.diskCompletions,
    )
    expect(stats.crashes).toBe(1)
    expect(stats.faults).toEqual({ crash: 1 })
    expect(stats.operations).toBe(history.filter(({ type }) => type === 'invoke').length)
    expect(stats.ok).toBe(history.filter(({ type }) => type === 'ok').length)
    expect(stats.simulatedMs).toBeGreaterThan(2000)
  })
})

describe('what is healed in the end', () => {
  const stalled = (different: Partial<Simulation>, faults: Fault[] = []) =>
    simulate(pingers(faults, { recoverMs: 500, ...different }))

  it('has to serve every client within the bound', () => {
    const deaf = other({ onRequest: (state) => state })
    const run = stalled(deaf)
    expect(run.failure).toMatchObject({ kind: 'stalled', name: 'recovers' })
    expect(run.failure?.sentence).toMatch(/^not served within 0\.5 s after n.* were healed: c1/)
    expect(run.recovery.outcome).toBe('stalled')
    expect(simulate(pingers([], { ...deaf, recovers: false })).outcome).toBe('pass')
  })

  it('is not asked to when too many nodes are down for ever', () => {
    const faults = [crash('n1'), crash('n2')]
    const run = simulate(pingers(faults, {}, { reordering: true }))
    expect(run.outcome).toBe('pass')
    expect(run.recovery).toEqual({
      outcome: 'not recoverable',
      because: 'n1, n2 crashed for ever; n3 are not enough',
    })
    expect(simulate(pingers(faults)).recovery).toMatchObject({ outcome: 'recovered' })
    const one = simulate(pingers(faults.slice(1), {}, { reordering: true }))
    expect(one.recovery).toMatchObject({ outcome: 'recovered', core: ['n1', 'n3'] })
  })

  it('is not asked to when too many disks were wiped or damaged', () => {
    const wiped = [crash('n1', { disk: 'wipe' }), crash('n2', { disk: 'corrupt' })]
    const { recovery } = simulate(pingers(wiped))
    expect(recovery).toMatchObject({ outcome: 'not recoverable' })
    expect(simulate(pingers(wiped.slice(1))).recovery.outcome).toBe('recovered')
  })

  it('is what the program says is enough', () => {
    const all = other({ enough: (up, nodes) => up.length === nodes.length })
    for (let seed = 1; seed <= 5; seed++) {
      const { recovery } = simulate(pingers([], { ...all, seed }))
      expect(recovery).toMatchObject({ outcome: 'recovered', core: ['n1', 'n2', 'n3'] })
    }
    const cores = new Set<string>()
    for (let seed = 1; seed <= 40; seed++) {
      const { recovery } = simulate(pingers([], { seed }))
      if (recovery.outcome === 'recovered') cores.add(recovery.core.join(' '))
    }
    expect([...cores].sort()).toEqual(['n1 n2', 'n1 n2 n3', 'n1 n3', 'n2 n3'])
  })

  it('stands alone: the other nodes stay cut off and stopped', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { trace, recovery } = simulate(pingers([], { seed }))
      const core = recovery.outcome === 'recovered' ? recovery.core : []
      const after = trace.filter(({ time, node }) => time >= 1_000_000 && node !== undefined)
      expect(after.length).toBeGreaterThan(100)
      expect(after.filter(({ node }) => !core.includes(node!))).toEqual([])
      const strangers = after.filter(
        ({ event, time }) =>
          event.type === 'message' && time > 1_004_000 && !core.includes(event.from),
      )
      expect(strangers).toEqual([])
    }
  })

  it('has no faults any more', () => {
    const faults: Fault[] = [
      crash('n1'),
      { type: 'pause', node: 'n2', at: 100 },
      { type: 'disk-full', node: 'n3', at: 100, until: 5000 },
      { type: 'partition', from: ['n1'], to: ['n2', 'n3'], both: true, at: 100, until: 9000 },
      { type: 'clog', from: ['n2'], to: ['n3'], both: true, at: 100 },
      { type: 'crash', node: 'n2', at: 1200 },
    ]
    const all = other({ enough: (up, nodes) => up.length === nodes.length })
    const { trace, recovery } = simulate(pingers(faults, all))
    expect(recovery.outcome).toBe('recovered')
    const late = trace.filter(({ time }) => time > 1_010_000)
    for (const node of ['n1', 'n2', 'n3']) {
      for (const from of ['n1', 'n2', 'n3'].filter((one) => one !== node)) {
        const heard = late.filter(
          ({ event, ...step }) =>
            step.node === node && event.type === 'message' && event.from === from,
        )
        expect(heard.length, `${from} to ${node}`).toBeGreaterThan(100)
      }
    }
    expect(late.filter(({ event }) => event.type === 'crash')).toEqual([])
  })
})

describe('the swarm', () => {
  const draw = (seed: number, more = {}) =>
    drawSimulation(
      { protocol: chatter, nodes: 5, workload: chatterWorkload, invariants: [], ...more },
      seed,
    )

  it('draws every type of fault for some seeds, and none for others', () => {
    const types = new Map<string, number>()
    let none = 0
    for (let seed = 1; seed <= 200; seed++) {
      const { faults } = draw(seed)
      if (faults.length === 0) none++
      for (const type of new Set(faults.map((fault) => fault.type))) {
        types.set(type, (types.get(type) ?? 0) + 1)
      }
    }
    expect(types.size).toBe(11)
    for (const [type, count] of types) {
      expect(count, type).toBeGreaterThan(50)
      expect(count, type).toBeLessThan(130)
    }
    expect(none).toBeGreaterThan(5)
  })

  it('stays within what is tolerated', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const protocol = { ...chatter, tolerates: { crashes: 2, restarts: true } }
      const { faults } = draw(seed, { protocol })
      expect(faults.every(({ type }) => type === 'crash')).toBe(true)
      for (const { at } of faults) {
        const down = faults.filter((one) => one.at <= at && at < (one.until ?? Infinity))
        expect(down.length).toBeLessThanOrEqual(2)
      }
    }
    expect(draw(1, { protocol: { ...chatter, tolerates: {} } }).faults).toEqual([])
  })

  it('lets crashes be for ever where there are no restarts, and few enough', () => {
    let most = 0
    for (let seed = 1; seed <= 200; seed++) {
      const protocol = { ...chatter, tolerates: { crashes: 'minority' as const } }
      const { faults } = draw(seed, { protocol })
      expect(faults.every(({ until }) => until === undefined)).toBe(true)
      most = Math.max(most, faults.length)
    }
    expect(most).toBe(2)
  })

  it('leaves the other faults as they are when one type is not wanted', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const without = chatterTypes.filter((type) => type !== 'crash')
      const all = draw(seed, { faults: chatterTypes }).faults
      const some = draw(seed, { faults: without }).faults
      expect(some).toEqual(all.filter(({ type }) => type !== 'crash'))
    }
  })

  it('can always be recovered from, when faults stay within what is tolerated', () => {
    const workload: Workload = {
      ...chatterWorkload,
      client: (about) => ({ ...chatterWorkload.client(about), drains: false }),
    }
    for (let seed = 1; seed <= 60; seed++) {
      const { recovery } = simulate({ ...draw(seed, { workload }), forMs: 300 })
      expect(recovery.outcome, String(seed)).toBe('recovered')
    }
  })
})

const chatterTypes = [
  'crash',
  'pause',
  'partition',
  'clog',
  'loss',
  'duplicate',
  'delay',
  'disk-full',
  'disk-slow',
  'clock-skew',
  'clock-jump',
] as const
