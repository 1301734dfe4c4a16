import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { packageFolder, synodVersion } from '../../src/core/package.ts'
import {
  baselineOf,
  placeless,
  readBaseline,
  readRun,
  saveRun,
  thisMachine,
  writeJson,
} from '../../src/core/results.ts'
import type { RunFile } from '../../src/core/results.ts'
import { openRun } from '../../src/core/run-writer.ts'

const run: RunFile = {
  run: 1,
  synod: synodVersion(),
  command: 'check',
  started: '2026-11-21T10:00:00.000Z',
  seconds: 1.5,
  seed: 7,
  bounds: { seconds: 60, bytes: 1e9 },
  machine: thisMachine(),
  rows: [
    { name: 'b/linearizable', outcome: 'fail', expected: 'fail', sentence: 'no', seconds: 0.1 },
    { name: 'a', outcome: 'pass', sentence: 'yes', operations: 3, model: null, seconds: 0 },
  ],
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synod-results-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('a saved run', () => {
  it('reads back as it was, with its evidence beside it', async () => {
    const evidence = [{ name: 'b/linearizable', content: { order: Int32Array.of(2, 1) } }]
    const path = await saveRun(folder, run, evidence)
    const read = await readRun(path)
    expect(read).toEqual({
      ...run,
      rows: [{ ...run.rows[0], evidence: '1-b-linearizable.json' }, run.rows[1]],
    })
    const file = join(dirname(path), read.rows[0]?.evidence ?? '')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ order: [2, 1] })
  })

  it('gets a folder of its own, and latest points to the newest', async () => {
    await saveRun(folder, run)
    const second = await saveRun(folder, run)
    expect(readdirSync(folder).sort()).toEqual([
      '2026-11-21T10-00-00-check',
      '2026-11-21T10-00-00-check-2',
      'latest',
    ])
    expect(resolve(folder, readlinkSync(join(folder, 'latest')))).toBe(dirname(second))
  })

  it('names neither the host nor a folder of it', async () => {
    const text = readFileSync(await saveRun(folder, run), 'utf8')
    expect(text).not.toContain(folder)
    expect(text).not.toContain(packageFolder())
    expect(JSON.parse(text)).not.toHaveProperty('machine.hostname')
    if (hostname() !== 'localhost') expect(text).not.toContain(hostname())
  })

  it('refuses what is not a run, and says where it differs', async () => {
    const path = join(folder, 'run.json')
    await writeJson(path, { ...run, verdict: 'good' })
    await expect(readRun(path)).rejects.toThrow(/not a run file.*"verdict"/s)
    writeFileSync(path, '{')
    await expect(readRun(path)).rejects.toThrow(/cannot be read as a run file/)
    await expect(readRun(join(folder, 'none.json'))).rejects.toThrow(/there is no such file/)
    await expect(readRun(folder)).rejects.toThrow(/cannot be read as a run file: it is a folder/)
  })

  it('names the version of what another synod wrote, and how to make one', async () => {
    const path = join(folder, 'other.json')
    await writeJson(path, { ...run, run: 2, more: 'that nobody knows' })
    await expect(readRun(path)).rejects.toMatchObject({
      where: path,
      message: 'this is version 2 of a run file, and only 1 can be read',
      hint: expect.stringContaining('synod check --save DIR') as string,
    })
    await writeJson(path, { baseline: 3, rows: [] })
    await expect(readBaseline(path)).rejects.toMatchObject({
      message: 'this is version 3 of a baseline, and only 1 can be read',
      hint: expect.stringContaining('synod regress --update-baseline') as string,
    })
  })

  it('is told in one line, however much of a file is wrong', async () => {
    const path = join(folder, 'wrong.json')
    await writeJson(path, { baseline: 1, rows: Array.from({ length: 40 }, () => ({ name: 5 })) })
    await expect(readBaseline(path)).rejects.toThrow(
      /^this is not a baseline: rows\[0\]\.name: expected string, received number, and 79 more$/,
    )
  })

  it('says so, and soon, where no folder can be made', async () => {
    // Here `mkdir` with `recursive` never ends.
    const nowhere = existsSync('/proc/self') ? '/proc/no-such-folder/runs' : join(folder, '\0')
    await expect(saveRun(nowhere, run)).rejects.toMatchObject({ name: 'UserError' })
    const deep = join(folder, 'a', 'b', 'c')
    expect(existsSync(await saveRun(deep, run))).toBe(true)
  })

  it('says so when the folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(saveRun(file, run)).rejects.toMatchObject({ name: 'UserError', where: file })
  })
})

describe('a run that is not finished', () => {
  const { rows, seconds, ...header } = run

  it('has what was found until then, and says that it is not finished', async () => {
    const writer = await openRun(folder, header)
    expect(await readRun(writer.path)).toEqual({ ...header, finished: false, seconds: 0, rows: [] })
    for (const [at, row] of rows.entries()) {
      const kept = await writer.add(row, { at })
      const so = await readRun(writer.path)
      expect(so.rows.map(({ name }) => name)).toEqual(rows.slice(0, at + 1).map((r) => r.name))
      expect(so.rows[at]).toEqual(kept)
      expect(so).toMatchObject({ finished: false, seconds: 0.1 })
      const file = join(dirname(writer.path), kept.evidence ?? '')
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ at })
    }
    const latest = resolve(folder, readlinkSync(join(folder, 'latest')))
    expect(latest).toBe(dirname(writer.path))
    await writer.finish(seconds)
    const whole = await readRun(writer.path)
    expect(whole).toMatchObject({ seconds, rows: [{ name: 'b/linearizable' }, { name: 'a' }] })
    expect(whole).not.toHaveProperty('finished')
  })

  it('may end in the middle of a line', async () => {
    const writer = await openRun(folder, header)
    for (const row of rows) await writer.add(row)
    const file = join(dirname(writer.path), 'rows.jsonl')
    const text = readFileSync(file, 'utf8')
    for (let length = 0; length < text.length; length++) {
      writeFileSync(file, text.slice(0, length))
      const whole = text.slice(0, length).split('\n').length - 1
      expect((await readRun(writer.path)).rows).toEqual(rows.slice(0, whole))
    }
    rmSync(file)
    expect((await readRun(writer.path)).rows).toEqual([])
  })

  it('is refused where a line is none of it', async () => {
    const writer = await openRun(folder, header)
    for (const row of rows) await writer.add(row)
    const file = join(dirname(writer.path), 'rows.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"name":"c"}\n`)
    await expect(readRun(writer.path)).rejects.toMatchObject({ where: `${file}:3` })
    writeFileSync(file, 'no\n')
    await expect(readRun(writer.path)).rejects.toMatchObject({ where: `${file}:1` })
  })

  it('leaves no file behind but its own', async () => {
    await saveRun(folder, run, [{ name: 'a', content: 1 }])
    expect(readdirSync(folder).sort()).toEqual(['2026-11-21T10-00-00-check', 'latest'])
    expect(readdirSync(join(folder, 'latest')).sort()).toEqual([
      '2-a.json',
      'rows.jsonl',
      'run.json',
    ])
  })
})

describe('a baseline', () => {
  it('holds verdicts and counts only, sorted', async () => {
    const path = join(folder, 'baseline.json')
    await writeJson(path, baselineOf(run.rows))
    expect(await readBaseline(path)).toEqual({
      baseline: 1,
      rows: [
        { name: 'a', outcome: 'pass', operations: 3 },
        { name: 'b/linearizable', outcome: 'fail' },
      ],
    })
  })
})

describe('a file in results', () => {
  it.each([
    ['/project/a/b.jsonl', 'a/b.jsonl'],
    ['a/b.jsonl', 'a/b.jsonl'],
    ['./b.jsonl', 'b.jsonl'],
    ['/elsewhere/b.jsonl', 'b.jsonl'],
    ['../b.jsonl', 'b.jsonl'],
  ])('%s is named %s', (path, name) => {
    expect(placeless(path, '/project')).toBe(name)
  })
})
