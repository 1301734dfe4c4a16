import { describe, expect, it } from 'vitest'
import { eventual } from '../../checkers/eventual.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { historyOf, randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

/**
 * The last read of each process that was called in the second half of the time after the updates.
 */
function finalReads({ operations, events }: History): readonly Operation[] {
  const updates = operations.filter((op) => op.f !== 'read')
  const endOf = (op: Operation) => (op.result === undefined ? op.called : op.returned)
  const end = Math.max(...operations.map(endOf))
  const quiet = Math.max(-1, ...updates.map(endOf))
  const settled = (Math.max(0, quiet) + end) / 2
  expect(end).toBeLessThanOrEqual(events)
  return operations.filter(
    (read) =>
      read.f === 'read' &&
      read.result !== undefined &&
      read.called > quiet &&
      read.called >= settled &&
      !operations.some(
        (other) =>
          other.process === read.process &&
          other.result !== undefined &&
          other.called > read.called,
      ),
  )
}

const allAlike = (history: History): boolean =>
  new Set(finalReads(history).map(({ result }) => JSON.stringify(result))).size <= 1

/** Is there a value that the object can have come to, from which only lost answers lead away? */
function converges(history: History): boolean {
  const writes = history.operations.filter((op) => op.f === 'write')
  if (writes.length === 0) return allAlike(history)
  const unsure = writes.filter((op) => op.result === undefined).map((op) => op.value)
  const untouched = unsure.length === writes.length
  const candidates = [...writes.map((op) => op.value), ...(untouched ? [null] : [])]
  return candidates.some((value) =>
    finalReads(history).every(({ result }) => result === value || unsure.includes(result ?? null)),
  )
}

/** Is there a subset of the unanswered adds for every reader that explains what it reads? */
function growsTogether(history: History): boolean {
  const adds = history.operations.filter((op) => op.f === 'add')
  if (adds.length === 0) return allAlike(history)
  const sure = new Set(adds.filter((op) => op.result !== undefined).map((op) => op.value))
  const all = new Set(adds.map((op) => op.value))
  return finalReads(history).every(({ result }) => {
    const members = result as readonly Json[]
    return members.every((value) => all.has(value)) && [...sure].every((v) => members.includes(v))
  })
}

const drawWith =
  (update: 'write' | 'add', answer: (random: Random, known: readonly Json[]) => Json) =>
  (random: Random) => {
    const updates = random.int(0, 3)
    let calls = 0
    return randomHistory(random, {
      operations: updates + 7,
      clients: 3,
      crashes: 25,
      call: () =>
        calls++ < updates ? { f: update, value: random.int(1, 3) } : { f: 'read', value: null },
      answer: (_, op, earlier) => {
        const known = earlier.filter((other) => other.f === update).map((other) => other.value)
        return op.f === update ? null : answer(random, known)
      },
    })
  }

describe('eventual consistency', () => {
  const quiet = 'q read -> 0\n q read -> 0\n q read -> 0\n'

  it('finds final reads that differ, and keeps to the majority', () => {
    const text = `a write 1\n b write 2\n ${quiet} a read -> 2\n b read -> 1\n c read -> 2`
    const history = sequence(text)
    expect(sentenceOf(eventual, history)).toBe(
      'long after the last update client b read 1, but client a read 2',
    )
    expect(namedBy(eventual, history)).toEqual([5, 6])
  })

  it('leaves the first half of the quiet period for settling', () => {
    const late = 'd read -> 2\n e read -> 2\n f read -> 2\n'
    expect(sentenceOf(eventual, sequence(`a write 2\n ${quiet} ${late}`))).toBe(
      'pass: 3 final reads of 1 objects agree, object by object',
    )
  })

  it('measures the quiet period in time where there are times', () => {
    const { operations, events } = sequence('a write 2\n b read -> 1\n c read -> 2\n')
    const timed = (at: number) =>
      historyOf(
        operations.map((op) => ({ ...op, calledAt: op.id * at, returnedAt: op.id * at + 1 })),
        events,
      )
    expect(eventual.check(timed(10), {}).outcome).toBe('pass')
    const late = timed(10).operations.map((op) => (op.id === 1 ? { ...op, calledAt: 15 } : op))
    expect(eventual.check(historyOf(late, events), {}).outcome).toBe('fail')
    const early = sequence('b read -> 1\n a write 2\n c read -> 2').operations
    const coarse = early.map((op) => ({ ...op, calledAt: 7, returnedAt: 7 }))
    expect(sentenceOf(eventual, historyOf(coarse, events))).toMatch(/^pass: 1 final read/)
  })

  it('finds updates that all replicas have lost, and values that nobody wrote', () => {
    expect(sentenceOf(eventual, sequence('a write 1\n b read -> null'))).toBe(
      'client a wrote 1, which was acknowledged, but long after client b read null, ' +
        'as at the beginning',
    )
    expect(sentenceOf(eventual, sequence('a write 1\n b read -> 3'))).toBe(
      'client b read 3, which nobody wrote',
    )
    expect(sentenceOf(eventual, sequence('a add 1\n a add 2\n b read -> [2]'))).toBe(
      'client a added 1, which was acknowledged, but long after a read of client b misses it',
    )
    expect(sentenceOf(eventual, sequence('a add 2\n b read -> [2, 5]'))).toBe(
      'client b read the element 5, which nobody added',
    )
  })

  it('cannot tell where an unanswered update of another kind may have come between', () => {
    const history = sequence('a append 1 ->\n d read -> []\n b read -> [1]\n c read -> []')
    expect(sentenceOf(eventual, history)).toBe(
      'unknown: long after the last update client c read [], but client b read [1], ' +
        'but an update without an answer may have come between',
    )
    const sure = sequence('a append 1\n d read -> []\n b read -> [1]\n c read -> []')
    expect(eventual.check(sure, {}).outcome).toBe('fail')
  })

  it('does not apply where nothing is read at the end', () => {
    expect(sentenceOf(eventual, sequence('a read -> 1\n a write 1'))).toBe(
      'unfit: nothing was read in the second half of the time after the updates',
    )
  })

  it('agrees with looking for a value that the object can have come to', () => {
    const answer = (random: Random, known: readonly Json[]) =>
      random.chance(1, 4) ? null : random.pick([...known, known.at(-1) ?? null])
    const draw = drawWith('write', answer)
    compareWithTwin({ condition: eventual, cases: 1500, seed: 110, draw, holds: converges })
  })

  it('agrees with looking for the unanswered adds that each reader has seen', () => {
    const answer = (random: Random, known: readonly Json[]) =>
      [...new Set(known), ...(random.chance(1, 30) ? [4] : [])].filter(() => random.chance(3, 4))
    const draw = drawWith('add', answer)
    compareWithTwin({ condition: eventual, cases: 1500, seed: 12, draw, holds: growsTogether })
  })
})
