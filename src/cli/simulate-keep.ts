import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { writeJsonlFile } from './simulate-write.ts'
import type { RunRow } from '../core/results.ts'
import { placeless, readRun, saveRun } from '../core/results.ts'
import { UserError } from '../core/user-error.ts'
import { writeEvents } from '../history/write-history.ts'
import { visibleLines } from '../report/visible.ts'
import { runOf } from './save.ts'
import { titleOf } from './simulate-asked.ts'
import { replayFile } from './simulate-file.ts'
import type { SimulateFlags } from './simulate-flags.ts'
import type { Simulated } from './simulate-run.ts'
import { outcomeOf } from './simulate-run.ts'
import type { Terminal } from './terminal.ts'

/** Writes all files that are asked for. Answers the path of the saved replay, if there is one. */
export async function keep(
  found: Simulated,
  flags: Pick<SimulateFlags, 'out' | 'trace' | 'html' | 'save' | 'time'>,
  terminal: Terminal,
): Promise<string | undefined> {
  const { told, small } = found
  const { out, trace, html, save } = flags
  const say = (text: string): void => {
    terminal.err(visibleLines(`${text}\n`))
  }
  if (told === undefined) {
    const asked = [out, trace, html].filter((file) => file !== undefined)
    if (asked.length > 0)
      say(`nothing failed, so there is no run to be written to ${asked.join(', ')}`)
  } else {
    if (out !== undefined) say(`${await writeEvents(told.run.history, out)} events in ${out}`)
    if (trace !== undefined) {
      await writeJsonlFile([told.run.header, ...told.run.trace], trace)
      say(`${told.run.trace.length} steps in ${trace}`)
    }
    if (html !== undefined) {
      const { runPageOf } = await import('./simulate-draw.ts')
      await written(html, runPageOf(found, small ?? told))
      say(`drawn in ${html}`)
    }
  }
  return save === undefined ? undefined : saved(found, save, flags, say)
}

/** The run file, and as its evidence the run that can be run again. */
async function saved(
  { subject, result, told, small }: Simulated,
  directory: string,
  { time }: Pick<SimulateFlags, 'time'>,
  say: (text: string) => void,
): Promise<string | undefined> {
  const [first] = result.failures
  const { ran, events, operations, faults } = result
  const row: RunRow = {
    name: titleOf(subject),
    outcome: outcomeOf(result),
    sentence: first?.sentence ?? 'nothing wrong was met',
    ...(first?.violated === undefined ? {} : { violated: first.violated }),
    counts: { seeds: ran, failed: result.failures.length, events, operations, faults },
    seconds: Number(result.seconds.toFixed(6)),
  }
  const bounds = time === undefined ? {} : { seconds: time }
  const started = new Date(Date.now() - result.seconds * 1000)
  const best = small ?? told
  const evidence =
    best === undefined ? [] : [{ name: row.name, content: replayFile(subject, best) }]
  const path = await saveRun(directory, runOf('simulate', started, bounds, [row]), evidence)
  say(`saved in ${path}`)
  const file = (await readRun(path)).rows[0]?.evidence
  return file === undefined ? undefined : placeOf(join(dirname(path), file))
}

/** As it can be typed here: a path within this directory is told without it. */
function placeOf(path: string): string {
  const inside = placeless(path)
  return inside.includes('/') ? inside : path
}

async function written(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    throw new UserError(`this cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: 'name a file in a folder that exists: --html run.html',
      cause,
    })
  }
}
