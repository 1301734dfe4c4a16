import { describe, expect, it } from 'vitest'
import { priorityKind, queueKind, stackKind } from '../linearize/collection-cases.ts'
import { judgeRun } from '../linearize/collection-check.ts'

describe.each([
  ['queue', queueKind],
  ['stack', stackKind],
  ['priority queue', priorityKind],
] as const)('a million operations on a %s', (_, kind) => {
  const run = { operations: 1_000_000, clients: 10, seed: 1 }

  it('are put in an order that can be replayed', () => {
    expect(judgeRun(kind, run)).toBe('pass')
  })

  it('also with peeks and unknown outcomes', () => {
    expect(judgeRun(kind, { ...run, peeks: 10, crashes: 2 })).toBe('pass')
  })
})
