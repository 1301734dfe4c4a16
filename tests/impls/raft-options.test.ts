import { describe, expect, it } from 'vitest'

import { between, elect, heartbeat, ledBy, names, raftCluster } from './raft-cluster.ts'

const four = names(4)

describe('Raft whose voters change one at a time (dissertation §4.1)', () => {
  it('takes one step, without both halves', () => {
    const cluster = ledBy('n1', 4, { changes: 'single' })
    const id = cluster.request('n1', 'reconfigure', ['n1', 'n2', 'n3'])
    cluster.settle()
    expect(cluster.answer(id)).toEqual({ result: null })
    const log = cluster.view('n1')['log'] as readonly { readonly value: unknown }[]
    expect(log.map(({ value }) => value)).toEqual([
      null,
      { f: 'configure', voters: ['n1', 'n2', 'n3'], incoming: [] },
    ])
  })

  it('refuses to change two at once, whether they go or come', () => {
    const cluster = ledBy('n1', 4, { changes: 'single', members: 3 })
    for (const voters of [['n1'], ['n1', 'n2', 'n4']]) {
      const id = cluster.request('n1', 'reconfigure', voters)
      expect(cluster.answer(id)).toEqual({ error: 'not-supported' })
    }
    const id = cluster.request('n1', 'reconfigure', four)
    cluster.settle()
    expect(cluster.answer(id)).toEqual({ result: null })
    expect(cluster.view('n1')['voters']).toEqual([0, 1, 2, 3])
  })

  it('begins none before an entry of the term is committed', () => {
    const cluster = raftCluster(4, { changes: 'single' })
    elect(cluster, 'n1', four)
    cluster.crash('n1')
    for (const node of ['n2', 'n3', 'n4']) cluster.fire(node, 'silence')
    cluster.fire('n2', 'election')
    cluster.settle((sent) => sent.message.type !== 'append')
    expect(cluster.view('n2')['role']).toBe('leader')
    const id = cluster.request('n2', 'reconfigure', ['n2', 'n3', 'n4'])
    expect(cluster.answer(id)).toEqual({ error: 'abort' })
  })
})

describe('Raft without CheckQuorum', () => {
  it.each([
    [true, 'follower'],
    [false, 'leader'],
  ])('%s: a leader that nobody answers is then %s', (checkQuorum, role) => {
    const cluster = ledBy('n1', 3, { checkQuorum })
    cluster.fire('n1', 'silence')
    heartbeat(cluster, 'n1', ['n1'])
    cluster.fire('n1', 'silence')
    cluster.fire('n1', 'silence')
    expect(cluster.view('n1')['role']).toBe(role)
  })
})

describe('Raft without refusals', () => {
  it.each([
    [true, 1],
    [false, 0],
  ])('%s: who asks in vain is answered %i times', (refusals, answers) => {
    const cluster = raftCluster(3, { refusals })
    for (const node of ['n1', 'n2']) {
      cluster.fire(node, 'silence')
      cluster.fire(node, 'election')
    }
    cluster.deliver(between('n1', 'n3', 'ask-vote'))
    cluster.deliver(between('n2', 'n3', 'ask-vote'))
    expect(cluster.sent.filter(between('n3', 'n2', 'vote'))).toHaveLength(answers)
  })
})

describe('Raft that shows its progress', () => {
  it('shows what was applied, and what a leader knows of the others', () => {
    const cluster = ledBy('n1', 3, { showsProgress: true })
    expect(cluster.view('n1')).toMatchObject({ applied: 1, match: [1, 1, 1] })
    expect(cluster.view('n2')).toMatchObject({ match: null })
    expect(ledBy('n1').view('n1')).not.toHaveProperty('match')
  })
})
