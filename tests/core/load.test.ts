import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { isModuleReference, load, parseReference } from '../../src/core/load.ts'
import { packageFolder } from '../../src/core/package.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synod-load-'))
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text)
  }
  write('mine.mjs', 'export const register = 1\nexport const queue = 2\n')
  write('broken.mjs', "throw new Error('no database')\n")
  write('empty.mjs', 'export {}\n')
  mkdirSync(join(folder, 'node_modules/some-package'), { recursive: true })
  write('node_modules/some-package/package.json', '{ "name": "some-package", "main": "a.js" }')
  write('node_modules/some-package/a.js', 'exports.answer = 42')
  write('typed.ts', "import { two } from './two.js'\nexport const four: number = two + two\n")
  write('two.ts', 'export const two: number = 2\n')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('a module reference', () => {
  it('is a module and the name of an export', () => {
    expect(parseReference('./a#b.js#raft')).toEqual({ module: './a#b.js', name: 'raft' })
  })

  it.each(['./a.js', '#raft', './a.js#'])('%s is none', (text) => {
    expect(() => parseReference(text)).toThrow(/does not name an export/)
  })

  it('is told apart from the name of something built in', () => {
    expect(['./a.js', 'a.ts', 'pack#raft', '/a/b', '../a'].every(isModuleReference)).toBe(true)
    expect(['raft', 'cas-register', 'a.b'].some(isModuleReference)).toBe(false)
  })

  it('finds exports of files and packages', async () => {
    expect(await load('./mine.mjs#register', folder)).toBe(1)
    expect(await load('mine.mjs#queue', folder)).toBe(2)
    expect(await load('some-package#answer', folder)).toBe(42)
  })

  it.each([
    ['./none.mjs#a', 'there is no such file', 'relative to the directory'],
    ['none#a', 'neither a file nor an installed package', 'npm install none'],
    ['./mine.mjs#regsiter', "no export 'regsiter'", 'did you mean ./mine.mjs#register?'],
    ['./mine.mjs#other', "no export 'other'", 'it exports queue, register'],
    ['./empty.mjs#a', "no export 'a'", 'it exports nothing'],
    ['./broken.mjs#a', 'fails while it loads: Error: no database', 'run it alone'],
  ])('%s: %s', async (text, fact, hint) => {
    await expect(load(text, folder)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(fact) as string,
      hint: expect.stringContaining(hint) as string,
    })
  })
})

/** Loads as the compiled program does: the test runner understands TypeScript by itself. */
function loadCompiled(text: string): string {
  const compiled = pathToFileURL(join(packageFolder(), 'dist/src/core/load.js')).href
  const script = `
    import { load } from '${compiled}'
    load('${text}').then(console.log, (error) => console.log(error.text))`
  const args = ['--no-warnings', '--input-type=module', '-e', script]
  return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).trim()
}

describe('a module in TypeScript', () => {
  const alone = !('typescript' in process.features)

  it.runIf(alone)('needs the user’s own compiler where Node has none, and says so', () => {
    const text = loadCompiled('./typed.ts#four')
    expect(text).toMatch(/typed\.ts: Node v20\S* cannot load TypeScript by itself/)
    expect(text).toContain('npm install typescript')
  })

  it.runIf(alone)('is translated by the user’s own compiler', () => {
    const compiler = join(folder, 'node_modules/typescript')
    symlinkSync(join(packageFolder(), 'node_modules/typescript'), compiler)
    expect(loadCompiled('./typed.ts#four')).toBe('4')
  })
})
