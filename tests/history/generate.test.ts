import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { counter } from '../../checkers/models/counter.ts'
import { fetchAndAdd } from '../../checkers/models/fetch-and-add.ts'
import { lock } from '../../checkers/models/lock.ts'
import { log } from '../../checkers/models/log.ts'
import { multiRegister } from '../../checkers/models/multi-register.ts'
import { mutex } from '../../checkers/models/mutex.ts'
import { priorityQueue } from '../../checkers/models/priority-queue.ts'
import { queue } from '../../checkers/models/queue.ts'
import { register } from '../../checkers/models/register.ts'
import { semaphore } from '../../checkers/models/semaphore.ts'
import { set } from '../../checkers/models/set.ts'
import { snapshot } from '../../checkers/models/snapshot.ts'
import { stack } from '../../checkers/models/stack.ts'
import { stringMap } from '../../checkers/models/string-map.ts'
import { canonical } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { isUnknown } from '../../src/core/operation.ts'
import type { GenerateOptions } from '../../src/history/generate.ts'
import { generate } from '../../src/history/generate.ts'
import type { History } from '../../src/history/history.ts'
import type { PlantedFault } from '../../src/history/plant-fault.ts'
import { faultyEffect } from '../../src/history/plant-fault.ts'
import { isLinearizable } from '../oracle/brute-force.ts'

const MODELS: readonly Model[] = [
  casRegister,
  counter,
  fetchAndAdd,
  lock,
  log,
  multiRegister,
  mutex,
  priorityQueue,
  queue,
  register,
  semaphore,
  set,
  snapshot,
  stack,
  stringMap,
]

/** Every key by itself, by the definition. */
function holds(model: Model, { operations }: History): boolean {
  const keys = new Set(operations.map((op) => canonical(op.key)))
  return [...keys].every((key) =>
    isLinearizable({
      model,
      initial: model.initial(),
      operations: operations.filter((op) => canonical(op.key) === key),
    }),
  )
}

const SMALL = { operations: 12, clients: 3, crashes: 150, failures: 80, latencyNs: 3_000_000 }

describe('a generated history', () => {
  it.each(MODELS)('of a $name is linearizable, crashes and failures included', (model) => {
    let unknown = 0
    let failed = 0
    for (let seed = 0; seed < 40; seed++) {
      const keys = seed % 2 === 0 ? 1 : 2
      const values = seed % 3 === 0 ? 3 : 'unique'
      const history = generate({ model, seed, keys, values, ...SMALL })
      expect([seed, holds(model, history)]).toEqual([seed, true])
      unknown += history.operations.filter(isUnknown).length
      failed += history.failed.length
      expect(history.operations.length + history.failed.length).toBe(12)
      for (const { f, value, result } of history.operations) {
        const shape = model.operations[f]
        expect(shape?.value.accepts(value)).toBe(true)
        if (result !== undefined) expect(shape?.result.accepts(result)).toBe(true)
      }
    }
    expect(unknown).toBeGreaterThan(15)
    expect(failed).toBeGreaterThan(10)
  })

  it('is the same for the same seed and another for another', () => {
    const of = (seed: number) => generate({ model: casRegister, seed, ...SMALL })
    expect(of(7)).toEqual(of(7))
    expect(of(7)).not.toEqual(of(8))
  })

  it('does not change its meaning of a seed', () => {
    const { operations } = generate({ model: register, seed: 1, operations: 5, clients: 2 })
    expect(operations.map((op) => [op.process, op.f, op.value, op.result, op.calledAt])).toEqual([
      [0, 'read', null, null, 226329],
      [0, 'write', 1, null, 1200538],
      [1, 'read', null, null, 1305579],
      [1, 'read', null, 1, 3287505],
      [0, 'read', null, 1, 3880254],
    ])
  })

  it('has as many clients, keys and looks as asked for', () => {
    const { operations } = generate({
      model: register,
      seed: 3,
      operations: 2000,
      clients: 7,
      keys: 4,
      reads: 80,
    })
    expect(new Set(operations.map((op) => op.process)).size).toBe(7)
    expect([...new Set(operations.map((op) => op.key))].sort()).toEqual(['k0', 'k1', 'k2', 'k3'])
    const reads = operations.filter((op) => op.f === 'read').length
    expect(reads).toBeGreaterThan(1500)
    expect(reads).toBeLessThan(1700)
    const written = operations.filter((op) => op.f === 'write').map((op) => op.value)
    expect(new Set(written).size).toBe(written.length)
  })

  it('runs clients at the same time', () => {
    const { operations } = generate({ model: register, seed: 3, operations: 500, clients: 10 })
    const overlapping = operations.filter((op, i) => op.returned > (operations[i + 1]?.called ?? 0))
    expect(overlapping.length).toBeGreaterThan(250)
  })
})

describe('a planted fault', () => {
  const planted = (model: Model, fault: PlantedFault, more: Partial<GenerateOptions> = {}) => {
    let illegal = 0
    let shown = 0
    for (let seed = 0; seed < 60; seed++) {
      try {
        const options = { model, seed, operations: 14, clients: 3, fault, ...more }
        const history = generate(options)
        expect(history.planted).toBeDefined()
        shown++
        if (!holds(model, history)) illegal++
      } catch (error) {
        expect(String(error)).toContain(`no operation could show a ${fault}`)
      }
    }
    return { shown, illegal }
  }

  it.each([
    { fault: 'stale-read', model: register },
    { fault: 'stale-read', model: casRegister },
    { fault: 'wrong-value', model: register },
    { fault: 'wrong-value', model: queue },
    { fault: 'wrong-value', model: stack },
    { fault: 'wrong-value', model: log },
    { fault: 'wrong-value', model: fetchAndAdd },
  ] as const)('$fault of a $model.name is a violation every time', ({ fault, model }) => {
    const { shown, illegal } = planted(model, fault)
    expect(shown).toBeGreaterThan(30)
    expect(illegal).toBe(shown)
  })

  it.each([
    { fault: 'lost-update', model: register },
    { fault: 'lost-update', model: queue },
    { fault: 'lost-update', model: counter },
    { fault: 'lost-update', model: set },
    { fault: 'double-update', model: queue },
    { fault: 'double-update', model: counter },
    { fault: 'double-update', model: stringMap },
    { fault: 'stale-read', model: log },
    { fault: 'stale-read', model: snapshot },
    { fault: 'wrong-value', model: snapshot },
    { fault: 'wrong-value', model: multiRegister },
  ] as const)('$fault of a $model.name is a violation in many cases', ({ fault, model }) => {
    const { shown, illegal } = planted(model, fault)
    expect(shown).toBeGreaterThan(20)
    expect(illegal).toBeGreaterThan(shown / 4)
  })

  it('is never the right answer by chance', () => {
    for (const fault of ['stale-read', 'wrong-value'] as const) {
      const { shown, illegal } = planted(register, fault, { clients: 1, values: 2 })
      expect(shown).toBeGreaterThan(20)
      expect(illegal).toBe(shown)
    }
  })

  it('is not the right answer from an old state', () => {
    const read = { f: 'read', value: null, process: 1 }
    const effect = (stale: number) =>
      faultyEffect('stale-read', register, read, 5, { state: 5, result: 5 }, { stale, values: 9 })
    expect(effect(5)).toBeUndefined()
    expect(effect(4)).toEqual({ state: 5, result: 4 })
  })

  it('is refused where no operation could show it', () => {
    expect(() => generate({ model: lock, seed: 1, operations: 50, fault: 'stale-read' })).toThrow(
      'no operation could show a stale-read',
    )
  })
})
