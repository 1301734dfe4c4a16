import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/core/operation.ts'
import { drawTimeline } from '../../src/history/draw-timeline.ts'
import type { History } from '../../src/history/history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { randomHistory } from './random-history.ts'
import { renumbered } from './renumbered.ts'

/** What a drawing does not show: times, what a failed call answered, and mere acknowledgements. */
function drawable(history: History): History {
  const { operations, failed, faults, ...rest } = renumbered(history)
  const plain = (op: Operation) => ({ ...op, calledAt: undefined, returnedAt: undefined })
  return {
    ...rest,
    source: 'timeline',
    operations: operations.map(plain),
    failed: failed.map((op) => ({ ...plain(op), result: op.value })),
    faults: faults.map((fault) => ({ ...fault, time: undefined })),
  }
}

describe('drawing a history', () => {
  it('gives every event a column, and `timeline` reads it back', () => {
    for (let seed = 0; seed < 60; seed++) {
      const history = randomHistory(seed)
      for (const width of [20, 80, 100_000]) {
        expect(timeline(drawTimeline(history, { width }))).toEqual(drawable(history))
      }
    }
  })

  it('looks like this', () => {
    const history = timeline(`
      writer:  [write x 1]       [write 2 !]
      5:         [read x -> 1]  [cas 1 2 -> false]   [read
      nemesis:    [kill n1]                          [heal]
    `)
    expect(`\n${drawTimeline(history)}\n`).toMatchInlineSnapshot(`
      "
      writer:  [write x 1 ]    [write 2 !]
      5:        [read x -> 1] [cas 1 2 -> false] [read
      nemesis:   [kill n1]                        [heal]
      "
    `)
    expect(`\n${drawTimeline(history, { width: 40 })}\n`).toMatchInlineSnapshot(`
      "
      writer:  [write x 1 ]
      5:        [read x -> 1]
      nemesis:   [kill n1]
      ...
      writer:   [write 2 !]
      5:       [cas 1 2 -> false] [read
      nemesis:                     [heal]
      "
    `)
    expect(drawTimeline(history.operations.slice(1, 2))).toBe('5: [read x -> 1]')
    expect(drawTimeline([])).toBe('')
  })

  it('stays within the width where a single call allows it', () => {
    for (const width of [30, 80]) {
      for (const line of drawTimeline(randomHistory(9), { width }).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(width)
      }
    }
  })

  it('shows nothing that could steer a terminal or pass for something else', () => {
    const evil = '\u001b[2J\r\n\u202e"]  b: [read 1]\u0000é'
    const names = [evil, '5', 'a b', 'nemesis2', '-5', '', '__proto__', 'x:y', '...']
    const operations = names.map((process, id) => ({
      ...{ id, process, f: evil, key: process, value: { [evil]: evil }, result: evil },
      ...{ called: 2 * id, returned: 2 * id + 1, calledAt: undefined, returnedAt: undefined },
    }))
    const drawing = drawTimeline(operations)
    expect(drawing).toMatch(/^[ -~\n]*$/)
    expect(timeline(drawing).operations).toEqual(operations)
    const numbers = operations.map((op, id) => ({ ...op, process: [0, -1, 7, 1e15][id % 4] ?? 0 }))
    expect(timeline(drawTimeline(numbers)).operations).toEqual(numbers)
  })

  it('draws odd arguments so that they can be read back', () => {
    const values = [
      null,
      'empty',
      'true',
      '5',
      '->',
      '!',
      'key=1',
      [1, 2],
      [1, [2, 3]],
      [[1, 2], 3],
      {},
      [],
    ]
    const names = ['read', 'write', 'cas', 'acquire', 'txn', 'what-ever', 'empty', '5']
    let id = 0
    const operations: Operation[] = []
    for (const f of names) {
      for (const value of values) {
        for (const key of [undefined, 'x', 'value=2', [1, 2], 0]) {
          operations.push({
            ...{
              id,
              process: 'a',
              f,
              key,
              value,
              result: 'r',
              called: 2 * id,
              returned: 2 * id + 1,
            },
            ...{ calledAt: undefined, returnedAt: undefined },
          })
          id++
        }
      }
    }
    expect(timeline(drawTimeline(operations, { width: 1 })).operations).toEqual(operations)
  })
})
