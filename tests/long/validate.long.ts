import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { shell } from '../cli/compiled.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

interface Found {
  readonly outcome: string
  readonly matched: number
  readonly actions: number
  readonly misfit?: unknown
}

async function validated(protocol: string, args: string): Promise<Found> {
  const traces = `${folder.path}/${protocol}`
  const run = await shell(`synod run ${protocol} ${args} --trace-dir ${traces}`, folder.path)
  expect(run.exitCode).toBe(0)
  const { out } = await shell(`synod validate ${traces} --json`, folder.path)
  return JSON.parse(out) as Found
}

describe('what real processes did while they were killed', () => {
  it.each(['raft', 'multi-paxos', 'zab', 'abd', 'paxos', 'two-phase-commit'])(
    '%s: is a behaviour of the spec',
    async (protocol) => {
      const found = await validated(protocol, '--for 3s --kill-every 1s --rate 100 --seed 1')
      expect(found.misfit).toBeUndefined()
      expect(found.outcome).toBe('pass')
      expect(found.actions).toBeGreaterThan(5)
    },
  )
})

it('a trace that was written by the simulator is the same from a file', async () => {
  const file = `${folder.path}/raft.jsonl`
  await shell(`synod simulate raft --seed 3 --trace ${file}`, folder.path)
  const { out, exitCode } = await shell(`synod validate ${file} --json`, folder.path)
  expect(exitCode).toBe(0)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length
  expect((JSON.parse(out) as Found).matched).toBe(lines - 1)
})
