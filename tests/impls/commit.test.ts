import { describe, expect, it } from 'vitest'

import { atomicity, unanimity } from '../../checkers/invariants/atomic-commit.ts'
import { threePhaseCommit } from '../../impls/commit/three-phase-commit.ts'
import { twoPhaseCommitTakeover } from '../../impls/commit/two-phase-commit-takeover.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import type { Sent } from './scripted.ts'
import { Scripted } from './scripted.ts'

const among =
  (...names: string[]) =>
  ({ from, to }: Sent) =>
    names.includes(from) && names.includes(to)

const is =
  (type: string, to?: string) =>
  (sent: Sent): boolean =>
    sent.message.type === type && (to === undefined || sent.to === to)

const done = (result: unknown) => ({ result })
const aborted = { error: 'abort' }
const NAMES = ['n1', 'n2', 'n3']

const outcomes = (nodes: Scripted, names: readonly string[] = NAMES): unknown[] =>
  names.map((name) => Object.values(nodes.view(name)['outcomes'] as Record<string, unknown>)[0])

describe('two-phase commit with logs', () => {
  type Mutant = Parameters<typeof twoPhaseCommit.make>[1]
  const cluster = (mutant?: Mutant, oneNoIn = 10) =>
    new Scripted(twoPhaseCommit.make({ oneNoIn }, mutant), 3)

  it('TXN-07: commits when all have said yes, and everybody has the element', () => {
    const nodes = cluster()
    const id = nodes.request('n1', 'add', 'x')
    expect(nodes.answer(id)).toBeUndefined()
    nodes.settle()
    expect(nodes.answer(id)).toEqual(done(null))
    expect(outcomes(nodes)).toEqual(['commit', 'commit', 'commit'])
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(done(['x']))
  })

  it('one no is enough to abort, for certain', () => {
    const nodes = cluster(undefined, 1)
    const id = nodes.request('n1', 'add', 'x')
    nodes.settle()
    expect(nodes.answer(id)).toEqual(aborted)
    expect(outcomes(nodes)).toEqual(['abort', 'abort', 'abort'])
    expect(nodes.answer(nodes.request('n2', 'read'))).toEqual(done([]))
  })

  it('TXN-05, TXN-08: who is silent has not said yes', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      const id = nodes.request('n1', 'add', 'x')
      nodes.settle(among('n1', 'n2'))
      nodes.fire('n1', 'votes')
      return nodes.answer(id)
    }
    expect(story()).toEqual(aborted)
    expect(story('silence-is-yes')).toEqual(done(null))
  })

  it('a yes is on the disk before it is said', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.holdDisk('n2')
      nodes.request('n1', 'add', 'x')
      nodes.deliver(is('vote?', 'n2'))
      return nodes.sent.some(is('yes'))
    }
    expect(story()).toBe(false)
    expect(story('vote-not-forced')).toBe(true)
  })

  it('TXN-04: a coordinator that crashes before it has decided has aborted', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    nodes.settle(({ message }) => message.type === 'vote?')
    nodes.crash('n1')
    nodes.lose()
    nodes.restart('n1')
    for (const name of NAMES) nodes.fire(name, 'doubt 1.1')
    nodes.settle()
    expect(outcomes(nodes)).toEqual(['abort', 'abort', 'abort'])
  })

  it('TXN-04: a coordinator that crashes after it has decided tells the decision again', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    nodes.settle(({ message }) => message.type !== 'commit')
    nodes.crash('n1')
    nodes.lose()
    nodes.restart('n1')
    nodes.settle()
    expect(outcomes(nodes)).toEqual(['commit', 'commit', 'commit'])
    nodes.crash('n1')
    nodes.restart('n1')
    // All have heard of it, so it is not told a third time.
    expect(nodes.sent).toEqual([])
  })

  it('TXN-04: the commit is on the disk before it is told', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'add', 'x')
      nodes.settle(({ message }) => message.type === 'vote?')
      nodes.holdDisk('n1')
      nodes.settle(({ message, to }) => message.type === 'yes' || to === 'n2')
      nodes.crash('n1')
      nodes.lose()
      nodes.restart('n1')
      for (const name of ['n1', 'n3']) nodes.fire(name, 'doubt 1.1')
      if (nodes.timers('n2').includes('doubt 1.1')) nodes.fire('n2', 'doubt 1.1')
      nodes.settle()
      return outcomes(nodes)
    }
    expect(story()).toEqual(['abort', 'abort', 'abort'])
    expect(story('decision-not-forced')).toEqual(['abort', 'commit', 'abort'])
  })

  it('TXN-03: who has said yes waits, also over a restart, and asks', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'add', 'x')
      nodes.settle(({ message }) => message.type !== 'commit')
      nodes.crash('n1')
      nodes.crash('n2')
      nodes.restart('n2')
      nodes.lose()
      nodes.fire('n2', 'doubt 1.1')
      return outcomes(nodes, ['n2'])
    }
    expect(story()).toEqual([undefined])
    expect(story('doubt-ends-in-abort')).toEqual(['abort'])
  })

  it('while votes are collected nobody is told an outcome', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    nodes.settle(among('n1', 'n2'))
    nodes.fire('n2', 'doubt 1.1')
    nodes.settle(among('n1', 'n2'))
    expect(outcomes(nodes, ['n2'])).toEqual([undefined])
  })

  it('a question that comes late is answered with yes once more, and asks for nothing else', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    const late = nodes.sent.find(is('vote?', 'n2')) as Sent
    nodes.deliver(is('vote?', 'n2'))
    nodes.lose()
    nodes.receive(late)
    expect(nodes.sent.map(({ message }) => message.type)).toEqual(['yes'])
    nodes.fire('n1', 'retry')
    nodes.settle()
    nodes.receive(late)
    expect(nodes.sent).toEqual([])
  })

  it('transactions of a later life have other names', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    nodes.settle()
    nodes.crash('n1')
    nodes.restart('n1')
    nodes.request('n1', 'add', 'y')
    nodes.settle()
    expect(Object.keys(nodes.view('n2')['outcomes'] as object)).toEqual(['1.1', '2.1'])
    expect(nodes.answer(nodes.request('n3', 'read'))).toEqual(done(['x', 'y']))
  })
})

/** What a node sends to several leaves one by one. */
function sendAll(nodes: Scripted, ...names: readonly string[]): void {
  for (const name of names) while (nodes.timers(name).includes('send')) nodes.fire(name, 'send')
}

/** Everything happens that can, among nodes that live. */
function rest(nodes: Scripted, ...names: readonly string[]): void {
  for (let round = 0; round < 12; round++) {
    sendAll(nodes, ...names)
    nodes.settle(among(...names))
  }
}

function fail(nodes: Scripted, crashed: string, ...seenBy: readonly string[]): void {
  nodes.crash(crashed)
  nodes.lose(({ to }) => to === crashed)
  for (const name of seenBy) nodes.fire(name, `silent ${crashed}`)
}

describe('two-phase commit with a new coordinator', () => {
  type Mutant = Parameters<typeof twoPhaseCommitTakeover.make>[1]
  const cluster = (mutant?: Mutant, oneNoIn = 10) =>
    new Scripted(twoPhaseCommitTakeover.make({ oneNoIn }, mutant), 3)

  it('TXN-07: the coordinator commits after all others have', () => {
    const nodes = cluster()
    const id = nodes.request('n1', 'add', 'x')
    sendAll(nodes, 'n1')
    nodes.settle()
    sendAll(nodes, 'n1')
    nodes.deliver(is('commit'))
    expect(outcomes(nodes)).toEqual([undefined, 'commit', 'commit'])
    nodes.settle()
    expect(outcomes(nodes)).toEqual(['commit', 'commit', 'commit'])
    expect(nodes.answer(id)).toEqual(done(null))
  })

  it('TXN-09: a new coordinator asks who saw the commit', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'add', 'x')
      sendAll(nodes, 'n1')
      nodes.settle()
      sendAll(nodes, 'n1')
      nodes.deliver(is('commit', 'n3'))
      nodes.lose()
      fail(nodes, 'n1', 'n2', 'n3')
      rest(nodes, 'n2', 'n3')
      return outcomes(nodes, ['n2', 'n3'])
    }
    expect(story()).toEqual(['commit', 'commit'])
    expect(story('nobody-is-asked')).toEqual(['abort', 'commit'])
  })

  it('TXN-09: who has reported to a new coordinator refuses the old one', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    sendAll(nodes, 'n1')
    nodes.settle()
    sendAll(nodes, 'n1')
    const late = nodes.sent.find(is('commit', 'n3')) as Sent
    nodes.lose()
    // n3 has not noticed that n1 is silent.
    fail(nodes, 'n1', 'n2')
    sendAll(nodes, 'n2')
    nodes.deliver(is('report'))
    nodes.receive(late)
    expect(outcomes(nodes, ['n3'])).toEqual([undefined])
    rest(nodes, 'n2', 'n3')
    expect(outcomes(nodes, ['n2', 'n3'])).toEqual(['abort', 'abort'])
  })

  it('TXN-10: after one crash all that live come to an end', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    sendAll(nodes, 'n1')
    nodes.settle()
    fail(nodes, 'n1', 'n2', 'n3')
    rest(nodes, 'n2', 'n3')
    expect(outcomes(nodes, ['n2', 'n3'])).toEqual(['abort', 'abort'])
    const id = nodes.request('n2', 'add', 'y')
    rest(nodes, 'n2', 'n3')
    expect(nodes.answer(id)).toEqual(done(null))
  })

  it('TXN-11: without the coordinator and one participant the rest is stuck', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'add', 'x')
      sendAll(nodes, 'n1')
      nodes.settle()
      sendAll(nodes, 'n1')
      nodes.deliver(is('commit', 'n2'))
      nodes.lose()
      nodes.crash('n1')
      fail(nodes, 'n2', 'n3')
      nodes.fire('n3', 'silent n1')
      rest(nodes, 'n3')
      return { outcome: outcomes(nodes, ['n3'])[0], role: nodes.view('n3')['role'] }
    }
    expect(story()).toEqual({ outcome: undefined, role: 'blocked' })
    // n2 had committed.
    expect(story('the-dead-are-forgotten')).toMatchObject({ outcome: 'abort' })
  })

  it('TXN-05: a participant that crashes before it votes makes it an abort', () => {
    const nodes = cluster()
    const id = nodes.request('n1', 'add', 'x')
    fail(nodes, 'n3', 'n1', 'n2')
    rest(nodes, 'n1', 'n2')
    expect(nodes.answer(id)).toEqual(aborted)
  })
})

describe('three-phase commit (Skeen 1981)', () => {
  type Mutant = Parameters<typeof threePhaseCommit.make>[1]
  const cluster = (mutant?: Mutant, oneNoIn = 10) =>
    new Scripted(threePhaseCommit.make({ oneNoIn }, mutant), 3)

  it('TXN-12: nobody commits before all are prepared', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'add', 'x')
      sendAll(nodes, 'n1')
      nodes.settle()
      sendAll(nodes, 'n1')
      nodes.settle(({ to, message }) => to !== 'n3' || message.type !== 'prepare')
      return outcomes(nodes)[0]
    }
    expect(story()).toBeUndefined()
    expect(story('does-not-wait')).toBe('commit')
  })

  it('TXN-12: commits after three phases', () => {
    const nodes = cluster()
    const id = nodes.request('n1', 'add', 'x')
    rest(nodes, ...NAMES)
    expect(nodes.answer(id)).toEqual(done(null))
    expect(outcomes(nodes)).toEqual(['commit', 'commit', 'commit'])
  })

  it('TXN-13: whoever is left goes on, whoever has crashed', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    sendAll(nodes, 'n1')
    nodes.settle()
    nodes.crash('n1')
    fail(nodes, 'n2', 'n3')
    nodes.fire('n3', 'silent n1')
    rest(nodes, 'n3')
    expect(outcomes(nodes, ['n3'])).toEqual(['abort'])
    const id = nodes.request('n3', 'add', 'y')
    rest(nodes, 'n3')
    expect(nodes.answer(id)).toEqual(done(null))
  })

  it('TXN-14, AC-03: a new coordinator prepares all before it commits', () => {
    const story = (mutant?: Mutant) => {
      const nodes = cluster(mutant)
      nodes.request('n1', 'add', 'x')
      sendAll(nodes, 'n1')
      nodes.settle()
      sendAll(nodes, 'n1')
      nodes.deliver(is('prepare', 'n2'))
      nodes.lose()
      fail(nodes, 'n1', 'n2', 'n3')
      sendAll(nodes, 'n2')
      nodes.settle()
      // n2 says to itself what it decided, and crashes before it has told n3.
      fail(nodes, 'n2', 'n3')
      rest(nodes, 'n3')
      return [outcomes(nodes, ['n3'])[0], mutant] as const
    }
    expect(story()[0]).toBe('abort')
    expect(story('commits-without-preparing')[0]).toBe('abort')
  })

  it('TXN-15: two halves that take each other for dead end differently', () => {
    const nodes = cluster()
    nodes.request('n1', 'add', 'x')
    sendAll(nodes, 'n1')
    nodes.settle()
    sendAll(nodes, 'n1')
    nodes.deliver(is('prepare', 'n2'))
    nodes.deliver(is('prepare', 'n1'))
    nodes.settle(among('n1', 'n2'))
    nodes.lose()
    for (const name of ['n1', 'n2']) nodes.fire(name, 'silent n3')
    rest(nodes, 'n1', 'n2')
    for (const crashed of ['n1', 'n2']) nodes.fire('n3', `silent ${crashed}`)
    rest(nodes, 'n3')
    expect(outcomes(nodes)).toEqual(['commit', 'commit', 'abort'])
    const views = NAMES.map((name) => nodes.view(name))
    expect(atomicity.violated(views, NAMES)).toBe(
      'n1 has ended transaction 0.1 with commit and n3 with abort',
    )
  })
})

describe('what must hold of transactions', () => {
  const views = (...outcome: string[]) =>
    outcome.map((one) => ({ outcomes: { t: one }, votes: { t: 'yes' } }))

  it('one outcome everywhere', () => {
    expect(atomicity.violated(views('commit', 'commit'), NAMES)).toBeUndefined()
    expect(atomicity.violated([undefined, ...views('commit', 'abort')], NAMES)).toBe(
      'n2 has ended transaction t with commit and n3 with abort',
    )
  })

  it('no commit without the yes of all', () => {
    const [committed] = views('commit')
    expect(unanimity.violated([committed, { outcomes: {}, votes: { t: 'yes' } }], NAMES)).toBe(
      undefined,
    )
    expect(unanimity.violated([committed, { outcomes: {}, votes: { t: 'no' } }], NAMES)).toBe(
      'n1 has committed transaction t, which n2 has refused',
    )
    expect(unanimity.violated([{ outcomes: { t: 'commit' }, votes: {} }], NAMES)).toBe(
      'n1 has committed transaction t without having said yes',
    )
  })
})
