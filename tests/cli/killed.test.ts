import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readRun } from '../../src/core/results.ts'
import { compiledProgram } from './compiled.ts'
import { newFolder } from './files.ts'
import type { Folder } from './files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const ENOUGH = 3

/** Starts a command that keeps its results, and kills it in the middle, as the power would. */
async function killed(command: string, which: readonly string[]): Promise<string> {
  const runs = join(folder.path, command)
  const args = [compiledProgram(), command, ...which, '--save', runs]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  const ended = once(child, 'close')
  const rows = join(runs, 'latest', 'rows.jsonl')
  const found = (): number =>
    existsSync(rows) ? readFileSync(rows, 'utf8').split('\n').length - 1 : 0
  for (let tries = 0; tries < 2000 && found() < ENOUGH; tries++) await sleep(10)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  return join(runs, 'latest', 'run.json')
}

describe('a command that is killed', () => {
  it.each([
    ['check', ['specs', 'quorums']],
    ['regress', ['specs', 'quorums']],
    ['claims', ['--group', 'Quorum systems']],
  ])('synod %s leaves what it had found, and says so', async (name, which) => {
    const path = await killed(name, which)
    const run = await readRun(path)
    expect(run).toMatchObject({ command: name, finished: false })
    expect(run.rows.length).toBeGreaterThanOrEqual(ENOUGH)
    for (const { name: row, evidence = '', replay } of run.rows) {
      const text = readFileSync(join(dirname(path), evidence), 'utf8')
      expect(JSON.parse(text), row).toBeTypeOf('object')
      expect(replay).toMatch(/^synod /)
    }
    // Nothing half written lies about.
    expect(readdirSync(dirname(path)).filter((file) => file.endsWith('.part'))).toEqual([])
  })
})
