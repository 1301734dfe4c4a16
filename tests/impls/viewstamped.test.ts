import { describe, expect, it } from 'vitest'

import { viewstamped } from '../../impls/viewstamped/viewstamped.ts'
import { Scripted } from './scripted.ts'
import type { Sent } from './scripted.ts'

type Mutant = Parameters<typeof viewstamped.make>[1]

/** n1 is the primary of view 0, n2 of view 1, n3 of view 2. */
const three = (mutant?: Mutant) => new Scripted(viewstamped.make({}, mutant), 3)

const write = (nodes: Scripted, name: string, value: unknown, more = {}) =>
  nodes.request(name, 'write', value, { key: 'x', ...more })
const read = (nodes: Scripted, name: string) => nodes.request(name, 'read', null, { key: 'x' })

const without = (name: string) => (sent: Sent) => sent.from !== name && sent.to !== name
const between = (one: string, other: string) => (sent: Sent) =>
  [one, other].includes(sent.from) && [one, other].includes(sent.to)
const is = (type: string) => (sent: Sent) => sent.message.type === type

/** Everybody hears what the primary has committed. */
function remind(nodes: Scripted, name: string): void {
  nodes.fire(name, 'commit')
  nodes.settle()
}

const valuesOf = (nodes: Scripted, name: string) =>
  (nodes.view(name)['delivered'] as { value: unknown }[]).map(({ value }) => value)

describe('Viewstamped Replication', () => {
  it('section 4.1: a primary answers when f backups have the operation, and all execute it', () => {
    const nodes = three()
    const id = write(nodes, 'n1', 1)
    nodes.deliver(({ to }) => to === 'n2')
    expect(nodes.answer(id)).toBeUndefined()
    nodes.deliver(({ from }) => from === 'n2')
    expect(nodes.answer(id)).toEqual({ result: null })
    nodes.settle()
    remind(nodes, 'n1')
    for (const name of ['n1', 'n2', 'n3']) expect(valuesOf(nodes, name)).toEqual([1])
  })

  it('section 4.1: only the primary takes requests; others say who it is', () => {
    const nodes = three()
    expect(nodes.answer(write(nodes, 'n2', 1))).toEqual({ error: 'temporarily-unavailable' })
    expect(nodes.answer(nodes.request('n1', 'broadcast', 1))).toEqual({ error: 'not-supported' })
  })

  it('section 4: what is asked for twice is done once, and told the same', () => {
    for (const [mutant, second] of [
      [undefined, true],
      ['applied-twice', false],
    ] as const) {
      const nodes = three(mutant)
      const about = { client: 'c', serial: 1, key: 'x' }
      write(nodes, 'n1', 1)
      const first = nodes.request('n1', 'cas', [1, 2], about)
      nodes.settle()
      const again = nodes.request('n1', 'cas', [1, 2], about)
      nodes.settle()
      expect(nodes.answer(first)).toEqual({ result: true })
      expect(nodes.answer(again)).toEqual({ result: second })
    }
  })

  it('section 4.2: a new primary has what was committed in views before', () => {
    const nodes = three()
    const id = write(nodes, 'n1', 'kept')
    nodes.settle(without('n3'))
    expect(nodes.answer(id)).toEqual({ result: null })
    nodes.crash('n1')
    nodes.lose()
    nodes.fire('n3', 'silence')
    nodes.settle()
    expect(nodes.view('n2')).toMatchObject({ role: 'leader', term: 1 })
    const seen = read(nodes, 'n2')
    nodes.settle()
    expect(nodes.answer(seen)).toEqual({ result: 'kept' })
  })

  it('section 4.2: the log of the latest normal view counts, not the longest', () => {
    for (const [mutant, values] of [
      [undefined, ['new', null]],
      ['longest-log', ['old', 'older', null]],
    ] as const) {
      const nodes = three(mutant)
      // n1 is alone with two operations; the others commit one in view 1.
      write(nodes, 'n1', 'old')
      write(nodes, 'n1', 'older')
      nodes.lose()
      nodes.fire('n3', 'silence')
      nodes.settle(without('n1'))
      write(nodes, 'n2', 'new')
      nodes.settle(without('n1'))
      nodes.lose()
      nodes.crash('n2')
      nodes.fire('n3', 'silence')
      nodes.settle()
      expect(nodes.view('n3')).toMatchObject({ role: 'leader', term: 2 })
      read(nodes, 'n3')
      nodes.settle()
      expect(valuesOf(nodes, 'n3')).toEqual(values)
    }
  })

  it('section 4.2: a replica that has left a view says no more in it', () => {
    for (const [mutant, answer] of [
      [undefined, undefined],
      ['prepared-in-older-view', { result: null }],
    ] as const) {
      const nodes = three(mutant)
      nodes.fire('n3', 'silence')
      nodes.lose()
      const id = write(nodes, 'n1', 1)
      nodes.settle(between('n1', 'n3'))
      expect(nodes.answer(id)).toEqual(answer)
    }
  })

  it('section 4.3: a replica that crashed takes part again with the log of the primary', () => {
    const nodes = three()
    write(nodes, 'n1', 1)
    nodes.settle()
    nodes.crash('n3')
    nodes.restart('n3')
    expect(nodes.view('n3')).toMatchObject({ status: 'recovering', log: [] })
    nodes.settle(without('n2'))
    // One answer is not enough.
    expect(nodes.view('n3')).toMatchObject({ status: 'recovering' })
    nodes.settle()
    expect(nodes.view('n3')).toMatchObject({ status: 'backup' })
    expect(valuesOf(nodes, 'n3')).toEqual([1])
  })

  it('section 4.3: a primary that crashed does not come back in its own view', () => {
    const nodes = three()
    write(nodes, 'n1', 1)
    nodes.settle()
    nodes.crash('n1')
    nodes.restart('n1')
    nodes.settle()
    expect(nodes.view('n1')).toMatchObject({ status: 'recovering' })
    nodes.fire('n2', 'silence')
    nodes.settle()
    nodes.fire('n1', 'recovery')
    nodes.settle()
    expect(nodes.view('n1')).toMatchObject({ status: 'backup', term: 1 })
    expect(valuesOf(nodes, 'n1')).toEqual([1])
  })

  it('section 4.3: answers to an earlier recovery do not count', () => {
    for (const [mutant, status, log] of [
      [undefined, 'recovering', 0],
      ['recovery-without-nonce', 'backup', 0],
    ] as const) {
      const nodes = three(mutant)
      nodes.crash('n2')
      nodes.restart('n2')
      nodes.deliver(is('recovery'))
      const old = nodes.sent.filter(is('recovery-response'))
      nodes.settle()
      const id = write(nodes, 'n1', 1)
      nodes.settle(without('n3'))
      expect(nodes.answer(id)).toEqual({ result: null })
      nodes.crash('n2')
      nodes.lose()
      nodes.restart('n2')
      for (const sent of old) nodes.receive(sent)
      // With the bug nobody but n1 has what was committed, and n2 may help to begin view 1.
      expect(nodes.view('n2')).toMatchObject({ status })
      expect(nodes.view('n2')['log']).toHaveLength(log)
    }
  })

  it('section 4.3: the latest view that somebody knows counts, not that of an old primary', () => {
    for (const [mutant, status] of [
      [undefined, 'recovering'],
      // It begins view 1 for the second time, without what was committed in it.
      ['recovers-from-old-primary', 'primary'],
    ] as const) {
      const nodes = three(mutant)
      nodes.fire('n3', 'silence')
      nodes.settle(without('n1'))
      nodes.lose()
      write(nodes, 'n2', 1)
      nodes.settle(without('n1'))
      nodes.lose()
      nodes.crash('n2')
      nodes.restart('n2')
      // n1 still leads view 0; n3 is in view 1, of which n2 was the primary.
      nodes.settle()
      expect(nodes.view('n2')).toMatchObject({ status, log: [] })
    }
  })

  it('Michael et al. 2017: who recovers still keeps to what it promised in a view change', () => {
    for (const [mutant, lost] of [
      [undefined, false],
      ['view-forgotten', true],
    ] as const) {
      const nodes = three(mutant)
      // n2 asks for view 1, crashes and recovers; n3 hears it, offers its log, and does the same.
      nodes.fire('n2', 'silence')
      nodes.lose(({ to }) => to === 'n1')
      const heard = nodes.sent.filter(is('start-view-change'))
      nodes.lose()
      if (lost) {
        nodes.crash('n2')
        nodes.restart('n2')
        nodes.settle()
        expect(nodes.view('n2')).toMatchObject({ status: 'backup', term: 0 })
      }
      for (const sent of heard) nodes.receive(sent)
      const offer = nodes.sent.filter(is('do-view-change'))
      expect(offer).toHaveLength(1)
      nodes.lose()
      nodes.crash('n3')
      nodes.restart('n3')
      nodes.settle()
      // An operation is committed in view 0 by n1 and n3, if n3 has forgotten that it left it.
      const id = write(nodes, 'n1', 1)
      nodes.settle(between('n1', 'n3'))
      expect(nodes.answer(id)).toEqual(lost ? { result: null } : undefined)
      if (!lost) continue
      nodes.lose()
      for (const sent of offer) nodes.receive(sent)
      nodes.settle(({ from, to }) => from === 'n2' && to === 'n2')
      expect(nodes.view('n2')).toMatchObject({ role: 'leader', term: 1, log: [] })
    }
  })

  it('nothing is said in a view before its number is on the disk', () => {
    const nodes = three()
    nodes.holdDisk('n2')
    nodes.fire('n2', 'silence')
    expect(nodes.sent).toEqual([])
    nodes.freeDisk('n2')
    expect(nodes.sent.map(({ message }) => message.type)).toEqual([
      'start-view-change',
      'start-view-change',
    ])
  })

  it('section 5.2: a replica that is behind keeps its log until it has the newer one', () => {
    for (const [mutant, log] of [
      [undefined, 1],
      ['state-transfer-truncates', 0],
    ] as const) {
      const nodes = three(mutant)
      write(nodes, 'n1', 'open')
      nodes.lose()
      nodes.fire('n3', 'silence')
      nodes.settle(without('n1'))
      write(nodes, 'n2', 'new')
      nodes.settle(without('n1'))
      nodes.lose()
      nodes.fire('n2', 'commit')
      nodes.deliver(is('commit'))
      expect(nodes.view('n1')['log']).toHaveLength(log)
      nodes.settle()
      expect(valuesOf(nodes, 'n1')).toEqual(['new'])
    }
  })
})
