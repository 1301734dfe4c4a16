import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import type { Bar, Timeline } from '../../src/core/timeline.ts'
import type { Fault, History } from '../../src/history/history.ts'
import { timeline as drawn } from '../../src/history/timeline.ts'
import { faultWindows } from '../../src/report/fault-windows.ts'
import { historyTimeline } from '../../src/report/history-timeline.ts'
import { acknowledgements, operationLabel } from '../../src/report/operation-label.ts'
import { pointsOf } from '../../src/report/operation-places.ts'

function barsOf({ lanes }: Timeline): Bar[] {
  return lanes.flatMap(({ bars }) => bars).sort((a, b) => a.id - b.id)
}

function operation(id: number, more: Partial<Operation> = {}): Operation {
  return {
    id,
    process: id % 3,
    f: 'write',
    key: 'x',
    value: id,
    result: null,
    called: 2 * id,
    returned: 2 * id + 1,
    calledAt: undefined,
    returnedAt: undefined,
    ...more,
  }
}

function historyOf(operations: readonly Operation[], faults: readonly Fault[] = []): History {
  const events = 2 * operations.length
  return { source: 'a.jsonl', operations, failed: [], faults, events, skipped: 0 }
}

describe('the picture of a history', () => {
  const history = drawn(`
    a: [write 1]           [write 3
    b:           [write 2]
    c:                       [read -> 1]
  `)
  const violation = {
    sentence: 'client c read 1, but 2 had been written before.',
    operations: [0, 1, 3],
    culprit: 3,
    longest: [0, 1],
  }

  it('points at the operation at fault and at those that contradict it', () => {
    const bars = barsOf(historyTimeline({ history, violation }))
    expect(bars.map(({ label, role, rank }) => [label, role, rank])).toEqual([
      ['write 1', 'core', 1],
      ['write 2', 'core', 2],
      ['write 3', 'context', undefined],
      ['read -> 1', 'fault', undefined],
    ])
    expect(bars[2]?.to).toBe(Infinity)
  })

  it('says the violation first', () => {
    const { title, notes, unit } = historyTimeline({
      history,
      violation: { ...violation, part: 'key x' },
    })
    expect(title).toBe('timeline, key x')
    expect(unit).toBe('events')
    expect(notes).toEqual([violation.sentence, '4 of 4 operations are drawn.'])
  })

  it('draws a history in which nothing is wrong', () => {
    const bars = barsOf(historyTimeline({ history, order: [0, 1, 2, 3] }))
    expect(bars.map(({ rank }) => rank)).toEqual([1, 2, 3, 4])
    expect(bars.map(({ role }) => role)).toEqual(['context', 'context', 'context', 'context'])
  })

  it('stays small, however long the history is, and keeps to the keys of the contradiction', () => {
    const operations = Array.from({ length: 100_000 }, (_, id) =>
      operation(id, { key: id % 2 === 0 ? 'x' : 'y' }),
    )
    const wrong = { sentence: '', operations: [10, 50_000, 90_000], culprit: 90_000 }
    const bars = barsOf(historyTimeline({ history: historyOf(operations), violation: wrong }))
    expect(bars).toHaveLength(3 + 5 + 6 + 4 * 6)
    expect(bars.every(({ id }) => id % 2 === 0)).toBe(true)
    const few = historyTimeline({ history: historyOf(operations), violation: wrong, limit: 8 })
    expect(barsOf(few).map(({ id }) => id)).toEqual([
      8, 10, 12, 49_998, 50_000, 50_002, 89_998, 90_000,
    ])
  })

  it('draws what is nearest to the culprit of a contradiction that is too large', () => {
    const operations = Array.from({ length: 1000 }, (_, id) => operation(id))
    const all = operations.map(({ id }) => id)
    const wrong = { sentence: 'too much', operations: all, culprit: 500 }
    const picture = historyTimeline({ history: historyOf(operations), violation: wrong, limit: 5 })
    expect(barsOf(picture).map(({ id }) => id)).toEqual([498, 499, 500, 501, 502])
    expect(picture.notes[1]).toMatch(/^995 more operations belong to the contradiction/)
  })

  it('keeps the order of the events where the clock is too coarse to show it', () => {
    const operations = [0, 1, 2].map((id) => operation(id, { calledAt: 7000, returnedAt: 7000 }))
    const picture = historyTimeline({ history: historyOf(operations) })
    const places = barsOf(picture).flatMap(({ from, to }) => [from, to])
    expect(picture.unit).toBe('ns')
    expect(places).toEqual([7000, 7001, 7002, 7003, 7004, 7005])
  })

  it('names the key only where several are drawn', () => {
    const operations = [operation(0), operation(1, { key: 'y', f: 'read', value: null, result: 5 })]
    const labels = (own: Operation[]) =>
      barsOf(historyTimeline({ history: historyOf(own) })).map((b) => b.label)
    expect(labels(operations)).toEqual(['write x 0', 'read y -> 5'])
    expect(labels(operations.slice(0, 1))).toEqual(['write 0'])
  })

  it('ignores ids that are not in the history', () => {
    const wrong = { sentence: '', operations: [0, 77], culprit: 99, longest: [0, 55] }
    expect(barsOf(historyTimeline({ history, violation: wrong }))).toHaveLength(4)
  })
})

describe('the labels of operations', () => {
  const label = (...operations: Operation[]) => {
    const silent = acknowledgements(operations)
    return operations.map((op) => operationLabel(op, { silent, withKey: false }))
  }

  it('leave out acknowledgements and tell answers', () => {
    expect(
      label(
        operation(0, { f: 'enqueue', value: 3, result: 3 }),
        operation(1, { f: 'dequeue', value: null, result: null }),
        operation(2, { f: 'cas', value: [1, 2], result: false }),
        operation(3, { f: 'cas', value: [1, 2], result: true }),
        operation(4, { f: 'contains', value: 3, result: true }),
        operation(5, { f: 'acquire', value: null, result: null }),
        operation(6, { f: 'fetch-and-add', value: 2, result: 2 }),
        operation(7, { f: 'fetch-and-add', value: 2, result: 4 }),
        operation(8, { f: 'read', value: 'a b', result: 'a b' }),
        operation(9, { f: 'put', value: 'null', result: undefined, returned: Infinity }),
      ),
    ).toEqual([
      'enqueue 3',
      'dequeue -> null',
      'cas [1,2] -> false',
      'cas [1,2]',
      'contains 3 -> true',
      'acquire',
      'fetch-and-add 2 -> 2',
      'fetch-and-add 2 -> 4',
      'read "a b"',
      'put "null"',
    ])
  })
})

describe('the points of linearization', () => {
  it('lie in their operations and in the order, for every order that is legal in real time', () => {
    const random = seeded(8)
    for (let round = 0; round < 200; round++) {
      const { places, order } = randomOrder(random)
      const points = pointsOf(order, places)
      let latest = -Infinity
      const faults = order.filter((id, index) => {
        const at = points.get(id)
        const place = places.get(id)
        if (at === undefined || place === undefined) return true
        const isLegal = at.point >= Math.max(place.from, latest) && at.point <= place.to
        latest = at.point
        return !isLegal || at.rank !== index + 1
      })
      expect(faults).toEqual([])
    }
  })

  it('differ where there is room', () => {
    const places = new Map([0, 1, 2].map((id) => [id, { from: 0, to: 100 }] as const))
    const points = [...pointsOf([2, 0, 1], places).values()].map(({ point }) => point)
    expect(new Set(points).size).toBe(3)
  })
})

/** Operations around random moments, which are the order. */
function randomOrder(random: Random) {
  const moments = Array.from({ length: random.int(1, 20) }, (_, id) => ({
    id,
    at: random.int(0, 50),
  }))
  const places = new Map(
    moments.map(({ id, at }) => {
      const from = at - random.int(0, 10)
      return [id, { from, to: random.chance(1, 6) ? Infinity : at + random.int(0, 10) }] as const
    }),
  )
  return { places, order: moments.sort((a, b) => a.at - b.at).map(({ id }) => id) }
}

describe('the windows of faults', () => {
  const windows = (...events: (readonly [f: string, value: Fault['value']])[]) =>
    faultWindows(
      events.map(([f, value], position) => ({ f, value, position, time: undefined })),
      ({ position }) => position,
    ).map(({ label, from, to }) => `${label} ${from}-${to}`)

  it('end where the fault was undone', () => {
    expect(
      windows(
        ['sigstop', 'n2 (follower)'],
        ['sigkill', 'n1'],
        ['sigcont', 'n2'],
        ['partition', { isolated: 'n2', leader: 'n3' }],
        ['restart', 'n1'],
        ['heal', null],
      ),
    ).toEqual([
      'n2 (follower) paused 0-2',
      'n1 killed 1-4',
      'partition: isolated n2, leader n3 3-5',
    ])
  })

  it('never end if nothing undid the fault', () => {
    expect(windows(['sigstop', 'n1'], ['sigcont', 'n2'])).toEqual([
      'n1 paused 0-Infinity',
      'sigcont: n2 1-1',
    ])
  })

  it('pair names by their form, and show unknown ones as moments', () => {
    expect(windows(['start-skew', 5], ['bang', null], ['stop-skew', null])).toEqual([
      'start-skew: 5 0-2',
      'bang 1-1',
    ])
  })

  it('end all partitions at once', () => {
    expect(windows(['partition', ['n1', 'n2']], ['partition', 'n3'], ['heal', null])).toEqual([
      'partition: n1, n2 0-2',
      'partition: n3 1-2',
    ])
  })
})
