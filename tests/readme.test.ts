import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readHistory } from '../src/history/read-history.ts'
import { packageFolder } from '../src/core/package.ts'
import { run } from './cli/run.ts'
import { refreshed, transcripts } from './transcripts.ts'

const folder = packageFolder()
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

interface Block {
  readonly language: string
  readonly text: string
}

const blocks: readonly Block[] = [...readme.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({ language, text }),
)

const of = (language: string): string[] =>
  blocks.filter((block) => block.language === language).map(({ text }) => text)

/** What a program prints that imports the package by its name. */
function outputOf(program: string): string {
  // Inside the package, so that the name leads to the package itself.
  const scratch = join(folder, 'dist', 'readme-scratch')
  mkdirSync(scratch, { recursive: true })
  try {
    writeFileSync(join(scratch, 'program.mjs'), program)
    return execFileSync(process.execPath, [join(scratch, 'program.mjs')], { encoding: 'utf8' })
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

describe('the README', () => {
  it('begins with the two commands that continuous integration runs', () => {
    const commands = of('sh')[0]
      ?.split('\n')
      .map((line) => line.replace(/ *#.*/, ''))
    expect(commands).toEqual(['npm ci && npm run check', 'npm ci && npm test', ''])
    const run = readFileSync(join(folder, '.ci/run'), 'utf8')
    expect(run).toContain('tests "$reports/fast.json" \'npm ci && npm test\'')
  })

  it('shows what its commands and its program print (up to date with -u at the end)', async () => {
    expect(transcripts(readme).length).toBeGreaterThanOrEqual(3)
    let current = await refreshed(readme, run)
    const printed = outputOf(of('js').join(''))
    current = current.replace(/(?<=^```output\n)[^]*?(?=^```$)/m, () => printed)
    await expect(current).toMatchFileSnapshot('../README.md')
  })

  it('shows a test that passes, and two events that can be read', async () => {
    const [test = ''] = of('ts')
    // tests/readme-example.test.ts is this very block, so that the runner runs it.
    const copy = readFileSync(join(folder, 'tests/readme-example.test.ts'), 'utf8')
    expect(
      copy
        .replaceAll("'../src/index.ts'", "'synod'")
        .replaceAll("'../src/vitest.ts'", "'synod/vitest'"),
    ).toBe(test)

    const events = of('json').join('')
    const bytes = (async function* () {
      await Promise.resolve()
      yield new TextEncoder().encode(events)
    })()
    expect((await readHistory(bytes)).operations).toMatchObject([
      { process: 'a', f: 'write', key: 'x' },
    ])
  })
})
