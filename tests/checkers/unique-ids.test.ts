import { describe, expect, it } from 'vitest'
import { uniqueIds } from '../../checkers/unique-ids.ts'
import { canonical } from '../../src/core/json.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

describe('unique ids', () => {
  it('names both calls that were given the same id', () => {
    const history = sequence(`
      a generate -> 1
      b generate -> "1"
      c generate ->
      d generate -> [1]
      b generate -> 1
    `)
    expect(sentenceOf(uniqueIds, history)).toBe(
      'client b was given the id 1, which client a was given too',
    )
    expect(namedBy(uniqueIds, history)).toEqual([0, 4])
  })

  it('does not take null for an id', () => {
    const history = sequence('a generate -> null')
    expect(sentenceOf(uniqueIds, history)).toBe('client a asked for an id and was given none')
  })

  it('says nothing about a history in which no id is generated', () => {
    const history = sequence('a read -> 1')
    expect(sentenceOf(uniqueIds, history)).toBe('unfit: there is no operation generate in it')
  })

  it('agrees with comparing all pairs', () => {
    compareWithTwin({
      condition: uniqueIds,
      cases: 2000,
      seed: 1,
      draw: (random) => {
        const ids = [1, 2, 3, '1', [1], 1.5, { a: 1, b: 2 }, { b: 2, a: 1 }, true, 'a', 'b', null]
        return randomHistory(random, {
          operations: 6,
          clients: 3,
          crashes: 20,
          call: () => ({ f: 'generate', value: null, key: random.int(0, 1) }),
          answer: () => random.pick(ids),
        })
      },
      holds: ({ operations }) => {
        const given = operations.filter((op) => op.result !== undefined)
        return given.every(
          (a) =>
            a.result !== null &&
            given.every(
              (b) => a === b || a.key !== b.key || canonical(a.result) !== canonical(b.result),
            ),
        )
      },
    })
  })
})
