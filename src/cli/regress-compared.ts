import { readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import type { RunFile } from '../core/results.ts'
import { readRun } from '../core/results.ts'
import type { Change } from '../core/run-compare.ts'
import type { Drift } from '../core/run-drift.ts'
import { sameKindOfMachine } from '../core/run-drift.ts'
import { jsonText } from '../core/run-folder.ts'

/** What differs from the accepted verdicts, and from the times of an earlier run. */
export interface Compared {
  readonly changes: readonly Change[]
  readonly drift: Drift | undefined
  /** The name of the earlier run. */
  readonly since: string | undefined
}

/** An earlier run, and how it is called. */
export interface EarlierRun {
  readonly run: RunFile
  readonly name: string
}

/**
 * The newest run of the command in a folder of runs that came to its end on a machine of this kind,
 * not counting the one at `except`.
 */
export async function earlierRun(
  directory: string,
  command: string,
  machine: RunFile['machine'],
  except?: string,
): Promise<EarlierRun | undefined> {
  const folders = await readdir(directory).catch((): readonly string[] => [])
  // Their names begin with the time.
  const names = folders.filter((name) => name.includes(`-${command}`)).sort(byTime)
  for (const name of names.reverse()) {
    const path = join(directory, name, 'run.json')
    if (path === except) continue
    // One that another version wrote, or that was killed before it began, says nothing.
    const run = await readRun(path).catch(() => undefined)
    if (run === undefined || run.command !== command || run.finished === false) continue
    if (sameKindOfMachine(run.machine, machine)) return { run, name }
  }
  return undefined
}

/** Several runs of one second are numbered, the tenth after the ninth: `...-regress-10`. */
function byTime(a: string, b: string): number {
  const [second, other] = [a, b].map((name) => name.replace(/-\d+$/, '')) as [string, string]
  if (second !== other) return second < other ? -1 : 1
  return a.length - b.length || (a < b ? -1 : 1)
}

/** A run that is named by its file or its folder. @throws UserError if it is none. */
export async function namedRun(path: string): Promise<EarlierRun> {
  const file = path.endsWith('.json') ? path : join(path, 'run.json')
  return { run: await readRun(file), name: basename(dirname(resolve(file))) }
}

/** Writes what was compared beside the run. */
export async function keepComparison(runFile: string, compared: Compared): Promise<void> {
  const { changes, drift, since } = compared
  const content = { comparison: 1, changes, ...(drift === undefined ? {} : { since, drift }) }
  await writeFile(join(dirname(runFile), 'comparison.json'), jsonText(content))
}
