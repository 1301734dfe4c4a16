import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { compiledProgram, shell } from '../cli/compiled.ts'
import { run } from '../cli/run.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synod-notebooks-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const block = (...lines: readonly string[]): string => ['```ts', ...lines, '```', ''].join('\n')
const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text)
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

interface Finding {
  readonly file: string
  readonly outcome: string
  readonly faults?: readonly { readonly line: number; readonly text: string }[]
  readonly stale?: readonly { readonly line?: number; readonly file?: string }[]
}

/** What `synod notebooks` says of everything in the folder, by name. */
async function findings(flags: string) {
  const { exitCode, out, err } = await shell(`synod notebooks --dir . --json ${flags}`, folder)
  const { notebooks } = JSON.parse(out) as { readonly notebooks: readonly Finding[] }
  const byName = new Map(notebooks.map((each) => [each.file.replace('.md', ''), each]))
  return { exitCode, err, of: (name: string) => byName.get(name) }
}

describe('synod notebooks', () => {
  it('runs what can be run, tells what cannot, and writes nothing if it only checks', async () => {
    compiledProgram()
    const svg = 'console.log(\'<svg xmlns="http://www.w3.org/2000/svg"/>\')'
    write(
      'good.md',
      [
        '# Good',
        '',
        block(
          "import { timeline } from 'synod'",
          "const history = timeline('a: [write 1]')",
          'console.log(history.operations.length)',
        ),
        block("console.table([{ a: 1, b: 'x' }])", svg),
        block('// silent', 'console.error("not stored")', 'setInterval(() => undefined, 1000)'),
      ].join('\n'),
    )
    write('stale.md', `${block(svg, 'console.log(1)')}\n<!-- output -->\n\n2\n\n<!-- /output -->\n`)
    write(
      'throws.md',
      `# Throws\n\n${block('console.log(0)')}\n${block('', "throw TypeError('no')")}`,
    )
    write('user.md', block("import { modelNamed } from 'synod'", '', "modelNamed('registr')"))
    write('types.md', `# Types\n\n${block('const a: number = `1`', 'console.log(a)')}`)
    write('ends.md', block('console.log(1)', "process['exit'](3)"))
    write('place.md', block('console.log(process.cwd())'))
    write('unreadable.md', '# Cut off\n\n```ts\nconst a = 1\n')
    write('README.md', 'not a notebook')
    const before = Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]))

    const checked = await findings('--check')
    expect(checked.exitCode).toBe(254)
    expect(checked.err).toContain('error: unreadable.md:3: this block of code has no end')
    expect(checked.err).toContain('not stored')
    expect(checked.of('good')).toMatchObject({ outcome: 'stale', figures: 1, blocks: 3 })
    expect(checked.of('stale')).toMatchObject({
      outcome: 'stale',
      stale: [{ line: 8, block: 1 }, { file: 'figures/stale-1.svg' }],
    })
    expect(checked.of('throws')?.faults).toEqual([{ line: 9, text: 'TypeError: no' }])
    expect(checked.of('user')?.faults).toMatchObject([{ line: 4 }])
    expect(checked.of('user')?.faults?.[0]?.text).toContain('did you mean register?')
    expect(checked.of('types')?.faults).toMatchObject([
      { line: 4, text: "Type 'string' is not assignable to type 'number'." },
    ])
    expect(checked.of('ends')?.faults?.[0]?.text).toContain('exit code 3')
    expect(checked.of('place')?.faults?.[0]?.text).toContain('a path of this machine')
    expect(Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]))).toEqual(
      before,
    )
  }, 60_000)

  it('names the nearest notebook, and a folder that is not there', async () => {
    write('04-flp.md', block('export {}'))
    const near = await run(['notebooks', 'flpp', '--dir', folder])
    expect(near).toMatchObject({ exitCode: 254, out: '' })
    expect(near.err).toContain("no notebook is called 'flpp'")
    expect(near.err).toContain('did you mean flp?')
    const nowhere = await run(['notebooks', '--dir', join(folder, 'none')])
    expect(nowhere).toMatchObject({ exitCode: 254, out: '' })
    expect((await run(['notebooks', './none.md'])).err).toContain('this notebook cannot be read')
  })
})
