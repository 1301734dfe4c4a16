import { describe, expect, it } from 'vitest'

import { ask, between, elect, heartbeat, ledBy, names, raftCluster } from './raft-cluster.ts'
import { silence, terms, within } from './raft-cluster.ts'

const three = names(3)

describe('an election', () => {
  it('begins after a silence, with a new term and a vote for oneself (§5.2)', () => {
    const cluster = raftCluster()
    silence(cluster, 'n1')
    cluster.fire('n1', 'election')
    expect(cluster.view('n1')).toMatchObject({ role: 'candidate', term: 1, votedFor: 'n1' })
    expect(cluster.sent.filter(({ message }) => message.type === 'ask-vote')).toHaveLength(2)
  })

  it('is won with the votes of a majority, and followers then know their leader (§5.2)', () => {
    const cluster = ledBy('n1')
    expect(three.map((node) => cluster.view(node)['role'])).toEqual([
      'leader',
      'follower',
      'follower',
    ])
    const id = cluster.request('n2', 'read')
    expect(cluster.answer(id)).toEqual({ error: 'temporarily-unavailable' })
  })

  it('is not won with half of the votes', () => {
    const cluster = raftCluster(4)
    elect(cluster, 'n1', ['n1', 'n2'])
    expect(cluster.view('n1')['role']).toBe('candidate')
    cluster.settle(within(['n1', 'n3']))
    expect(cluster.view('n1')['role']).toBe('leader')
  })

  it('gives one vote in a term: the first to ask gets it (§5.2)', () => {
    const cluster = raftCluster()
    for (const node of three) silence(cluster, node)
    cluster.fire('n1', 'election')
    cluster.fire('n3', 'election')
    cluster.deliver(between('n1', 'n2'))
    cluster.deliver(between('n3', 'n2'))
    expect(cluster.view('n2')['votedFor']).toBe('n1')
    cluster.settle()
    expect(cluster.view('n1')['role']).toBe('leader')
    expect(cluster.view('n3')).toMatchObject({ role: 'follower', term: 1 })
  })

  it('may be split among an odd number of nodes too, and is then held again (§5.2)', () => {
    const cluster = raftCluster()
    for (const node of three) silence(cluster, node)
    for (const node of three) cluster.fire(node, 'election')
    cluster.settle()
    expect(three.map((node) => cluster.view(node)['role'])).not.toContain('leader')
    cluster.fire('n2', 'election')
    cluster.settle()
    expect(cluster.view('n2')).toMatchObject({ role: 'leader', term: 2 })
  })

  it('asks for votes only when its own is on the disk (figure 2)', () => {
    const cluster = raftCluster()
    silence(cluster, 'n1')
    cluster.holdDisk('n1')
    cluster.fire('n1', 'election')
    expect(cluster.sent).toEqual([])
    cluster.freeDisk('n1')
    expect(cluster.sent).toHaveLength(3)
  })

  it('promises a vote only when it is on the disk (figure 2)', () => {
    const cluster = raftCluster()
    for (const node of three) silence(cluster, node)
    cluster.holdDisk('n2')
    cluster.fire('n1', 'election')
    cluster.deliver(between('n1', 'n2'))
    expect(cluster.sent.filter(between('n2', 'n1'))).toEqual([])
    cluster.crash('n2')
    cluster.restart('n2')
    expect(cluster.view('n2')).toMatchObject({ term: 0, votedFor: null })
  })

  it('remembers a vote over a restart, and with it the term (figure 2)', () => {
    const cluster = raftCluster()
    for (const node of three) silence(cluster, node)
    cluster.fire('n1', 'election')
    cluster.deliver(between('n1', 'n2'))
    cluster.crash('n2')
    cluster.restart('n2')
    expect(cluster.view('n2')).toMatchObject({ term: 1, votedFor: 'n1' })
    cluster.fire('n3', 'election')
    cluster.deliver(between('n3', 'n2'))
    expect(cluster.view('n2')['votedFor']).toBe('n1')
  })

  it('elects two in one term if votes are forgotten (vote-not-persisted)', () => {
    const cluster = raftCluster(3, {}, 'vote-not-persisted')
    for (const node of three) silence(cluster, node)
    cluster.fire('n1', 'election')
    cluster.fire('n3', 'election')
    cluster.deliver(between('n1', 'n2'))
    cluster.deliver(between('n2', 'n1'))
    cluster.crash('n2')
    cluster.restart('n2')
    cluster.settle(({ from, to }) => from !== 'n1' && to !== 'n1')
    cluster.deliver(between('n1', 'n1'))
    expect(['n1', 'n3'].map((node) => cluster.view(node))).toMatchObject([
      { role: 'leader', term: 1 },
      { role: 'leader', term: 1 },
    ])
  })

  it('does not count votes of an earlier term (figure 2)', () => {
    const late = (mutant?: 'stale-vote-counted') => {
      const cluster = raftCluster(3, {}, mutant)
      for (const node of three) silence(cluster, node)
      cluster.fire('n1', 'election')
      cluster.deliver(between('n1', 'n2'))
      cluster.fire('n1', 'election')
      // The vote for term 1 comes when n1 is a candidate of term 2.
      cluster.deliver(between('n2', 'n1'))
      cluster.deliver(between('n1', 'n1'))
      return cluster.view('n1')['role']
    }
    expect(late()).toBe('candidate')
    expect(late('stale-vote-counted')).toBe('leader')
  })

  it('asks again those who have not answered (§5.1)', () => {
    const cluster = raftCluster()
    for (const node of three) silence(cluster, node)
    cluster.fire('n1', 'election')
    cluster.lose(({ to }) => to !== 'n1')
    cluster.settle()
    cluster.fire('n1', 'heartbeat')
    cluster.settle()
    expect(cluster.view('n1')).toMatchObject({ role: 'leader', term: 1 })
  })

  it('is not won by a node that lacks what a voter has (§5.4.1)', () => {
    const cluster = ledBy('n1')
    ask(cluster, 'n1', 'write', 1, ['n1', 'n2'])
    cluster.lose()
    for (const node of ['n2', 'n3']) silence(cluster, node)
    cluster.fire('n3', 'election')
    cluster.settle(within(['n2', 'n3']))
    expect(cluster.view('n3')).toMatchObject({ role: 'candidate', term: 2 })
    // The greater term counts nevertheless; and whoever has more may be elected.
    cluster.fire('n2', 'election')
    cluster.settle(within(['n2', 'n3']))
    expect(cluster.view('n2')).toMatchObject({ role: 'leader', term: 3 })
    expect(terms(cluster, 'n3')).toBe('1 1 3')
  })

  it('does not disturb those who hear a leader (§6)', () => {
    const cluster = ledBy('n1')
    silence(cluster, 'n3')
    cluster.fire('n3', 'election')
    cluster.deliver(between('n3', 'n2'))
    expect(cluster.view('n2')).toMatchObject({ term: 1, role: 'follower' })
  })
})

describe('a leader', () => {
  it('gives up when it sees a greater term (figure 2)', () => {
    const cluster = ledBy('n1')
    elect(cluster, 'n2', ['n2', 'n3'])
    heartbeat(cluster, 'n1', three)
    expect(cluster.view('n1')).toMatchObject({ role: 'follower', term: 2 })
  })

  it('gives up when no majority has answered for an election timeout (dissertation §6.2)', () => {
    const cluster = ledBy('n1')
    heartbeat(cluster, 'n1', three)
    cluster.fire('n1', 'silence')
    cluster.fire('n1', 'heartbeat')
    cluster.lose()
    cluster.fire('n1', 'silence')
    expect(cluster.view('n1')['role']).toBe('leader')
    cluster.fire('n1', 'silence')
    expect(cluster.view('n1')['role']).toBe('follower')
  })
})

describe('PreVote (dissertation §9.6)', () => {
  const preVote = { preVote: true }

  it('elects like any other election', () => {
    const cluster = ledBy('n1', 3, preVote)
    expect(cluster.view('n1')).toMatchObject({ role: 'leader', term: 1, commit: 1 })
  })

  it('keeps a node that is cut off from beginning terms', () => {
    const cluster = ledBy('n1', 3, preVote)
    silence(cluster, 'n3')
    for (let time = 0; time < 3; time++) {
      cluster.fire('n3', 'election')
      cluster.lose(({ from }) => from === 'n3')
    }
    expect(cluster.view('n3')).toMatchObject({ role: 'pre-candidate', term: 1 })
    heartbeat(cluster, 'n1', three)
    expect(cluster.view('n3')).toMatchObject({ role: 'follower', term: 1 })
    expect(cluster.view('n1')['role']).toBe('leader')
  })

  it('is refused by those who hear a leader', () => {
    const cluster = ledBy('n1', 3, preVote)
    silence(cluster, 'n3')
    cluster.fire('n3', 'election')
    cluster.settle()
    expect(cluster.view('n3')).toMatchObject({ role: 'pre-candidate', term: 1 })
  })
})
