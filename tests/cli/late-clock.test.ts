import { describe, expect, it } from 'vitest'
import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import { entryNamed } from '../../suites/named-protocol.ts'
import { everyEntry } from '../../suites/every-entry.ts'
import { openIfCut } from '../../src/cli/cut-row.ts'
import { rowOfTask } from '../../src/cli/regress-row.ts'
import { EntryRunner } from '../../src/cli/run-entry.ts'
import type { RunRow } from '../../src/core/results.ts'
import { asExpected } from '../../src/core/results.ts'
import { packageFolder } from '../../src/core/package.ts'
import { checkClaim } from '../../src/quorum/compare/claim.ts'
import { question, Undecided } from '../../suites/claims/check.ts'
import { boundsBindInRounds } from '../../suites/claims/consensus-questions.ts'
import { exactFailure, exactLoad } from '../../suites/claims/measured.ts'
import { delay } from '../../src/valency/adversary/adversary.ts'
import { processOf } from '../../suites/claims/asynchronous.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { withLateClock } from './late-clock.ts'

/** Goal: whoever runs out of time says so, wherever that happens. Method: a clock that jumps. */

/** One of each kind, among them all whose rows once said something else. */
const ENTRIES = [
  'histories/zk-plain-partition/linearizable',
  'histories/etcd-ser-partition/linearizable',
  'specs/commit/twophase/commit-without-all',
  'specs/log/log/stop-early',
  'protocols/paxos/promise-not-checked',
  'traces/raft/vote-not-persisted',
  'hierarchy/one-bit-and-test-and-set/2-processes-2-steps',
  'rounds/algorithms/flood-set-n-4-r-3',
]

async function rowOf(name: string): Promise<RunRow> {
  const entry = everyEntry.get(name)
  if (entry === undefined) throw new Error(`there is no ${name}`)
  const runner = new EntryRunner(packageFolder(), { seconds: 60, bytes: 1e9 })
  return (await runner.find(entry)).row
}

describe('a clock that is suddenly late', () => {
  it.each(ENTRIES)('makes %s come out as expected or as unknown', async (name) => {
    const usual = await withLateClock(Infinity, () => rowOf(name))
    expect(asExpected(usual.found), usual.found.sentence).toBe(true)
    const last = usual.asked - 1
    const moments = new Set([1, 2, 3, 6, last >> 2, last >> 1, last])
    for (const after of [...moments].filter((moment) => moment > 0 && moment <= last)) {
      const { found } = await withLateClock(after, () => rowOf(name))
      const open = found.outcome === 'unknown'
      expect(asExpected(found) || open, `${after} of ${last}: ${found.sentence}`).toBe(true)
    }
  })

  it('leaves rows open somewhere, so that the test is one', async () => {
    const { found } = await withLateClock(3, () => rowOf('specs/log/log/stop-early'))
    expect(found.outcome).toBe('unknown')
  })
})

describe('a row that was cut short', () => {
  const row: RunRow = {
    name: 'a',
    outcome: 'fail',
    expected: 'fail',
    sentence: 's',
    engine: 'e',
    seconds: 1,
    counts: { states: 1 },
    expectedCounts: { states: 2 },
  }

  it('is open where the failure that was expected looks otherwise', () => {
    const open = openIfCut(row, '1 state')
    expect(open).toMatchObject({ outcome: 'unknown' })
    expect(open.sentence).toContain('1 state')
  })

  it('stays as it is where nothing was cut short, or all is as expected', () => {
    expect(openIfCut(row, undefined)).toBe(row)
    const right = { ...row, expectedCounts: { states: 1 } }
    expect(openIfCut(right, '1 state')).toBe(right)
  })

  it('fails where no failure was expected: what was seen is wrong', () => {
    const wrong = { ...row, expected: 'pass' as const }
    expect(openIfCut(wrong, '1 state')).toBe(wrong)
  })
})

describe('seeds that were not run in time', () => {
  const nothing = {
    task: {
      name: 't',
      subject: { module: 'm', export: 'e', given: {} },
      seeds: { first: 1, last: 9 },
    },
    ran: 3,
    events: 0,
    operations: 0,
    faults: 0,
    simulatedMs: 0,
    notRecoverable: 0,
    unknown: [],
    cutShort: true,
    seconds: 1,
  }
  const failing = (violated: string) => ({
    ...nothing,
    failures: [
      {
        ...{ index: 0, seed: 1, outcome: 'fail' as const, violated, sentence: 'seen' },
        ...{ events: 0, operations: 0, faults: 0, simulatedMs: 0, notRecoverable: false },
      },
    ],
  })
  const bug = async (): Promise<ProtocolEntry> => entryNamed('paxos/promise-not-checked')

  it('may hold what a bug is found by', async () => {
    const entry = await bug()
    const { violated = '' } = entry.expect
    expect(rowOfTask(entry, failing('another')).outcome).toBe('unknown')
    expect(rowOfTask(entry, { ...failing('another'), cutShort: false }).outcome).toBe('fail')
    expect(rowOfTask(entry, failing(violated)).outcome).toBe('fail')
  })

  it('take nothing back of what is wrong with a protocol that should be right', async () => {
    const right = await entryNamed('paxos')
    const row = rowOfTask(right, failing('agreement'))
    expect(row).toMatchObject({ outcome: 'fail', sentence: 'seen' })
    expect(rowOfTask(right, { ...nothing, failures: [] }).outcome).toBe('unknown')
  })
})

describe('what a bound leaves open', () => {
  it('is told by the adversary apart from ways that do not exist', () => {
    const blocked = processOf('2pc-timeout', 3)
    expect(delay(blocked, [1, 1, 1]).ends).toBe('lost')
    expect(delay(blocked, [1, 1, 1], { configurations: 1 }).ends).toBe('configurations')
    expect(delay(processOf('paxos', 3), [0, 1, 0], { seconds: 0 }).ends).toBe('time')
  })

  it('makes a question unknown that needs an exact number', async () => {
    const open = question('metric', 'is it so?', () => {
      throw new Undecided('not in time')
    })
    expect(await open.find({})).toEqual({ outcome: 'unknown', sentence: 'not in time' })
    const broken = question('metric', 'is it so?', () => {
      throw new Error('a fault')
    })
    await expect(broken.find({})).rejects.toThrow('a fault')
    expect((await boundsBindInRounds.find({ steps: 10 })).outcome).toBe('unknown')
    const large = parseSystem('majority(n=2001)')
    expect(() => exactFailure(large, '1/10')).toThrow(Undecided)
    expect((await exactLoad(large)).toString()).toBe('1001/2001')
  })

  it('makes a limit unknown that is known within bounds only', async () => {
    const limit = (systems: readonly string[]) =>
      checkClaim({ type: 'limit', systems, down: '1/10', limit: 0 })
    const late = await withLateClock(1, () => limit(['fpp(order=5)']))
    expect(late.found.outcome).toBe('unknown')
    const small = await withLateClock(1, () => limit(['majority(n=31)', 'majority(n=61)']))
    expect(small.found.outcome).toBe('pass')
  })
})
