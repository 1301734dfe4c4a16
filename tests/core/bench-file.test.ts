import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readBench, saveBench } from '../../src/core/bench-file.ts'
import type { BenchFile } from '../../src/core/bench-file.ts'
import { thisMachine } from '../../src/core/results.ts'
import { benchOf } from '../../src/cli/report-bench.ts'
import { newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const measured = (started: string, figure: number): BenchFile => ({
  bench: 1,
  synod: '0.1.0',
  started,
  machine: thisMachine(),
  rows: [
    {
      work: 'states',
      figure,
      unit: 'states/s',
      bar: { sense: 'at least', value: 10 },
      faults: [],
      note: '',
      standing: '',
    },
  ],
})

describe('a file of benchmarks', () => {
  it('is read as it was written', async () => {
    const bench = measured('2026-11-22T10:00:00.000Z', 20)
    expect(await readBench(await saveBench(join(folder.path, 'new', 'runs'), bench))).toEqual(bench)
  })

  it('is told why it cannot be read or written', async () => {
    const file = folder.write('bench.json', '{"bench": 2}')
    await expect(readBench(file)).rejects.toThrow(/^this is version 2 of a file of benchmarks/)
    folder.write('bench.json', '{"bench": 1, "rows": 5}')
    await expect(readBench(file)).rejects.toThrow(/^this is not a file of benchmarks: /)
    folder.write('bench.json', '')
    await expect(readBench(file)).rejects.toThrow(/^this cannot be read as a file of benchmarks/)
    const bench = measured('2026-11-22T10:00:00.000Z', 20)
    await expect(saveBench(file, bench)).rejects.toMatchObject({ name: 'UserError', where: file })
  })

  it('is compared with the one before, and a damaged one between is named', async () => {
    const runs = join(folder.path, 'benches')
    await saveBench(runs, measured('2026-11-20T10:00:00.000Z', 20))
    const damaged = await saveBench(runs, measured('2026-11-21T10:00:00.000Z', 5))
    writeFileSync(damaged, '{')
    await saveBench(runs, measured('2026-11-22T10:00:00.000Z', 30))
    const warnings: string[] = []
    const bench = await benchOf(runs, (warning) => warnings.push(warning))
    expect(bench?.rows).toMatchObject([{ work: 'states', figure: 30, before: 1.5 }])
    expect(warnings).toEqual([expect.stringContaining(`left out: ${damaged}: this cannot be read`)])
    expect(await benchOf(folder.path, () => undefined)).toBeUndefined()
    expect(existsSync(damaged)).toBe(true)
  })
})
