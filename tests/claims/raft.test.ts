import { describe, expect, it } from 'vitest'
import { partitions } from '../../suites/claims/raft-elections-runs.ts'
import { signTest } from '../../suites/claims/raft-messages.ts'
import { raftGroup } from '../../suites/claims/raft.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(raftGroup, [
  'each entry of a term is at its place in the log of the leader of that term',
  'votes are split the more rarely, the wider timeouts are spread beside the delay of a message',
  'whether votes are split can be made as good as impossible, and as good as certain',
  'when the leader is killed nobody is served for about an election timeout',
  'followers notice within two election timeouts that the heartbeats of a leader have stopped',
  'with timeouts that are drawn, and messages in time, somebody is elected in every run',
  'it stays right with timeouts that are far too short',
  'of all ways to part five nodes, a part elects and commits exactly if it has three or more',
  'of five servers any two may be down, and no three',
  'no step makes the term of a server smaller',
  'an entry that a majority has stored is always stored by a majority afterwards: not so, as',
  'followers become candidates, candidates leaders or followers, and leaders followers',
  'five voters split their votes two, two and one',
  'four servers of which three elect and commit are safe, and not idle',
  'replicas that apply the same log end in the same state, however they come to it',
  'Raft is right under partition',
  'Raft is right under loss',
  'Raft is right under duplicate',
  'Raft is right under crash',
  'Raft is right under delay',
  'Raft, Zab and Viewstamped Replication all do nothing but append to one abstract log',
  'Raft that commits old entries by counting them takes back what it has appended',
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
