import { describe, expect, it } from 'vitest'
import { setFull, setFullLinearizable } from '../../checkers/set-full.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

const members = (read: Operation) => read.result as readonly Json[]

/** The definitions of lost and stale, read aloud, for one element. */
function fateOf(element: Json, { operations }: History): 'lost' | 'stale' | 'fine' {
  const reads = operations.filter((op) => op.f === 'read' && op.result !== undefined)
  const showing = reads.filter((read) => members(read).includes(element))
  const adds = operations.filter((op) => op.f === 'add' && op.result !== undefined)
  const sources = [...showing, ...adds.filter((add) => add.value === element)]
  const missing = reads.filter(
    (read) => !showing.includes(read) && sources.some((op) => op.returned < read.called),
  )
  const isFinal = (read: Operation) =>
    adds.every((add) => add.returned < read.called) &&
    !reads.some((other) => other.process === read.process && other.called > read.called)
  const gone = (read: Operation) => showing.every((other) => other.returned < read.called)
  if (missing.some((read) => isFinal(read) || gone(read))) return 'lost'
  return missing.length > 0 ? 'stale' : 'fine'
}

function isFull(history: History, linearizable: boolean): boolean {
  const { operations } = history
  const adds = operations.filter((op) => op.f === 'add')
  const reads = operations.filter((op) => op.f === 'read' && op.result !== undefined)
  const honest = reads.every((read) =>
    members(read).every((value) =>
      adds.some((add) => add.value === value && add.called < read.returned),
    ),
  )
  const single = reads.every((read) => new Set(members(read)).size === members(read).length)
  const fates = [...new Set(adds.map((add) => add.value))].map((value) => fateOf(value, history))
  return honest && single && !fates.includes('lost') && !(linearizable && fates.includes('stale'))
}

const draw = (random: Random) => {
  const careful = random.chance(1, 2)
  return randomHistory(random, {
    operations: 8,
    clients: 3,
    crashes: 15,
    call: (_, process) =>
      random.chance(3, 5) && process !== 1
        ? { f: 'add', value: random.int(1, careful ? 9 : 4) }
        : { f: 'read', value: null },
    answer: (_, op, earlier) => {
      if (op.f === 'add') return null
      const known = new Set(earlier.filter((add) => add.f === 'add').map((add) => add.value))
      const seen = [...known].filter(() => random.chance(careful ? 14 : 5, careful ? 15 : 6))
      const odd = random.chance(1, 30) ? [random.int(1, 4)] : []
      return [...seen, ...odd]
    },
  })
}

describe('set-full', () => {
  it('finds an acknowledged element that no read shows', () => {
    const history = sequence(`
      a add 1
      a add 2
      b add 3 ->
      c read -> [1]
    `)
    expect(sentenceOf(setFull, history)).toBe(
      'client a added 2, which was acknowledged, but a later read of client c misses it ' +
        'and no read showed it again',
    )
    expect(namedBy(setFull, history)).toEqual([1, 3])
  })

  it('finds what one reader misses at the end, although another still sees it', () => {
    const history = sequence(`
      a add 1
      c read -> []
      d read -> [1]
    `)
    expect(sentenceOf(setFull, history)).toBe(
      'client a added 1, which was acknowledged, but a later read of client c misses it',
    )
  })

  it('counts what is missed for a while as stale, a violation only of a linearizable set', () => {
    const history = sequence(`
      b add 1 ->
      a read -> [1]
      c read -> []
      c read -> [1]
      c add 2
    `)
    expect(sentenceOf(setFull, history)).toBe(
      'pass: no element was lost (0 stable, 1 stale, 1 never read)',
    )
    expect(sentenceOf(setFullLinearizable, history)).toBe(
      'client a read 1, but a later read of client c misses it, for a while',
    )
  })

  it('does not call an element lost that a read still open may have shown later', () => {
    const history = timeline(`
      a: [add 1]
      b:         [read -> [1]              ]
      c:           [read -> [1]]
      d:                          [read -> []]
      e:                                      [add 2]
    `)
    expect(sentenceOf(setFull, history)).toMatch(/^pass/)
    expect(sentenceOf(setFullLinearizable, history)).toMatch(/for a while/)
  })

  it('finds doubled and made-up elements', () => {
    const sentence = (text: string) => sentenceOf(setFull, sequence(text))
    expect(sentence('a add 1\n a read -> [1, 1]')).toBe('client a read 1 twice in one read')
    expect(sentence('a add 1\n a read -> [1, 2]')).toBe('client a read 2, which nobody added')
    expect(sentence('a read -> [1]\n a add 1\n a read -> [1]')).toBe(
      'client a read 1, before anybody began to add it',
    )
  })

  it('knows elements that were there from the beginning', () => {
    const history = sequence('a add 1\n a read -> [1, 7]\n a read -> [1]')
    expect(sentenceOf(setFull, history, { initial: [7] })).toBe(
      '7 was there from the beginning, but a later read of client a misses it ' +
        'and no read showed it again',
    )
    expect(sentenceOf(setFull, history)).toBe('client a read 7, which nobody added')
  })

  it('does not apply to sets from which elements are taken', () => {
    expect(sentenceOf(setFull, sequence('a add 1\n a remove 1\n a read -> []'))).toBe(
      'unfit: operation "remove" of client a is none of add, read',
    )
  })

  it.each([
    [setFull, false],
    [setFullLinearizable, true],
  ])('agrees with the definition of every element on its own', (condition, linearizable) => {
    compareWithTwin({
      condition,
      cases: 1500,
      seed: 8,
      draw,
      holds: (history) => isFull(history, linearizable),
    })
  })
})
