import { describe, expect, it } from 'vitest'

import { tunableStore } from '../../impls/replication/tunable-store.ts'
import { Scripted } from './scripted.ts'

type Options = Parameters<typeof tunableStore.make>[0]
type Mutant = Parameters<typeof tunableStore.make>[1]

const cluster = (options: Options, mutant?: Mutant) =>
  new Scripted(tunableStore.make(options, mutant), 3)

const done = (result: unknown) => ({ result })

describe('a store with as many acknowledgements and answers as wanted (DeCandia 2007)', () => {
  it('answers alone where one is enough', () => {
    const nodes = cluster({ reads: 1, writes: 1 })
    expect(nodes.answer(nodes.request('n1', 'write', 1))).toEqual(done(null))
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(done(null))
    nodes.settle()
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(done(1))
  })

  it('waits for others where they are wanted, and finds what any of them has', () => {
    const nodes = cluster({ reads: 2, writes: 2 })
    const write = nodes.request('n1', 'write', 1)
    expect(nodes.answer(write)).toBeUndefined()
    nodes.settle(({ from, to }) => [from, to].every((name) => name !== 'n3'))
    expect(nodes.answer(write)).toEqual(done(null))
    const read = nodes.request('n3', 'read')
    expect(nodes.answer(read)).toBeUndefined()
    nodes.settle()
    expect(nodes.answer(read)).toEqual(done(1))
  })

  it('tells again what others have missed', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster({ reads: 1, writes: 1 }, mutant)
      nodes.request('n1', 'write', 1)
      nodes.lose(() => true)
      if (nodes.timers('n1').includes('gossip')) nodes.fire('n1', 'gossip')
      nodes.settle()
      return nodes.answer(nodes.request('n2', 'read'))
    }
    expect(story()).toEqual(done(1))
    expect(story('no-gossip')).toEqual(done(null))
  })
})
