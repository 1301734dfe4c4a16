import { describe, expect, it } from 'vitest'

import { multiPaxos, multiPaxosLease } from '../../impls/multi-paxos/multi-paxos.ts'
import { Scripted } from './scripted.ts'

type Mutant = Parameters<typeof multiPaxos.make>[1]

/** A cluster of three that n1 leads. */
function led(mutant?: Mutant): Scripted {
  const nodes = new Scripted(multiPaxos.make({}, mutant), 3)
  elect(nodes, 'n1')
  return nodes
}

function elect(nodes: Scripted, name: string): void {
  nodes.fire(name, 'election')
  nodes.settle()
}

/** Lets everybody hear how far the leader is. */
function beat(nodes: Scripted, name: string): void {
  nodes.fire(name, 'heartbeat')
  nodes.settle()
}

const write = (nodes: Scripted, name: string, value: unknown, more = {}) =>
  nodes.request(name, 'write', value, { key: 'x', ...more })
const read = (nodes: Scripted, name: string) => nodes.request(name, 'read', null, { key: 'x' })

const without = (name: string) => (sent: { from: string; to: string }) =>
  sent.from === sent.to || (sent.from !== name && sent.to !== name)

describe('Multi-Paxos', () => {
  it('section 3: all servers execute the same commands in the same order', () => {
    const nodes = led()
    for (const value of [1, 2, 3]) write(nodes, 'n1', value)
    nodes.settle()
    beat(nodes, 'n1')
    const [first, ...others] = ['n1', 'n2', 'n3'].map((name) => nodes.view(name)['delivered'])
    expect(first).toHaveLength(4)
    for (const other of others) expect(other).toEqual(first)
    expect(nodes.view('n3')).toMatchObject({ values: { '"x"': 3 } })
  })

  it('section 3: phase 1 is done once, and a command then takes one round trip', () => {
    const nodes = led()
    const id = write(nodes, 'n1', 1)
    expect(new Set(nodes.sent.map(({ message }) => message.type))).toEqual(new Set(['accept']))
    nodes.deliver()
    expect(nodes.answer(id)).toBeUndefined()
    nodes.deliver()
    expect(nodes.answer(id)).toEqual({ result: null })
  })

  it('section 3: a new leader proposes again what its predecessor may have got chosen', () => {
    const nodes = led()
    const id = write(nodes, 'n1', 'kept')
    nodes.deliver(({ to }) => to !== 'n3')
    nodes.deliver(({ to }) => to === 'n1')
    expect(nodes.answer(id)).toEqual({ result: null })
    nodes.crash('n1')
    nodes.lose()
    elect(nodes, 'n3')
    const seen = read(nodes, 'n3')
    nodes.settle()
    expect(nodes.answer(seen)).toEqual({ result: 'kept' })
  })

  it('section 3: gaps are filled with commands that do nothing', () => {
    const nodes = led()
    write(nodes, 'n1', 'lost')
    const second = write(nodes, 'n1', 'second')
    // Only the second command reaches anybody, so there is a gap before it.
    nodes.lose(({ message }) => message['slot'] === 1)
    nodes.deliver(({ to }) => to !== 'n1')
    nodes.lose()
    expect(nodes.answer(second)).toBeUndefined()
    nodes.crash('n1')
    elect(nodes, 'n2')
    const log = nodes.view('n2')['delivered'] as { value: unknown }[]
    expect(log.slice(1, 3)).toEqual([null, expect.objectContaining({ value: 'second' })])
  })

  it('answers nothing before it is chosen, and says whom to ask instead', () => {
    const nodes = led()
    expect(nodes.answer(write(nodes, 'n2', 1))).toEqual({ error: 'temporarily-unavailable' })
    expect(nodes.answer(nodes.request('n1', 'broadcast', 1))).toEqual({ error: 'not-supported' })
    const id = write(nodes, 'n1', 1)
    nodes.settle(({ from, to }) => from === to)
    expect(nodes.answer(id)).toBeUndefined()
  })

  it('does what is asked for twice once, and tells the same again', () => {
    const nodes = led()
    const about = { client: 'c', serial: 1, key: 'x' }
    write(nodes, 'n1', 1)
    const first = nodes.request('n1', 'cas', [1, 2], about)
    nodes.settle()
    write(nodes, 'n1', 1)
    nodes.settle()
    const again = nodes.request('n1', 'cas', [1, 2], about)
    nodes.settle()
    expect([nodes.answer(first), nodes.answer(again)]).toEqual([{ result: true }, { result: true }])
    const seen = read(nodes, 'n1')
    nodes.settle()
    expect(nodes.answer(seen)).toEqual({ result: 1 })
  })

  it('keeps what it has accepted over a restart, and learns again what is chosen', () => {
    const nodes = led()
    write(nodes, 'n1', 1)
    nodes.settle()
    nodes.crash('n3')
    nodes.lose()
    write(nodes, 'n1', 2)
    nodes.settle()
    nodes.restart('n3')
    beat(nodes, 'n1')
    beat(nodes, 'n1')
    expect(nodes.view('n3')).toMatchObject({ values: { '"x"': 2 } })
  })

  it('keeps what it has said to have accepted, however many of its writes were done', () => {
    for (const count of [0, 1, 2, 3]) {
      const nodes = led()
      write(nodes, 'n1', 'mine')
      nodes.holdDisk('n3')
      nodes.deliver(({ to, message }) => to === 'n3' && message.type === 'accept')
      nodes.write('n3', count)
      const said = nodes.sent.some(({ from, message }) => {
        return from === 'n3' && message.type === 'accepted' && message['slot'] === 1
      })
      nodes.crash('n3')
      nodes.restart('n3')
      const { accepted } = nodes.view('n3') as { readonly accepted: object }
      if (said) expect(Object.keys(accepted)).toContain('1')
      if (count === 3) expect(said).toBe(true)
    }
  })

  it('a leader that was replaced does not answer reads', () => {
    for (const [mutant, answer] of [
      [undefined, undefined],
      ['local-read', { result: null }],
    ] as const) {
      const nodes = led(mutant)
      nodes.fire('n2', 'election')
      nodes.settle(without('n1'))
      write(nodes, 'n2', 'new')
      nodes.settle(without('n1'))
      const id = read(nodes, 'n1')
      nodes.settle(without('n1'))
      expect(nodes.answer(id)).toEqual(answer)
    }
  })
})

describe('a leader lease', () => {
  const leased = () => {
    const nodes = new Scripted(multiPaxosLease.make({ leaseMs: 100, skewPercent: 20 }), 3)
    elect(nodes, 'n1')
    beat(nodes, 'n1')
    return nodes
  }

  it('lets the leader answer reads alone while it runs, and no longer', () => {
    const nodes = leased()
    nodes.lose()
    nodes.clock = 79
    expect(nodes.answer(read(nodes, 'n1'))).toEqual({ result: null })
    expect(nodes.sent).toEqual([])
    nodes.clock = 80
    expect(nodes.answer(read(nodes, 'n1'))).toBeUndefined()
  })

  it('keeps others from becoming leader while it runs, restarts or not', () => {
    const nodes = leased()
    nodes.crash('n1')
    nodes.lose()
    nodes.clock = 99
    nodes.crash('n3')
    nodes.restart('n3')
    nodes.fire('n2', 'election')
    nodes.settle()
    expect(nodes.view('n2')).toMatchObject({ role: 'candidate' })
    nodes.clock = 199
    nodes.fire('n2', 'election')
    nodes.settle()
    expect(nodes.view('n2')).toMatchObject({ role: 'leader' })
  })
})
