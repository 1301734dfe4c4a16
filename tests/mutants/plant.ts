import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MutantArea } from './mutant.ts'

const COPIED = [
  'src',
  'specs',
  'impls',
  'checkers',
  'suites',
  'results',
  'bench',
  'tests',
  'examples',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]
const LINKED = ['node_modules', 'dist']

interface Ran {
  readonly passed: boolean
  /** Whether it was not stopped. */
  readonly ended: boolean
  readonly output: string
  readonly ms: number
}

/** Plants each mutant of some areas in a copy of the project, and asks its tests to notice. */
export function plantMutants(areas: Readonly<Record<string, MutantArea>>): void {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'synod-mutants-'))
    // Results of runs are large, and no test looks at them.
    const filter = (path: string): boolean => !/^results[\\/]runs/.test(path)
    for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true, filter })
    // Tests that start the compiled program start the one without a mistake.
    for (const name of LINKED) symlinkSync(join(process.cwd(), name), join(folder, name))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  describe.each(Object.entries(areas))('%s', (_, { tests, mutants }) => {
    let usual = 0
    beforeAll(async () => {
      const { passed, output, ms } = await runTests(folder, tests)
      expect(passed, `the tests pass without a mistake: ${output}`).toBe(true)
      usual = ms
    })

    it.each(mutants)('$file: $mistake', async ({ file, search, replacement }) => {
      const path = join(folder, file)
      const original = readFileSync(path, 'utf8')
      expect(original.split(search), `'${search}' is there once`).toHaveLength(2)
      writeFileSync(
        path,
        original.replace(search, () => replacement),
      )
      try {
        const { passed, ended, output } = await runTests(folder, tests, 120_000 + 10 * usual)
        expect(ended, 'the tests come to an end').toBe(true)
        expect(passed).toBe(false)
        // It was noticed, and not just a file that could not be read any more.
        expect(output).not.toMatch(/Transform failed|SyntaxError: (?!.*JSON)|Cannot find module/)
      } finally {
        writeFileSync(path, original)
      }
    })
  })
}

/** Runs tests in the copy, for so many milliseconds at most. */
async function runTests(folder: string, tests: readonly string[], most = Infinity): Promise<Ran> {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const started = performance.now()
  const child = spawn(process.execPath, [vitest, 'run', '--bail=1', ...tests], {
    cwd: folder,
    // The fast tests have to notice it, with as many cases as they have by day.
    env: { ...process.env, SYNOD_TIMES: undefined, SYNOD_TEST_REPORT: undefined, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as what a mistake makes go on for ever may be a process of a process.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  let ended = true
  const limit = setTimeout(
    () => {
      ended = false
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    },
    Math.min(most, 2 ** 31 - 1),
  )
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(limit)
  return { passed: code === 0, ended, output, ms: performance.now() - started }
}
