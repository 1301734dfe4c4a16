import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { GOOD, newFolder, STALE } from './files.ts'
import type { Folder } from './files.ts'
import { compiledProgram, shell } from './compiled.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
  folder.write('good.jsonl', GOOD)
  folder.write('stale.jsonl', STALE)
  const model = (step: string): string => `({
    name: 'odd', summary: '', initial: () => 0,
    operations: Object.fromEntries(['read', 'write'].map((f) => [f, {
      value: { text: '', accepts: () => true }, result: { text: '', accepts: () => true } }])),
    step() { ${step} },
  })`
  folder.write(
    'odd.mjs',
    `export const wrong = ${model("throw new TypeError('no such state')")}
    export const late = ${model("setTimeout(() => { throw new Error('too late') }); return []")}
    export const endless = ${model('for (;;);')}`,
  )
})
afterAll(() => {
  folder.remove()
})

describe.concurrent('the program', () => {
  it.each([
    ['synod judge good.jsonl', 0],
    ['synod judge stale.jsonl', 1],
    ['synod judge none.jsonl stale.jsonl', 254],
    ['synod judge --no-such-option', 254],
    ['cat stale.jsonl | synod judge -', 1],
  ])('%s ends with %d', async (command, code) => {
    expect((await shell(command, folder.path)).exitCode).toBe(code)
  })

  it('prints results alone to standard output, also where nobody reads errors', async () => {
    const { out, err } = await shell('synod judge good.jsonl none.jsonl', folder.path)
    expect(out).toMatch(/^good\.jsonl: pass .*\n$/)
    expect(err).toMatch(/^error: none\.jsonl/)
  })

  it('does not mind a reader that goes away', async () => {
    const command = 'set -o pipefail; synod judge --json stale.jsonl good.jsonl stale.jsonl | true'
    expect(await shell(command, folder.path)).toEqual({ exitCode: 1, out: '', err: '' })
  })

  it.skipIf(!existsSync('/dev/full'))('says where it could not print, and why', async () => {
    const { exitCode, err } = await shell('synod judge good.jsonl > /dev/full', folder.path)
    expect(exitCode).toBe(254)
    expect(err).toMatch(
      /^error: standard output: this cannot be written: ENOSPC.*\n {2}try: is the/,
    )
  })

  it.each(['wrong', 'late'])(
    'ends with 255 and a stack when it fails itself (%s)',
    async (name) => {
      const command = `synod judge good.jsonl --model ./odd.mjs#${name}`
      const { exitCode, err } = await shell(command, folder.path)
      expect(exitCode).toBe(255)
      expect(err).toMatch(/Error: (no such state|too late)\n +at /)
      expect(err).toContain('This is a fault of synod')
    },
  )

  it('ends at once when it is interrupted, even in the middle of a search', async () => {
    const command = `
      set -m; synod judge good.jsonl --model ./odd.mjs#endless & sleep 1
      kill -INT -- -$!; wait $!`
    expect((await shell(command, folder.path)).exitCode).toBe(130)
  })
})

describe('the benches', () => {
  it.each([
    ['--help', 0, /Usage: npm run bench -- /, ''],
    ['--no-such-option', 254, '', /^error: unknown option '--no-such-option'\n$/],
    ['nonsense', 254, '', /^error: there is no theme nonsense\n {2}try: one of compared, /],
  ])('answer %s with %d', async (asked, code, said, complained) => {
    const bench = join(dirname(compiledProgram()), '../../bench/run.js')
    const ran = await shell(`'${process.execPath}' '${bench}' ${asked}`, folder.path)
    expect(ran).toEqual({
      exitCode: code,
      out: said === '' ? '' : (expect.stringMatching(said) as unknown),
      err: complained === '' ? '' : (expect.stringMatching(complained) as unknown),
    })
  })
})
