import { describe, expect, it } from 'vitest'

import { paxos } from '../../impls/paxos/paxos.ts'
import { Scripted } from './scripted.ts'

type Mutant = Parameters<typeof paxos.make>[1]

const cluster = (size: number, options = {}, mutant?: Mutant) =>
  new Scripted(paxos.make(options, mutant), size)

const among =
  (...names: string[]) =>
  (sent: { from: string; to: string }) =>
    names.includes(sent.from) && names.includes(sent.to)

describe('Paxos made simple', () => {
  it('2.1: a single proposal is chosen, and everybody learns it', () => {
    const nodes = cluster(3)
    const id = nodes.request('n1', 'propose', 'x')
    nodes.settle()
    expect(nodes.answer(id)).toEqual({ result: 'x' })
    for (const name of ['n1', 'n2', 'n3']) expect(nodes.view(name)).toMatchObject({ decided: 'x' })
  })

  it('2.2, P2c: a greater ballot takes over what a majority has accepted', () => {
    const nodes = cluster(3)
    nodes.request('n1', 'propose', 'x')
    nodes.settle(among('n1', 'n2'))
    expect(nodes.view('n1')).toMatchObject({ decided: 'x' })
    nodes.lose()
    const id = nodes.request('n3', 'propose', 'y')
    nodes.settle(among('n2', 'n3'))
    expect(nodes.answer(id)).toEqual({ result: 'x' })
  })

  it('2.2, P2c: of several reported values the one of the greatest ballot is taken over', () => {
    const nodes = cluster(3)
    // n1 gets x accepted by itself, n2 then y by itself; n3 hears of both.
    nodes.request('n1', 'propose', 'x')
    nodes.deliver(({ message }) => message.type === 'prepare')
    nodes.deliver(({ message }) => message.type === 'promise')
    nodes.deliver(({ to, message }) => to === 'n1' && message.type === 'accept')
    nodes.lose()
    nodes.request('n2', 'propose', 'y')
    nodes.deliver(({ to, message }) => to !== 'n1' && message.type === 'prepare')
    nodes.deliver(({ message }) => message.type === 'promise')
    nodes.deliver(({ to, message }) => to === 'n2' && message.type === 'accept')
    nodes.lose()
    const id = nodes.request('n3', 'propose', 'z')
    // The promise of n3 itself is lost, so that x and y make the majority, x first.
    nodes.deliver(({ message }) => message.type === 'prepare')
    nodes.deliver(({ from, message }) => from === 'n1' && message.type === 'promise')
    nodes.deliver(({ from, message }) => from === 'n2' && message.type === 'promise')
    nodes.settle()
    expect(nodes.answer(id)).toEqual({ result: 'y' })
  })

  it('2.2, P1a: an acceptor that has promised refuses smaller ballots', () => {
    const nodes = cluster(3)
    nodes.request('n1', 'propose', 'x')
    nodes.deliver(({ message }) => message.type === 'prepare')
    nodes.deliver(({ message }) => message.type === 'promise')
    const accepts = nodes.sent.filter(({ message }) => message.type === 'accept')
    nodes.lose()
    nodes.request('n3', 'propose', 'y')
    nodes.deliver(({ message }) => message.type === 'prepare')
    nodes.lose()
    for (const sent of accepts) nodes.receive(sent)
    expect(nodes.sent.map(({ message }) => message.type)).toEqual(['refused', 'refused', 'refused'])
    expect(nodes.view('n2')).toMatchObject({ accepted: null })
  })

  it('2.2: without refusals an acceptor keeps silent, which is as safe', () => {
    const nodes = cluster(3, { nak: false })
    nodes.request('n3', 'propose', 'y')
    nodes.deliver(({ to, message }) => message.type === 'prepare' && to === 'n2')
    nodes.lose()
    nodes.request('n1', 'propose', 'x')
    nodes.deliver(({ to, message }) => message.type === 'prepare' && to === 'n2')
    expect(nodes.sent.filter(({ from }) => from === 'n2')).toEqual([])
  })

  it('2.2: an acceptor accepts the very ballot that it has promised', () => {
    const stuck = cluster(3, {}, 'strictly-greater')
    const id = stuck.request('n1', 'propose', 'x')
    stuck.settle()
    expect(stuck.answer(id)).toBeUndefined()
  })

  it('2.3: acceptors may tell all learners, which costs more messages', () => {
    const counted = (spread: string) => {
      const nodes = cluster(5, { spread })
      const id = nodes.request('n1', 'propose', 'x')
      let messages = 0
      for (let more = -1; more !== 0;) {
        messages += nodes.sent.filter(({ from, to }) => from !== to).length
        more = nodes.deliver()
      }
      expect(nodes.answer(id)).toEqual({ result: 'x' })
      for (const name of ['n2', 'n3', 'n4', 'n5']) {
        expect(nodes.view(name)).toMatchObject({ decided: 'x' })
      }
      return messages
    }
    // Four rounds between the proposer and four others, and then: n - 1; or in place of the answers
    // n(n - 1); or two relays that tell n - 1 each.
    expect(counted('proposer')).toBe(4 * 4 + 4)
    expect(counted('acceptors')).toBe(3 * 4 + 5 * 4)
    expect(counted('relays')).toBe(4 * 4 + 2 + 2 * 4)
  })

  it('2.4: two proposers can interrupt each other for ever, one cannot', () => {
    const nodes = cluster(3)
    const ids = [nodes.request('n1', 'propose', 'x'), nodes.request('n2', 'propose', 'y')]
    for (let round = 0; round < 50; round++) {
      for (const name of ['n1', 'n2']) {
        nodes.deliver(({ from, message }) => from === name && message.type === 'prepare')
        nodes.deliver(({ to, message }) => to === name && message.type === 'promise')
        nodes.lose(({ to, message }) => to === name && message.type === 'refused')
        const other = name === 'n1' ? 'n2' : 'n1'
        nodes.fire(other, 'retry')
        nodes.deliver(({ from, message }) => from === other && message.type === 'prepare')
        nodes.deliver(({ from, message }) => from === name && message.type === 'accept')
      }
    }
    expect(ids.map((id) => nodes.answer(id))).toEqual([undefined, undefined])
    nodes.lose()
    nodes.fire('n1', 'retry')
    nodes.settle()
    expect(nodes.answer(ids[0] ?? 0)).toEqual({ result: 'x' })
  })

  it('2.5: a promise is on the disk before it is given', () => {
    const nodes = cluster(3)
    nodes.holdDisk('n2')
    nodes.request('n1', 'propose', 'x')
    nodes.deliver(({ to }) => to === 'n2')
    expect(nodes.sent.filter(({ from }) => from === 'n2')).toEqual([])
    nodes.freeDisk('n2')
    expect(nodes.sent.filter(({ from }) => from === 'n2')).toHaveLength(1)
  })

  it('2.5: an acceptor that forgets a promise lets two values be chosen', () => {
    const decisions = (mutant?: Mutant) => {
      const nodes = cluster(3, {}, mutant)
      nodes.request('n1', 'propose', 'x')
      nodes.deliver(({ to, message }) => to !== 'n2' && message.type === 'prepare')
      nodes.deliver(({ message }) => message.type === 'promise')
      // n3 promises a greater ballot, and restarts before the smaller one asks it to accept.
      nodes.request('n2', 'propose', 'y')
      nodes.deliver(({ from, to, message }) => {
        return from === 'n2' && to !== 'n1' && message.type === 'prepare'
      })
      nodes.crash('n3')
      nodes.restart('n3')
      nodes.deliver(({ to, message }) => to !== 'n2' && message.type === 'accept')
      nodes.deliver(({ to, message }) => to === 'n1' && message.type === 'accepted')
      nodes.deliver(({ to, message }) => to === 'n2' && message.type === 'promise')
      nodes.deliver(({ from, message }) => from === 'n2' && message.type === 'accept')
      nodes.deliver(({ to, message }) => to === 'n2' && message.type === 'accepted')
      return ['n1', 'n2'].map((name) => nodes.view(name)['decided'])
    }
    expect(decisions('promise-not-persisted')).toEqual(['x', 'y'])
    expect(decisions()).toEqual([undefined, 'y'])
  })

  it('2.5: a proposer does not use a ballot again after a restart', () => {
    const nodes = cluster(3)
    nodes.request('n1', 'propose', 'x')
    const [first] = nodes.sent
    nodes.lose()
    nodes.crash('n1')
    nodes.restart('n1')
    nodes.request('n1', 'propose', 'y')
    const [second] = nodes.sent
    expect(second?.message['ballot']).toBeGreaterThan(Number(first?.message['ballot']))
    nodes.crash('n1')
  })

  it('2.5: a proposer that uses a ballot again lets two values be chosen', () => {
    const decisions = (mutant?: Mutant) => {
      const nodes = cluster(3, {}, mutant)
      nodes.request('n1', 'propose', 'x')
      nodes.deliver(({ message }) => message.type === 'prepare')
      nodes.deliver(({ message }) => message.type === 'promise')
      nodes.deliver(({ to, message }) => to === 'n3' && message.type === 'accept')
      nodes.lose()
      nodes.crash('n1')
      nodes.restart('n1')
      nodes.request('n1', 'propose', 'y')
      nodes.settle(among('n1', 'n2'))
      nodes.lose()
      const known = nodes.view('n1')['decided']
      nodes.crash('n1')
      nodes.request('n3', 'propose', 'z')
      nodes.settle(among('n3'))
      // What n2 has accepted counts, not what it knows to be decided.
      nodes.settle(({ from, to, message }) => {
        return among('n2', 'n3')({ from, to }) && message.type !== 'decided'
      })
      return [known, nodes.view('n3')['decided']]
    }
    expect(decisions('ballot-reused')).toEqual(['y', 'x'])
    expect(decisions()).toEqual(['y', 'y'])
  })

  it('tells whoever asks later what was decided, and keeps it over a restart', () => {
    const nodes = cluster(3)
    nodes.request('n1', 'propose', 'x')
    nodes.settle(among('n1', 'n2'))
    nodes.crash('n1')
    nodes.restart('n1')
    expect(nodes.answer(nodes.request('n1', 'propose', 'z'))).toEqual({ result: 'x' })
    const id = nodes.request('n3', 'propose', 'y')
    nodes.lose(({ to }) => to === 'n2')
    nodes.settle(among('n1', 'n3'))
    expect(nodes.answer(id)).toEqual({ result: 'x' })
  })

  it('makes no progress without a majority, and says what it cannot do', () => {
    const nodes = cluster(3)
    const id = nodes.request('n1', 'propose', 'x')
    nodes.settle(among('n1'))
    expect(nodes.answer(id)).toBeUndefined()
    expect(nodes.answer(nodes.request('n1', 'read'))).toEqual({ error: 'not-supported' })
    expect(nodes.answer(nodes.request('n1', 'propose', null))).toEqual({
      error: 'malformed-request',
    })
  })
})
