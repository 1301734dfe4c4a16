import { describe, expect, it } from 'vitest'
import { atomicCommitNonBlocking } from '../../specs/commit/acp-nb.ts'
import { paxosCommit } from '../../specs/commit/paxos-commit.ts'
import { threePhaseCommit } from '../../specs/commit/threepc.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { explore } from '../../src/explore/index.ts'
import { stepsOf, violationOf } from './stories.ts'

describe('two-phase commit', () => {
  it('commits too early after one vote', async () => {
    const { trace } = await violationOf(twoPhaseCommit, {}, 'commit-without-all')
    expect(trace).toHaveLength(6)
  })
})

describe('three-phase commit', () => {
  const two = { participant: 2, crashes: 1 }

  it('would block as two-phase commit does when the coordinator is gone', async () => {
    const violation = await violationOf(threePhaseCommit, two, 'uncertain-wait')
    expect(violation.kind).toBe('deadlock')
    expect(stepsOf(violation)).toEqual(['voteYes 0', 'voteYes 1', 'coordinatorCrashes'])
  })

  it('lets the sides of a partition decide differently', async () => {
    const { trace } = await violationOf(threePhaseCommit, {
      participant: 2,
      crashes: 0,
      partition: true,
    })
    const last = trace.at(-1)?.state as { participants: ReadonlyMap<number, { is: string }> }
    expect([...last.participants.values()].map(({ is }) => is).sort()).toEqual([
      'aborted',
      'committed',
    ])
    expect(trace).toHaveLength(10)
  })

  it('needs everybody prepared again after two coordinators in a row have crashed', async () => {
    const { violations } = await explore(threePhaseCommit.make({}, 'commit-unprepared'), {
      keepGoing: true,
    })
    const split = violations.find(({ name }) => name === 'no two participants decide differently')
    expect(split?.trace).toHaveLength(12)
  })
})

describe('non-blocking atomic commitment', () => {
  it('goes wrong in thirteen states when a decision is taken before it is forwarded', async () => {
    const { trace } = await violationOf(atomicCommitNonBlocking, {}, 'decide-before-forwarding')
    expect(trace).toHaveLength(13)
  })

  it('goes wrong when what the dead have forwarded is forgotten', async () => {
    const { trace } = await violationOf(atomicCommitNonBlocking, {}, 'forget-the-dead')
    expect(trace).toHaveLength(15)
  })
})

describe('Paxos Commit', () => {
  it('is two-phase commit with one acceptor', async () => {
    const found = await explore(paxosCommit.make({ rm: 2, quorums: 'majority(n=1)' }))
    expect(found.outcome).toBe('pass')
  })
})
