import { describe, expect, it } from 'vitest'
import { partitions } from '../../suites/claims/raft-elections-runs.ts'
import { signTest } from '../../suites/claims/raft-messages.ts'
import { raftGroup } from '../../suites/claims/raft.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(raftGroup, [
  'each entry of a term is at its place in the log of the leader of that term',
  'votes are split the more rarely, the wider timeouts are spread beside the delay of a message',
  'when the leader is killed nobody is served for about an election timeout',
  'followers notice within two election timeouts that the heartbeats of a leader have stopped',
  'it stays right with timeouts that are far too short',
  'Raft, Zab and Viewstamped Replication all do nothing but append to one abstract log',
  'no step makes the term of a server smaller',
])

describe('ways to part nodes', () => {
  it('are as many as there are partitions of a set', () => {
    const counts = [0, 1, 2, 3, 4, 5].map((n) => partitions([1, 2, 3, 4, 5].slice(0, n)).length)
    expect(counts).toEqual([1, 1, 2, 5, 15, 52])
  })

  it('have each node once', () => {
    for (const parts of partitions(['a', 'b', 'c', 'd'])) {
      expect(parts.flat().sort()).toEqual(['a', 'b', 'c', 'd'])
    }
  })
})

describe('the sign test', () => {
  it('is what tables say', () => {
    expect(signTest(5, 5)).toBeCloseTo(0.0625, 6)
    expect(signTest(8, 10)).toBeCloseTo(0.109375, 6)
  })
})
