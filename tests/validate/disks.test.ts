import { describe, expect, it } from 'vitest'

import type { Effect, StoredDisk, TraceEvent, TraceStep } from '../../src/core/trace.ts'
import { Disks } from '../../src/explore/validate/disks.ts'

const put = (key: string, value: unknown, ticket: number): Effect => ({
  type: 'write',
  write: { type: 'put', key, value },
  ticket,
})
const append = (record: unknown, ticket: number): Effect => ({
  type: 'write',
  write: { type: 'append', log: 'log', record },
  ticket,
})
const send = (to: string, message: unknown, after?: number): Effect => ({
  type: 'send',
  to,
  message,
  ...(after === undefined ? {} : { after }),
})

/** Steps of node n1 that each wait for their last write, and what the world then shows. */
function waiting(...effects: (readonly Effect[])[]) {
  const disks = new Disks()
  for (const [step, each] of effects.entries()) {
    const did: TraceStep = { step, time: step, node: 'n1', event: timer, effects: each }
    disks.note(did)
    const last = each.findLast((effect) => effect.type === 'write')
    if (last?.type === 'write')
      disks.wait('n1', { part: { run: `${step}` }, step: did }, last.ticket)
  }
  const taken = (node: string, event: TraceEvent) =>
    disks
      .before({ step: 99, time: 99, node, event, effects: [] })
      .map(({ part }) => Number(part.run))
  return { disks, taken }
}

const timer: TraceEvent = { type: 'timer', timer: 't' }
const disk = (values: object, records: readonly unknown[] = []): TraceEvent => ({
  type: 'boot',
  disk: {
    values: values as StoredDisk['values'],
    logs: records.length === 0 ? {} : { log: { first: 0, records } },
    damaged: [],
  },
})
const heard = (message: unknown, sent?: number): TraceEvent => ({
  type: 'message',
  from: 'n1',
  message,
  ...(sent === undefined ? {} : { sent }),
})

describe('parts that wait for a disk', () => {
  it('are taken in order when somebody hears of what comes after them', () => {
    const { taken, disks } = waiting(
      [put('a', 1, 1), send('n2', 'one', 1)],
      [put('a', 2, 2), send('n2', 'two', 2)],
      [put('a', 3, 3), send('n2', 'three', 3)],
    )
    expect(taken('n2', heard('two', 1))).toEqual([0, 1])
    expect(taken('n2', heard('one', 0))).toEqual([])
    expect(disks.waiting).toBe(1)
    expect(taken('n2', heard('three'))).toEqual([2])
  })

  it('are not taken for a message that did not wait', () => {
    const { taken } = waiting([put('a', 1, 1), send('n2', 'one'), send('n2', 'two', 1)])
    expect(taken('n2', heard('one', 0))).toEqual([])
    expect(taken('n2', heard('two', 0))).toEqual([0])
  })

  it('are taken when the disk says that it is done', () => {
    const { taken } = waiting([put('a', 1, 1)], [put('a', 2, 2)])
    expect(taken('n1', { type: 'durable', ticket: 1 })).toEqual([0])
  })

  it('are those that a restart finds, and the others are undone', () => {
    const steps = [[put('a', 1, 1)], [append('x', 2)], [put('a', 2, 3)]] as const
    for (const [found, wanted] of [
      [disk({}), []],
      [disk({ a: 1 }), [0]],
      [disk({ a: 1 }, ['x']), [0, 1]],
      [disk({ a: 2 }, ['x']), [0, 1, 2]],
    ] as const) {
      const { taken, disks } = waiting(...steps)
      expect(taken('n1', found)).toEqual(wanted)
      expect(disks.waiting).toBe(0)
    }
  })

  it('are told apart by how long a log is', () => {
    const { taken } = waiting([append('x', 1)], [append('x', 2)])
    expect(taken('n1', disk({}, ['x']))).toEqual([0])
  })

  it('are undone where a later write of their step is missing that they need', () => {
    const disks = new Disks()
    const step: TraceStep = {
      step: 0,
      time: 0,
      node: 'n1',
      event: timer,
      effects: [put('slot 0', 1, 1), put('slots', 1, 2)],
    }
    disks.note(step)
    disks.wait('n1', { part: { whole: 2 }, step }, 1)
    const boot = { ...step, step: 1, event: disk({ 'slot 0': 1 }), effects: [] }
    expect(disks.before(boot)).toEqual([])
  })
})
