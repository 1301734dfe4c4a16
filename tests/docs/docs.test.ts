import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { otherVerdict } from '../../src/core/run-compare.ts'
import { changeHeads } from '../../src/cli/regress-text.ts'
import { regularSuites } from '../../src/cli/regress-suites.ts'
import { packageFolder } from '../../src/core/package.ts'
import { RunRow } from '../../src/core/results.ts'
import { newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'
import { run } from '../cli/run.ts'
import { refreshed, transcripts } from '../transcripts.ts'

const text = (path: string): string => readFileSync(join(packageFolder(), path), 'utf8')
const regress = text('docs/regress.md')
const testing = text('docs/testing.md')

/** The options that the help of a command names. */
async function optionsOf(command: string): Promise<readonly string[]> {
  const { out } = await run([command, '--help'])
  return out.match(/(?<=^ {2})--[a-z-]+/gm) ?? []
}

describe('the description of regressions', () => {
  it('shows what its commands print (up to date with -u at the end)', async () => {
    expect(transcripts(regress).length).toBeGreaterThan(0)
    await expect(await refreshed(regress, run)).toMatchFileSnapshot('../../docs/regress.md')
  })

  it('names every suite, every kind of change with its exit code, and every option', async () => {
    for (const { name } of await regularSuites()) expect(regress).toContain(`| \`${name}\``)
    for (const [kind, head] of Object.entries(changeHeads)) {
      const [, code = ''] = new RegExp(`^\\| ${head} .* (\\d) +\\|$`, 'm').exec(regress) ?? []
      const wrong = (otherVerdict as readonly string[]).includes(kind) || kind.endsWith('red')
      expect([kind, code]).toEqual([kind, wrong ? '1' : '0'])
    }
    const known = (await optionsOf('regress')).filter((name) => name !== '--help')
    const described = `${regress}\n${text('docs/simulate.md')}`
    expect(
      known.filter((name) => !described.includes(`\`${name}`) && !described.includes(`${name} `)),
    ).toEqual([])
  })

  it('names what is in a row', () => {
    const names = Object.keys(RunRow.shape).filter((name) => !['model', 'condition'].includes(name))
    const others = names.filter((name) => !name.startsWith('expected'))
    expect(others.filter((name) => !regress.includes(`\`${name}\``))).toEqual([])
  })
})

describe('rows of runs', () => {
  let folder: Folder
  beforeAll(async () => {
    folder = newFolder()
    await run(['check', 'zk-plain-partition', '--save', folder.path])
  })
  afterAll(() => {
    folder.remove()
  })

  it('are a table for data tools: plain values, and the same type in each column', () => {
    const rows = readFileSync(join(folder.path, 'latest/rows.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows.length).toBeGreaterThan(3)
    const types = new Map<string, Set<string>>()
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        if (value === null) continue
        types.set(name, (types.get(name) ?? new Set()).add(typeof value))
      }
    }
    for (const [name, some] of types) expect([name, [...some]]).toEqual([name, [expect.anything()]])
    for (const name of ['name', 'outcome', 'seconds', 'sentence']) {
      expect(rows.every((row) => name in row)).toBe(true)
    }
  })

  const python = (code: string): string | undefined => {
    try {
      return execFileSync('python3', ['-c', code], {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    } catch {
      return undefined
    }
  }

  it('are read by pandas as the description says', ({ skip }) => {
    if (python('import pandas') === undefined) skip('pandas is not here')
    const [, code = ''] = /^```python\n([^]*?)^```$/m.exec(regress) ?? []
    const out = python(code.replace('results/runs/', ''))
    expect(out).toMatch(/histories +fail +\d/)
  })
})

describe('the description of tests', () => {
  it('shows a test that passes', () => {
    // tests/docs/testing-example.test.ts is this very block, so that the runner runs it.
    const [, block = ''] = /^```ts\n([^]*?)^```$/m.exec(testing) ?? []
    const plain = text('tests/docs/testing-example.test.ts')
      .replace('../../src/index.ts', 'synod')
      .replace('../../src/simulation.ts', 'synod/simulate')
      .replace(/'\.\.\/\.\.\/src\/(\w+)\.ts'/g, "'synod/$1'")
    expect(block).toBe(plain)
  })

  it('names what there is to import', () => {
    const { exports } = JSON.parse(text('package.json')) as { exports: Record<string, unknown> }
    const imported = testing.match(/(?<=')synod\/\w+/g) ?? []
    for (const name of imported) expect(exports).toHaveProperty([name.replace('synod', '.')])
    for (const name of ['toBeLinearizable', 'toMeet', 'toHold', 'toSurvive']) {
      expect(testing).toContain(`.${name}(`)
    }
  })
})
