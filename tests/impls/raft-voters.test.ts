import { describe, expect, it } from 'vitest'

import { ask, elect, heartbeat, names, raftCluster, silence, within } from './raft-cluster.ts'
import type { RaftMutant } from './raft-cluster.ts'
import type { Scripted } from './scripted.ts'

const three = names(3)
const five = names(5)

/** Five nodes of which the first three vote, led by n1. */
function cluster(mutant?: RaftMutant): Scripted {
  const made = raftCluster(5, { members: 3 }, mutant)
  elect(made, 'n1', three)
  return made
}

/** Asks for these voters, while only some nodes talk to each other. */
function change(made: Scripted, voters: readonly string[], among = five): number {
  const id = made.request('n1', 'reconfigure', voters)
  made.settle(within(among))
  return id
}

function votersOf(made: Scripted, node: string): unknown {
  const { voters, incoming } = made.view(node)
  return { voters, incoming }
}

describe('other voters (§6)', () => {
  it('are agreed to by joint consensus, and the client is told when it is done', () => {
    const made = cluster()
    const id = change(made, ['n1', 'n4', 'n5'])
    expect(made.answer(id)).toEqual({ result: null })
    expect(votersOf(made, 'n1')).toEqual({ voters: [0, 3, 4], incoming: [] })
    expect(ask(made, 'n1', 'write', 1, ['n1', 'n4'])).toEqual({ result: null })
  })

  it('have no effect before a majority of the old and of the new have agreed', () => {
    const made = cluster()
    change(made, ['n3', 'n4', 'n5'], five)
    expect(made.view('n1')['role']).toBe('follower')
    const other = cluster()
    heartbeat(other, 'n1', five)
    // n4 and n5 are up to date with what they got, and then cut off.
    other.request('n1', 'reconfigure', ['n3', 'n4', 'n5'])
    other.settle(within(['n1', 'n4', 'n5']))
    expect(votersOf(other, 'n1')).toEqual({ voters: [0, 1, 2], incoming: [2, 3, 4] })
    expect(other.view('n1')['commit']).toBe(1)
  })

  it('are used from the moment at which they are in the log, committed or not', () => {
    const made = cluster()
    change(made, ['n1', 'n4', 'n5'], ['n1', 'n2'])
    expect(votersOf(made, 'n2')).toEqual({ voters: [0, 1, 2], incoming: [0, 3, 4] })
    // Half of the old and none of the new are not enough to be elected.
    made.crash('n1')
    elect(made, 'n2', ['n2', 'n3'])
    expect(made.view('n2')['role']).toBe('candidate')
  })

  it('go back when the entry is replaced', () => {
    const made = cluster()
    change(made, ['n1', 'n4', 'n5'], ['n1'])
    expect(votersOf(made, 'n1')).toEqual({ voters: [0, 1, 2], incoming: [0, 3, 4] })
    made.lose()
    elect(made, 'n2', ['n2', 'n3'])
    heartbeat(made, 'n2', five)
    heartbeat(made, 'n2', five)
    expect(votersOf(made, 'n1')).toEqual({ voters: [0, 1, 2], incoming: [] })
  })

  it('are carried through by another leader if the first one stops on the way', () => {
    const made = cluster()
    made.request('n1', 'reconfigure', ['n2', 'n4', 'n5'])
    const isJoint = () => (made.view('n2')['incoming'] as unknown[]).length > 0
    while (!isJoint()) made.deliver()
    made.crash('n1')
    made.lose()
    elect(made, 'n2', ['n2', 'n3', 'n4', 'n5'])
    expect(votersOf(made, 'n2')).toEqual({ voters: [1, 3, 4], incoming: [] })
  })

  it('may get the entry that makes them the only ones from one who is not (diss. §4.2.2)', () => {
    const made = cluster()
    made.request('n1', 'reconfigure', ['n2', 'n4'])
    // n1 alone has the entry that takes its own vote away, when it stops.
    for (let round = 0; round < 9 && String(made.view('n1')['voters']) !== '1,3'; round++) {
      made.deliver()
    }
    made.lose()
    made.crash('n1')
    made.restart('n1')
    elect(made, 'n1', ['n1', 'n2', 'n4'])
    expect(votersOf(made, 'n2')).toEqual({ voters: [1, 3], incoming: [] })
    expect(made.view('n1')['role']).toBe('follower')
  })

  it('let a leader go that is not among them', () => {
    const made = cluster()
    const id = change(made, ['n2', 'n3'])
    expect(made.answer(id)).toEqual({ result: null })
    expect(made.view('n1')['role']).toBe('follower')
    elect(made, 'n2', ['n2', 'n3'])
    expect(ask(made, 'n2', 'write', 1, ['n2', 'n3'])).toEqual({ result: null })
  })

  it('do not campaign unless they vote', () => {
    const made = cluster()
    silence(made, 'n4')
    expect(made.timers('n4')).not.toContain('election')
  })

  it('can be one alone', () => {
    const made = cluster()
    expect(made.answer(change(made, ['n1']))).toEqual({ result: null })
    expect(ask(made, 'n1', 'write', 1, ['n1'])).toEqual({ result: null })
    expect(ask(made, 'n1', 'read', null, ['n1'])).toEqual({ result: 1 })
  })

  it('change once at a time, and only to nodes of the cluster', () => {
    const made = cluster()
    change(made, ['n1', 'n4', 'n5'], ['n1'])
    expect(made.answer(change(made, ['n1', 'n2'], ['n1']))).toEqual({ error: 'abort' })
    for (const voters of [[], ['n9'], ['n1', 'n1'], 'n1']) {
      const id = made.request('n1', 'reconfigure', voters)
      expect(made.answer(id)).toEqual({ error: 'malformed-request' })
    }
  })

  it('would split the cluster if they changed in one step (change-in-one-step)', () => {
    const leaders = (mutant?: RaftMutant) => {
      const made = cluster(mutant)
      // The new voters agree among themselves, while n2 and n3 know nothing of them.
      change(made, ['n1', 'n4', 'n5'], ['n1', 'n4', 'n5'])
      elect(made, 'n2', ['n2', 'n3'])
      const write = ask(made, 'n1', 'write', 1, ['n1', 'n4', 'n5'])
      return { write, other: made.view('n2')['role'] }
    }
    expect(leaders()).toEqual({ write: undefined, other: 'leader' })
    expect(leaders('change-in-one-step')).toEqual({ write: { result: null }, other: 'leader' })
  })
})
