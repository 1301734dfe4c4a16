import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register } from '../checkers/models/register.ts'
import { generate } from '../src/history/generate.ts'
import { readEvents } from '../src/history/read-history.ts'
import { writeHistory } from '../src/history/write-history.ts'
import type { Theme } from './row.ts'
import { atLeast, atMost } from './row.ts'

const PASSES = 5

/** Reads and validates a file of 400,000 and one of 1,600,000 events, keeping none of them. */
export const reading: Theme = async (report) => {
  const folder = await mkdtemp(join(tmpdir(), 'synod-bench-'))
  try {
    const small = await written(join(folder, 'small.jsonl'), 200_000)
    const big = await written(join(folder, 'big.jsonl'), 800_000)
    let best = 0
    for (let pass = 0; pass < PASSES; pass++) {
      const started = performance.now()
      const { events } = await drain(small)
      best = Math.max(best, events / ((performance.now() - started) / 1000))
    }
    const work = 'reading and validating JSONL'
    const note = `best of ${PASSES} passes over 400,000 events`
    report({ work, figure: best, unit: 'events/s', bar: atLeast(300_000), faults: [], note })

    const { peak: once } = await drain(small)
    const { peak: fourTimes } = await drain(big)
    report({
      work: 'reading JSONL: memory, four times the events',
      figure: fourTimes / once,
      unit: 'times',
      bar: atMost(1.5),
      faults: [],
      note: `heap in use at most ${megabytes(once)}, then ${megabytes(fourTimes)}`,
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function written(file: string, operations: number): Promise<string> {
  const options = { seed: 1, operations, clients: 10, keys: 10, crashes: 1 }
  await writeHistory(generate({ model: register, ...options }), file)
  return file
}

/** How many events there were, and the most heap that was in use, looked at now and then. */
async function drain(file: string): Promise<{ events: number; peak: number }> {
  let events = 0
  let peak = 0
  for await (const event of readEvents(file)) {
    if (event.type.length > 0) events++
    if (events % 20_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
  }
  return { events, peak }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`
}
