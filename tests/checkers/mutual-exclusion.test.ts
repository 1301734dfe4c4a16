import { describe, expect, it } from 'vitest'
import { mutualExclusion } from '../../checkers/mutual-exclusion.ts'
import type { History } from '../../src/history/history.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

/** Looks at every moment and every process: what was its last step until then? */
function isExclusive({ operations, events }: History): boolean {
  for (let moment = 0; moment <= events; moment++) {
    for (const key of new Set(operations.map((op) => op.key))) {
      const holders = new Set(
        operations
          .filter((op) => op.f === 'acquire' && op.key === key && op.returned <= moment)
          .filter((held) => {
            const { process } = held
            const since = operations.filter((op) => op.process === process && op.key === key)
            return !since.some(
              (op) => op.f !== 'acquire' && op.called > held.called && op.called <= moment,
            )
          })
          .map((op) => op.process),
      )
      if (holders.size > 1) return false
    }
  }
  return true
}

describe('mutual exclusion', () => {
  it('names the two that hold the lock at once', () => {
    const history = sequence(`
      a acquire
      a release
      b acquire
      c release
      c acquire
    `)
    expect(sentenceOf(mutualExclusion, history)).toBe(
      'client c acquired, but client b had acquired before and not released',
    )
    expect(namedBy(mutualExclusion, history)).toEqual([2, 4])
  })

  it('blames nobody for what may have been: unknown acquires and releases, crashes', () => {
    const history = sequence(`
      a acquire ->
      b acquire
      b release ->
      c acquire
      c crash ->
      d acquire
    `)
    expect(sentenceOf(mutualExclusion, history)).toBe(
      'pass: held 3 times, by one process at a time',
    )
  })

  it('agrees with looking at every moment', () => {
    compareWithTwin({
      condition: mutualExclusion,
      cases: 1500,
      seed: 5,
      draw: (random) =>
        randomHistory(random, {
          operations: 8,
          clients: 3,
          crashes: 15,
          call: (_, process) => ({
            f: random.pick(['acquire', 'acquire', 'acquire', 'release', 'release', 'crash']),
            value: null,
            key: process === 0 ? 0 : random.int(0, 1),
          }),
          answer: () => null,
        }),
      holds: isExclusive,
    })
  })
})
