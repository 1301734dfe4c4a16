import { describe, expect, it } from 'vitest'

import { raft as raftCode } from '../../impls/raft/raft.ts'
import { paxos as paxosCode } from '../../impls/paxos/paxos.ts'
import { twoPhaseCommit as commitCode } from '../../impls/commit/two-phase-commit.ts'
import { seeded } from '../../src/core/random.ts'
import { validate } from '../../src/explore/validate/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { paxos } from '../../specs/consensus/paxos.ts'
import { raftFacts } from '../../specs/log/raft-facts.ts'
import { paxosTraces } from '../../suites/traces/paxos.ts'
import { raftTraces } from '../../suites/traces/raft.ts'
import { twoPhaseCommitTraces } from '../../suites/traces/two-phase-commit.ts'
import { walk } from './behaviours.ts'
import type { Taken } from './behaviours.ts'
import { Delivery } from './delivery.ts'

const names = ['n1', 'n2', 'n3']
const nameOf = (number: unknown): string => names[number as number] ?? ''
const request = (name: string, f: string, value: unknown) =>
  ({
    type: 'request',
    request: { id: `${name} ${String(value)}`, client: name, serial: 1, f, value },
  }) as const

/** Ballot b belongs to node b, which proposes value b in it; all ballots begin at once. */
function paxosWalk(seed: number, mutant?: 'accept-below-promise' | 'ignore-votes') {
  const nodes = new Delivery(paxosCode.make(), 'paxos', 3, () => 0)
  for (const [at, name] of names.entries()) nodes.do(name, request(name, 'propose', at))
  const ballot = (b: unknown): number => 3 + (b as number)
  const isOf = (type: string, from: unknown, to: unknown, b: unknown) => (sent: Sent) =>
    sent.message.type === type &&
    sent.from === nameOf(from) &&
    sent.to === nameOf(to) &&
    sent.message['ballot'] === ballot(b)
  const model = paxos.make({ quorums: 'majority(n=3)', value: 3, ballot: 3 }, mutant)
  const follow = ({ action, parameters, state }: Taken): string | undefined => {
    const [one, two, three] = parameters
    let did = true
    if (action === 'phase1b') {
      const said = nodes.receive(isOf('prepare', two, one, two))
      did = said.some(({ type }) => type === 'promise')
    } else if (action === 'phase2b') {
      const said = nodes.receive(isOf('accept', two, one, two))
      did = said.some(({ type, value }) => type === 'accepted' && value === three)
    } else if (action.startsWith('phase2a')) {
      const said = (two as readonly number[]).flatMap((from) =>
        nodes.receive(isOf('promise', from, one, one)),
      )
      const value = said.find(({ type }) => type === 'accept')?.['value']
      const wanted = [...(state['msgs'] as ReadonlySet<Record<string, unknown>>)].find(
        (message) => message['type'] === 'phase2a' && message['ballot'] === one,
      )
      did = wanted?.['value'] === value
    }
    return did ? undefined : `${action}(${parameters.join(', ')})`
  }
  const wanted = (action: string, [b, _quorum, v]: readonly unknown[]): boolean =>
    action !== 'phase2aFree' || v === b
  const done = walk(model, seeded(seed), 25, wanted, follow)
  return { ...done, nodes }
}

type Sent = Delivery['sent'][number]

function commitWalk(seed: number, mutant?: 'commit-without-all') {
  const no = new Set<string>()
  const nodes = new Delivery(commitCode.make(), 'two-phase-commit', 3, (name) =>
    no.has(name) ? 9 : 0,
  )
  nodes.do('n1', request('c1', 'add', 7))
  const isFrom = (type: string, from: string, to: string) => (sent: Sent) =>
    sent.message.type === type && sent.from === from && sent.to === to
  const outcome = (name: string) =>
    (nodes.view(name)['outcomes'] as Readonly<Record<string, string>>)['1.1']
  const follow = ({ action, parameters: [rm] }: Taken): string | undefined => {
    const name = nameOf(rm)
    const is = (wanted: unknown): string | undefined => (wanted === true ? undefined : action)
    switch (action) {
      case 'rmPrepare':
        return is(nodes.receive(isFrom('vote?', 'n1', name)).some(({ type }) => type === 'yes'))
      case 'rmChooseToAbort':
        no.add(name)
        return is(nodes.receive(isFrom('vote?', 'n1', name)).some(({ type }) => type === 'no'))
      case 'tmRcvPrepared':
        return is(nodes.receive(isFrom('yes', name, 'n1')).length >= 0)
      case 'tmCommit':
        return is(nodes.sent.some(({ message }) => message.type === 'commit'))
      case 'tmAbort':
        return is(
          nodes.do('n1', { type: 'timer', timer: 'votes' }).some(({ type }) => type === 'abort'),
        )
      case 'rmRcvCommit':
        nodes.receive(isFrom('commit', 'n1', name))
        return is(outcome(name) === 'commit')
      default:
        nodes.receive(isFrom('abort', 'n1', name))
        return is(outcome(name) === 'abort')
    }
  }
  // The manager commits as soon as it may: nothing else is done between.
  const wanted = (action: string, _parameters: readonly unknown[], state: Taken['state']) =>
    mutant !== undefined ||
    (state['tmPrepared'] as ReadonlySet<number>).size < 3 ||
    state['tm'] !== 'init' ||
    action === 'tmCommit'
  const done = walk(twoPhaseCommit.make({ rm: 3 }, mutant), seeded(seed), 15, wanted, follow)
  return { ...done, nodes }
}

/** Elections: who hears of a term hears of it from somebody who asks for his vote. */
function electionWalk(seed: number, mutant?: 'half-is-enough') {
  const nodes = new Delivery(raftCode.make(), 'raft', 3, () => 0)
  const view = (name: string) =>
    nodes.view(name) as { role: string; term: number; votedFor: string }
  const isVote = (type: string, from: string, to: string, term: number) => (sent: Sent) =>
    sent.message.type === type &&
    sent.from === from &&
    sent.to === to &&
    sent.message['term'] === term
  const follow = ({ action, parameters, state }: Taken): string | undefined => {
    const [one, two] = parameters
    const name = nameOf(one)
    const term = (state['term'] as ReadonlyMap<number, number>).get(one as number) ?? 0
    let did = true
    if (action === 'campaign') {
      nodes.do(name, { type: 'timer', timer: 'election' })
      did = view(name).term === term && view(name).role === 'candidate'
    } else if (action === 'grant') {
      nodes.receive(isVote('ask-vote', nameOf(two), name, term))
      did = view(name).term === term && view(name).votedFor === nameOf(two)
    } else if (action === 'win') {
      for (const voter of two as ReadonlySet<number>)
        nodes.receive(isVote('vote', nameOf(voter), name, term))
      did = view(name).role === 'leader'
    }
    return did ? undefined : `${action}(${parameters.map(String).join(', ')})`
  }
  const wanted = (action: string, [, voters]: readonly unknown[]): boolean => {
    if (action !== 'win') return action === 'campaign' || action === 'grant'
    // The code wins with the first votes that are enough.
    return (voters as ReadonlySet<number>).size === (mutant === undefined ? 2 : 1)
  }
  const model = raftFacts.make({ server: 3, term: 3, length: 1, value: 1, restarts: false }, mutant)
  const done = walk(together(model), seeded(seed), 12, wanted, follow)
  return { ...done, nodes }
}

/** The same model where a server hears of a term when it is asked for its vote in it. */
function together(model: ReturnType<typeof raftFacts.make>): ReturnType<typeof raftFacts.make> {
  const { hear, grant } = model.actions
  type S = Parameters<NonNullable<typeof grant.when>>[0]
  const termOf = (s: S, c: number) => s.term.get(c)
  return {
    ...model,
    actions: {
      ...model.actions,
      grant: {
        ...grant,
        when: (s: S, v: number, c: number) =>
          v !== c &&
          // Who leads does not listen to candidates until it gives up (section 6 of the paper).
          s.role.get(v) !== 'leader' &&
          s.asked.get(Math.max(1, termOf(s, c))).get(c) !== null &&
          (termOf(s, c) > s.term.get(v)
            ? s.role.get(c) === 'candidate'
            : grant.when?.(s, v, c) === true),
        then: (s: S, v: number, c: number) => {
          if (termOf(s, c) > s.term.get(v)) hear.then(s, v, termOf(s, c))
          grant.then(s, v, c)
        },
      },
    },
  }
}

const SEEDS = 40

function all<T>(run: (seed: number) => T): readonly T[] {
  return Array.from({ length: SEEDS }, (_, seed) => run(seed + 1))
}

describe('what a spec allows the code can do', () => {
  it('as Paxos: acceptors and proposers, whatever comes when', () => {
    const runs = all((seed) => paxosWalk(seed))
    for (const { stuck, nodes } of runs) {
      expect(stuck).toBeUndefined()
      expect(validate(paxosTraces, nodes.trace).outcome).toBe('pass')
    }
    expect(runs.reduce((sum, { steps }) => sum + steps, 0)).toBeGreaterThan(10 * SEEDS)
  })

  it('as two-phase commit', () => {
    const runs = all((seed) => commitWalk(seed))
    for (const { stuck, nodes } of runs) {
      expect(stuck).toBeUndefined()
      expect(validate(twoPhaseCommitTraces, nodes.trace).outcome).toBe('pass')
    }
    const states = runs.map(({ last }) => last['tm'])
    expect(states).toContain('committed')
    expect(states).toContain('aborted')
  })

  it('as elections of Raft', () => {
    const runs = all((seed) => electionWalk(seed))
    for (const { stuck, nodes } of runs) {
      expect(stuck).toBeUndefined()
      expect(validate(raftTraces, nodes.trace).outcome).toBe('pass')
    }
    const roles = runs.flatMap(({ last }) => [
      ...(last['role'] as ReadonlyMap<number, string>).values(),
    ])
    expect(roles).toContain('leader')
  })
})

describe('what a wrong spec allows the code refuses', () => {
  it('as Paxos', () => {
    for (const mutant of ['accept-below-promise', 'ignore-votes'] as const) {
      const stuck = all((seed) => paxosWalk(seed, mutant).stuck).filter((one) => one !== undefined)
      expect(stuck.length, mutant).toBeGreaterThan(0)
    }
  })

  it('as two-phase commit', () => {
    const stuck = all((seed) => commitWalk(seed, 'commit-without-all').stuck)
    expect(stuck).toContain('tmCommit')
  })

  it('as elections of Raft', () => {
    const stuck = all((seed) => electionWalk(seed, 'half-is-enough').stuck)
    expect(stuck.some((one) => one?.startsWith('win'))).toBe(true)
  })
})
