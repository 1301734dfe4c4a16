import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { checkCommand } from '../../src/cli/check-command.ts'
import { regularSuites } from '../../src/cli/regress-suites.ts'
import { packageFolder } from '../../src/core/package.ts'
import { readBaseline, readRun } from '../../src/core/results.ts'
import type { Outcome } from '../../src/core/verdict.ts'
import { entries } from '../../suites/registry.ts'
import type { Entry, HistoryEntry } from '../../suites/entry.ts'
import { GOOD, inTurn, newFolder, STALE } from './files.ts'
import type { Folder } from './files.ts'
import { run } from './run.ts'
import type { Ran } from './run.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
  folder.write('good.jsonl', GOOD)
  folder.write('stale.jsonl', STALE)
  const keyed = (key: string, text: string): string => text.replaceAll('"f"', `"key":"${key}","f"`)
  const other = inTurn(['d', 'write', 1, 1], ['d', 'read', null, 1])
  folder.write('keys.jsonl', keyed('x', STALE) + keyed('y', other))
})
afterAll(() => {
  folder.remove()
})

function entry(name: string, expected: Outcome, more: Partial<HistoryEntry> = {}): Entry {
  const condition = 'linearizable'
  return {
    type: 'history',
    name: `made/${name}/${condition}`,
    file: `${name}.jsonl`,
    condition,
    expected,
    because: 'it was made so',
    ...more,
  }
}

/** Checks a table of our own making. */
async function check(table: readonly Entry[], ...args: readonly string[]): Promise<Ran> {
  let [out, err, exitCode] = ['', '', -1]
  const terminal = {
    input: (async function* () {})(),
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    width: 100,
    colour: false,
  }
  const command = checkCommand(terminal, (code) => (exitCode = code), {
    table,
    folder: folder.path,
  })
  await new Command().addCommand(command).parseAsync(['check', ...args], { from: 'user' })
  return { exitCode, out, err }
}

describe('synod check', () => {
  it('ends with 0 when every verdict is the expected one', async () => {
    const { exitCode, out } = await check([entry('good', 'pass'), entry('stale', 'fail')])
    expect(out).toMatch(/^made\n {2}good {3}linearizable {2}pass +as expected {2}\S+, .*\n/)
    expect(out).toMatch(/\n {2}stale {2}linearizable {2}FAIL +as expected {2}\S+, .*\n/)
    expect(out).toMatch(/\nall good: 2 of 2 as expected in .*\n$/)
    expect(exitCode).toBe(0)
  })

  it('ends with 1 when one differs, and says why', async () => {
    const { exitCode, out } = await check([entry('good', 'pass'), entry('stale', 'pass')])
    expect(out).toMatch(
      /stale {2}linearizable {2}FAIL +NOT AS EXPECTED: pass .*\n {4}client b read 1/,
    )
    expect(out).toMatch(/\n1 of 2 as expected/)
    expect(exitCode).toBe(1)
  })

  it('counts the violations where a number is expected', async () => {
    const one = entry('stale', 'fail', { violations: 1 })
    const two = entry('stale', 'fail', { violations: 2 })
    expect((await check([one])).exitCode).toBe(0)
    const { exitCode, out } = await check([one, two])
    expect(out).toMatch(/NOT AS EXPECTED: 2 violations, found 1 /)
    expect(exitCode).toBe(1)
  })

  it('ends with 2 when one came out unknown, and with 1 when one differs as well', async () => {
    // The check for queues has nothing to say about reads and writes.
    const unknown = entry('good', 'pass', { condition: 'set-full' })
    expect((await check([unknown])).exitCode).toBe(2)
    expect((await check([unknown, entry('stale', 'pass')])).exitCode).toBe(1)
    expect((await check([entry('good', 'unknown', { condition: 'set-full' })])).exitCode).toBe(0)
  })

  it('ends with 254 when a file is missing, and still checks the others', async () => {
    const { exitCode, out, err } = await check([entry('none', 'pass'), entry('stale', 'pass')])
    expect(err).toMatch(/^error: none\.jsonl: /)
    expect(out).toContain('0 of 2 as expected')
    expect(exitCode).toBe(254)
  })

  it('judges a single key of a history', async () => {
    const table = [
      entry('keys', 'fail'),
      entry('keys', 'fail', { name: 'made/keys/x', key: 'x' }),
      entry('keys', 'pass', { name: 'made/keys/y', key: 'y' }),
    ]
    expect((await check(table)).exitCode).toBe(0)
  })

  it('checks only what is named', async () => {
    const table = [entry('good', 'pass'), entry('stale', 'pass')]
    expect((await check(table, 'good')).out).toContain('1 of 1 as expected')
    expect((await check(table, 'made/good/linearizable')).exitCode).toBe(0)
    expect((await check(table, 'linearizable')).out).toContain('1 of 2 as expected')
    expect((await check(table, 'stale', 'good')).out).toContain('1 of 2 as expected')
    await expect(check(table, 'stal')).rejects.toThrow("nothing to check is called 'stal'")
  })

  it('prints one JSON object for each verdict, and nothing else', async () => {
    const { out } = await check([entry('good', 'pass'), entry('stale', 'fail')], '--json')
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(rows).toMatchObject([
      { name: 'made/good/linearizable', outcome: 'pass', expected: 'pass', operations: 2 },
      { name: 'made/stale/linearizable', outcome: 'fail', expected: 'fail' },
    ])
  })

  it('keeps the run, its evidence, and a baseline', async () => {
    const baseline = `${folder.path}/baseline.json`
    const save = ['--save', `${folder.path}/runs`, '--baseline', baseline]
    const { err } = await check([entry('stale', 'fail'), entry('good', 'pass')], ...save)
    const saved = await readRun(/saved in (.*)\n/.exec(err)?.[1] ?? '')
    expect(saved.rows.map(({ evidence }) => evidence)).toEqual([
      '1-made-stale-linearizable.json',
      '2-made-good-linearizable.json',
    ])
    expect(await readBaseline(baseline)).toEqual({
      baseline: 1,
      rows: [
        { name: 'made/good/linearizable', outcome: 'pass', operations: 2 },
        { name: 'made/stale/linearizable', outcome: 'fail', operations: 4, violations: 1 },
      ],
    })
    // What is checked later does not take others out of it.
    await check([entry('good', 'fail')], '--baseline', baseline)
    const { rows } = await readBaseline(baseline)
    expect(rows.map(({ name }) => name)).toEqual([
      'made/good/linearizable',
      'made/stale/linearizable',
    ])
  })

  it('says how each verdict is seen again', async () => {
    const { err } = await check([entry('good', 'pass')], '--save', `${folder.path}/again`)
    const saved = await readRun(/saved in (.*)\n/.exec(err)?.[1] ?? '')
    expect(saved.rows[0]?.replay).toBe('synod check made/good/linearizable')
  })
})

describe('the table of expected verdicts', () => {
  it('names each row once, and says where the expectation comes from', () => {
    const names = entries.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z0-9-]+(\/[A-Za-z0-9-]+)+$/.test(name))).toEqual([])
    expect(entries.filter(({ because }) => because === '')).toEqual([])
  })

  it('is what the committed baseline says', async () => {
    const { rows } = await readBaseline(`${packageFolder()}/results/baseline.json`)
    const all = (await regularSuites()).flatMap((suite) => suite.entries)
    const expected = new Map(all.map((each) => [each.name, each]))
    for (const { name, outcome, violations, violated } of rows) {
      const each = expected.get(name)
      expect({ name, outcome }).toEqual({ name, outcome: each?.expected })
      if (each?.type === 'history' && each.violations !== undefined) {
        expect({ name, violations }).toEqual({ name, violations: each.violations })
      }
      if (each?.type === 'protocol') {
        expect({ name, violated }).toEqual({ name, violated: each.entry.expect.violated })
      }
    }
    // Only claims may be newer than it: they are many, and what they rest on is in it.
    const known = new Set(rows.map(({ name }) => name))
    const fresh = all.filter(({ name, type }) => !known.has(name) && type !== 'claim')
    expect(fresh.map(({ name }) => name)).toEqual([])
  })

  it('is what comes out', async () => {
    // What the specs do is looked at, each by itself, in tests/specs.
    const { exitCode, out, err } = await run(['check', 'histories', 'quorums'])
    expect([exitCode, err], out).toEqual([0, ''])
    const rest = entries.filter(({ type }) => type === 'history' || type === 'quorum').length
    expect(out).toContain(`${rest} of ${rest} as expected`)
  })

  it('has specs in it, and each of their mutants', async () => {
    const { exitCode, out } = await run(['check', 'twophase', 'tcommit'])
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/\n {2}commit tcommit rm-3 +claims/)])
    expect(out).toMatch(
      /commit twophase rm-3 +claims +pass +as expected {2}breadth-first, 288 states,/,
    )
    expect(out).toMatch(/commit-without-all +FAIL +as expected/)
  })
})
