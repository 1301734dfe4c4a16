import { describe, expect, it } from 'vitest'
import { counterBounds } from '../../checkers/counter-bounds.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { History } from '../../src/history/history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

/** All sums that a read can be of: every subset of what may count, with all that certainly does. */
function sums(read: Operation, { operations }: History, initial: number): readonly number[] {
  return operations
    .filter((op) => op.f === 'add' && op.called < read.returned && op.key === read.key)
    .reduce(
      (partial, add) => {
        const with_ = partial.map((sum) => sum + (add.value as number))
        return add.returned < read.called ? with_ : [...partial, ...with_]
      },
      [initial],
    )
}

const isWithin = (history: History, initial: number) =>
  history.operations
    .filter((op) => op.f === 'read' && op.result !== undefined)
    .every((read) => {
      const possible = sums(read, history, initial)
      const seen = read.result as number
      return Math.min(...possible) <= seen && seen <= Math.max(...possible)
    })

describe('counter bounds', () => {
  it('names the fewest acknowledged additions that make a read too low', () => {
    const history = sequence(`
      a add 1
      b add 5
      c add -2
      d add 7 ->
      a read -> 2
    `)
    expect(sentenceOf(counterBounds, history)).toBe(
      'client a read 2, but what was acknowledged before makes at least 4',
    )
    expect(namedBy(counterBounds, history)).toEqual([1, 4])
  })

  it('names only the read if nothing explains a value so high', () => {
    const history = sequence(`
      a add 1
      d add 7 ->
      a read -> 9
      a read -> 8
    `)
    expect(sentenceOf(counterBounds, history)).toBe(
      'client a read 9, but everything added until then makes at most 8',
    )
    expect(namedBy(counterBounds, history)).toEqual([2])
  })

  it('says why it does not apply', () => {
    const reason = (text: string) => sentenceOf(counterBounds, sequence(text))
    expect(reason('a read -> "x"')).toBe('unfit: read of client a returned "x", not a whole number')
    expect(reason('a write 1')).toBe('unfit: operation "write" of client a is none of add, read')
    expect(reason('a add 1')).toBe('unfit: there is no operation read in it')
    expect(sentenceOf(counterBounds, sequence('a read -> 1'), { initial: 'x' })).toBe(
      'unfit: the initial value "x" is not a whole number',
    )
  })

  it.each([0, 3])('agrees with summing all subsets, from %i on', (initial) => {
    compareWithTwin({
      condition: counterBounds,
      cases: 1500,
      seed: 2 + initial,
      options: { initial },
      draw: (random) =>
        randomHistory(random, {
          operations: 8,
          clients: 3,
          crashes: 20,
          call: () =>
            random.chance(1, 2)
              ? { f: 'read', value: null, key: random.int(0, 1) }
              : { f: 'add', value: random.int(-3, 5), key: random.int(0, 1) },
          answer: (_, op, earlier) => {
            const known = earlier.filter((add) => add.f === 'add' && add.key === op.key)
            const some = known.filter(() => random.chance(5, 6))
            const slip = random.chance(1, 4) ? random.int(-6, 6) : 0
            return initial + slip + some.reduce((sum, add) => sum + (add.value as number), 0)
          },
        }),
      holds: (history) => isWithin(history, initial),
    })
  })

  it('counts an addition that returned although an earlier one is still open', () => {
    const history = timeline(`
      a: [add 1              ]
      b:    [add 5]
      c:            [read -> 3]
    `)
    expect(namedBy(counterBounds, history)).toEqual([1, 2])
  })

  it('names operations that contradict each other without any help from the others', () => {
    const text = (seen: number) => `a add 4\n a add 3\n a add -1\n b add 2\n a read -> ${seen}`
    expect(namedBy(counterBounds, sequence(text(2)))).toEqual([0, 4])
    expect(namedBy(counterBounds, sequence(text(3)))).toEqual([0, 1, 4])
    expect(namedBy(counterBounds, sequence(text(9)))).toEqual([2, 4])
  })
})
