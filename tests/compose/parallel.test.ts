import { describe, expect, it } from 'vitest'

import { compose } from '../../src/compose/index.ts'
import { UserError } from '../../src/core/user-error.ts'
import { seeded } from '../../src/core/random.ts'
import type { Exploration } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import { exploreTogether } from '../../src/explore/parallel/explore-parallel.ts'
import type { Program } from '../../src/node/index.ts'
import { cases } from '../explore/cases.ts'
import { inTurns } from '../explore/parallel-turns.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { paxosBugs } from '../../suites/zoo/paxos.ts'
import { raftBugs } from '../../suites/zoo/raft.ts'
import { registerBugs } from '../../suites/zoo/registers.ts'
import { broadcastBugs } from '../../suites/zoo/broadcast.ts'
import { systemOf } from '../../suites/zoo/hunt.ts'
import { randomCase } from './random-programs.ts'

const bytes = 250_000_000

/** What a result says, whoever found it and however long it took. */
function said({ seconds: _, workers: __, bytes: ___, ...found }: Exploration) {
  return found
}

/** The same exploration by one thread, and by workers in an order that is drawn. */
async function bothWays(made: () => ReturnType<typeof compose>, seed: number, keepGoing = false) {
  const random = seeded(seed)
  const budget = { bytes }
  const systems = [made(), made()] as const
  const alone = await explore(systems[0], { budget, keepGoing })
  const together = await exploreTogether(systems[1], inTurns(made, random), {
    budget,
    keepGoing,
    workers: random.int(2, 4),
    aloneMs: random.pick([0, 0, 1]),
    mail: random.pick([64, 1 << 14]),
  })
  // The same things have got the same numbers, in the same order.
  const [one, other] = systems.map(({ numbering }) => numbering.digest)
  if (alone.outcome === 'pass') expect(other).toBe(one)
  return { alone: said(alone), together: said(together) }
}

describe('workers that explore real code together', () => {
  it('say what one thread says of random programs: states, verdicts, stories', async () => {
    const outcomes: Record<string, number> = {}
    for (let seed = 0; seed < cases(30); seed++) {
      const { program, options } = randomCase(seed)
      const made = () => compose(program, { ...options, recheck: 50 })
      const { distinctStates } = await explore(made(), { budget: { states: 800 } })
      if (distinctStates >= 800) continue
      const { alone, together } = await bothWays(made, seed, seed % 3 === 0)
      expect(together, `seed ${seed}`).toEqual(alone)
      outcomes[alone.outcome] = (outcomes[alone.outcome] ?? 0) + 1
    }
    expect(Math.min(outcomes['pass'] ?? 0, outcomes['fail'] ?? 0)).toBeGreaterThan(2)
  })

  const bugs = [...paxosBugs, ...raftBugs, ...registerBugs, ...broadcastBugs]
  const chosen = ['RF-22', 'RG-01']
  it.each(bugs.filter(({ id }) => chosen.includes(id)).map((bug) => [bug.id, bug] as const))(
    'say what one thread says of %s and its twin',
    async (_, bug) => {
      for (const planted of bug.id === 'RG-01' ? [true] : [true, false]) {
        const { alone, together } = await bothWays(() => systemOf(bug, planted), bug.states)
        expect(together).toEqual(alone)
      }
    },
  )

  it('are found out where they see different things come of the same', async () => {
    // Each of them counts for itself.
    const program = (first: number): Program<{ n: number }, number> => {
      let calls = first
      return {
        boot: () => ({ n: 0 }),
        onRequest: (state) => state,
        onMessage: (state) => state,
        onTimer: (state, _, fx) => {
          fx.setTimer('t', 1)
          return { n: state.n < 40 ? state.n + 1 : 41 + (calls++ % 2) }
        },
        view: ({ n }) => ({ n }),
      }
    }
    const options: ComposeOptions = { nodes: 1, timers: Infinity }
    const ticking = (first: number) => {
      const { boot: _, ...rest } = program(first)
      const made: Program<{ n: number }, number> = {
        ...rest,
        boot: (_disk, fx) => {
          fx.setTimer('t', 1)
          return { n: 0 }
        },
      }
      return compose(made, { ...options, name: 'counts' })
    }
    let first = 0
    const random = seeded(1)
    const together = exploreTogether(
      ticking(0),
      inTurns(() => ticking(first++), random),
      {
        workers: 2,
        aloneMs: 0,
        budget: { bytes },
      },
    )
    await expect(together).rejects.toThrow(UserError)
  })
})
