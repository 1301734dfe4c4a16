import { describe, expect, it } from 'vitest'

import { primaryOrder } from '../../checkers/invariants/primary-order.ts'
import { zab } from '../../impls/zab/zab.ts'
import { Scripted } from './scripted.ts'

type Options = Parameters<typeof zab.make>[0]
type Mutant = Parameters<typeof zab.make>[1]

/** A cluster of three that n1 leads. */
function led(options: Options = {}, mutant?: Mutant): Scripted {
  const nodes = new Scripted(zab.make(options, mutant), 3)
  nodes.fire('n1', 'election')
  nodes.settle()
  return nodes
}

function beat(nodes: Scripted, name: string): void {
  nodes.fire(name, 'heartbeat')
  nodes.settle()
}

const write = (nodes: Scripted, name: string, value: unknown) =>
  nodes.request(name, 'write', value, { key: 'x' })
const read = (nodes: Scripted, name: string) => nodes.request(name, 'read', null, { key: 'x' })
const without =
  (name: string) =>
  ({ from, to }: { from: string; to: string }) =>
    from === to || (from !== name && to !== name)

/** n2 and n3 elect n2, while n1 is cut off and believes that it leads. */
function deposed(options: Options): Scripted {
  const nodes = led(options)
  nodes.fire('n3', 'election')
  nodes.lose()
  nodes.fire('n3', 'election')
  nodes.fire('n2', 'election')
  nodes.settle(without('n1'))
  return nodes
}

describe('Zab', () => {
  it('section 4.1: discovery, synchronisation, broadcast', () => {
    const nodes = new Scripted(zab.make(), 3)
    nodes.fire('n1', 'election')
    const phases: string[] = []
    while (nodes.sent.length > 0) {
      phases.push(...new Set(nodes.sent.map(({ message }) => message.type)))
      nodes.deliver()
    }
    const order = ['cepoch', 'new-epoch', 'ack-epoch', 'new-leader', 'ack-leader', 'commit-leader']
    expect(order.map((type) => phases.indexOf(type))).toEqual(
      order.map((type) => phases.indexOf(type)).sort((a, b) => a - b),
    )
    expect(phases).toEqual(expect.arrayContaining(order))
    expect(nodes.view('n1')).toMatchObject({ role: 'leader', phase: 'broadcast' })
    expect(nodes.view('n3')).toMatchObject({ role: 'follower', phase: 'broadcast' })
  })

  it('phase 0: of two that stand one gives way, and those that are left come together', () => {
    const nodes = new Scripted(zab.make(), 5)
    for (const name of ['n1', 'n4']) nodes.crash(name)
    nodes.fire('n2', 'election')
    nodes.lose(({ to }) => to === 'n5')
    nodes.settle()
    for (const name of ['n5', 'n3']) {
      nodes.fire(name, 'election')
      nodes.settle()
    }
    // n3 followed n2, which has given way; now it hears who is left.
    expect(nodes.view('n5')).toMatchObject({ role: 'follower' })
    beat(nodes, 'n5')
    expect(nodes.view('n5')).toMatchObject({ role: 'leader', phase: 'broadcast' })
    expect(nodes.view('n3')).toMatchObject({ role: 'follower', phase: 'broadcast' })
  })

  it('section 4.1: a transaction is committed when a quorum has logged it', () => {
    const nodes = led()
    const id = write(nodes, 'n1', 1)
    nodes.settle(({ from, to }) => from === to)
    expect(nodes.answer(id)).toBeUndefined()
    nodes.settle(without('n3'))
    expect(nodes.answer(id)).toEqual({ result: null })
  })

  it('section 4.2: a follower acknowledges what is on its disk', () => {
    for (const [mutant, answer] of [
      [undefined, undefined],
      ['ack-before-logging', { result: null }],
    ] as const) {
      const nodes = led({}, mutant)
      nodes.holdDisk('n2')
      nodes.holdDisk('n3')
      const id = write(nodes, 'n1', 1)
      nodes.settle()
      expect(nodes.answer(id)).toEqual(answer)
    }
  })

  it('section 3.2: changes of a primary are delivered in order, none left out', () => {
    for (const [mutant, isBroken] of [
      [undefined, false],
      ['gap-accepted', true],
    ] as const) {
      const nodes = led({}, mutant)
      write(nodes, 'n1', 1)
      nodes.deliver(({ from, to }) => from === to)
      nodes.lose(({ to, message }) => to === 'n3' && message.type === 'propose')
      write(nodes, 'n1', 2)
      nodes.settle()
      const names = ['n1', 'n2', 'n3']
      const views = names.map((name) => nodes.view(name))
      expect(primaryOrder.violated(views, names) !== undefined).toBe(isBroken)
      if (isBroken) continue
      beat(nodes, 'n1')
      beat(nodes, 'n1')
      expect(nodes.view('n3')).toMatchObject({ values: { '"x"': 2 } })
    }
  })

  it('backups are told what has changed and not what was asked for', () => {
    const nodes = led()
    write(nodes, 'n2', 1)
    nodes.settle()
    const id = nodes.request('n3', 'cas', [1, 2], { key: 'x' })
    nodes.settle()
    expect(nodes.answer(id)).toEqual({ result: true })
    expect(nodes.view('n3')['delivered']).toMatchObject([
      { delta: ['"x"', 1] },
      { delta: ['"x"', 2], result: true },
    ])
  })

  it('a node that restarts answers nothing before it has caught up', () => {
    const nodes = led()
    write(nodes, 'n1', 1)
    nodes.settle()
    nodes.crash('n3')
    nodes.restart('n3')
    expect(nodes.answer(read(nodes, 'n3'))).toEqual({ error: 'temporarily-unavailable' })
    beat(nodes, 'n1')
    expect(nodes.answer(read(nodes, 'n3'))).toEqual({ result: 1 })
  })
})

describe('reads of Zab', () => {
  it('are answered by any node from what it has, however old', () => {
    const nodes = led()
    write(nodes, 'n1', 1)
    nodes.settle(without('n3'))
    expect(nodes.answer(read(nodes, 'n3'))).toEqual({ result: null })
  })

  it('after a sync are new, unless a leader that was replaced answers it alone', () => {
    for (const [quorumSync, answer] of [
      [true, undefined],
      [false, { result: null }],
    ] as const) {
      const nodes = deposed({ syncedReads: true, quorumSync })
      const leader = ['n2', 'n3'].find((name) => nodes.view(name)['role'] === 'leader')
      expect(leader).toBeDefined()
      const id = write(nodes, leader ?? '', 'new')
      nodes.settle(without('n1'))
      expect(nodes.answer(id)).toEqual({ result: null })
      const seen = read(nodes, 'n1')
      nodes.settle(without('n1'))
      expect(nodes.answer(seen)).toEqual(answer)
    }
  })
})
