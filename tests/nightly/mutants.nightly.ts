import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../mutants/areas.ts'

const COPIED = [
  'src',
  'specs',
  'checkers',
  'suites',
  'results',
  'tests',
  'examples',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]
const LINKED = ['node_modules', 'dist']

describe('mutants of', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'synod-mutants-'))
    for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true })
    // Tests that start the compiled program start the one without a mistake.
    for (const name of LINKED) symlinkSync(join(process.cwd(), name), join(folder, name))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs tests in the copy. */
  const runTests = (tests: readonly string[]) => {
    const vitest = join('node_modules', 'vitest', 'vitest.mjs')
    const run = spawnSync(process.execPath, [vitest, 'run', '--bail=1', ...tests], {
      cwd: folder,
      encoding: 'utf8',
      // The fast tests have to notice it, with as many cases as they have by day.
      env: { ...process.env, SYNOD_TIMES: undefined, SYNOD_TEST_REPORT: undefined },
    })
    return { passed: run.status === 0, output: run.stdout + run.stderr }
  }

  describe.each(Object.entries(areas))('%s', (_, { tests, mutants }) => {
    beforeAll(() => {
      const { passed, output } = runTests(tests)
      expect(passed, `the tests pass without a mistake: ${output}`).toBe(true)
    })

    it.each(mutants)('$file: $mistake', ({ file, search, replacement }) => {
      const path = join(folder, file)
      const original = readFileSync(path, 'utf8')
      expect(original.split(search), `'${search}' is there once`).toHaveLength(2)
      writeFileSync(
        path,
        original.replace(search, () => replacement),
      )
      try {
        const { passed, output } = runTests(tests)
        expect(passed).toBe(false)
        // It was noticed, and not just a file that could not be read any more.
        expect(output).not.toMatch(/Transform failed|SyntaxError|Cannot find module/)
      } finally {
        writeFileSync(path, original)
      }
    })
  })
})
