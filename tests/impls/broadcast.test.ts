import { describe, expect, it } from 'vitest'

import { consensusFromBroadcast } from '../../impls/broadcast/consensus-from-broadcast.ts'
import { totalOrderBroadcast } from '../../impls/broadcast/total-order-broadcast.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import { broadcastWorkload } from '../../suites/workloads.ts'
import { Scripted } from './scripted.ts'

const names = ['n1', 'n2', 'n3']

describe('total-order broadcast out of consensus', () => {
  it('delivers everywhere what is broadcast anywhere, in one order', () => {
    const nodes = new Scripted(totalOrderBroadcast.make(), 3)
    const ids = names.map((name) => nodes.request(name, 'broadcast', `of ${name}`))
    nodes.settle()
    for (const id of ids) expect(nodes.answer(id)).toEqual({ result: null })
    const [first] = names.map((name) => nodes.view(name)['delivered'])
    expect([...(first as string[])].sort()).toEqual(['of n1', 'of n2', 'of n3'])
    for (const name of names) expect(nodes.view(name)['delivered']).toEqual(first)
  })

  it('hands messages to its client one by one, and refuses when there is none', () => {
    const nodes = new Scripted(totalOrderBroadcast.make(), 3)
    nodes.request('n1', 'broadcast', 'a')
    nodes.settle()
    expect(nodes.answer(nodes.request('n2', 'deliver'))).toEqual({ result: 'a' })
    expect(nodes.answer(nodes.request('n2', 'deliver'))).toEqual({
      error: 'temporarily-unavailable',
    })
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual({ error: 'not-supported' })
  })

  it('acknowledges a message when it is delivered, not before', () => {
    const nodes = new Scripted(totalOrderBroadcast.make(), 3)
    const id = nodes.request('n1', 'broadcast', 'a')
    nodes.settle(({ from, to }) => from === to)
    expect(nodes.answer(id)).toBeUndefined()
    nodes.settle()
    expect(nodes.answer(id)).toEqual({ result: null })
  })

  it('does not take a late copy for a new message', () => {
    const nodes = new Scripted(totalOrderBroadcast.make(), 3)
    nodes.request('n1', 'broadcast', 'a')
    const copies = nodes.sent.filter(({ message }) => message['part'] === 'spread')
    expect(copies).toHaveLength(2)
    nodes.settle()
    for (const copy of copies) nodes.receive(copy)
    nodes.settle()
    for (const name of names) expect(nodes.view(name)['delivered']).toEqual(['a'])
  })

  it('puts several messages into one instance', () => {
    const nodes = new Scripted(totalOrderBroadcast.make(), 3)
    for (const value of ['a', 'b', 'c']) nodes.request('n1', 'broadcast', value)
    nodes.settle()
    expect(nodes.view('n1')).toEqual({ delivered: ['a', 'b', 'c'], instance: 3 })
  })

  it('works over the store of Raft as well, under faults', () => {
    for (const seed of [1, 2, 3]) {
      const about = { nodes: 3, workload: broadcastWorkload, invariants: [totalOrder] }
      const options = { over: 'raft' }
      const run = simulate(
        drawSimulation({ protocol: totalOrderBroadcast, options, ...about }, seed),
      )
      expect([run.outcome, run.recovery.outcome]).toEqual(['pass', 'recovered'])
    }
  })

  it('says what it can be built on', () => {
    expect(() => totalOrderBroadcast.make({ over: 'hope' })).toThrow("not over 'hope'")
  })
})

describe('consensus out of total-order broadcast', () => {
  it('decides on what is delivered first', () => {
    const nodes = new Scripted(consensusFromBroadcast.make(), 3)
    const ids = names.map((name) => nodes.request(name, 'propose', `of ${name}`))
    nodes.settle()
    const [first] = ids.map((id) => nodes.answer(id))
    for (const id of ids) expect(nodes.answer(id)).toEqual(first)
    expect(nodes.answer(nodes.request('n2', 'propose', 'late'))).toEqual(first)
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual({ error: 'not-supported' })
  })
})
