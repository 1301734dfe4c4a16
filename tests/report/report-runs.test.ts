import { describe, expect, it } from 'vitest'

import { beforeOf } from '../../src/cli/report-bench.ts'
import { placed } from '../../src/cli/report-build.ts'
import { FAMILIES, OTHERS, familyOf } from '../../src/cli/report-families.ts'
import type { KnownRow, ReadRun } from '../../src/cli/report-runs.ts'
import { newestRows } from '../../src/cli/report-runs.ts'
import type { RunFile } from '../../src/core/results.ts'
import { thisMachine } from '../../src/core/results.ts'
import { seeded } from '../../src/core/random.ts'
import { ratioOf } from '../../src/report/report/bench-part.ts'
import { everyEntry } from '../../suites/every-entry.ts'

function runOf(command: string, names: readonly string[], sentence: string): ReadRun {
  const run: RunFile = {
    run: 1,
    synod: '0.1.0',
    command,
    started: '2026-01-01T00:00:00.000Z',
    seconds: 1,
    bounds: {},
    machine: thisMachine(),
    rows: names.map((name) => ({ name, outcome: 'pass', sentence, seconds: 0 })),
  }
  return { folder: sentence, run }
}

/** The same, said plainly: for each name the first run that may speak about it. */
function slowly(runs: readonly ReadRun[], isKnown: (name: string) => boolean): string[] {
  const names = [...new Set(runs.flatMap(({ run }) => run.rows.map(({ name }) => name)))]
  return names
    .flatMap((name) => {
      const found = runs.find(({ run }, at) => {
        const isNewest = !runs.slice(0, at).some((other) => other.run.command === run.command)
        return run.rows.some((row) => row.name === name) && (isNewest || isKnown(name))
      })
      return found === undefined ? [] : [`${name} ${found.folder}`]
    })
    .sort()
}

describe('the newest row of each name', () => {
  it('is that of the newest run which has it; names that are gone do not come back', () => {
    const runs = [
      runOf('check', ['a/1', 'a/2'], 'new'),
      runOf('regress', ['a/2', 'b/1'], 'other'),
      runOf('check', ['a/2', 'a/3', 'a/gone'], 'old'),
    ]
    const rows = newestRows(runs, (name) => name !== 'a/gone')
    const texts = rows.map(({ name, from }) => `${name} ${from.folder}`)
    expect(texts).toEqual(['a/1 new', 'a/2 new', 'b/1 other', 'a/3 old'])
  })

  it('equals a slow search on random runs', () => {
    const random = seeded(7)
    for (let round = 0; round < 2000; round++) {
      const runs = Array.from({ length: random.int(0, 5) }, (_, at) => {
        const names = Array.from({ length: random.int(0, 4) }, () => `a/${random.int(0, 6)}`)
        const command = random.int(0, 1) === 0 ? 'check' : 'regress'
        return runOf(command, [...new Set(names)], `run ${at}`)
      })
      const isKnown = (name: string): boolean => Number(name.slice(2)) % 2 === 0
      const texts = newestRows(runs, isKnown).map(({ name, from }) => `${name} ${from.folder}`)
      expect(texts.sort()).toEqual(slowly(runs, isKnown))
    }
  })
})

function place(name: string, command = 'check', program = ''): string {
  const [from] = [runOf(command, [name], '')]
  const known = { name, row: from.run.rows[0]!, from } satisfies KnownRow
  const { family, column } = placed(known, (each) => everyEntry.get(each), program)
  return `${family.key} ${column}`
}

describe('where a check stands in the report', () => {
  it('follows from its name', () => {
    expect(place('specs/log/raft-rpc/claims')).toBe('raft specs')
    expect(place('protocols/abd/grid')).toBe('abd protocols')
    expect(place('processes/zab')).toBe('zab processes')
    expect(place('traces/paxos/claims')).toBe('paxos traces')
    expect(place('zoo/RF-04')).toBe('raft zoo')
    expect(place('histories/zk-plain-partition/x/linearizable')).toBe('zab histories')
    expect(place('quorums/grid-9-9/load')).toBe('quorums quorums')
    expect(place('claims/RAF-05')).toBe('book claims')
    expect(place('judged/mine.jsonl')).toBe('others histories')
    expect(
      place('maelstrom/lin-kv/linearizable', 'maelstrom', 'node main.js maelstrom-node raft'),
    ).toBe('raft maelstrom')
    expect(place('maelstrom/echo/echo', 'maelstrom', 'echo.py')).toBe('others maelstrom')
  })

  it('is known for everything that comes with synod', () => {
    const homeless = [...everyEntry].flatMap(([name]) =>
      place(name).startsWith(`${OTHERS.key} `) ? [name] : [],
    )
    expect(homeless).toEqual([])
  })

  it('names each family once, and no spec or protocol twice', () => {
    const keys = FAMILIES.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    for (const pick of ['specs', 'protocols'] as const) {
      const names = FAMILIES.flatMap((rule) => rule[pick] ?? [])
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it('is by the protocol in the name or by the folder for a spec that is new', () => {
    expect(familyOf('specs', 'raft-snapshots', 'log').key).toBe('raft')
    expect(familyOf('specs', 'something', 'consensus').key).toBe('paxos')
    expect(familyOf('specs', 'something', 'elsewhere').key).toBe('others')
    expect(familyOf('protocols', 'mine').name).toBe('mine')
    expect(familyOf('protocols', 'mine')).toBe(familyOf('traces', 'mine'))
  })
})

describe('figures of benchmarks', () => {
  const row = { work: '', unit: 's', standing: '', note: '' }
  it('are ratios above 1 where they are better than the bar', () => {
    expect(ratioOf({ ...row, figure: 2, bar: { sense: 'at most', value: 10 } })).toBe(5)
    expect(ratioOf({ ...row, figure: 20, bar: { sense: 'at least', value: 10 } })).toBe(2)
    expect(ratioOf({ ...row, figure: 20, bar: { sense: 'at most', value: 10 } })).toBe(0.5)
    expect(ratioOf({ ...row, bar: { sense: 'at most', value: 10 } })).toBeUndefined()
    expect(ratioOf({ ...row, figure: 2 })).toBeUndefined()
  })

  it('are compared with the run before: of durations less is better, of events more', () => {
    const most = { sense: 'at most', value: 1 } as const
    expect(beforeOf({ figure: 2, unit: 's' }, { figure: 4, unit: 's' })).toBe(2)
    expect(beforeOf({ figure: 2, unit: 'events/s' }, { figure: 4, unit: 'events/s' })).toBe(0.5)
    // A share of a peer's time, which a bar says to be small.
    expect(beforeOf({ figure: 0.5, unit: 'times', bar: most }, { figure: 1, unit: 'times' })).toBe(
      2,
    )
    expect(beforeOf({ unit: 's' }, { figure: 1, unit: 's' })).toBeUndefined()
  })
})
