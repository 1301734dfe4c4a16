import { describe, expect, it } from 'vitest'

import { commitOnlyGrows } from '../../checkers/invariants/commit-only-grows.ts'
import { committedAtMajority } from '../../checkers/invariants/committed-at-majority.ts'
import { countedAtMajority } from '../../checkers/invariants/counted-at-majority.ts'
import type { Invariant } from '../../src/core/invariant.ts'

type View = Readonly<Record<string, unknown>>

const entries = (log: string) =>
  (log === '' ? [] : log.split(' ')).map((text) => ({
    term: Number(text[0]),
    value: text.slice(1),
  }))

const node = (log: string, commit = 0, more: View = {}): View => ({
  role: 'follower',
  term: 2,
  log: entries(log),
  base: 0,
  commit,
  ...more,
})

function found(invariant: Invariant, ...views: (View | undefined)[]) {
  return invariant.violated(
    views,
    views.map((_, at) => `n${at + 1}`),
  )
}

describe('that commit only grows', () => {
  it('is true of a node that has applied what it knows to be committed', () => {
    expect(found(commitOnlyGrows, node('1a', 1, { applied: 1 }), node('1a'))).toBeUndefined()
    expect(found(commitOnlyGrows, undefined, { applied: 3 })).toBeUndefined()
  })

  it('is false of one that takes less for committed than it has applied', () => {
    const views = [node('1a', 1, { applied: 1 }), node('1a 1b', 1, { applied: 2 })]
    expect(found(commitOnlyGrows, ...views)).toBe(
      'n2 has applied 2 entries and takes 1 for committed',
    )
  })
})

describe('that a leader has counted what it committed at a majority', () => {
  const leader = (log: string, commit: number, match: unknown, base = 0) =>
    found(countedAtMajority, node(log, commit, { role: 'leader', match, base }), node(''), node(''))

  it('is asked of entries of its own term alone, which are at any place of its log', () => {
    expect(leader('1a 2b', 2, [2, 2, 0])).toBeUndefined()
    expect(leader('1a 2b', 2, [2, 1, 0])).toBe(
      'n1 has committed index 2 and knows of 1 that have it',
    )
    expect(leader('1a 2b', 1, [2, 0, 0])).toBeUndefined()
    expect(leader('2c 2d', 3, [4, 2, 0], 2)).toContain('index 3')
    expect(leader('2c 2d', 3, [4, 3, 0], 2)).toBeUndefined()
  })

  it('is not asked of nodes that do not lead, or do not show what they know', () => {
    expect(leader('2b', 1, undefined)).toBeUndefined()
    expect(leader('2b', 1, null)).toBeUndefined()
    const follower = node('2b', 1, { match: [1, 0, 0] })
    expect(found(countedAtMajority, follower, follower, follower)).toBeUndefined()
  })

  it('takes more than half, not half', () => {
    const views = [node('2b', 1, { role: 'leader', match: [1, 1, 0, 0] })]
    const four = [...views, node(''), node(''), node('')]
    expect(found(countedAtMajority, ...four)).toContain('knows of 2')
  })
})

describe('that what is committed is in the logs of a majority', () => {
  it('counts nodes that have the very entry, or a snapshot in its place', () => {
    expect(found(committedAtMajority, node('1a', 1), node('1a'), node(''))).toBeUndefined()
    const snapshot = node('', 1, { base: 1 })
    expect(found(committedAtMajority, node('1a', 1), snapshot, undefined)).toBeUndefined()
    expect(found(committedAtMajority, node('1a', 1), node('1b'), node('2a'))).toBe(
      'n1 knows "a" of term 1 at index 1 to be committed, which 1 have',
    )
  })

  it('looks at the last of them, and at nothing where nothing is', () => {
    const views = [node('1a 1b', 2), node('1a'), node('1a 1b')]
    expect(found(committedAtMajority, ...views)).toBeUndefined()
    expect(found(committedAtMajority, views[0], views[1], node('1a'))).toContain('index 2')
    expect(found(committedAtMajority, node('1a'), node(''), undefined, {})).toBeUndefined()
  })

  it('takes more than half, not half', () => {
    const views = [node('1a', 1), node('1a'), node(''), node('')]
    expect(found(committedAtMajority, ...views)).toContain('which 2 have')
  })
})
