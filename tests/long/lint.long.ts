import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'

const eslint = new ESLint({ cwd: packageFolder() })

/** The rules that a file breaks if its text is this. */
async function broken(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId)
}

const long = `export function long(): number {\n${'  Math.random()\n'.repeat(80)}  return 1\n}\n`
const FILE = 'src/core/json.ts'

describe('the lint rules bite', () => {
  it.each([
    ['a function that fits no screen', FILE, long, 'max-lines-per-function'],
    [
      'an arrow in the wrong direction',
      FILE,
      "export * from '../history/history.ts'\n",
      'synod/arrows',
    ],
    [
      'code named at run time',
      FILE,
      'export const load = (name: string): unknown => import(name)\n',
      'no-restricted-syntax',
    ],
    [
      'any',
      FILE,
      'export const a = (b: any): number => Number(b)\n',
      '@typescript-eslint/no-explicit-any',
    ],
    [
      'a promise that nobody waits for',
      FILE,
      'export const a = (b: Promise<void>): void => {\n  b.then(() => 1)\n}\n',
      '@typescript-eslint/no-floating-promises',
    ],
    [
      'a shortcut outside of hot loops',
      FILE,
      'export const a = (b: number[]): number => b[0]!\n',
      '@typescript-eslint/no-non-null-assertion',
    ],
  ])('%s', async (_, path, text, rule) => {
    expect(await broken(path, text)).toContain(rule)
  })

  it('but numbers in templates are fine, and shortcuts in hot loops', async () => {
    expect(await broken(FILE, 'export const a = (b: number): string => `${b}`\n')).toEqual([])
    const hot = 'export const a = (b: number[]): number => b[0]!\n'
    expect(await broken('src/linearize/events.ts', hot)).toEqual([])
  })
})
