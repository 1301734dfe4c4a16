import { describe, expect, it } from 'vitest'

import type { Fault, FaultType, LinkFault, Tolerates } from '../../src/node/index.ts'
import { faultTypes } from '../../src/node/index.ts'
import { drawStorm } from '../../src/simulate/draw-storm.ts'
import { drawSimulation } from '../../src/simulate/index.ts'
import { entryNamed } from '../../suites/named-protocol.ts'

const nodes = ['n1', 'n2', 'n3', 'n4', 'n5']
const tolerates: Tolerates = {
  crashes: 'minority',
  restarts: true,
  reordering: true,
  partitions: true,
  clockSkew: 40,
}
const FOR_MS = 4000
const storm = (seed: number, more: { tolerates?: Tolerates; types?: readonly FaultType[] } = {}) =>
  drawStorm({ seed, nodes, forMs: FOR_MS, tolerates, ...more })
const seeds = Array.from({ length: 100 }, (_, at) => at + 1)
const all = seeds.flatMap((seed) => storm(seed))

/** How many are down at a moment, counted the slow way. */
function downAt(faults: readonly Fault[], ms: number): number {
  const down = faults.filter(
    ({ type, at, until = Infinity }) => type === 'crash' && at <= ms && ms < until,
  )
  return new Set(down.map((fault) => ('node' in fault ? fault.node : ''))).size
}

function isCut(fault: Fault): fault is Extract<Fault, LinkFault> {
  return fault.type === 'partition'
}

describe('a storm', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(storm(7)).toEqual(storm(7))
    const texts = seeds.map((seed) => JSON.stringify(storm(seed)))
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('never has more nodes down than are tolerated, and always comes near it', () => {
    const most = seeds.map((seed) => {
      const faults = storm(seed)
      return Math.max(...faults.map(({ at }) => downAt(faults, at)))
    })
    expect(Math.max(...most)).toBe(2)
    expect(most.every((count) => count >= 1)).toBe(true)
  })

  it('crashes nodes for a short while only, and begins within the run, in order', () => {
    for (const { type, at, until } of all) {
      expect(at >= 0 && at < FOR_MS).toBe(true)
      if (type === 'crash') expect((until ?? Infinity) - at).toBeLessThanOrEqual(100)
    }
    for (const seed of seeds) {
      const times = storm(seed).map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  })

  it('makes slow what a node says just before it crashes', () => {
    for (const seed of seeds) {
      const faults = storm(seed)
      for (const crash of faults) {
        if (crash.type !== 'crash') continue
        const slow = faults.some(
          (fault) =>
            fault.type === 'delay' &&
            fault.from.join() === crash.node &&
            fault.to.length === nodes.length - 1 &&
            fault.until === crash.at &&
            fault.at < crash.at,
        )
        expect(slow, `seed ${seed}, ${crash.node} at ${crash.at}`).toBe(true)
      }
    }
  })

  it('cuts off one node: from one that crashes, from one more, or from everybody', () => {
    const cuts = all.flatMap((fault) => (isCut(fault) ? [fault] : []))
    expect(cuts.every(({ from, to }) => from.length === 1 && !to.includes(from[0] ?? ''))).toBe(
      true,
    )
    expect(new Set(cuts.map(({ to }) => to.length))).toEqual(new Set([1, nodes.length - 1]))
    expect(new Set(cuts.map(({ both }) => both))).toEqual(new Set([true, false]))
  })

  it('has all clocks as wrong as they may be, some fast and some slow', () => {
    const skews = storm(3).filter((fault) => fault.type === 'clock-skew')
    expect(skews.map(({ node }) => node)).toEqual(nodes)
    const percents = all.flatMap((fault) => (fault.type === 'clock-skew' ? [fault.percent] : []))
    expect(new Set(percents)).toEqual(new Set([-40, 40]))
  })

  it('has nothing that is not tolerated, and nothing that was not asked for', () => {
    const types = (faults: readonly Fault[]) => new Set(faults.map(({ type }) => type))
    expect(types(all)).toEqual(new Set(['crash', 'delay', 'partition', 'clock-skew']))
    const { clockSkew: _skew, ...right } = tolerates
    for (const seed of seeds.slice(0, 20)) {
      expect(types(storm(seed, { tolerates: right })).has('clock-skew')).toBe(false)
      expect(storm(seed, { tolerates: {} })).toEqual([])
      expect(
        types(storm(seed, { tolerates: { ...tolerates, restarts: false } })).has('crash'),
      ).toBe(false)
      for (const type of faultTypes) {
        const found = types(storm(seed, { types: [type] }))
        expect([...found].every((one) => one === type)).toBe(true)
      }
    }
  })

  it('comes where an entry asks for it, and changes no other run', async () => {
    const entry = await entryNamed('viewstamped')
    const usual = drawSimulation(entry, 5)
    const stormy = drawSimulation({ ...entry, storms: true }, 5)
    expect(drawSimulation({ ...entry, storms: false }, 5).faults).toEqual(usual.faults)
    expect(stormy.faults).not.toEqual(usual.faults)
    expect(stormy).toMatchObject({
      forMs: usual.forMs,
      disk: usual.disk,
      network: { delayMs: [0.1, 2] },
    })
    expect(stormy.aim).toBeUndefined()
    expect(stormy.clients.operations).toBe(600)
    expect(
      drawSimulation({ ...entry, storms: true }, 5, { operations: 9 }).clients.operations,
    ).toBe(9)
    expect(drawSimulation({ ...entry, storms: true }, 5, { faults: [] }).faults).toEqual([])
  })
})
