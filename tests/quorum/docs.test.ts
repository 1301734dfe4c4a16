import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import * as library from '../../src/quorum/index.ts'
import { run } from '../cli/run.ts'
import { refreshed, transcripts } from '../transcripts.ts'

const document = readFileSync(join(packageFolder(), 'docs/quorums.md'), 'utf8')

const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(document)?.[1] ?? ''

type Program = (library: unknown, console: unknown) => Promise<void>

/** What the program of the document prints, with the library as it is now. */
async function printed(): Promise<string> {
  const body = block('js').replace(
    /^import (\{[^}]*\}) from 'synod\/quorum'$/m,
    (_, names: string) => `const ${names} = library`,
  )
  const asynchronous = (async () => {
    await Promise.resolve()
  }).constructor as new (...parameters: readonly string[]) => Program
  const lines: string[] = []
  const log = (line: string): number => lines.push(line)
  await new asynchronous('library', 'console', body)(library, { log })
  return lines.map((line) => `${line}\n`).join('')
}

describe('the description of quorum systems', () => {
  it('shows what its commands and its program print (up to date with -u at the end)', async () => {
    expect(transcripts(document).length).toBeGreaterThanOrEqual(4)
    const output = await printed()
    const current = (await refreshed(document, run)).replace(
      /(?<=^```output\n)[^]*?(?=^```$)/m,
      () => output,
    )
    await expect(current).toMatchFileSnapshot('../../docs/quorums.md')
  })

  it('names only functions that there are', () => {
    const [, list = ''] = /Everything that the commands do([^]*?)and more/.exec(document) ?? []
    const names = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(library).toHaveProperty(String(name))
  })

  it('describes nodes that can be read', async () => {
    const { parseSystem } = library
    const { withNodesFile } = await import('../../src/cli/quorum-nodes.ts')
    const { newFolder } = await import('../cli/files.ts')
    const folder = newFolder()
    try {
      const path = folder.write('nodes.json', block('json'))
      const { nodes } = await withNodesFile(parseSystem('majority(n=3)'), path)
      expect(nodes.map(({ zone }) => zone)).toEqual(['eu', undefined, undefined])
      expect(nodes.map(({ writeCapacity }) => String(writeCapacity))).toEqual(['2', '1', '1'])
    } finally {
      folder.remove()
    }
  })
})
