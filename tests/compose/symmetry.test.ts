import { describe, expect, it } from 'vitest'

import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { agreement } from '../../checkers/invariants/agreement.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import { raft } from '../../impls/raft/raft.ts'
import { abd } from '../../impls/registers/abd.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { UserError } from '../../src/core/user-error.ts'
import type { Exploration } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { cases } from '../explore/cases.ts'
import { randomCase } from './random-programs.ts'
import { alikeClusters } from './alike-clusters.ts'

interface Both {
  readonly whole: Exploration
  readonly reduced: Exploration
  /** How many states those that were found stand for. */
  readonly represented: number
}

async function bothWays(program: Program, options: ComposeOptions): Promise<Both> {
  const whole = await explore(compose(program, options))
  const reduced = await explore(compose(program, options), { symmetry: true })
  const [report] = reduced.reductions ?? []
  return { whole, reduced, represented: (report?.factor ?? 0) * reduced.distinctStates }
}

const story = ({ violations: [violation] }: Exploration) => violation?.trace.length

describe('one state for all that differ by an exchange', () => {
  it.each(alikeClusters)('stands for as many as there are: %s', async (_, program, options) => {
    const { whole, reduced, represented } = await bothWays(program, options)
    expect(Math.round(represented)).toBe(whole.distinctStates)
    expect(reduced.distinctStates).toBeLessThan(whole.distinctStates)
    expect([reduced.outcome, reduced.depth, story(reduced)]).toEqual([
      whole.outcome,
      whole.depth,
      story(whole),
    ])
  })

  it('stands for those whose timers are named after others', async () => {
    const program: Program<number> = {
      boot: (_, fx) => {
        for (const other of fx.others) fx.setTimer(`silent ${other}` as never, 1)
        return 0
      },
      onRequest: (state) => state,
      onMessage: (state) => state,
      onTimer: (state) => state + 1,
      view: (at) => ({ at }),
    }
    const { whole, represented } = await bothWays(program, { nodes: 3, timers: 3 })
    expect(Math.round(represented)).toBe(whole.distinctStates)
  })

  it('stands for as many as there are, or random programs are refused', async () => {
    const met = { refused: 0, equal: 0, found: 0 }
    for (let seed = 0; seed < cases(60); seed++) {
      const { program, options } = randomCase(seed)
      const { distinctStates } = await explore(compose(program, options), {
        budget: { states: 1500 },
      })
      if (distinctStates >= 1500) continue
      const both = await bothWays(program, options).catch((error: unknown) => {
        if (error instanceof UserError) return undefined
        throw error
      })
      if (both === undefined) {
        met.refused++
        continue
      }
      const { whole, reduced, represented } = both
      expect(reduced.outcome, `seed ${seed}`).toBe(whole.outcome)
      expect([reduced.depth, story(reduced)], `seed ${seed}`).toEqual([whole.depth, story(whole)])
      expect(Math.round(represented), `seed ${seed}`).toBe(whole.distinctStates)
      met.equal++
      if (whole.outcome === 'fail') met.found++
    }
    expect(met.equal).toBeGreaterThan(2)
    expect(met.refused).toBeGreaterThan(2)
  })
})

describe('nodes that are not alike', () => {
  const propose = (value: string) => ({ asks: [{ f: 'propose', value }] })

  it('are found out by what their code does: ballots of Paxos order nodes', async () => {
    const options = { nodes: 2, clients: [propose('a')], invariants: [agreement] }
    const system = compose(paxos.make({}), { ...options, name: 'paxos' })
    const error = await explore(system, { symmetry: true }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).toMatch(/onRequest of n\d and of n\d are not alike: .*\d/)
  })

  it('are found out by what is claimed of them', async () => {
    const claim = {
      name: 'n1 never leads',
      reads: ['role'],
      violated: ([view]: readonly (object | undefined)[]) =>
        view !== undefined && 'role' in view && view.role === 'leader' ? 'it does' : undefined,
    }
    const options: ComposeOptions = {
      nodes: 2,
      timers: { silence: 1, election: 1 },
      clock: 0,
      alike: raft.alike ?? {},
      loopback: 'at-once',
      within: ({ term }) => (term as number) <= 1,
      invariants: [claim],
    }
    const system = compose(raft.make({ snapshotEvery: 0 }), options)
    await expect(explore(system, { symmetry: true, keepGoing: true })).rejects.toThrow(
      "the invariant 'n1 never leads' does not treat nodes alike",
    )
  })

  it('are not exchanged where clients, crashes or timers tell them apart', async () => {
    const one = (options: Partial<ComposeOptions>) =>
      explore(compose(abd.make({}), { nodes: 2, ...options }), { symmetry: true })
    const client = { asks: [{ f: 'read', value: null }], at: [0] }
    await expect(one({ clients: [client] })).rejects.toThrow('nothing can be exchanged')
    await expect(one({ crashes: 1, crashing: [1] })).rejects.toThrow('nothing can be exchanged')
    for (const timers of [{ 'n1 x': 1 }, { 'n1 x': 1, 'n2 x': 2 }]) {
      await expect(one({ timers })).rejects.toThrow('nothing can be exchanged')
    }
    await expect(one({ alike: { nodes: [0] } })).rejects.toThrow('nothing can be exchanged')
    const monitors = [linearizableMonitor(register)]
    await expect(
      one({ clients: [client, client], monitors, alike: { nodes: [] } }),
    ).resolves.toBeDefined()
  })
})
