import { describe, expect, it } from 'vitest'

import { linearizable } from '../../checkers/linearizable.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { monotonicReadsMonitor } from '../../checkers/monitors/monotonic-reads.ts'
import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { HistoryMoment, Monitor } from '../../src/core/monitor.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { cases } from '../explore/cases.ts'
import type { ModelCalls } from './model-calls.ts'
import { modelCalls } from './model-calls.ts'
import { historyOf } from './random-history.ts'

const CLIENTS = ['a', 'b', 'c']
const MOST_OPERATIONS = 6

interface Open {
  readonly moment: Omit<HistoryMoment, 'type'>
  /** What the object answered, where it was asked. */
  result: Json | undefined
  gone: boolean
}

/**
 * A history of a true object, told with mistakes now and then: answers are wrong, what has failed
 * has happened all the same. Some operations are never heard of again.
 */
function randomMoments(random: Random, { model, call, wrong }: ModelCalls): HistoryMoment[] {
  const moments: HistoryMoment[] = []
  const open: Open[] = []
  const objects = new Map<string, Json>()
  const keys = random.pick([[undefined], ['x', 'y']])
  const liar = random.chance(1, 2)
  const free = [...CLIENTS]
  let operations = 0
  const happens = (each: Open): void => {
    const { f, key, value, process } = each.moment
    const place = model.partitioned === false ? 'all' : canonical((key ?? null) as Json)
    const state = objects.get(place) ?? model.initial()
    const steps = model.step(state, { f, value: value as Json, process })
    if (steps.length === 0) return
    const step = random.pick(steps)
    objects.set(place, step.state)
    each.result = step.result
  }
  for (let left = 40; left > 0; left--) {
    const waiting = open.filter(({ result, gone }) => result === undefined && !gone)
    if (waiting.length > 0 && random.chance(1, 2)) happens(random.pick(waiting))
    else if (free.length > 0 && operations < MOST_OPERATIONS && random.chance(1, 2)) {
      const process = random.pick(free)
      free.splice(free.indexOf(process), 1)
      const key = random.pick(keys)
      const asked = { ...call(random), ...(key === undefined ? {} : { key }) }
      const moment = { operation: operations++, process, ...asked }
      open.push({ moment, result: undefined, gone: false })
      moments.push({ type: 'invoke', ...moment })
    } else if (open.length > 0) {
      const each = random.pick(open)
      const { moment, result } = each
      const silent = !free.includes(moment.process) && random.chance(1, 8)
      if (silent && !each.gone) {
        moments.push({ type: 'info', ...moment })
        each.gone = true
        free.push(moment.process)
        continue
      }
      const lies = liar && random.chance(1, 3)
      const failed = lies ? random.chance(1, 3) : result === undefined && random.chance(1, 8)
      if (each.gone || (result === undefined && !lies && !failed)) continue
      open.splice(open.indexOf(each), 1)
      free.push(moment.process)
      if (failed) moments.push({ type: 'fail', ...moment })
      else {
        const { f, value, process } = moment
        const [guess] = model.step(model.initial(), { f, value: value as Json, process })
        const answer = lies ? wrong(random, f, result ?? guess?.result) : result!
        moments.push({ type: 'ok', ...moment, result: answer })
      }
    }
  }
  return moments
}

/** What a history is for checkers that see it as a whole. */
function historyOfMoments(moments: readonly HistoryMoment[]) {
  const operations = new Map<number, Operation>()
  for (const [position, moment] of moments.entries()) {
    const { type, operation, process, f, key, value } = moment
    const known = operations.get(operation)
    if (type === 'fail') operations.delete(operation)
    if (type === 'ok') {
      operations.set(operation, {
        ...known!,
        result: moment.result as Json,
        returned: position,
      })
    }
    if (type !== 'invoke') continue
    operations.set(operation, {
      id: operation,
      process,
      f,
      key: key as Json | undefined,
      value: value as Json,
      result: undefined,
      called: position,
      returned: Infinity,
      calledAt: undefined,
      returnedAt: undefined,
    })
  }
  const all = [...operations.values()].map((operation, id) => ({ ...operation, id }))
  return historyOf(all, moments.length)
}

/** What a monitor says after each moment. */
function* said<State>(
  monitor: Monitor<State>,
  moments: readonly HistoryMoment[],
): Generator<string | undefined> {
  let state = monitor.initial
  for (const moment of moments) {
    const before = JSON.stringify(state)
    const next = monitor.next(state, moment)
    if (JSON.stringify(state) !== before) expect.fail('a state has been changed')
    state = next
    yield monitor.violated(state)
  }
}

function compare(calls: ModelCalls, seed: number): boolean {
  const moments = randomMoments(seeded(seed), calls)
  const { model } = calls
  let wrong = false
  let length = 0
  for (const sentence of said(linearizableMonitor(model), moments)) {
    const prefix = moments.slice(0, ++length)
    const { outcome } = linearizable.check(historyOfMoments(prefix), { model })
    const now = sentence === undefined ? 'pass' : 'fail'
    // What is wrong stays wrong.
    if (now !== outcome || (wrong && now === 'pass')) {
      expect.fail(`seed ${seed}: ${now}, and not ${outcome}: ${JSON.stringify(prefix)}`)
    }
    wrong = now === 'fail'
  }
  return wrong
}

describe('the monitor of linearizability', () => {
  it.each(modelCalls.map((calls) => [calls.model.name, calls] as const))(
    'says of each beginning of a history of a %s what the checker says',
    (name, calls) => {
      const many = cases(name === 'cas-register' || name === 'register' ? 200 : 40)
      let illegal = 0
      for (let seed = 0; seed < many; seed++) if (compare(calls, seed)) illegal++
      expect(illegal).toBeGreaterThan(many / 20)
      expect(illegal).toBeLessThan(many / 1.5)
    },
  )

  it('tells which operation nothing explains', () => {
    const write = { operation: 0, process: 'a', f: 'write', key: 'x', value: 1 }
    const read = { operation: 1, process: 'b', f: 'read', key: 'x', value: null }
    const sentences = (moments: readonly HistoryMoment[]) => [
      ...said(linearizableMonitor(register), moments),
    ]
    expect(
      sentences([
        { type: 'invoke', ...write },
        { type: 'ok', ...write, result: null },
        { type: 'invoke', ...read },
        { type: 'ok', ...read, result: null },
      ]).at(-1),
    ).toBe('no order of the operations explains that read "x" of b was answered with null')
    expect(
      sentences([
        { type: 'invoke', ...write },
        { type: 'invoke', ...read },
        { type: 'ok', ...read, result: 1 },
        { type: 'fail', ...write },
      ]).at(-1),
    ).toBe(
      'no order of the operations explains that write "x" 1 of a failed, and its effect was seen',
    )
  })

  it('is in one state after histories that nothing can tell apart', () => {
    const monitor = linearizableMonitor(casRegister)
    const after = (moments: readonly HistoryMoment[]): unknown =>
      moments.reduce((state, moment) => monitor.next(state, moment), monitor.initial)
    const write = (operation: number, key: string, value: number) => ({
      operation,
      process: `p${operation}`,
      f: 'write',
      key,
      value,
    })
    const [x, y, again] = [write(0, 'x', 1), write(1, 'y', 1), write(2, 'x', 1)]
    const ended = (moment: Omit<HistoryMoment, 'type'>): HistoryMoment[] => [
      { type: 'invoke', ...moment },
      { type: 'ok', ...moment, result: null },
    ]
    const both: HistoryMoment[] = [
      { type: 'invoke', ...y },
      { type: 'invoke', ...x },
      { type: 'ok', ...y, result: null },
      { type: 'ok', ...x, result: null },
    ]
    expect(after([...ended(x), ...ended(y)])).toEqual(after(both))
    expect(after([...ended(x), ...ended(y), ...ended(again)])).toEqual(after(both))
    const open: HistoryMoment[] = [
      { type: 'invoke', ...x },
      { type: 'invoke', ...y },
    ]
    expect(after(open)).toEqual(after(open.toReversed()))
  })
})

/** Two reads of a process and a key of which the later saw less. */
function goesBack(moments: readonly HistoryMoment[]): boolean {
  const reads = moments.filter(({ type, f }) => type === 'ok' && f === 'read')
  return reads.some((one, at) =>
    reads
      .slice(at + 1)
      .some(
        (other) =>
          other.process === one.process &&
          canonical((other.key ?? null) as Json) === canonical((one.key ?? null) as Json) &&
          Number(other.result) < Number(one.result),
      ),
  )
}

describe('the monitor of monotonic reads', () => {
  it('says of each beginning of a history whether some process reads less than before', () => {
    const random = seeded(1)
    const many = cases(1000)
    let wrong = 0
    for (let nth = 0; nth < many; nth++) {
      const moments = Array.from({ length: random.int(1, 7) }, (_, operation): HistoryMoment => ({
        type: random.pick(['ok', 'ok', 'ok', 'invoke', 'info', 'fail']),
        operation,
        process: random.pick(['a', 'b']),
        f: random.chance(4, 5) ? 'read' : 'write',
        ...(random.chance(1, 2) ? { key: random.pick(['x', 'y']) } : {}),
        value: null,
        result: random.pick([null, 0, 1, 2, 11]),
      }))
      let length = 0
      for (const sentence of said(monotonicReadsMonitor, moments)) {
        const bad = goesBack(moments.slice(0, ++length))
        if ((sentence !== undefined) !== bad) expect.fail(JSON.stringify(moments))
      }
      if (goesBack(moments)) wrong++
    }
    expect(wrong).toBeGreaterThan(many / 20)
    expect(wrong).toBeLessThan(many / 2)
  })

  it('tells who has read what', () => {
    const read = { process: 'a', f: 'read', value: null, type: 'ok' } as const
    const sentences = said(monotonicReadsMonitor, [
      { ...read, operation: 0, result: 2 },
      { ...read, operation: 1, result: null },
    ])
    expect([...sentences]).toEqual([undefined, 'a has read 2, and then 0'])
  })
})
