import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { regressCommand } from '../../src/cli/regress-command.ts'
import type { Regressed } from '../../src/cli/regress-run.ts'
import { chosenSuites, regularSuites, suitesOf } from '../../src/cli/regress-suites.ts'
import { readBaseline, readRun } from '../../src/core/results.ts'
import type { Outcome } from '../../src/core/verdict.ts'
import type { Entry, HistoryEntry } from '../../suites/entry.ts'
import { entries } from '../../suites/registry.ts'
import { GOOD, newFolder, STALE } from './files.ts'
import type { Folder } from './files.ts'
import type { Ran } from './run.ts'
import { strictXml } from './strict-xml.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
  folder.write('good.jsonl', GOOD)
  folder.write('stale.jsonl', STALE)
})
afterAll(() => {
  folder.remove()
})

function entry(name: string, expected: Outcome, more: Partial<HistoryEntry> = {}): Entry {
  return {
    type: 'history',
    name,
    file: name.includes('stale') ? 'stale.jsonl' : 'good.jsonl',
    condition: 'linearizable',
    expected,
    because: 'it was made so',
    ...more,
  }
}

const good: readonly Entry[] = [
  entry('one/good', 'pass'),
  entry('one/stale', 'fail', { violations: 1 }),
  entry('two/good', 'pass'),
]

/** Regresses suites of our own making. */
async function regress(
  table: readonly Entry[],
  args: readonly string[] = [],
  environment: Regressed['environment'] = {},
): Promise<Ran> {
  let [out, err, exitCode] = ['', '', -1]
  const terminal = {
    input: (async function* () {})(),
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    width: 100,
    colour: false,
  }
  const given = { suites: suitesOf(table, {}), folder: folder.path, environment }
  const command = regressCommand(terminal, (code) => (exitCode = code), given)
  await new Command().addCommand(command).parseAsync(['regress', ...args], { from: 'user' })
  return { exitCode, out, err }
}

/** A file that no other test writes. */
let files = 0
const newFile = (name: string): string => join(folder.path, `${(files += 1)}-${name}`)

/** A baseline of a table, and the arguments that compare with it. */
async function baselineArgs(table: readonly Entry[]): Promise<readonly string[]> {
  const args = ['--baseline', newFile('baseline.json')]
  await regress(table, [...args, '--update-baseline'])
  return args
}

describe('synod regress', () => {
  it('has a line for each suite, and nothing to say where all is as before', async () => {
    const { exitCode, out, err } = await regress(good, await baselineArgs(good))
    expect(out.replace(/\d+(\.\d+)? (µs|ms)/g, '…')).toBe(
      'one  2 of 2 as expected  …\ntwo  1 of 1 as expected  …\n\n' +
        'all good: 3 of 3 as expected in …\n',
    )
    expect([exitCode, err]).toEqual([0, ''])
  })

  it('shows what is not as expected, and how it is seen again; all with --verbose', async () => {
    const table = [...good, entry('two/stale', 'pass')]
    const args = await baselineArgs(good)
    const { exitCode, out } = await regress(table, args)
    expect(exitCode).toBe(1)
    expect(out).toMatch(/^two {2}1 of 2 as expected .*\n {2}stale {2}FAIL +NOT AS EXPECTED: pass/m)
    expect(out).toMatch(/\n {4}client b read 1.*\n {4}again: synod check two\/stale\n/)
    expect(out).not.toMatch(/^ {2}good/m)
    expect(out).toMatch(/\nnot as expected any more \(1\)\n {2}two\/stale: new, and fail/)
    const all = await regress(table, [...args, '--verbose'])
    expect(all.out).toMatch(
      /^one: one\n {2}good {3}pass +as expected .*\n {2}stale {2}FAIL +as exp/,
    )
    expect(all.out).toMatch(/\n\ntwo: two\n {2}good/)
  })

  it('ends with 2 where one is unknown, and with 254 where a file is missing', async () => {
    const args = await baselineArgs(good)
    // The check for queues has nothing to say about reads and writes.
    const unknown = entry('two/good', 'pass', { condition: 'set-full' })
    const open = await regress([...good.slice(0, 2), unknown], args)
    expect(open.exitCode).toBe(2)
    expect(open.out).toContain('two/good: unknown, and should be pass; in the baseline pass')
    const none = entry('two/good', 'pass', { file: 'none.jsonl' })
    const unread = await regress([...good.slice(0, 2), none], args)
    expect(unread.exitCode).toBe(254)
    expect(unread.err).toMatch(/^error: none\.jsonl: /)
    // It is there, though nobody knows what it says.
    expect(unread.out).not.toContain('not here any more')
  })

  it('ends with 1 where a verdict is another one than before, though as expected', async () => {
    const args = await baselineArgs(good)
    const { exitCode, out } = await regress(
      [entry('one/good', 'fail', { file: 'stale.jsonl' }), ...good.slice(1)],
      args,
    )
    expect(exitCode).toBe(1)
    expect(out).toMatch(/as expected again \(1\)\n {2}one\/good: fail, .* in the baseline pass\n/)
    expect(out).toContain('to accept this: --update-baseline\n')
  })

  it('tells new rows, missing rows and other counts; only a missing one is wrong', async () => {
    const args = await baselineArgs(good)
    const more = await regress([...good, entry('two/more', 'pass')], args)
    expect(more.exitCode).toBe(0)
    expect(more.out).toContain('\nnot in the baseline (1)\n  two/more: pass\n')
    const less = await regress(good.slice(0, 2), args)
    expect(less.exitCode).toBe(1)
    expect(less.out).toMatch(/and not here any more \(1\)\n {2}two\/good: pass, and now nothing/)
    folder.write('good.jsonl', GOOD + GOOD)
    const other = await regress(good, args)
    folder.write('good.jsonl', GOOD)
    expect(other.exitCode).toBe(0)
    expect(other.out).toContain('  one/good: operations: 2 before, now 4\n')
  })

  it('misses nothing that was not to be run', async () => {
    const args = await baselineArgs(good)
    for (const some of [
      ['two'],
      ['one/good'],
      ['stale'],
      ['--entries', 'go*'],
      ['--shard', '1/2'],
    ]) {
      const { exitCode, out } = await regress(good, [...args, ...some])
      expect([exitCode, out]).toEqual([0, expect.not.stringContaining('baseline')])
    }
    // A suite that was run as a whole must be whole.
    const { out } = await regress([...good.slice(1), entry('one/other', 'pass')], [...args, 'one'])
    expect(out).toContain('one/good: pass, and now nothing')
    expect(out).not.toContain('two/')
  })

  it('runs each row on one of several machines', async () => {
    const names = await Promise.all(
      ['1/2', '2/2'].map(async (shard) => {
        const { out } = await regress(good, ['--json', '--shard', shard])
        return out.match(/(?<="name":")[^"]*/g) ?? []
      }),
    )
    expect(names).toEqual([['one/good', 'two/good'], ['one/stale']])
  })

  it('stops at the first that is not as expected when asked to', async () => {
    const args = await baselineArgs(good)
    const table = [entry('one/good', 'fail'), ...good.slice(1)]
    const { exitCode, out } = await regress(table, [...args, '--fail-fast', '--json'])
    expect([exitCode, out.split('\n')]).toEqual([1, [expect.stringContaining('one/good'), '']])
    expect((await regress(table, [...args, '--fail-fast'])).out).not.toContain('not here any more')
  })

  it('updates what was run, and keeps the rest', async () => {
    const [flag = '', file = ''] = await baselineArgs(good)
    const table = [
      entry('one/good', 'fail', { file: 'stale.jsonl' }),
      entry('one/new', 'pass'),
      ...good.slice(2),
    ]
    const { exitCode, err } = await regress(table, [flag, file, 'one', '--update-baseline'])
    expect(exitCode).toBe(0)
    expect(err).toMatch(/^written: .*baseline\.json\n$/)
    expect((await readBaseline(file)).rows).toEqual([
      { name: 'one/good', outcome: 'fail', operations: 4, violations: 1 },
      { name: 'one/new', outcome: 'pass', operations: 2 },
      { name: 'two/good', outcome: 'pass', operations: 2 },
    ])
    await regress(table, [flag, file, 'one/new', '--update-baseline'])
    expect((await readBaseline(file)).rows).toHaveLength(3)
    // What is wrong stays wrong, whatever is written.
    expect(
      (await regress([entry('one/good', 'fail')], [flag, file, '--update-baseline'])).exitCode,
    ).toBe(1)
  })

  it('knows no baseline where the file is missing', async () => {
    const args = ['--baseline', newFile('none.json')]
    await expect(regress(good, args)).rejects.toThrow(/there is no such file/)
  })

  it('prints rows and nothing else with --json', async () => {
    const args = [...(await baselineArgs(good.slice(1))), '--json']
    const { out, err } = await regress(good, args)
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(rows).toMatchObject(good.map(({ name, expected }) => ({ name, outcome: expected })))
    expect(err).toContain('not in the baseline (1)')
  })

  it('keeps the run, its evidence and what was compared', async () => {
    const runs = newFile('runs')
    const args = [...(await baselineArgs(good.slice(1))), '--save', runs]
    await regress(good, args)
    const path = join(runs, 'latest', 'run.json')
    const run = await readRun(path)
    expect(run).toMatchObject({ command: 'regress', rows: good.map(({ name }) => ({ name })) })
    expect(run).not.toHaveProperty('finished')
    const evidence = run.rows.map(({ evidence: file = '' }) => join(dirname(path), file))
    expect(evidence.every((file) => existsSync(file))).toBe(true)
    const comparison: unknown = JSON.parse(
      readFileSync(join(dirname(path), 'comparison.json'), 'utf8'),
    )
    expect(comparison).toEqual({
      comparison: 1,
      changes: [{ kind: 'new', name: 'one/good', sentence: 'pass' }],
    })
  })

  it('tells times against the last run that came to its end, or one that is named', async () => {
    const runs = newFile('runs')
    const table = Array.from({ length: 9 }, (_, at) => entry(`one/${at}`, 'pass'))
    await regress(table, ['--save', runs])
    // Such short times are not compared, so they are made up.
    const [first = ''] = readdirSync(runs).filter((name) => name !== 'latest')
    const file = join(runs, first, 'run.json')
    const run = await readRun(file)
    const slow = { ...run, rows: run.rows.map((row) => ({ ...row, seconds: 100 })) }
    folder.write(file.slice(folder.path.length + 1), JSON.stringify(slow))
    const { out } = await regress(table, ['--save', runs])
    expect(out).toMatch(/\ntime: 0\.00 of the run of \S+-regress \(the middle of 9 ratios;/)
    const unfinished = { ...slow, finished: false }
    folder.write(file.slice(folder.path.length + 1), JSON.stringify(unfinished))
    expect((await regress(table, ['--save', runs])).out).not.toContain('time:')
    folder.write('slow.json', JSON.stringify(slow))
    const named = await regress(table, ['--against', join(folder.path, 'slow.json')])
    expect(named.out).toContain('time: 0.00 of the run of ')
    await expect(regress(table, ['--against', newFile('none')])).rejects.toThrow(
      /there is no such file/,
    )
  })

  it('writes for continuous integration', async () => {
    const junit = join(newFile('reports'), 'junit.xml')
    const summary = folder.write('summary.md', 'before\n')
    const table = [...good, entry('two/stale', 'pass')]
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    const { err, out } = await regress(table, ['--junit', junit, '--json'], environment)
    expect(strictXml(readFileSync(junit, 'utf8')).attributes).toMatchObject({
      tests: '4',
      failures: '1',
    })
    expect(err).toMatch(/^::error title=two\/stale::fail, and should be pass: client b/m)
    expect(out.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([])
    expect(folder.read('summary.md')).toMatch(/^before\n### Synod: 3 of 4 as expected\n/)
    expect((await regress(table)).err).not.toContain('::error')
    expect((await regress(table, ['--github'])).err).toContain('::error')
  })

  it('refuses what it cannot write, and names that nothing has', async () => {
    const file = folder.write('a-file', '')
    await expect(regress(good, ['--junit', join(file, 'x.xml')])).rejects.toThrow(
      /cannot be written/,
    )
    await expect(regress(good, ['--save', file])).rejects.toThrow(/cannot be written/)
    // Before anything is run.
    const unborn = newFile('unborn')
    const early: readonly (readonly [what: string, ...args: string[]])[] = [
      ['a-file is not a folder', '--junit', join(file, 'x.xml')],
      ['it is a folder', '--junit', folder.path],
      ['it is a folder', '--junit', join(folder.path, '.')],
      ['a-file is not a folder', '--update-baseline', '--baseline', join(file, 'b.json')],
    ]
    for (const [what, ...args] of early) {
      await expect(regress(good, [...args, '--save', unborn])).rejects.toThrow(what)
    }
    expect(existsSync(unborn)).toBe(false)
    await expect(regress(good, ['stal'])).rejects.toThrow(
      "no suite and nothing in one is called 'stal'",
    )
    await expect(regress(good, ['--entries', 'x*'])).rejects.toThrow("has a name like 'x*'")
  })
})

describe('the suites', () => {
  it('hold everything that is checked, each once, by the first word of its name', async () => {
    const suites = await regularSuites()
    const names = suites.flatMap((suite) => suite.entries.map(({ name }) => name))
    expect(new Set(names).size).toBe(names.length)
    expect(entries.filter(({ name }) => !names.includes(name))).toEqual([])
    for (const { name, about, entries: some } of suites) {
      expect(some.every((each) => each.name.startsWith(`${name}/`))).toBe(true)
      expect(about).not.toBe(name)
    }
    for (const name of ['valency', 'zoo', 'protocols']) {
      expect(suites.find((suite) => suite.name === name)?.entries.length).toBeGreaterThan(10)
    }
  })

  it('are picked by whole words, names of protocols and patterns', async () => {
    const suites = await regularSuites()
    const picked = (names: readonly string[], pattern?: string): readonly string[] =>
      chosenSuites(names, pattern, suites).flatMap((suite) => suite.entries.map(({ name }) => name))
    expect(picked(['zoo'])).toEqual(
      suites.find(({ name }) => name === 'zoo')?.entries.map(({ name }) => name),
    )
    expect(picked(['claims']).every((name) => name.startsWith('claims/'))).toBe(true)
    expect(picked(['half-a-write'])).toEqual(['protocols/safe-register/half-a-write'])
    expect(picked(['safe-register'])).toContain('protocols/safe-register/half-a-write')
    expect(picked([], 'safe-register')).toContain('protocols/safe-register/claims')
    expect(picked([], 'protocols/abd/r*').length).toBeGreaterThan(1)
    expect(picked(['abd'], '*grid').every((name) => name.endsWith('grid'))).toBe(true)
  })
})
