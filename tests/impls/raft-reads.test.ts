import { describe, expect, it } from 'vitest'

import { raftLease } from '../../impls/raft/raft-lease.ts'
import { ask, between, elect, heartbeat, ledBy, names, within } from './raft-cluster.ts'
import type { RaftMutant } from './raft-cluster.ts'
import { Scripted } from './scripted.ts'

const three = names(3)

describe('a read (§8)', () => {
  it('adds nothing to the log, and waits for a majority that has heard of the leader', () => {
    const cluster = ledBy('n1')
    ask(cluster, 'n1', 'write', 1)
    const id = cluster.request('n1', 'read', null, { key: 'x' })
    expect(cluster.answer(id)).toBeUndefined()
    cluster.settle(within(['n1', 'n2']))
    expect(cluster.answer(id)).toEqual({ result: 1 })
    expect(cluster.view('n1')['log']).toHaveLength(2)
  })

  it('is not answered by a leader that was replaced', () => {
    const read = (mutant?: RaftMutant) => {
      const cluster = ledBy('n1', 3, {}, mutant)
      elect(cluster, 'n2', ['n2', 'n3'])
      ask(cluster, 'n2', 'write', 1, ['n2', 'n3'])
      return ask(cluster, 'n1', 'read', null, three)
    }
    expect(read()).toEqual({ error: 'temporarily-unavailable' })
    expect(read('read-without-round')).toEqual({ result: null })
  })

  it('waits for an entry of the own term, as commit may be behind before', () => {
    const read = (mutant?: RaftMutant) => {
      const cluster = ledBy('n1', 3, {}, mutant)
      // n2 knows the entry, but not that it is committed.
      ask(cluster, 'n1', 'write', 1, ['n1', 'n2'])
      cluster.crash('n1')
      for (const node of ['n2', 'n3']) cluster.fire(node, 'silence')
      cluster.fire('n2', 'election')
      while (cluster.view('n2')['role'] !== 'leader') cluster.deliver(within(['n2', 'n3']))
      cluster.lose()
      const id = cluster.request('n2', 'read', null, { key: 'x' })
      const [round] = cluster.sent.filter(between('n2', 'n3', 'append'))
      // An answer that confirms the round and knows nothing of the entries.
      const message = { type: 'appended', term: 2, round: round?.message['round'], index: 1 }
      cluster.receive({ from: 'n3', to: 'n2', message: { ...message, ok: false } })
      return cluster.answer(id)
    }
    expect(read()).toBeUndefined()
    expect(read('read-before-own-commit')).toEqual({ result: null })
  })

  it('shares a round with others that come while one is going on', () => {
    const cluster = ledBy('n1')
    const first = cluster.request('n1', 'read')
    const sent = cluster.sent.length
    const others = [1, 2, 3].map(() => cluster.request('n1', 'read'))
    expect(cluster.sent).toHaveLength(sent)
    cluster.settle()
    expect([first, ...others].map((id) => cluster.answer(id))).toEqual(
      [1, 2, 3, 4].map(() => ({ result: null })),
    )
  })

  it('is refused for certain when its leader gives up', () => {
    const cluster = ledBy('n1')
    const id = cluster.request('n1', 'read')
    cluster.lose()
    elect(cluster, 'n2', ['n2', 'n3'])
    heartbeat(cluster, 'n1', three)
    expect(cluster.answer(id)).toEqual({ error: 'temporarily-unavailable' })
  })
})

describe('a read under a lease (dissertation §6.4.1)', () => {
  const ready = (mutant?: Parameters<typeof raftLease.make>[1]) => {
    const cluster = new Scripted(raftLease.make({ electionMs: 300 }, mutant), 3)
    elect(cluster, 'n1', three)
    cluster.clock = 1000
    heartbeat(cluster, 'n1', three)
    return cluster
  }
  const readAt = (cluster: Scripted, ms: number) => {
    cluster.clock = ms
    return cluster.answer(cluster.request('n1', 'read'))
  }

  it('needs no message while the lease lasts, which began when the round did', () => {
    expect(readAt(ready(), 1179)).toEqual({ result: null })
  })

  it('asks the others as soon as clocks may disagree on whether it does', () => {
    expect(readAt(ready(), 1180)).toBeUndefined()
    expect(readAt(ready('lease-too-long'), 1599)).toEqual({ result: null })
  })

  it('has no lease before its first round', () => {
    const cluster = new Scripted(raftLease.make(), 3)
    elect(cluster, 'n1', three)
    expect(readAt(cluster, 0)).toBeUndefined()
  })

  it('is not renewed by a round that nobody answers', () => {
    const read = (mutant?: Parameters<typeof raftLease.make>[1]) => {
      const cluster = ready(mutant)
      cluster.clock = 1250
      cluster.fire('n1', 'heartbeat')
      cluster.lose()
      return readAt(cluster, 1300)
    }
    expect(read()).toBeUndefined()
    expect(read('lease-without-answers')).toEqual({ result: null })
  })

  it('relies on voters that are silent for as long, also after a restart', () => {
    const cluster = ready()
    cluster.fire('n3', 'silence')
    cluster.crash('n2')
    cluster.restart('n2')
    cluster.fire('n3', 'election')
    cluster.settle(within(['n2', 'n3']))
    expect(cluster.view('n2')['votedFor']).toBe('n1')
  })
})
