import { describe, expect, it } from 'vitest'
import { consensus, consensusAmong } from '../../checkers/consensus.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { History } from '../../src/history/history.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

const hasDecided = (op: Operation) =>
  (op.f === 'decide' || op.f === 'propose') && op.result !== undefined && op.result !== null

/** The four properties, each as it is written down, one instance. */
function isConsensus({ operations }: History): boolean {
  const decisions = operations.filter(hasDecided)
  const agreement = decisions.every((a) => decisions.every((b) => a.result === b.result))
  const validity = decisions.every((op) =>
    operations.some(
      (by) => by.f === 'propose' && by.value === op.result && by.called < op.returned,
    ),
  )
  const integrity = decisions.every((a) =>
    decisions.every((b) => {
      if (a === b || a.process !== b.process) return true
      return a.result === b.result && !(a.f === 'decide' && b.f === 'decide')
    }),
  )
  const isFaulty = (op: Operation) => op.f === 'crash' || op.result === undefined
  const termination = operations.every(({ f, process }) => {
    if (f !== 'propose') return true
    const own = operations.filter((op) => op.process === process)
    return own.some(isFaulty) || own.some(hasDecided)
  })
  return agreement && validity && integrity && termination
}

describe('consensus', () => {
  const sentence = (text: string) => sentenceOf(consensus, sequence(text))

  it('finds two different decisions', () => {
    const text = `
      a propose 1 -> 1
      b propose 2 -> 1
      c propose 3 ->
      d propose 1 -> 3
    `
    expect(sentence(text)).toBe('process d decided 3, but process a decided 1')
    expect(namedBy(consensus, sequence(text))).toEqual([0, 3])
  })

  it('finds a decision that nobody proposed, or not yet', () => {
    expect(sentence('a propose 1 -> 2')).toBe('process a decided 2, which nobody proposed')
    expect(sentence('a propose 1 -> 2\n b propose 2 ->')).toBe(
      'process a decided 2, before anybody proposed it',
    )
  })

  it('finds a process that decides twice', () => {
    const text = 'a propose 1\n a decide -> 1\n a decide -> 1'
    expect(sentence(text)).toBe('process a decided twice')
  })

  it('expects a decision of every correct process, and of no other', () => {
    expect(sentence('a propose 1\n b propose 1 -> 1')).toBe(
      'process a proposed 1, but had not decided when the recording ended',
    )
    expect(sentence('a propose 1\n b propose 1 -> 1\n a crash')).toBe(
      'pass: 1 decisions, all as they must be',
    )
    const unanswered = sequence('a propose 1 ->')
    expect(sentenceOf(consensus, unanswered)).toBe('pass: 0 decisions, all as they must be')
    expect(sentenceOf(consensusAmong(['a']), unanswered)).toBe(
      'process a proposed 1, but had not decided when the recording ended',
    )
  })

  it('agrees with the four properties as they are written', () => {
    compareWithTwin({
      condition: consensus,
      cases: 1500,
      seed: 7,
      draw: (random) =>
        randomHistory(random, {
          operations: 5,
          clients: 3,
          crashes: 25,
          call: () =>
            random.chance(2, 3)
              ? { f: 'propose', value: random.chance(3, 4) ? 1 : 2 }
              : { f: random.pick(['decide', 'decide', 'crash']), value: null },
          answer: () => random.pick([1, 1, 1, 1, 1, 1, 2, null, null]),
        }),
      holds: isConsensus,
    })
  })
})
