import { describe, expect, it } from 'vitest'

import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { leaderAppendOnly } from '../../checkers/invariants/leader-append-only.ts'
import { leaderCompleteness } from '../../checkers/invariants/leader-completeness.ts'
import { logMatching } from '../../checkers/invariants/log-matching.ts'
import { stateMachineSafety } from '../../checkers/invariants/state-machine-safety.ts'
import type { Invariant } from '../../src/core/invariant.ts'

/** A node that shows `term`, whether it leads, and a log: `1a 1b 2c`, committed up to an index. */
function node(term: number, role: string, log: string, commit = 0, base = 0) {
  const entries = log === '' ? [] : log.split(' ')
  return {
    term,
    role,
    commit,
    base,
    log: entries.map((text) => ({ term: Number(text[0]), value: text.slice(1) })),
  }
}

function found(invariant: Invariant, ...views: (Readonly<Record<string, unknown>> | undefined)[]) {
  return invariant.violated(
    views,
    views.map((_, at) => `n${at + 1}`),
  )
}

describe('election safety', () => {
  it('allows leaders of different terms at the same time', () => {
    expect(found(electionSafety, node(1, 'leader', ''), node(2, 'leader', ''))).toBeUndefined()
  })

  it('names two leaders of one term', () => {
    const views = [node(3, 'leader', ''), undefined, node(3, 'leader', '')]
    expect(found(electionSafety, ...views)).toBe('n1 and n3 were both elected in term 3')
  })

  it('remembers who was leader and is not any more', () => {
    const former = { ...node(5, 'follower', ''), led: 3 }
    expect(found(electionSafety, former, node(3, 'leader', ''))).toContain('term 3')
    expect(found(electionSafety, former, node(5, 'leader', ''))).toBeUndefined()
  })
})

describe('log matching', () => {
  it('allows logs that part where their terms do', () => {
    const views = [node(1, 'follower', '1a 1b 2c'), node(1, 'follower', '1a 3d 3e')]
    expect(found(logMatching, ...views)).toBeUndefined()
  })

  it('finds what differs before an entry of the same term', () => {
    const views = [node(1, 'follower', '1a 2c'), node(1, 'follower', '1b 2c')]
    expect(found(logMatching, ...views)).toBe(
      'at index 1 n1 has "a" of term 1 and n2 has "b" of term 1',
    )
  })

  it('compares what both logs still have', () => {
    const short = node(2, 'follower', '2c 2d', 3, 1)
    expect(found(logMatching, node(2, 'follower', '1x 2c 2d'), short)).toBeUndefined()
    expect(found(logMatching, node(2, 'follower', '1x 2y 2d'), short)).toContain('index 2')
  })
})

describe('state machine safety', () => {
  it('allows differences that are not committed', () => {
    const views = [node(1, 'follower', '1a 1b', 1), node(2, 'follower', '1a 2c', 2)]
    expect(found(stateMachineSafety, ...views)).toBeUndefined()
  })

  it('finds different entries that are both committed', () => {
    const views = [node(1, 'follower', '1a 1b', 2), node(2, 'follower', '1a 2c', 2)]
    expect(found(stateMachineSafety, ...views)).toContain('at index 2: "b" of term 1 and "c" of')
  })
})

describe('leader completeness', () => {
  it('wants every committed entry in the log of a later leader', () => {
    const knows = node(1, 'follower', '1a 1b', 2)
    expect(found(leaderCompleteness, knows, node(2, 'leader', '1a 1b 2c', 0))).toBeUndefined()
    expect(found(leaderCompleteness, knows, node(2, 'leader', '1a 2c', 0))).toBe(
      'n2 leads in term 2 and has "c" of term 2 at index 2, ' +
        'where n1 knows "b" of term 1 to be committed',
    )
    expect(found(leaderCompleteness, knows, node(2, 'leader', '1a', 0))).toContain('has nothing')
  })

  it('wants nothing of a leader that was replaced', () => {
    const knows = node(3, 'follower', '1a 3b', 2)
    expect(found(leaderCompleteness, knows, node(2, 'leader', '1a 2c'))).toBeUndefined()
  })

  it('takes what a snapshot holds as there', () => {
    const leader = node(2, 'leader', '2c', 2, 2)
    expect(found(leaderCompleteness, node(1, 'follower', '1a 1b', 2), leader)).toBeUndefined()
    const far = node(1, 'follower', '1z', 9, 8)
    expect(found(leaderCompleteness, far, leader)).toContain('at index 9')
  })
})

describe('leader append-only', () => {
  it('finds an entry of a leader that it has no more', () => {
    const leader = node(2, 'leader', '1a 2c')
    expect(found(leaderAppendOnly, leader, node(2, 'follower', '1a 2c'))).toBeUndefined()
    expect(found(leaderAppendOnly, leader, node(2, 'follower', '1a 2c 2d'))).toBe(
      'n1 leads and has nothing where n2 has "d" of term 2',
    )
  })

  it('says nothing of entries of other terms', () => {
    const leader = node(2, 'leader', '1a 2c')
    expect(found(leaderAppendOnly, leader, node(2, 'follower', '1a 1b 1x'))).toBeUndefined()
  })
})
