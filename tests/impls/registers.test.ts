import { describe, expect, it } from 'vitest'

import { abd } from '../../impls/registers/abd.ts'
import { regularRegister } from '../../impls/registers/regular-register.ts'
import { safeRegister } from '../../impls/registers/safe-register.ts'
import { UserError } from '../../src/core/user-error.ts'
import type { Sent } from './scripted.ts'
import { Scripted } from './scripted.ts'

type AbdOptions = Parameters<typeof abd.make>[0]
const abdOf = (size: number, options: AbdOptions = {}, mutant?: Parameters<typeof abd.make>[1]) =>
  new Scripted(abd.make(options, mutant), size)

const among =
  (...names: string[]) =>
  ({ from, to }: Sent) =>
    names.includes(from) && names.includes(to)

const is =
  (type: string, to?: string) =>
  (sent: Sent): boolean =>
    sent.message.type === type && (to === undefined || sent.to === to)

const done = (result: unknown) => ({ result })

describe('ABD (Attiya, Bar-Noy, Dolev 1995)', () => {
  it('section 3: an operation ends when a majority has answered, and not before', () => {
    const nodes = abdOf(5)
    const id = nodes.request('n1', 'write', 'x')
    nodes.settle(among('n1', 'n2'))
    expect(nodes.answer(id)).toBeUndefined()
    nodes.settle(among('n1', 'n2', 'n3'))
    expect(nodes.answer(id)).toEqual(done(null))
    nodes.lose()
    const read = nodes.request('n5', 'read')
    nodes.settle(among('n3', 'n4', 'n5'))
    expect(nodes.answer(read)).toEqual(done('x'))
  })

  it('one node that answers several times is one node', () => {
    const nodes = abdOf(5)
    nodes.request('n1', 'read')
    nodes.settle(({ from, to, message }) => message.type === 'query' && from !== to)
    const [answer] = nodes.sent.filter(is('queried'))
    nodes.lose()
    for (let time = 0; time < 5; time++) nodes.receive(answer as Sent)
    expect(nodes.sent).toEqual([])
  })

  it('section 3: a reader stores what it found before it answers, so a later read finds it', () => {
    // The write reaches n3 only, the first read meets it, the second one meets the first reader.
    const story = (mutant?: Parameters<typeof abd.make>[1]): unknown => {
      const nodes = abdOf(3, { writers: 'one' }, mutant)
      nodes.request('n1', 'write', 'x')
      nodes.deliver(is('store', 'n3'))
      nodes.lose()
      nodes.crash('n1')
      const first = nodes.request('n3', 'read')
      nodes.settle(among('n2', 'n3'))
      expect(nodes.answer(first)).toEqual(done('x'))
      nodes.restart('n1')
      nodes.lose()
      const second = nodes.request('n2', 'read')
      nodes.settle(among('n1', 'n2'))
      return nodes.answer(second)
    }
    expect(story()).toEqual(done('x'))
    expect(story('read-without-write-back')).toEqual(done(null))
  })

  it('section 3: the only writer needs no query, and other nodes name it', () => {
    const nodes = abdOf(3, { writers: 'one' })
    const id = nodes.request('n1', 'write', 'x')
    expect(nodes.sent.map(({ message }) => message.type)).toEqual(['store', 'store', 'store'])
    nodes.settle()
    expect(nodes.answer(id)).toEqual(done(null))
    const other = nodes.request('n2', 'write', 'y')
    expect(nodes.answer(other)).toEqual({ error: 'temporarily-unavailable' })
  })

  it('the only writer goes on counting after a restart, also if it stored nothing itself', () => {
    const nodes = abdOf(3, { writers: 'one' })
    nodes.request('n1', 'write', 'x')
    nodes.deliver(is('store', 'n2'))
    nodes.deliver(is('store', 'n3'))
    nodes.lose()
    nodes.crash('n1')
    nodes.restart('n1')
    const id = nodes.request('n1', 'write', 'y')
    nodes.settle()
    expect(nodes.answer(id)).toEqual(done(null))
    for (const name of ['n1', 'n2', 'n3']) expect(nodes.view(name)).toMatchObject({ value: 'y' })
  })

  it('Lynch, Shvartsman 1997: a writer asks for the newest tag before it takes one', () => {
    const story = (mutant?: Parameters<typeof abd.make>[1]): unknown => {
      const nodes = abdOf(3, {}, mutant)
      for (const value of ['x', 'y']) {
        nodes.request('n1', 'write', value)
        nodes.settle(among('n1', 'n2'))
      }
      nodes.lose()
      nodes.request('n3', 'write', 'z')
      nodes.settle(among('n2', 'n3'))
      nodes.lose()
      const id = nodes.request('n2', 'read')
      nodes.settle()
      return nodes.answer(id)
    }
    expect(story()).toEqual(done('z'))
    expect(story('write-without-query')).toEqual(done('y'))
  })

  it('two writers that find the same tag take different ones; all nodes prefer the same', () => {
    const story = (mutant?: Parameters<typeof abd.make>[1]): unknown[] => {
      const nodes = abdOf(2, {}, mutant)
      nodes.request('n1', 'write', 'x')
      nodes.request('n2', 'write', 'y')
      nodes.deliver(is('query'))
      nodes.deliver(is('queried'))
      nodes.deliver(({ from, to, message }) => message.type === 'store' && from === to)
      nodes.settle()
      return ['n1', 'n2'].map((name) => nodes.view(name)['value'])
    }
    expect(story()).toEqual(['y', 'y'])
    expect(story('tag-without-writer')).toEqual(['x', 'y'])
  })

  it('a store that is late does not undo a newer one, and is acknowledged', () => {
    const nodes = abdOf(2)
    nodes.request('n1', 'write', 'x')
    nodes.settle(({ message, to }) => message.type !== 'store' || to === 'n1')
    const late = nodes.sent.find(is('store', 'n2')) as Sent
    nodes.lose()
    nodes.request('n1', 'write', 'y')
    nodes.settle()
    nodes.receive(late)
    expect(nodes.view('n2')).toMatchObject({ value: 'y' })
    expect(nodes.sent.map(({ message }) => message.type)).toEqual(['stored'])
  })

  it('nobody says that he has stored what a crash can still take away', () => {
    const story = (mutant?: Parameters<typeof abd.make>[1]): number => {
      const nodes = abdOf(3, {}, mutant)
      nodes.request('n1', 'write', 'x')
      nodes.deliver(is('query'))
      nodes.deliver(is('queried'))
      nodes.holdDisk('n2')
      nodes.deliver(is('store', 'n2'))
      return nodes.sent.filter(({ from }) => from === 'n2').length
    }
    expect(story()).toBe(0)
    expect(story('stored-before-durable')).toBe(1)
  })

  it('answers to calls of a former life do not count', () => {
    const nodes = abdOf(3)
    nodes.request('n1', 'write', 'x')
    nodes.deliver(is('query', 'n2'))
    nodes.deliver(is('query', 'n3'))
    const late = nodes.sent.filter(is('queried'))
    expect(late).toHaveLength(2)
    nodes.lose()
    nodes.crash('n1')
    nodes.restart('n1')
    nodes.request('n1', 'write', 'y')
    nodes.lose()
    for (const sent of late) nodes.receive(sent)
    expect(nodes.sent).toEqual([])
  })

  it('runs over every quorum system: a row and a column of a grid are enough', () => {
    const nodes = abdOf(6, { quorums: 'grid(rows=2,cols=3)' })
    const enough = among('n1', 'n2', 'n3', 'n4')
    const id = nodes.request('n1', 'write', 'x')
    nodes.settle(among('n1', 'n2', 'n4', 'n5'))
    expect(nodes.answer(id)).toBeUndefined()
    nodes.lose()
    nodes.fire('n1', 'retry 1.1')
    nodes.settle(enough)
    expect(nodes.answer(id)).toEqual(done(null))
  })

  it('reads one and writes all, and says who is enough', () => {
    const { enough } = abd.make({ quorums: 'rowa(n=3)' })
    const names = ['n1', 'n2', 'n3']
    expect(enough?.(names, names)).toBe(true)
    expect(enough?.(['n1', 'n2'], names)).toBe(false)
  })

  it('asks the nodes of one quorum only, and another one after a while', () => {
    const nodes = abdOf(5, { contact: 'quorum' })
    nodes.request('n4', 'read')
    expect(nodes.sent).toHaveLength(3)
    nodes.fire('n4', 'retry 1.1')
    expect(nodes.sent).toHaveLength(6)
  })

  it('refuses a quorum system that is for another number of nodes', () => {
    expect(() => abdOf(5, { quorums: 'grid(rows=2,cols=2)' })).toThrow(UserError)
  })
})

describe('the regular register', () => {
  const cluster = (mutant?: Parameters<typeof regularRegister.make>[1]) =>
    new Scripted(regularRegister.make({}, mutant), 5)

  it('REG-14: 3 of 5 nodes are enough for both, and 2 are not', () => {
    const nodes = cluster()
    for (const [name, f] of [
      ['n1', 'write'],
      ['n3', 'read'],
    ] as const) {
      const id = nodes.request(name, f, f === 'write' ? 7 : null)
      nodes.settle(among('n1', 'n3'))
      expect(nodes.answer(id)).toBeUndefined()
      nodes.settle(among('n1', 'n3', 'n5'))
      expect(nodes.answer(id)).toEqual(done(f === 'write' ? null : 7))
      nodes.lose()
    }
  })

  it('REG-15: with fewer a read can miss a write that has ended', () => {
    const story = (mutant?: Parameters<typeof regularRegister.make>[1]): unknown => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'write', 7)
      nodes.settle(among('n1', 'n2', 'n3'))
      nodes.lose()
      const id = nodes.request('n4', 'read')
      nodes.settle(among('n4', 'n5'))
      if (nodes.answer(id) === undefined) nodes.settle(among('n3', 'n4', 'n5'))
      return nodes.answer(id)
    }
    expect(story()).toEqual(done(7))
    expect(story('two-answers')).toEqual(done(null))
  })

  it('REG-14: two reads during a write may find the new value and then the old one', () => {
    const nodes = cluster()
    const write = nodes.request('n1', 'write', 7)
    nodes.deliver(is('write', 'n1'))
    nodes.lose()
    const first = nodes.request('n2', 'read')
    nodes.settle(among('n1', 'n2', 'n3'))
    nodes.lose()
    const second = nodes.request('n2', 'read')
    nodes.settle(among('n2', 'n3', 'n4'))
    expect(nodes.answer(write)).toBeUndefined()
    expect([first, second].map((id) => nodes.answer(id))).toEqual([done(7), done(null)])
  })

  it('after a restart the values of the writer are newer than all before', () => {
    const story = (mutant?: Parameters<typeof regularRegister.make>[1]): unknown => {
      const nodes = cluster(mutant)
      for (const value of [1, 2]) {
        nodes.request('n1', 'write', value)
        nodes.settle()
      }
      nodes.crash('n1')
      nodes.restart('n1')
      nodes.request('n1', 'write', 3)
      nodes.settle()
      return nodes.view('n4')['value']
    }
    expect(story()).toBe(3)
    expect(story('lives-not-counted')).toBe(2)
  })

  it('only the first node writes', () => {
    const nodes = cluster()
    expect(nodes.answer(nodes.request('n2', 'write', 1))).toEqual({ error: 'not-supported' })
  })
})

describe('the safe register (Lamport 1986)', () => {
  const cluster = (mutant?: Parameters<typeof safeRegister.make>[1]) =>
    new Scripted(safeRegister.make({}, mutant), 3)

  it('a read that overlaps no write finds the last value', () => {
    const nodes = cluster()
    for (const value of [0, 1, 2, 1023]) {
      const write = nodes.request('n1', 'write', value)
      nodes.settle()
      expect(nodes.answer(write)).toEqual(done(null))
      const read = nodes.request('n3', 'read')
      nodes.settle()
      expect(nodes.answer(read)).toEqual(done(value))
    }
  })

  it('a read that overlaps a write may find what was never written', () => {
    const nodes = cluster()
    nodes.request('n1', 'write', 1)
    nodes.settle()
    nodes.request('n1', 'write', 2)
    nodes.settle(({ message }) => message['phase'] !== 'low')
    const read = nodes.request('n3', 'read')
    nodes.settle(({ message }) => message['phase'] !== 'low')
    expect(nodes.answer(read)).toEqual(done(3))
  })

  it('a write ends when both parts are stored at a majority', () => {
    const story = (mutant?: Parameters<typeof safeRegister.make>[1]): unknown => {
      const nodes = cluster(mutant)
      const id = nodes.request('n1', 'write', 5)
      nodes.settle(({ message }) => message['phase'] === 'high')
      return nodes.answer(id)
    }
    expect(story()).toBeUndefined()
    expect(story('half-a-write')).toEqual(done(null))
  })

  it('refuses what has no digits', () => {
    const nodes = cluster()
    for (const value of ['x', -1, 0.5, null]) {
      const id = nodes.request('n1', 'write', value)
      expect(nodes.answer(id)).toEqual({ error: 'malformed-request' })
    }
  })
})
