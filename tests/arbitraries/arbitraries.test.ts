import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { models } from '../../checkers/models/index.ts'
import { abd } from '../../impls/registers/abd.ts'
import {
  faults,
  histories,
  linearizableHistories,
  schedules,
  values,
} from '../../src/arbitraries.ts'
import { isUnknown, precedes } from '../../src/core/operation.ts'
import { bool, record, seqOf } from '../../src/explore/index.ts'
import type { History } from '../../src/history/history.ts'
import { casRegister, queue, register } from '../../src/models.ts'
import { faultTypes } from '../../src/node/index.ts'
import type { Schedule, Simulation } from '../../src/simulate/index.ts'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import { judgeRun } from '../../suites/judge-run.ts'
import { registerWorkload } from '../../suites/workloads.ts'
import { isLinearizable } from '../oracle/brute-force.ts'

/** By the definition, each key by itself. */
function explained({ operations }: History, model = register()): boolean {
  const initial = model.initial()
  const keys = model.partitioned === false ? [undefined] : operations.map(({ key }) => key)
  return [...new Set(keys)].every((key) => {
    const some =
      model.partitioned === false ? operations : operations.filter((op) => op.key === key)
    return isLinearizable({ model, initial, operations: some })
  })
}

/** The smallest value that a property is false for. */
function smallest<Value>(
  arbitrary: fc.Arbitrary<Value>,
  holds: (value: Value) => boolean,
): Value | undefined {
  const found = fc.check(fc.property(arbitrary, holds), { seed: 7, numRuns: 2000 })
  expect(found.failed).toBe(true)
  return found.counterexample?.[0]
}

describe('histories that are linearizable by the way they are made', () => {
  it.each(models.map((model) => [model.name, model] as const))(
    'are so by the definition: %s',
    (_, model) => {
      const made = linearizableHistories({ model, operations: 8, keys: 2 })
      fc.assert(
        fc.property(made, (history) => {
          expect(explained(history, model)).toBe(true)
        }),
        { seed: 1, numRuns: 60 },
      )
    },
  )

  it('have what was asked for: operations at the same time, keys, unknown outcomes', () => {
    const some = fc.sample(linearizableHistories({ model: register, keys: 2 }), {
      seed: 1,
      numRuns: 300,
    })
    const of = (is: (history: History) => boolean): number => some.filter(is).length
    expect(of(({ operations }) => operations.length >= 5)).toBeGreaterThan(100)
    expect(of(({ operations }) => operations.some(isUnknown))).toBeGreaterThan(60)
    expect(
      of(({ operations }) => new Set(operations.map(({ key }) => key)).size === 2),
    ).toBeGreaterThan(100)
    const together = ({ operations }: History): boolean =>
      operations.some((a) => operations.some((b) => a.id < b.id && !precedes(a, b)))
    expect(of(together)).toBeGreaterThan(100)
    const plain = fc.sample(
      linearizableHistories({ model: register, unknown: false, clients: 1 }),
      100,
    )
    for (const { operations } of plain) {
      expect(operations.some(isUnknown)).toBe(false)
      expect(new Set(operations.map(({ process }) => process)).size).toBeLessThan(2)
      expect(operations.every(({ key }) => key === undefined)).toBe(true)
    }
  })

  it('begin with the value that is given, and take only the calls that are wanted', () => {
    const options = { model: register, initial: 7, only: ['read'], unknown: false }
    for (const { operations } of fc.sample(linearizableHistories(options), 50)) {
      expect(operations.every(({ f, result }) => f === 'read' && result === 7)).toBe(true)
    }
  })

  it('are the same for the same seed', () => {
    const sample = () => fc.sample(histories({ model: casRegister }), { seed: 5, numRuns: 50 })
    expect(sample()).toEqual(sample())
  })
})

describe('histories of which some have an answer exchanged', () => {
  it.each([register, casRegister, queue])(
    'are linearizable in about half of all cases',
    (model) => {
      const some = fc.sample(histories({ model }), { seed: 2, numRuns: 200 })
      const good = some.filter((history) => explained(history, model())).length
      expect(good).toBeGreaterThan(50)
      expect(good).toBeLessThan(170)
    },
  )

  it('shrink to a few operations without a detour', () => {
    const found = smallest(histories({ model: register, operations: 20 }), (h) => explained(h))
    // A read of a value that nobody has written yet, or not of one that somebody has.
    expect(found?.operations.map(({ f }) => f).sort()).toEqual(['read', 'write'])
    const late = smallest(histories({ model: queue, operations: 20 }), (h) => explained(h, queue()))
    expect(late?.operations.length).toBeLessThanOrEqual(2)
  })
})

describe('faults', () => {
  it('are whole: nodes that are there, a beginning and an end, and every type', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(faults({ nodes: 4, forMs: 500, most: 8 }), (list) => {
        expect(list.length).toBeLessThanOrEqual(8)
        for (const [at, fault] of list.entries()) {
          seen.add(fault.type)
          expect(fault.at).toBeGreaterThanOrEqual(list[at - 1]?.at ?? 0)
          expect(fault.at).toBeLessThan(500)
          if (fault.type !== 'clock-jump') expect(fault.until).toBeGreaterThan(fault.at)
          const hit = 'node' in fault ? [fault.node] : [...fault.from, ...fault.to]
          expect(hit.every((node) => /^n[1-4]$/.test(node))).toBe(true)
          expect([hit.length, new Set(hit).size]).toEqual('node' in fault ? [1, 1] : [4, 4])
          if (fault.type === 'clock-skew') {
            expect(fault.percent).not.toBe(0)
            expect(Math.abs(fault.percent)).toBeLessThanOrEqual(10)
          }
          if ('from' in fault) expect([fault.from.length, fault.to.length]).not.toContain(0)
        }
      }),
      { seed: 1, numRuns: 300 },
    )
    expect([...seen].sort()).toEqual([...faultTypes].sort())
  })

  it('are what was asked for', () => {
    const options = { nodes: ['a', 'b'], types: ['crash', 'loss'], disks: ['wipe'] } as const
    const some = fc.sample(faults({ ...options, endless: true }), 200).flat()
    expect(new Set(some.map(({ type }) => type))).toEqual(new Set(['crash', 'loss']))
    expect(some.every((fault) => fault.type !== 'crash' || fault.disk === 'wipe')).toBe(true)
    expect(some.some(({ until }) => until === undefined)).toBe(true)
    expect(fc.sample(faults({ types: [] }), 3)).toEqual([[], [], []])
  })

  it('shrink to one that is early and short', () => {
    const found = smallest(faults(), (list) => list.every(({ type }) => type !== 'partition'))
    expect(found).toMatchObject([{ type: 'partition', at: 0, until: 1, from: [expect.anything()] }])
  })
})

const simulationOf = (mutant?: string): Simulation =>
  drawSimulation(
    {
      protocol: abd,
      nodes: 3,
      workload: registerWorkload,
      invariants: [],
      ...(mutant === undefined ? {} : { mutant }),
    },
    1,
    { clients: 3 },
  )

/** `pass` or `fail`. */
async function outcomeOf(schedule: Schedule, mutant?: string): Promise<string> {
  const run = simulate(simulationOf(mutant), schedule)
  return (await judgeRun(run, { condition: 'linearizable', model: 'register' })).outcome
}

const wanted = { types: ['crash', 'partition', 'loss', 'delay'], operations: 8 } as const

describe('schedules', () => {
  it('are runs: a protocol that is right survives them', async () => {
    await fc.assert(
      fc.asyncProperty(schedules(wanted), async (schedule) => {
        expect(await outcomeOf(schedule)).toBe('pass')
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it.each([
    ['older-replaces-newer', 3, 0],
    ['tag-without-writer', 4, 0],
    ['quorums-do-not-meet', 2, 1],
  ])('find a bug, and shrink to what it takes: %s', async (mutant, operations, others) => {
    const found = await fc.check(
      fc.asyncProperty(schedules({ ...wanted, forMs: 200, clients: 3 }), async (schedule) => {
        return (await outcomeOf(schedule, mutant)) !== 'fail'
      }),
      { seed: 3, numRuns: 1000 },
    )
    expect(found.failed).toBe(true)
    const [small] = found.counterexample ?? []
    expect(small?.operations.length).toBeLessThanOrEqual(operations + 1)
    const many = (small?.faults.length ?? 0) + (small?.deviations.length ?? 0)
    expect(many).toBeLessThanOrEqual(others + 1)
  })

  it('write each value once, and say of no draw twice how it comes out', () => {
    for (const { operations, deviations } of fc.sample(schedules({ nodes: 2 }), 200)) {
      const written = operations.flatMap(({ asked: { f, value } }) =>
        f === 'write' ? [value] : [],
      )
      expect(new Set(written).size).toBe(written.length)
      expect(operations.map(({ at }) => at)).toEqual(
        operations.map(({ at }) => at).toSorted((a, b) => a - b),
      )
      const draws = deviations.map(({ type, nth, ...rest }) =>
        'from' in rest ? [type, nth, rest.from, rest.to].join() : [type, nth, rest.node].join(),
      )
      expect(new Set(draws).size).toBe(draws.length)
      expect(deviations.every((each) => !('from' in each) || each.from !== each.to)).toBe(true)
    }
  })

  it('ask for what is given', () => {
    const asked = fc.constant({ f: 'cas', key: 'x', value: [1, 2] })
    const some = fc.sample(schedules({ asked, clients: 5 }), 100).flatMap((each) => each.operations)
    expect(some.every((each) => each.asked.f === 'cas')).toBe(true)
    expect(new Set(some.map(({ client }) => client)).size).toBe(5)
  })
})

describe('values of a layout', () => {
  it('are those of the layout', () => {
    const layout = record({ on: bool(), seen: seqOf(bool(), 2) })
    for (const value of fc.sample(values(layout), 50)) {
      expect(value).toMatchObject({ on: expect.any(Boolean) as boolean })
      expect(value.seen.length).toBeLessThanOrEqual(2)
    }
  })
})
