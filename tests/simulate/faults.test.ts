import { describe, expect, it } from 'vitest'

import type { Fault } from '../../src/node/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { deliveries, pingers } from './pinger.ts'

const run = (faults: Fault[], more = {}) => simulate(pingers(faults, more))
const between = (from: string, to: string, faults: Fault[], more = {}) =>
  deliveries(run(faults, more)).filter((one) => one.from === from && one.to === to)
const pings = (of: ReturnType<typeof deliveries>) => of.filter(({ message }) => 'ping' in message)
const isIn = (time: number, from: number, to: number) => time >= from && time < to

describe('faults of links', () => {
  it('deliver everything after the usual time when there are none', () => {
    const all = deliveries(run([]))
    expect(pings(all).every(({ sent, arrived }) => arrived - sent === 4)).toBe(true)
    expect(pings(all)).toHaveLength(3 * 2 * 99)
  })

  it('cut one direction of a link, and the other only when both are asked for', () => {
    const cut: Fault = { type: 'partition', from: ['n1'], to: ['n2'], at: 200, until: 500 }
    const lost = (one: { sent: number; arrived: number }) =>
      isIn(one.sent, 200, 500) || isIn(one.arrived, 200, 500)
    expect(between('n1', 'n2', [cut]).filter(lost)).toEqual([])
    expect(between('n1', 'n2', [cut]).length).toBeGreaterThan(50)
    expect(between('n2', 'n1', [cut]).filter(lost).length).toBeGreaterThan(50)
    expect(between('n1', 'n3', [cut]).filter(lost).length).toBeGreaterThan(50)
    expect(between('n2', 'n1', [{ ...cut, both: true }]).filter(lost)).toEqual([])
  })

  it('clog a link until it is free, and lose nothing', () => {
    const clog: Fault = { type: 'clog', from: ['n1'], to: ['n2', 'n3'], at: 200, until: 500 }
    const seen = pings(between('n1', 'n2', [clog]))
    expect(seen).toHaveLength(99)
    expect(seen.filter(({ arrived }) => isIn(arrived, 200, 500))).toEqual([])
    expect(seen.filter(({ arrived }) => arrived === 500)).toHaveLength(30)
    expect(pings(between('n2', 'n1', [clog])).every((one) => one.arrived - one.sent === 4)).toBe(
      true,
    )
  })

  it('lose about as many messages as they say, on that link', () => {
    const loss: Fault = { type: 'loss', from: ['n1'], to: ['n2'], amount: 30, at: 0 }
    const more = { forMs: 10_000 }
    const all = deliveries(simulate(pingers([loss], more)), 10_000)
    const of = (from: string, to: string) => all.filter((one) => one.from === from && one.to === to)
    expect(of('n2', 'n1').length).toBeGreaterThan(1990)
    expect(of('n1', 'n2').length / of('n2', 'n1').length).toBeCloseTo(0.7, 1)
  })

  it('double about as many messages as they say, on that link', () => {
    const double: Fault = { type: 'duplicate', from: ['n1'], to: ['n2'], amount: 40, at: 0 }
    const all = deliveries(simulate(pingers([double], { forMs: 10_000 })), 10_000)
    const of = (from: string, to: string) => all.filter((one) => one.from === from && one.to === to)
    expect(of('n1', 'n2').length / of('n2', 'n1').length).toBeCloseTo(1.4, 1)
    expect(of('n1', 'n3')).toHaveLength(of('n2', 'n1').length)
  })

  it('delay messages by up to the given time, while they last', () => {
    const late: Fault = { type: 'delay', from: ['n1'], to: ['n2'], amount: 50, at: 200, until: 800 }
    const seen = pings(between('n1', 'n2', [late]))
    const took = (from: number, to: number) =>
      seen.filter(({ sent }) => isIn(sent, from, to)).map(({ sent, arrived }) => arrived - sent)
    expect(took(0, 200).every((ms) => ms === 4)).toBe(true)
    expect(took(200, 800).every((ms) => ms >= 4 && ms <= 54)).toBe(true)
    expect(Math.max(...took(200, 800))).toBeGreaterThan(40)
    expect(Math.min(...took(200, 800))).toBeLessThan(15)
    expect(took(800, 990).every((ms) => ms === 4)).toBe(true)
  })

  it('let messages overtake each other only where that is tolerated', () => {
    const network = { delayMs: [1, 40] as const }
    const order = (reordering: boolean) =>
      pings(deliveries(simulate(pingers([], { network, tolerates: { reordering } }))))
        .filter(({ from, to }) => from === 'n1' && to === 'n2')
        .map(({ message }) => ('ping' in message ? message.ping : 0))
    const sorted = (list: number[]) => [...list].sort((a, b) => a - b)
    expect(order(true)).not.toEqual(sorted(order(true)))
    expect(order(false)).toEqual(sorted(order(false)))
    expect(order(false).length).toBeGreaterThan(90)
  })
})

describe('faults of nodes', () => {
  const stepsOf = (faults: Fault[], type: string, node = 'n2') =>
    run(faults).trace.filter(
      (step) => step.node === node && step.event.type === type && step.time < 1_000_000,
    )
  const foundBy = (faults: Fault[]) => stepsOf(faults, 'boot').at(-1)?.view

  it('stop a node for a while, which then goes on with all that waited', () => {
    const pause: Fault = { type: 'pause', node: 'n2', at: 203, until: 500 }
    const quiet = run([pause]).trace.filter(
      ({ node, time }) => node === 'n2' && isIn(time, 203_000, 500_000),
    )
    expect(quiet).toEqual([])
    const waited = deliveries(run([pause])).filter((one) => one.to === 'n2' && one.arrived === 500)
    expect(waited.length).toBeGreaterThan(100)
    expect(stepsOf([pause], 'boot')).toHaveLength(1)
    // The timer that ran off meanwhile does so once.
    expect(stepsOf([pause], 'timer').filter(({ time }) => time === 500_000)).toHaveLength(1)
  })

  it('crash a node and start it again with what its disk has kept', () => {
    const crash = (disk?: 'keep' | 'lose' | 'wipe'): Fault => ({
      type: 'crash',
      node: 'n2',
      at: 301,
      until: 500,
      ...(disk === undefined ? {} : { disk }),
    })
    // The 30th record was asked for at 300 ms, and would have been done at 302 ms.
    expect(foundBy([crash('keep')])).toMatchObject({ found: 30 })
    expect([29, 30]).toContain((foundBy([crash()]) as { found: number }).found)
    expect(foundBy([crash('wipe')])).toMatchObject({ found: 0 })
    const silent = run([crash()]).trace.filter(
      ({ node, time }) => node === 'n2' && isIn(time, 302_000, 500_000),
    )
    expect(silent).toEqual([])
    const lost = deliveries(run([crash()])).filter(
      ({ to, arrived }) => to === 'n2' && isIn(arrived, 301, 500),
    )
    expect(lost).toEqual([])
    // What it had sent before arrives all the same.
    const sent = deliveries(run([crash()])).filter(
      ({ from, sent }) => from === 'n2' && sent === 300,
    )
    expect(sent).toHaveLength(2)
  })

  it('keep some, all or none of the writes that were not done, in their order', () => {
    const kept = new Set<number>()
    for (let seed = 1; seed <= 40; seed++) {
      const slow: Fault = { type: 'disk-slow', node: 'n2', ms: 1000, at: 205 }
      const crash: Fault = { type: 'crash', node: 'n2', at: 255, until: 400 }
      const { trace } = simulate(pingers([slow, crash], { seed }))
      const boot = trace.findLast(({ node, event }) => node === 'n2' && event.type === 'boot')
      const { disk } = boot!.event as Extract<(typeof boot & object)['event'], { type: 'boot' }>
      const { records } = disk.logs['pings']!
      expect(records).toEqual(records.map((_, at) => at + 1))
      kept.add(records.length)
    }
    expect([...kept].sort((a, b) => a - b)).toEqual([20, 21, 22, 23, 24, 25])
  })

  it('tear a write, which then counts as not done, and say so', () => {
    const crash: Fault = { type: 'crash', node: 'n2', disk: 'torn', at: 301, until: 500 }
    const torn = Array.from({ length: 10 }, (_, seed) => {
      const { trace } = simulate(pingers([crash], { seed }))
      return trace.findLast(({ node, event }) => node === 'n2' && event.type === 'boot')?.view
    })
    expect(torn).toContainEqual({ sent: 29, found: 29, damaged: ['pings'] })
    expect(torn).toContainEqual({ sent: 30, found: 30, damaged: [] })
  })

  it('damage a record that was done, and with it all that come after', () => {
    const crash: Fault = { type: 'crash', node: 'n2', disk: 'corrupt', at: 301, until: 500 }
    const found = new Set<unknown>()
    for (let seed = 1; seed <= 20; seed++) {
      const { trace } = simulate(pingers([crash], { seed }))
      const boot = trace.findLast(({ node, event }) => node === 'n2' && event.type === 'boot')
      expect(boot!.view!).toMatchObject({ damaged: ['pings'] })
      found.add((boot!.view as { found: number }).found)
    }
    expect(found.size).toBeGreaterThan(8)
    expect(Math.max(...(found as Set<number>))).toBeLessThan(30)
  })

  it('let writes wait while the disk is full, and sends that wait for them', () => {
    const full: Fault = { type: 'disk-full', node: 'n2', at: 205, until: 500 }
    const written = deliveries(run([full])).filter(
      ({ from, to, message }) => from === 'n2' && to === 'n1' && 'written' in message,
    )
    expect(written.filter(({ arrived }) => isIn(arrived, 207, 506))).toEqual([])
    expect(written.filter(({ arrived }) => arrived === 506)).toHaveLength(29)
    expect(written).toHaveLength(99)
  })

  it('slow a disk down by so many milliseconds', () => {
    const slow: Fault = { type: 'disk-slow', node: 'n2', ms: 3, at: 205, until: 500 }
    const took = deliveries(run([slow]))
      .filter(({ from, to, message }) => from === 'n2' && to === 'n1' && 'written' in message)
      .map(({ sent, arrived }) => [sent, arrived - sent])
    expect(took.filter(([sent]) => isIn(sent!, 210, 500)).every(([, ms]) => ms === 9)).toBe(true)
    expect(took.filter(([sent]) => !isIn(sent!, 210, 510)).every(([, ms]) => ms === 6)).toBe(true)
  })

  it('let a clock and timers run faster or slower', () => {
    const skew = (percent: number): Fault => ({ type: 'clock-skew', node: 'n2', percent, at: 0 })
    expect(stepsOf([skew(25)], 'timer').length).toBeCloseTo(125, -1)
    expect(stepsOf([skew(-20)], 'timer').length).toBeCloseTo(80, -1)
    const shown = pings(between('n2', 'n1', [skew(25)])).at(-1)!
    expect('at' in shown.message && shown.message.at).toBe(Math.floor(shown.sent * 1.25))
    expect(stepsOf([skew(25)], 'timer', 'n1')).toHaveLength(99)
  })

  it('let a clock jump once, and timers run on', () => {
    const jump: Fault = { type: 'clock-jump', node: 'n2', ms: -300, at: 505 }
    const seen = pings(between('n2', 'n1', [jump]))
    for (const { sent, message } of seen) {
      expect('at' in message && message.at).toBe(sent < 505 ? sent : sent - 300)
    }
    expect(seen).toHaveLength(99)
  })

  it('count several that overlap', () => {
    const faults: Fault[] = [
      { type: 'pause', node: 'n2', at: 200, until: 400 },
      { type: 'pause', node: 'n2', at: 300, until: 500 },
      { type: 'crash', node: 'n3', at: 200, until: 400 },
      { type: 'crash', node: 'n3', at: 300, until: 500 },
      { type: 'partition', from: ['n1'], to: ['n2', 'n3'], at: 600, until: 700 },
      { type: 'partition', from: ['n1'], to: ['n2', 'n3'], at: 650, until: 800 },
    ]
    const { trace } = run(faults)
    const steps = trace.filter(({ event }) => event.type !== 'fault')
    expect(steps.filter(({ node, time }) => node === 'n2' && isIn(time, 201_000, 500_000))).toEqual(
      [],
    )
    expect(steps.filter(({ node, time }) => node === 'n3' && isIn(time, 201_000, 500_000))).toEqual(
      [],
    )
    expect(
      deliveries(run(faults)).filter(
        ({ from, arrived }) => from === 'n1' && isIn(arrived, 600, 800),
      ),
    ).toEqual([])
  })

  it('spare crashes after which too little is remembered, where that is wanted', () => {
    const { program } = pingers([])
    const enough: typeof program.enough = (up, _nodes, viewOf) =>
      up.filter((node) => viewOf?.(node) !== undefined).length > 1
    const crash = (node: string, at: number): Fault => ({
      type: 'crash',
      node,
      at,
      until: at + 200,
    })
    const last = crash('n3', 300)
    const faults = [crash('n2', 200), last, crash('n2', 450), crash('n3', 700)]
    const more = { program: { ...program, enough }, record: true }
    const crashesOf = ({ history }: ReturnType<typeof run>) =>
      history.filter(({ f }) => f === 'crash').map(({ value, time }) => [value, Number(time) / 1e6])
    const all = [
      ['n2', 200],
      ['n3', 300],
      ['n2', 450],
      ['n3', 700],
    ]
    expect(crashesOf(run(faults, more))).toEqual(all)
    const spared = run(faults, { ...more, spares: true })
    expect(crashesOf(spared)).toEqual(all.filter(([node, at]) => node !== 'n3' || at !== 300))
    // What did not happen is not in the schedule, and what a schedule says happens.
    expect(spared.schedule!.faults).toEqual(faults.filter((fault) => fault !== last))
    const again = { ...spared.schedule!, faults }
    const told = simulate(pingers([], { ...more, spares: true }), again)
    expect(crashesOf(told)).toEqual(all)
    expect(crashesOf(run(faults, { spares: true }))).toEqual(all)
  })

  it('are told as windows of the nemesis', () => {
    const { history } = run([
      { type: 'crash', node: 'n2', at: 200, until: 300 },
      { type: 'partition', from: ['n1'], to: ['n2', 'n3'], both: true, at: 400 },
    ])
    expect(history.filter(({ process }) => process === 'nemesis')).toEqual([
      { process: 'nemesis', type: 'info', f: 'crash', value: 'n2', time: 200_000_000 },
      { process: 'nemesis', type: 'info', f: 'restart', value: 'n2', time: 300_000_000 },
      {
        process: 'nemesis',
        type: 'info',
        f: 'start-partition',
        value: 'n1<->n2,n3',
        time: 400_000_000,
      },
      {
        process: 'nemesis',
        type: 'info',
        f: 'stop-partition',
        value: 'n1<->n2,n3',
        time: 1_000_000_000,
      },
    ])
  })
})

describe('streams of chance', () => {
  it('leave all other draws as they are when a fault is taken away', () => {
    const network = { delayMs: [1, 9] as const, lossPercent: 10, duplicatePercent: 10 }
    const faults: Fault[] = [
      { type: 'crash', node: 'n3', at: 300, until: 500 },
      { type: 'loss', from: ['n1'], to: ['n3'], amount: 30, at: 100, until: 900 },
      { type: 'delay', from: ['n3'], to: ['n1'], amount: 30, at: 100, until: 900 },
    ]
    const deviations = (some: Fault[]) =>
      simulate(pingers(some, { network, disk: { writeMs: [1, 3] } }))
        .schedule!.deviations.filter(
          (one) => ('from' in one ? one.from + one.to : one.node) === 'n1n2',
        )
        .map((one) => JSON.stringify(one))
    const all = deviations(faults)
    expect(all.length).toBeGreaterThan(100)
    expect(deviations([])).toEqual(all)
    expect(deviations(faults.slice(1))).toEqual(all)
  })

  it('are different for different seeds, nodes and purposes', () => {
    const network = { delayMs: [1, 9] as const }
    const delays = (seed: number, link: string) =>
      simulate(pingers([], { network, seed }))
        .schedule!.deviations.filter((one) => 'from' in one && `${one.from} ${one.to}` === link)
        .map((one) => ('us' in one ? one.us : 0))
        .slice(0, 50)
        .join()
    const seen = new Set<string>()
    for (const seed of [1, 2, 2 ** 32 + 1, 2 ** 40]) {
      for (const link of ['n1 n2', 'n2 n1', 'n1 n3']) seen.add(delays(seed, link))
    }
    expect(seen.size).toBe(12)
  })
})
