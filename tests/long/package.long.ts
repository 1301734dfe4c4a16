import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { packageFolder, synodVersion } from '../../src/core/package.ts'

/**
 * The package as its users get it: packed, and installed by npm in a copy of examples/my-protocol
 * that is otherwise empty.
 */
let folder = ''
const inFolder = (name: string): string => join(folder, name)

interface Ended {
  readonly code: number
  readonly output: string
}

function run(command: string, ...args: readonly string[]): Ended {
  try {
    const env = { ...process.env, NO_COLOR: '1', SYNOD_TEST_REPORT: undefined }
    const output = execFileSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env,
    })
    return { code: 0, output }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, output: stdout + stderr }
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synod-package-'))
  cpSync(join(packageFolder(), 'examples/my-protocol'), folder, { recursive: true })
  const packed = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    { cwd: packageFolder(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  // What a user would write, but for the version that is not published yet.
  const wanted = JSON.parse(readFileSync(inFolder('package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  expect(wanted.devDependencies['synod']).toBe(`^${synodVersion()}`)
  wanted.devDependencies['synod'] = `file:${filename}`
  writeFileSync(inFolder('package.json'), JSON.stringify(wanted))
  const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  const installed = run('npm', 'install', ...flags)
  expect(installed, installed.output).toMatchObject({ code: 0 })
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the packed tarball in an empty folder', () => {
  it('brings no tests, no sources and nothing of the machine it was packed on', () => {
    const inside = (name: string): boolean => existsSync(inFolder(`node_modules/synod/${name}`))
    expect(['dist/src/index.js', 'dist/src/index.d.ts', 'LICENSE', 'README.md'].every(inside)).toBe(
      true,
    )
    expect(['tests', 'src', 'dist/tests', 'dist/.tsbuildinfo', '.npmrc'].some(inside)).toBe(false)
  })

  it('has a command', () => {
    expect(run('npx', 'synod', '--version').output).toBe(`${synodVersion()}\n`)
    expect(run('npm', 'run', 'judge')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^history\.jsonl: pass linearizable \(/m) as string,
    })
  })

  it('judges the recordings that it came with', () => {
    const ended = run('npx', 'synod', 'check', 'histories', 'quorums')
    expect(ended, ended.output).toMatchObject({ code: 0 })
    expect(ended.output).toMatch(/(\d+) of \1 as expected/)
  })

  it('has a library', () => {
    writeFileSync(
      inFolder('use.mjs'),
      `import { judge, register, timeline } from 'synod'
      const history = timeline('a: [write 1] [write 2]\\nb:                       [read -> 1]')
      const { outcome, evidence } = await judge(history, { model: register() })
      console.log(outcome, evidence.violation.culprit)`,
    )
    expect(run('node', 'use.mjs').output).toBe('fail 2\n')
  })

  it('has types that a strict project compiles with', () => {
    const compiler = join(packageFolder(), 'node_modules/typescript/bin/tsc')
    const types = ['--types', 'node', '--typeRoots', join(packageFolder(), 'node_modules/@types')]
    const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--noEmit', ...types]
    writeFileSync(
      inFolder('use.ts'),
      `import { judge, register, timeline } from 'synod'
      import type { Judgement, Model } from 'synod'
      const model: Model = register()
      export const judged: Promise<Judgement> = judge(timeline('a: [write 1]'), { model })`,
    )
    // All our declarations, then the test with its matcher, without those of vitest itself.
    expect(run('node', compiler, ...options, 'use.ts').output).toBe('')
    const test = ['replicated-register.test.ts', '--allowImportingTsExtensions', '--skipLibCheck']
    expect(run('node', compiler, ...options, ...test).output).toBe('')
  })

  it('has a matcher: the tests of the example pass, and fail with the evidence', () => {
    const good = run('npm', 'test')
    expect(good, good.output).toMatchObject({ code: 0 })
    expect(good.output).toMatch(/3 passed/)

    const test = readFileSync(inFolder('replicated-register.test.ts'), 'utf8')
    writeFileSync(
      inFolder('replicated-register.test.ts'),
      test.replace("('leader')", "('nearest')"),
    )
    const bad = run('npm', 'test')
    expect(bad.code).toBe(1)
    expect(bad.output).toMatch(/recorded, model register: not linearizable/)
    expect(bad.output).toMatch(/client \d read \S+, but \S+ had been written and acknowledged/)
    expect(bad.output).toMatch(/\[read -> /)
  })
})
