import { describe, expect, it } from 'vitest'

import { raft } from '../../impls/raft/raft.ts'
import { emptyMachine } from '../../impls/raft/store.ts'
import type { Write } from '../../src/node/index.ts'
import { DiskImage, RecordedFx, strict } from '../../src/node/index.ts'
import { ask, between, elect, heartbeat, ledBy, names, terms } from './raft-cluster.ts'

const three = names(3)
const small = { snapshotEvery: 2 }

describe('a snapshot (§7)', () => {
  it('takes the place of the older half of a long log', () => {
    const cluster = ledBy('n1', 3, small)
    for (const value of [1, 2, 3]) ask(cluster, 'n1', 'write', value)
    expect(cluster.view('n1')).toMatchObject({ commit: 4, base: 2 })
    expect(terms(cluster, 'n1')).toBe('1 1')
    expect(ask(cluster, 'n1', 'read')).toEqual({ result: 3 })
  })

  it('is what a node starts from', () => {
    const cluster = ledBy('n1', 3, small)
    for (const value of [1, 2, 3, 4]) ask(cluster, 'n1', 'write', value)
    for (const node of three) cluster.crash(node)
    for (const node of three) cluster.restart(node)
    expect(cluster.view('n1')).toMatchObject({ commit: 4, base: 4 })
    elect(cluster, 'n1', three)
    expect(ask(cluster, 'n1', 'read')).toEqual({ result: 4 })
  })

  it('is sent to a follower that lacks entries which are gone (figure 13)', () => {
    const cluster = ledBy('n1', 3, small)
    for (const value of [1, 2, 3, 4]) ask(cluster, 'n1', 'write', value, ['n1', 'n2'])
    cluster.lose()
    heartbeat(cluster, 'n1', three)
    heartbeat(cluster, 'n1', three)
    expect(cluster.view('n3')).toMatchObject({ commit: 5 })
    cluster.crash('n1')
    elect(cluster, 'n3', ['n2', 'n3'])
    expect(ask(cluster, 'n3', 'read')).toEqual({ result: 4 })
  })

  it('survives a restart of the node that it was sent to', () => {
    const cluster = ledBy('n1', 3, small)
    for (const value of [1, 2, 3, 4]) ask(cluster, 'n1', 'write', value, ['n1', 'n2'])
    cluster.lose()
    heartbeat(cluster, 'n1', three)
    heartbeat(cluster, 'n1', three)
    cluster.crash('n3')
    cluster.restart('n3')
    expect(cluster.view('n3')).toMatchObject({ commit: 4, base: 4 })
    ask(cluster, 'n1', 'write', 5)
    heartbeat(cluster, 'n1', three)
    expect(terms(cluster, 'n3')).toBe('1 1')
  })

  it('keeps sessions: what was done once is not done again', () => {
    const cluster = ledBy('n1', 3, small)
    const about = { client: 'mine', serial: 1, key: 'y' }
    cluster.request('n1', 'write', 1, about)
    cluster.settle()
    for (const value of [1, 2, 3, 4]) ask(cluster, 'n1', 'write', value, ['n1', 'n2'])
    cluster.lose()
    heartbeat(cluster, 'n1', three)
    heartbeat(cluster, 'n1', three)
    elect(cluster, 'n3', ['n2', 'n3'])
    cluster.request('n3', 'write', 2, { key: 'y' })
    const again = cluster.request('n3', 'write', 1, about)
    cluster.settle()
    expect(cluster.answer(again)).toEqual({ result: null })
    const read = cluster.request('n3', 'read', null, { key: 'y' })
    cluster.settle()
    expect(cluster.answer(read)).toEqual({ result: 2 })
  })

  it('that comes late changes nothing (§7)', () => {
    const after = (mutant?: 'old-snapshot-installed') => {
      const cluster = ledBy('n1', 3, small, mutant)
      for (const value of [1, 2, 3]) ask(cluster, 'n1', 'write', value, ['n1', 'n2'])
      cluster.lose()
      cluster.fire('n1', 'heartbeat')
      cluster.deliver(between('n1', 'n3'))
      cluster.deliver(between('n3', 'n1'))
      const late = cluster.sent.find(between('n1', 'n3', 'snapshot'))!
      cluster.settle()
      for (const value of [4, 5, 6, 7]) ask(cluster, 'n1', 'write', value)
      heartbeat(cluster, 'n1', three)
      cluster.receive(late)
      return cluster.view('n3')['commit']
    }
    expect(after()).toBe(8)
    expect(after('old-snapshot-installed')).toBe(4)
  })

  it('does not claim an entry that it does not hold', () => {
    const has = (mutant?: 'snapshot-off-by-one') => {
      const cluster = ledBy('n1', 3, small, mutant)
      for (const value of [1, 2, 3, 4]) ask(cluster, 'n1', 'write', value, ['n1', 'n2'])
      cluster.lose()
      heartbeat(cluster, 'n1', three)
      heartbeat(cluster, 'n1', three)
      elect(cluster, 'n3', ['n2', 'n3'])
      return ask(cluster, 'n3', 'read')
    }
    expect(has()).toEqual({ result: 4 })
    expect(has('snapshot-off-by-one')).not.toEqual({ result: 4 })
  })
})

describe('a crash while a snapshot is written', () => {
  const entry = (term: number, value: number) => {
    const change = { f: 'write', client: 'c1', serial: value, key: 'x', value }
    return { type: 'append', log: 'log', record: { term, value: change } } as const
  }
  const configuration = { f: 'configure', voters: three, incoming: [] }
  const snapshot = { index: 2, term: 2, configuration, machine: emptyMachine }
  const put = { type: 'put', key: 'snapshot', value: snapshot } as const

  /** A node that starts with what these writes have left, and what it writes at once. */
  function started(...writes: readonly Write[]) {
    const disk = new DiskImage()
    for (const write of writes) disk.apply(write)
    const fx = new RecordedFx('n1', three, { pick: () => 0, now: () => 0 })
    const program = strict(raft.make())
    const state = program.boot(DiskImage.from(disk.stored()), fx)
    for (const effect of fx.take()) if (effect.type === 'write') disk.apply(effect.write)
    return { view: program.view(state), end: disk.end('log') }
  }

  it('leaves entries that are part of it, which are left out', () => {
    const { view, end } = started(entry(1, 1), entry(2, 2), entry(2, 3), put)
    expect(view).toMatchObject({ base: 2, commit: 2, log: [{ term: 2 }] })
    expect(end).toBe(3)
  })

  it('leaves entries that do not agree with it, which are taken away', () => {
    const { view, end } = started(entry(1, 1), entry(1, 2), entry(1, 3), put)
    expect(view).toMatchObject({ base: 2, commit: 2, log: [] })
    expect(end).toBe(2)
  })

  it('leaves a log that is shorter, after which entries keep their places', () => {
    const { view, end } = started(entry(1, 1), put)
    expect(view).toMatchObject({ base: 2, commit: 2, log: [] })
    expect(end).toBe(2)
  })
})
