import { describe, expect, it } from 'vitest'

import { raft } from '../../impls/raft/raft.ts'
import { Scripted } from './scripted.ts'

/** A cluster of which this node has become the leader. */
function ledBy(leader: string, nodes = 3, options = {}, mutant?: Parameters<typeof raft.make>[1]) {
  const cluster = new Scripted(raft.make(options, mutant), nodes)
  elect(cluster, leader, names(nodes))
  return cluster
}

function names(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, at) => `n${at + 1}`)
}

/** All of these stop hearing of a leader, and this one campaigns among them. */
function elect(cluster: Scripted, leader: string, among: readonly string[]) {
  for (const node of among) {
    if (cluster.timers(node).includes('silence')) cluster.fire(node, 'silence')
  }
  cluster.fire(leader, 'election')
  cluster.settle(({ from, to }) => among.includes(from) && among.includes(to))
}

describe('a cluster', () => {
  it('elects a leader, which commits an entry of its own term (§5.2, §8)', () => {
    const cluster = ledBy('n1')
    expect(cluster.view('n1')).toMatchObject({ role: 'leader', term: 1, commit: 1 })
    expect(cluster.view('n2')).toMatchObject({ role: 'follower', term: 1 })
  })

  it('serves writes, reads and conditional writes', () => {
    const cluster = ledBy('n2')
    const ask = (f: string, value?: unknown) => {
      const id = cluster.request('n2', f, value, { key: 'x' })
      cluster.settle()
      return cluster.answer(id)
    }
    expect(ask('read')).toEqual({ result: null })
    expect(ask('write', 1)).toEqual({ result: null })
    expect(ask('read')).toEqual({ result: 1 })
    expect(ask('cas', [2, 3])).toEqual({ result: false })
    expect(ask('cas', [1, 3])).toEqual({ result: null })
    expect(ask('read')).toEqual({ result: 3 })
  })
})
