import { describe, expect, it } from 'vitest'

import { atomic } from '../../checkers/atomic.ts'
import { decideParts } from '../../checkers/decide-parts.ts'
import { register } from '../../checkers/models/register.ts'
import { regular } from '../../checkers/regular.ts'
import { safe } from '../../checkers/safe.ts'
import { sequential } from '../../checkers/sequential.ts'
import { precedes } from '../../src/core/operation.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { countRegisterHistories } from '../../suites/register-histories.ts'

/** Which of the three registers a drawing shows. */
function kinds(drawing: string): string {
  const history = timeline(drawing)
  return [safe, regular, atomic]
    .filter((condition) => condition.check(history, { initial: 0 }).outcome === 'pass')
    .map(({ name }) => name)
    .join(', ')
}

const isLinearizable = (drawing: string): boolean =>
  decideParts(timeline(drawing).operations, register, { initial: 0 }).every(
    ({ decision }) => decision.outcome === 'pass',
  )

describe('registers, all histories of one writer', () => {
  const all = (
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ] as const
  ).map(([writes, reads]) => countRegisterHistories(writes, reads))

  it('REG-06, REG-07: safe is more than regular, and regular is more than atomic', () => {
    expect(all.map((each) => [each.histories, each.safe, each.regular, each.atomic])).toEqual([
      [12, 10, 10, 10],
      [180, 127, 127, 123],
      [45, 39, 31, 31],
      [1890, 1434, 906, 890],
    ])
  })

  it('REG-08: the condition on two reads alone accepts what is not atomic', () => {
    expect(all.map((each) => [each.ordered, each.orderedOnly, each.mismatches])).toEqual([
      [12, 2, 0],
      [165, 42, 0],
      [45, 14, 0],
      [1680, 790, 0],
    ])
  })

  it('REG-09: an atomic register is one with a moment for each operation: linearizable', () => {
    for (const { atomic: isAtomic, linearizable } of all) expect(linearizable).toBe(isAtomic)
  })
})

describe('registers as they are drawn', () => {
  it('REG-01: a register is 0 at first, and what was written then', () => {
    expect(register.step(0, { f: 'read', value: null, process: 0 })).toEqual([
      { state: 0, result: 0 },
    ])
    expect(register.step(0, { f: 'write', value: 1, process: 0 })).toEqual([
      { state: 1, result: null },
    ])
  })

  it('REG-02: a process does one thing after the other', async () => {
    const lines = ['{"process":1,"type":"invoke","f":"read"}\n'.repeat(2)]
    const bytes = async function* () {
      await Promise.resolve()
      yield new TextEncoder().encode(lines.join(''))
    }
    await expect(readHistory(bytes())).rejects.toThrow(/process 1|already|still/)
  })

  it('REG-03: an operation precedes another if it ended before the other began', () => {
    const [first, second, third] = timeline(`
      a: [write 1]    [write 2]
      b:       [read -> 1]
    `).operations
    const pairs = [
      [first, second],
      [first, third],
      [second, third],
      [third, first],
    ] as const
    expect(pairs.map(([a, b]) => precedes(a!, b!))).toEqual([false, true, false, false])
  })

  it('REG-05: what was written last is not said where write and read overlap', () => {
    for (const seen of [0, 1]) {
      const drawing = `
        a:   [write 1]
        b: [read -> ${seen}]
      `
      expect(kinds(drawing)).toBe('safe, regular, atomic')
    }
  })

  it('REG-10: a write that ended is read', () => {
    const drawing = `
      a: [write 1]
      b:           [read -> 1]
    `
    expect(kinds(drawing)).toBe('safe, regular, atomic')
  })

  it('REG-11: a read during a write returns either value, and a later one the new one', () => {
    for (const seen of [0, 1]) {
      const drawing = `
        a: [write 1            ]
        b:     [read -> ${seen}]       [read -> 1]
      `
      expect(kinds(drawing)).toBe('safe, regular, atomic')
    }
  })

  it('REG-12: an old value after a write is no register, new and then old is not atomic', () => {
    const missed = `
      a: [write 1]
      b:           [read -> 0]
    `
    const inverted = `
      a: [write 1                           ]
      b:     [read -> 1]
      c:                  [read -> 0]
    `
    expect([kinds(missed), kinds(inverted)]).toEqual(['', 'safe, regular'])
  })

  it('REG-13: two readers that see two writes in opposite orders see no order at all', () => {
    const drawing = `
      a: [write 1]
      b: [write 2]
      c:           [read -> 1]  [read -> 2]
      d:           [read -> 2]  [read -> 1]
    `
    expect(isLinearizable(drawing)).toBe(false)
    const verdict = sequential.check(timeline(drawing), { model: register, initial: 0 })
    expect(verdict.outcome).toBe('fail')
    expect(atomic.check(timeline(drawing), { initial: 0 }).outcome).toBe('fail')
  })
})
