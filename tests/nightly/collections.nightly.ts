import { describe, expect, it } from 'vitest'
import {
  priorityKind,
  priorityProblem,
  queueKind,
  queueProblem,
  stackKind,
  stackProblem,
} from '../linearize/collection-cases.ts'
import { compareWithSearch, judgeAll } from '../linearize/collection-check.ts'
import { fuzz } from '../linearize/fuzz.ts'

const CASES = 1_000_000

describe.each([
  ['queues', queueKind, queueProblem],
  ['stacks', stackKind, stackProblem],
  ['priority queues', priorityKind, priorityProblem],
] as const)('a million histories of %s', (_, kind, problemOf) => {
  it('are decided as the definition says', () => {
    const tally = fuzz(kind.engine, problemOf, CASES, 1_000_000)
    expect(tally.pass).toBeGreaterThan(CASES / 4)
    expect(tally.fail).toBeGreaterThan(CASES / 4)
    expect(tally.undecided).toBe(0)
  })

  it('and all of four operations', () => {
    const { legal, illegal, undecided } = judgeAll(kind, 4)
    expect(legal).toBeGreaterThan(100_000)
    expect(illegal).toBeGreaterThan(10_000)
    expect(undecided).toBe(0)
  })

  it('and some dozen operations as the general search says', () => {
    const { pass, fail } = compareWithSearch(kind, 5_000, 1_000)
    expect(pass).toBeGreaterThan(1_000)
    expect(fail).toBeGreaterThan(1_000)
  })
})
