import { describe, expect, it } from 'vitest'

import { raft } from '../../impls/raft/raft.ts'
import { replay } from '../../src/node/index.ts'
import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import { judgeRun } from '../../suites/judge-run.ts'
import { raftEntries } from '../../suites/protocols/raft.ts'
import { raftBugs } from '../../suites/zoo/raft.ts'

async function outcomeOf(name: string, seed: number, given = {}) {
  const entry = raftEntries.find((one) => one.name === name)!
  const run = simulate(drawSimulation(entry, seed, given))
  const { workload, condition = workload.condition, model = workload.model } = entry
  const judged = await judgeRun(run, { condition, ...(model === undefined ? {} : { model }) })
  return { run, ...judged }
}

describe('Raft under faults', () => {
  const right = raftEntries.filter(({ mutant }) => mutant === undefined)

  it.each(right.map(({ name }) => name))('holds what it claims: %s', async (name) => {
    for (let seed = 1; seed <= 3; seed++) {
      const watched = { strict: true, wire: true, forMs: 1000, operations: 20 }
      const given = seed === 1 ? watched : {}
      const { outcome, sentence } = await outcomeOf(name, seed, given)
      expect(outcome, `seed ${seed}: ${sentence}`).toBe('pass')
    }
  })

  it.each([
    ['raft/no-log-check-in-vote', 'leader completeness'],
    ['raft/matched-entries-erased', 'leader completeness'],
    ['raft/read-without-round', 'linearizable'],
    ['raft/snapshot-off-by-one', 'leader completeness'],
  ])('shows what is wrong with %s', async (name, violated) => {
    for (let seed = 1; seed <= 60; seed++) {
      if ((await outcomeOf(name, seed)).violated === violated) return
    }
    expect.fail(`${name} is not found to violate ${violated}`)
  })

  it('does the same again when its trace is replayed', async () => {
    const { run } = await outcomeOf('raft/snapshots', 3, { trace: true })
    expect(run.trace.length).toBeGreaterThan(500)
    expect(replay(raft.make({ snapshotEvery: 4 }) as never, run.header, run.trace)).toBeUndefined()
  })
})

describe('every bug of Raft', () => {
  it('has an entry that must find it, or is found by the explorer', () => {
    const planted = [...raftEntries, ...raftBugs].filter(({ protocol }) => protocol === raft)
    expect(new Set(planted.flatMap(({ mutant = [] }) => mutant))).toEqual(
      new Set(Object.keys(raft.mutants ?? {})),
    )
  })
})
