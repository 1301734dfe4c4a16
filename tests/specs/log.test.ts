import { describe, expect, it } from 'vitest'
import { raftMembership } from '../../specs/log/raft-membership.ts'
import { raftInSteps } from '../../specs/log/raft-rpc.ts'
import { raft } from '../../specs/log/raft.ts'
import { viewstampedReplication } from '../../specs/log/viewstamped.ts'
import { zab } from '../../specs/log/zab.ts'
import { explore } from '../../src/explore/index.ts'
import { stepsOf, violationOf } from './stories.ts'

describe('Raft', () => {
  it('has two leaders in a term when a vote is forgotten', async () => {
    const { trace } = await violationOf(
      raft,
      { value: 0, maxElections: 2, maxRestarts: 1 },
      'forget-vote',
    )
    expect(trace.filter(({ action }) => action === 'restart')).toHaveLength(1)
    expect(trace).toHaveLength(11)
  })

  it('has two leaders in a term when servers vote twice', async () => {
    const { trace } = await violationOf(raft, { value: 0, maxElections: 2 }, 'vote-twice')
    expect(trace).toHaveLength(9)
  })

  it('loses an entry of an earlier term that was committed by counting', async () => {
    const violation = await violationOf(raftInSteps, {}, 'commit-old-term')
    expect(stepsOf(violation).filter((step) => step.startsWith('elect'))).toHaveLength(4)
    expect(violation.trace).toHaveLength(9)
  })
})

describe('single-server changes of membership', () => {
  it('split four servers when a leader changes members before it has committed', async () => {
    const violation = await violationOf(raftMembership, { server: 4 }, 'change-at-once')
    expect(violation.trace).toHaveLength(7)
  })
})

describe('Zab', () => {
  it('compares epochs of leaders that were followed, not those that were promised', async () => {
    const { trace } = await violationOf(zab, {}, 'compare-promises')
    expect(trace).toHaveLength(10)
  })
})

describe('Viewstamped Replication', () => {
  const twice = { crashes: 2 }

  it('loses an operation when what was said before a crash is counted after it', async () => {
    const { trace } = await violationOf(viewstampedReplication, twice, 'count-old-incarnations')
    expect(trace.filter(({ action }) => action === 'recover')).toHaveLength(2)
    expect(trace).toHaveLength(14)
  })

  it('does not when the crashes are fewer', async () => {
    const once = viewstampedReplication.make({ crashes: 1 }, 'count-old-incarnations')
    expect((await explore(once)).outcome).toBe('pass')
  })
})
