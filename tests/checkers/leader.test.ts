import { describe, expect, it } from 'vitest'
import { leader } from '../../checkers/leader.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

const claim = ({ f, process, value, result }: Operation): readonly Json[] => {
  if (result === undefined || (f === 'leader' && result === null)) return []
  return f === 'elected' ? [value, process] : (result as readonly Json[])
}

describe('leader uniqueness', () => {
  it('names two leaders of one term, seen by themselves or by others', () => {
    const history = sequence(`
      n1 elected 1
      n2 elected 2 ->
      n3 leader -> null
      n3 elected 2
      c leader -> [2, "n3"]
      c leader -> [1, "n2"]
    `)
    expect(sentenceOf(leader, history)).toBe(
      'process c saw "n2" as leader of term 1, but process n1 was elected leader of term 1',
    )
    expect(namedBy(leader, history)).toEqual([0, 5])
  })

  it('says nothing about a history without elections', () => {
    expect(sentenceOf(leader, sequence('a read -> 1'))).toBe(
      'unfit: there is no operation elected or leader in it',
    )
    expect(sentenceOf(leader, sequence('a leader -> 1'))).toBe(
      'unfit: leader of client a returned 1, not `[term, leader]`, or `null` when it knows none',
    )
  })

  it('agrees with comparing all pairs', () => {
    compareWithTwin({
      condition: leader,
      cases: 1500,
      seed: 6,
      draw: (random) =>
        randomHistory(random, {
          operations: 6,
          clients: 3,
          crashes: 20,
          call: () =>
            random.chance(1, 2)
              ? { f: 'elected', value: random.int(1, 4), key: random.int(0, 1) }
              : { f: 'leader', value: null, key: random.int(0, 1) },
          answer: (_, op) =>
            op.f === 'elected' || random.chance(1, 4)
              ? null
              : [random.int(1, 4), random.pick([0, 1, null, '1'])],
        }),
      holds: ({ operations }) =>
        operations.every((a) =>
          operations.every((b) => {
            const [first, second] = [claim(a), claim(b)]
            if (a.key !== b.key || first[0] === undefined || first[0] !== second[0]) return true
            return first[1] === null || second[1] === null || first[1] === second[1]
          }),
        ),
    })
  })
})
