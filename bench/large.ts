import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from '../src/history/generate.ts'
import { modelNamed } from '../checkers/models/index.ts'
import { writeHistory } from '../src/history/write-history.ts'
import type { OneDecision } from './large-one.ts'
import type { Theme } from './row.ts'
import { atMost } from './row.ts'

interface Large {
  readonly work: string
  readonly model: string
  readonly clients: number
  readonly keys?: number
  readonly only?: readonly string[]
  readonly seconds: number
  readonly megabytes?: number
}

const OPERATIONS = 1_000_000

const CASES: readonly Large[] = [
  { work: 'register, 2 clients', model: 'register', clients: 2, seconds: 1, megabytes: 600 },
  { work: 'register, 50 clients', model: 'register', clients: 50, seconds: 1, megabytes: 600 },
  { work: 'kv, 10 keys, 10 clients', model: 'register', clients: 10, keys: 10, seconds: 2 },
  {
    work: 'queue, 10 clients',
    model: 'queue',
    clients: 10,
    only: ['enqueue', 'dequeue'],
    seconds: 2,
  },
  { work: 'stack, 10 clients', model: 'stack', clients: 10, only: ['push', 'pop'], seconds: 4 },
]

const CHILD = fileURLToPath(new URL('large-one.js', import.meta.url))

/**
 * A million operations with unique values, written to a file and read by a fresh process, so that
 * its memory is that of one judgement; the time is of the decision, without reading, not warmed up.
 */
export const large: Theme = async (report) => {
  const folder = await mkdtemp(join(tmpdir(), 'synod-bench-'))
  try {
    for (const { work, model, clients, keys, only, seconds, megabytes } of CASES) {
      const file = join(folder, 'history.jsonl')
      await writeHistory(
        generate({
          model: modelNamed(model),
          seed: 1,
          operations: OPERATIONS,
          clients,
          thinkNs: 0,
          ...(keys === undefined ? {} : { keys }),
          ...(only === undefined ? {} : { only }),
        }),
        file,
      )
      const child = spawnSync(process.execPath, [CHILD, file, model], { encoding: 'utf8' })
      if (child.status !== 0) throw new Error(`${work}: ${child.stderr}`)
      const one = JSON.parse(child.stdout) as OneDecision
      const faults = one.outcome === 'pass' ? [] : [`${work}: ${one.outcome} instead of pass`]
      const cpu = `${one.decideCpuSeconds.toFixed(2)} s CPU`
      const note = `cold; ${cpu}; ${one.engine}; with evidence ${one.checkSeconds.toFixed(2)} s`
      const row = { work: `${work}: 10^6 operations`, faults, note }
      report({ ...row, figure: one.decideSeconds, unit: 's', bar: atMost(seconds) })
      if (megabytes === undefined) continue
      const reading = `${one.readSeconds.toFixed(1)} s to read`
      const peak = `peak of a process that reads and decides; ${reading}`
      const memory = { work: `${work}: memory`, figure: one.peakMegabytes, unit: 'MB' } as const
      report({ ...memory, bar: atMost(megabytes), faults: [], note: peak })
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}
