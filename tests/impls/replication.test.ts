import { describe, expect, it } from 'vitest'

import { oneLog } from '../../checkers/invariants/one-log.ts'
import { primaryBackup } from '../../impls/replication/primary-backup.ts'
import { primaryCopy } from '../../impls/replication/primary-copy.ts'
import type { Sent } from './scripted.ts'
import { Scripted } from './scripted.ts'

const among =
  (...names: string[]) =>
  ({ from, to }: Sent) =>
    names.includes(from) && names.includes(to)

const done = (result: unknown) => ({ result })
const ask = { error: 'temporarily-unavailable' }

/** What a node sends to several leaves one by one. */
function sendAll(nodes: Scripted, name: string): void {
  while (nodes.timers(name).includes('send')) nodes.fire(name, 'send')
}

describe('primary copy (Alsberg, Day 1976)', () => {
  type Mutant = Parameters<typeof primaryCopy.make>[1]
  type Options = Parameters<typeof primaryCopy.make>[0]
  const cluster = (mutant?: Mutant, options: Options = {}) =>
    new Scripted(primaryCopy.make(options, mutant), 3)

  const fail = (nodes: Scripted, crashed: string, ...seenBy: string[]): void => {
    nodes.crash(crashed)
    for (const name of seenBy) nodes.fire(name, `silent ${crashed}`)
  }

  it('REP-17: a client talks to the primary only, and backups name it', () => {
    const nodes = cluster()
    expect(nodes.answer(nodes.request('n2', 'write', 1))).toEqual(ask)
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(ask)
  })

  it('REP-11: a write is acknowledged when every backup has it', () => {
    const story = (mutant?: Mutant): unknown[] => {
      const nodes = cluster(mutant)
      const id = nodes.request('n1', 'write', 1)
      const answers = [nodes.answer(id)]
      sendAll(nodes, 'n1')
      nodes.settle(among('n1', 'n2'))
      answers.push(nodes.answer(id))
      nodes.settle()
      return [...answers, nodes.answer(id)]
    }
    expect(story()).toEqual([undefined, undefined, done(null)])
    expect(story('one-backup-is-enough')).toEqual([undefined, done(null), done(null)])
    expect(story('acknowledges-first')).toEqual([done(null), done(null), done(null)])
  })

  it('REP-11: an acknowledged write survives all but one node', () => {
    const nodes = cluster()
    const id = nodes.request('n1', 'write', 1)
    sendAll(nodes, 'n1')
    nodes.settle()
    expect(nodes.answer(id)).toEqual(done(null))
    fail(nodes, 'n1', 'n2', 'n3')
    fail(nodes, 'n2', 'n3')
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(done(1))
  })

  it('REP-18: while the primary is silent and nobody knows yet, nobody is served', () => {
    const nodes = cluster()
    nodes.crash('n1')
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(ask)
    nodes.fire('n2', 'silent n1')
    sendAll(nodes, 'n2')
    const id = nodes.request('n2', 'read')
    expect(nodes.answer(id)).toBeUndefined()
    nodes.settle()
    expect(nodes.answer(id)).toEqual(done(null))
  })

  it('a read waits for the write that is under way', () => {
    const story = (mutant?: Mutant): unknown => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'write', 1)
      return nodes.answer(nodes.request('n1', 'read'))
    }
    expect(story()).toBeUndefined()
    expect(story('reads-what-is-under-way')).toEqual(done(1))
  })

  it('a new primary brings all others to what it has before it serves', () => {
    const nodes = cluster()
    nodes.request('n1', 'write', 1)
    sendAll(nodes, 'n1')
    nodes.settle(among('n1', 'n2'))
    nodes.lose()
    fail(nodes, 'n1', 'n2', 'n3')
    const first = nodes.request('n2', 'read')
    expect(nodes.answer(first)).toBeUndefined()
    sendAll(nodes, 'n2')
    nodes.settle()
    expect(nodes.answer(first)).toEqual(done(1))
    fail(nodes, 'n2', 'n3')
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(done(1))
  })

  it('what a new primary writes is newer than all that was written before', () => {
    const story = (mutant?: Mutant): unknown => {
      const nodes = cluster(mutant)
      for (const value of [1, 2]) {
        nodes.request('n1', 'write', value)
        sendAll(nodes, 'n1')
        nodes.settle()
      }
      fail(nodes, 'n1', 'n2', 'n3')
      sendAll(nodes, 'n2')
      nodes.settle()
      nodes.request('n2', 'write', 3)
      sendAll(nodes, 'n2')
      nodes.settle()
      fail(nodes, 'n2', 'n3')
      return nodes.answer(nodes.request('n3', 'read'))
    }
    expect(story()).toEqual(done(3))
    expect(story('takeover-not-counted')).toEqual(done(2))
  })

  it('what only a crashed primary had does not come back', () => {
    const nodes = cluster()
    nodes.request('n1', 'write', 1)
    sendAll(nodes, 'n1')
    nodes.settle(among('n1', 'n3'))
    nodes.lose()
    fail(nodes, 'n1', 'n2', 'n3')
    sendAll(nodes, 'n2')
    nodes.settle()
    expect(nodes.view('n3')).toMatchObject({ value: null, version: [1, 0] })
  })

  it('REP-19: reads at backups see what others do not see yet', () => {
    const nodes = cluster(undefined, { reads: 'any' })
    nodes.request('n1', 'write', 1)
    sendAll(nodes, 'n1')
    nodes.settle(among('n1', 'n2'))
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(done(1))
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(done(null))
  })

  it('REP-15: nodes that take each other for dead are both primary', () => {
    const nodes = cluster()
    nodes.fire('n2', 'silent n1')
    nodes.fire('n3', 'silent n1')
    nodes.fire('n1', 'silent n2')
    nodes.fire('n1', 'silent n3')
    const ids = [nodes.request('n1', 'write', 1), nodes.request('n2', 'write', 2)]
    sendAll(nodes, 'n1')
    sendAll(nodes, 'n2')
    nodes.settle()
    sendAll(nodes, 'n2')
    nodes.settle()
    expect(ids.map((id) => nodes.answer(id))).toEqual([done(null), done(null)])
    expect(nodes.answer(nodes.request('n1', 'read'))).toEqual(done(1))
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(done(2))
  })
})

function shipAll(nodes: Scripted, primary: string, ...backups: readonly string[]): void {
  for (const backup of backups) nodes.fire(primary, `ship ${backup}`)
}

describe('asynchronous primary-backup', () => {
  type Mutant = Parameters<typeof primaryBackup.make>[1]
  const cluster = (mutant?: Mutant, options: Parameters<typeof primaryBackup.make>[0] = {}) =>
    new Scripted(primaryBackup.make(options, mutant), 3)
  const violated = (nodes: Scripted) => {
    const names = ['n1', 'n2', 'n3']
    const views = names.map((name) => nodes.view(name))
    return oneLog.violated(views, names)
  }

  it('the primary answers before any backup has the write', () => {
    const nodes = cluster()
    expect(nodes.answer(nodes.request('n1', 'write', 1))).toEqual(done(null))
    expect(nodes.view('n2')).toMatchObject({ log: [] })
    shipAll(nodes, 'n1', 'n2', 'n3')
    nodes.settle()
    expect(nodes.view('n2')).toMatchObject({ log: [1] })
  })

  it('REP-13: what was not shipped is lost when the primary crashes', () => {
    const nodes = cluster()
    nodes.request('n1', 'write', 1)
    nodes.crash('n1')
    nodes.fire('n2', 'silent n1')
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(done(null))
  })

  it('REP-14: a backup that answers reads answers with the past', () => {
    const nodes = cluster(undefined, { reads: 'any' })
    nodes.request('n1', 'write', 1)
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(done(null))
  })

  it('ships from where a backup has acknowledged, and again what was not', () => {
    const nodes = cluster()
    nodes.request('n1', 'write', 1)
    shipAll(nodes, 'n1', 'n2', 'n3')
    nodes.settle(among('n1', 'n2'))
    nodes.lose()
    nodes.request('n1', 'write', 2)
    shipAll(nodes, 'n1', 'n2', 'n3')
    const shipped = nodes.sent.map(({ to, message }) => [to, message['from'], message['writes']])
    expect(shipped).toEqual([
      ['n2', 1, [2]],
      ['n3', 0, [1, 2]],
    ])
  })

  it('a shipment that comes twice, or after a newer one, changes nothing', () => {
    const story = (mutant?: Mutant): unknown => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'write', 1)
      shipAll(nodes, 'n1', 'n2', 'n3')
      const old = nodes.sent.findLast(({ to, message }) => to === 'n2' && message.type === 'ship')
      nodes.settle()
      nodes.request('n1', 'write', 2)
      shipAll(nodes, 'n1', 'n2', 'n3')
      nodes.settle()
      nodes.receive(old as Sent)
      return nodes.view('n2')['log']
    }
    expect(story()).toEqual([1, 2])
    expect(story('gaps-are-not-seen')).toEqual([1, 2, 1])
    expect(story('old-shipments-count')).toEqual([1])
  })

  it('a backup that has more than the new primary gives it up', () => {
    const story = (mutant?: Mutant): string | undefined => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'write', 1)
      shipAll(nodes, 'n1', 'n2', 'n3')
      nodes.settle(among('n1', 'n3'))
      nodes.lose()
      nodes.crash('n1')
      nodes.fire('n2', 'silent n1')
      nodes.request('n2', 'write', 2)
      shipAll(nodes, 'n2', 'n3')
      nodes.settle(among('n2', 'n3'))
      const names = ['n2', 'n3']
      return oneLog.violated(
        names.map((name) => nodes.view(name)),
        names,
      )
    }
    expect(story()).toBeUndefined()
    expect(story('own-log-is-kept')).toBe(
      'in term 1, write 1 is 2 in the log of n2 and 1 in that of n3',
    )
  })

  it('while nobody crashes all logs are one', () => {
    const nodes = cluster()
    for (const value of [1, 2, 3]) nodes.request('n1', 'write', value)
    shipAll(nodes, 'n1', 'n2', 'n3')
    nodes.settle()
    expect(violated(nodes)).toBeUndefined()
  })
})
