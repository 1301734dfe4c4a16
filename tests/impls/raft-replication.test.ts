import { describe, expect, it } from 'vitest'

import { ask, between, elect, heartbeat, ledBy, names } from './raft-cluster.ts'
import { silence, terms, within } from './raft-cluster.ts'

const three = names(3)

describe('a replicated log', () => {
  it('begins each term with an entry that commits all before (§8)', () => {
    const cluster = ledBy('n1')
    expect(cluster.view('n1')).toMatchObject({ role: 'leader', term: 1, commit: 1 })
    expect(terms(cluster, 'n2')).toBe('1')
  })

  it('serves writes, reads and conditional writes', () => {
    const cluster = ledBy('n2')
    expect(ask(cluster, 'n2', 'read')).toEqual({ result: null })
    expect(ask(cluster, 'n2', 'write', 1)).toEqual({ result: null })
    expect(ask(cluster, 'n2', 'read')).toEqual({ result: 1 })
    expect(ask(cluster, 'n2', 'cas', [2, 3])).toEqual({ result: false })
    expect(ask(cluster, 'n2', 'cas', [1, 3])).toEqual({ result: null })
    expect(ask(cluster, 'n2', 'read')).toEqual({ result: 3 })
  })

  it('keeps keys apart, whatever they are', () => {
    const cluster = ledBy('n1')
    const keys = ['1', 1, null, '[null]', { a: 1 }, '[{"a":1}]', true]
    for (const [value, key] of keys.entries()) cluster.request('n1', 'write', value, { key })
    cluster.settle()
    const reads = keys.map((key) => cluster.request('n1', 'read', null, { key }))
    cluster.settle()
    expect(reads.map((id) => cluster.answer(id))).toEqual(
      keys.map((_, value) => ({ result: value })),
    )
  })

  it('refuses what it does not know, and what is malformed', () => {
    const cluster = ledBy('n1')
    expect(ask(cluster, 'n1', 'launch')).toEqual({ error: 'not-supported' })
    expect(ask(cluster, 'n1', 'cas', 3)).toEqual({ error: 'malformed-request' })
  })

  it('commits with a majority, and not without (§5.3)', () => {
    const cluster = ledBy('n1', 5)
    const id = cluster.request('n1', 'write', 1)
    cluster.settle(within(['n1', 'n2']))
    expect(cluster.answer(id)).toBeUndefined()
    cluster.settle(within(['n1', 'n2', 'n3']))
    expect(cluster.answer(id)).toEqual({ result: null })
  })

  it('lets followers know with the next message what is committed (§5.3)', () => {
    const cluster = ledBy('n1')
    ask(cluster, 'n1', 'write', 1)
    expect(cluster.view('n2')['commit']).toBe(1)
    heartbeat(cluster, 'n1', three)
    expect(cluster.view('n2')['commit']).toBe(2)
  })

  it('acknowledges entries only when they are on the disk (figure 2)', () => {
    const acknowledged = (mutant?: 'follower-acknowledges-before-durable') => {
      const cluster = ledBy('n1', 3, {}, mutant)
      cluster.holdDisk('n2')
      cluster.request('n1', 'write', 1)
      cluster.deliver(between('n1', 'n2'))
      return cluster.sent.some(between('n2', 'n1'))
    }
    expect(acknowledged()).toBe(false)
    expect(acknowledged('follower-acknowledges-before-durable')).toBe(true)
  })

  it('tells an old leader of a later term only when that is on the disk (figure 2)', () => {
    const cluster = ledBy('n1')
    cluster.holdDisk('n3')
    silence(cluster, 'n3')
    cluster.fire('n3', 'election')
    cluster.settle(within(['n2', 'n3']))
    expect(cluster.view('n3')['term']).toBe(2)
    cluster.fire('n1', 'heartbeat')
    cluster.deliver(between('n1', 'n3'))
    expect(cluster.sent.some(between('n3', 'n1', 'appended'))).toBe(false)
    cluster.freeDisk('n3')
    const refusal = { term: 2, ok: false }
    expect(cluster.sent.find(between('n3', 'n1', 'appended'))?.message).toMatchObject(refusal)
  })

  it('counts the leader only when its own disk has the entry (dissertation §10.2.1)', () => {
    const committed = (mutant?: 'leader-counts-before-durable') => {
      const cluster = ledBy('n1', 3, {}, mutant)
      cluster.holdDisk('n1')
      const id = cluster.request('n1', 'write', 1)
      cluster.settle(within(['n1', 'n2']))
      return cluster.answer(id) !== undefined
    }
    expect(committed()).toBe(false)
    expect(committed('leader-counts-before-durable')).toBe(true)
  })

  it('brings a follower up to date that has missed entries (§5.3)', () => {
    const cluster = ledBy('n1')
    for (const value of [1, 2, 3]) ask(cluster, 'n1', 'write', value, ['n1', 'n2'])
    cluster.lose()
    expect(terms(cluster, 'n3')).toBe('1')
    heartbeat(cluster, 'n1', three)
    expect(terms(cluster, 'n3')).toBe('1 1 1 1')
  })

  it('replaces entries that the leader does not have (§5.3, figure 7)', () => {
    const cluster = ledBy('n1')
    for (const value of [1, 2]) cluster.request('n1', 'write', value)
    cluster.lose()
    elect(cluster, 'n2', ['n2', 'n3'])
    ask(cluster, 'n2', 'write', 3, ['n2', 'n3'])
    heartbeat(cluster, 'n2', three)
    expect(three.map((node) => terms(cluster, node))).toEqual(['1 2 2', '1 2 2', '1 2 2'])
  })

  it('tells a client whose entry was replaced that it was not done', () => {
    const cluster = ledBy('n1')
    const id = cluster.request('n1', 'write', 1)
    cluster.lose()
    elect(cluster, 'n2', ['n2', 'n3'])
    heartbeat(cluster, 'n2', three)
    heartbeat(cluster, 'n2', three)
    expect(cluster.answer(id)).toEqual({ error: 'temporarily-unavailable' })
  })

  it('answers a client whose entry a later leader has committed', () => {
    const cluster = ledBy('n1')
    const id = cluster.request('n1', 'write', 1)
    cluster.deliver(between('n1', 'n2', 'append'))
    cluster.lose()
    elect(cluster, 'n2', ['n2', 'n3'])
    heartbeat(cluster, 'n2', three)
    heartbeat(cluster, 'n2', three)
    expect(cluster.answer(id)).toEqual({ result: null })
  })

  it('keeps what it has when a message comes late (figure 2, AppendEntries 3)', () => {
    const kept = (mutant?: 'matched-entries-erased') => {
      const cluster = ledBy('n1', 3, {}, mutant)
      cluster.request('n1', 'write', 1)
      const late = cluster.sent.find(between('n1', 'n2', 'append'))!
      cluster.settle()
      ask(cluster, 'n1', 'write', 2)
      cluster.receive(late)
      return terms(cluster, 'n2')
    }
    expect(kept()).toBe('1 1 1')
    expect(kept('matched-entries-erased')).toBe('1 1')
  })

  it('does not commit entries of earlier terms by counting (§5.4.2, figure 8)', () => {
    const committed = (mutant?: 'old-term-committed') => {
      const cluster = ledBy('n1', 3, { batch: 1 }, mutant)
      cluster.request('n1', 'write', 1)
      cluster.lose()
      // n3 leads in term 2, with an entry at index 2 that nobody else gets.
      for (const node of ['n2', 'n3']) silence(cluster, node)
      cluster.fire('n3', 'election')
      for (const [from, to] of [
        ['n3', 'n3'],
        ['n3', 'n2'],
        ['n2', 'n3'],
      ] as const) {
        cluster.deliver(between(from, to))
      }
      expect(cluster.view('n3')).toMatchObject({ role: 'leader', term: 2 })
      cluster.lose()
      // n1 leads in term 3, and n2 gets the entry of term 1 from it, but not yet that of term 3.
      cluster.crash('n1')
      cluster.restart('n1')
      silence(cluster, 'n1')
      cluster.fire('n1', 'election')
      cluster.settle(within(['n1', 'n2']))
      cluster.fire('n1', 'election')
      const until = (done: () => boolean) => {
        while (!done()) expect(cluster.deliver(within(['n1', 'n2']))).toBeGreaterThan(0)
      }
      until(() => terms(cluster, 'n2') === '1 1')
      cluster.deliver(between('n2', 'n1', 'appended'))
      expect(cluster.view('n1')).toMatchObject({ role: 'leader', term: 3 })
      return cluster.view('n1')['commit']
    }
    expect(committed()).toBe(0)
    expect(committed('old-term-committed')).toBe(2)
  })

  it('needs no order among messages, and survives that all come twice', () => {
    const cluster = ledBy('n1')
    const ids = [1, 2, 3].map((value) => cluster.request('n1', 'write', value))
    for (let round = 0; round < 20 && cluster.sent.length > 0; round++) {
      const all = cluster.sent.reverse()
      cluster.lose()
      for (const sent of [...all, ...all]) cluster.receive(sent)
    }
    expect(ids.map((id) => cluster.answer(id))).toEqual(ids.map(() => ({ result: null })))
    expect(terms(cluster, 'n3')).toBe('1 1 1 1')
  })

  it('survives that all nodes stop and start again', () => {
    const cluster = ledBy('n1')
    ask(cluster, 'n1', 'write', 1)
    for (const node of three) cluster.crash(node)
    for (const node of three) cluster.restart(node)
    elect(cluster, 'n3', three)
    expect(ask(cluster, 'n3', 'read')).toEqual({ result: 1 })
  })
})

describe('sessions (§8)', () => {
  it('apply an operation once that is asked for twice, and answer both times', () => {
    const answers = (mutant?: 'applied-twice') => {
      const cluster = ledBy('n1', 3, {}, mutant)
      const about = { client: 'c1', serial: 1, key: 'x' }
      cluster.request('n1', 'write', 1, { ...about, client: 'c2' })
      const first = cluster.request('n1', 'cas', [1, 2], about)
      const again = cluster.request('n1', 'cas', [1, 2], about)
      cluster.settle()
      return [cluster.answer(first), cluster.answer(again)]
    }
    expect(answers()).toEqual([{ result: null }, { result: null }])
    expect(answers('applied-twice')).toEqual([{ result: null }, { result: false }])
  })

  it('are part of the log: another leader knows them', () => {
    const cluster = ledBy('n1')
    const about = { client: 'mine', serial: 1, key: 'x' }
    ask(cluster, 'n1', 'write', 1)
    cluster.request('n1', 'cas', [1, 2], about)
    cluster.settle()
    elect(cluster, 'n2', ['n2', 'n3'])
    const again = cluster.request('n2', 'cas', [1, 2], about)
    cluster.settle()
    expect(cluster.answer(again)).toEqual({ result: null })
    expect(ask(cluster, 'n2', 'read')).toEqual({ result: 2 })
  })

  it('do not apply an operation that its client has given up for the next one', () => {
    const cluster = ledBy('n1')
    cluster.request('n1', 'write', 2, { client: 'c1', serial: 2, key: 'x' })
    const late = cluster.request('n1', 'write', 1, { client: 'c1', serial: 1, key: 'x' })
    cluster.settle()
    expect(cluster.answer(late)).toEqual({ error: 'crash' })
    expect(ask(cluster, 'n1', 'read')).toEqual({ result: 2 })
  })
})
