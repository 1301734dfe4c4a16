import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import * as library from '../../src/explore/index.ts'
import { run } from '../cli/run.ts'
import { refreshed, transcripts } from '../transcripts.ts'

const folder = packageFolder()
const document = readFileSync(join(folder, 'docs/explore.md'), 'utf8')
const example = readFileSync(join(folder, 'examples/my-spec/lock-server.js'), 'utf8')

const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(document)?.[1] ?? ''

type Program = (library: unknown, console: unknown) => Promise<void>

/** What the program of the document prints, with the library as it is now. */
async function printed(): Promise<string> {
  const body = block('js').replace(
    /^import (\{[^}]*\}) from 'synod\/explore'$/m,
    (_, names: string) => `const ${names} = library`,
  )
  const asynchronous = (async () => {
    await Promise.resolve()
  }).constructor as new (...parameters: readonly string[]) => Program
  const lines: string[] = []
  const log = (...words: readonly unknown[]): number => lines.push(words.join(' '))
  await new asynchronous('library', 'console', body)(library, { log })
  return lines.map((line) => `${line}\n`).join('')
}

describe('the description of specs', () => {
  it('shows what its commands and its program print (up to date with -u at the end)', async () => {
    expect(transcripts(document).length).toBeGreaterThanOrEqual(4)
    const output = await printed()
    const current = (await refreshed(document, run))
      .replace(/(?<=^```output\n)[^]*?(?=^```$)/m, () => output)
      .replace(/(?<=^```ts\n)[^]*?(?=^```$)/m, () => example)
    await expect(current).toMatchFileSnapshot('../../docs/explore.md')
  })

  it('names only layouts and fairness that there are', () => {
    const calls = [...document.matchAll(/`(\w+)(?:<T>)?\(/g)].map(([, name]) => String(name))
    expect(calls.length).toBeGreaterThan(15)
    for (const name of new Set(calls)) expect(library).toHaveProperty(name)
  })

  it('names only flags that there are', async () => {
    const { out } = await run(['explore', '--help'])
    const flags = new Set([...document.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => String(flag)))
    expect(flags.size).toBeGreaterThan(15)
    for (const flag of flags) expect(out).toContain(flag)
  })
})
