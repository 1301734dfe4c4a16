import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { RunFile, RunRow } from '../core/results.ts'
import { readRun } from '../core/results.ts'
import { UserError } from '../core/user-error.ts'

/** A run that was read, with its folder. */
export interface ReadRun {
  readonly folder: string
  readonly run: RunFile
}

/** A row with the run that it is from, under a name that says of which suite it is. */
export interface KnownRow {
  readonly name: string
  readonly row: RunRow
  readonly from: ReadRun
}

/** Older ones of the same command say nothing that a newer one does not. */
const MOST_RUNS = 12

/** Whatever a run folder may be called: the time, the command, perhaps a number. */
const FOLDER = /^\d{4}-\d\d-\d\dT[\d-]+-([a-z]+)(?:-\d+)?$/

/**
 * The saved runs of a folder, the newest first. What cannot be read is left out, and told.
 *
 * @throws UserError if the folder cannot be read at all
 */
export async function readRuns(
  directory: string,
  mind: (warning: string) => void,
): Promise<readonly ReadRun[]> {
  const names = await foldersOf(directory)
  const seen = new Map<string, number>()
  const runs: ReadRun[] = []
  for (const name of names) {
    const command = FOLDER.exec(name)?.[1]
    if (command === undefined || command === 'bench') continue
    const count = (seen.get(command) ?? 0) + 1
    if (count > MOST_RUNS) continue
    const folder = join(directory, name)
    try {
      runs.push({ folder, run: await readRun(join(folder, 'run.json')) })
      seen.set(command, count)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      mind(`left out: ${error.where ?? folder}: ${error.message}`)
    }
  }
  return runs
}

/** The names in a folder, the newest first. */
export async function foldersOf(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .reverse()
  } catch (cause) {
    throw new UserError('no saved runs can be read here', {
      where: directory,
      hint: 'synod check --save DIR makes one; then name it: --runs DIR',
      cause,
    })
  }
}

/**
 * The newest row of each name. Of runs that are not the newest of their command only those rows
 * count that are still in a suite: a run of a few names takes nothing away from one of all.
 */
export function newestRows(
  runs: readonly ReadRun[],
  isKnown: (name: string) => boolean,
): readonly KnownRow[] {
  const rows = new Map<string, KnownRow>()
  const commands = new Set<string>()
  for (const from of runs) {
    const { command } = from.run
    const newest = !commands.has(command)
    commands.add(command)
    for (const row of from.run.rows) {
      const name = fullName(command, row.name)
      if (rows.has(name) || !(newest || isOwn(command) || isKnown(name))) continue
      rows.set(name, { name, row, from })
    }
  }
  return [...rows.values()]
}

/** What is judged or simulated by hand is in no suite. */
function isOwn(command: string): boolean {
  return command === 'judge' || command === 'simulate' || command === 'maelstrom'
}

/** `valency/paxos/2-processes`: some commands leave out what all of their rows would begin with. */
function fullName(command: string, name: string): string {
  const suite = { valency: 'valency', judge: 'judged', simulate: 'simulated' }[command] ?? ''
  const first = command === 'maelstrom' ? 'maelstrom' : suite
  return first === '' || name.startsWith(`${first}/`) ? name : `${first}/${name}`
}

/**
 * The evidence of a row as it was saved; `undefined` if there is none. What cannot be read is told.
 */
export async function evidenceOf(
  { row, from }: KnownRow,
  mind: (warning: string) => void = () => undefined,
): Promise<unknown> {
  const { evidence } = row
  if (evidence === undefined) return undefined
  const path = join(from.folder, evidence)
  // Only what lies beside the run file: a name out of a file leads nowhere else.
  if (/[/\\]/.test(evidence) || evidence.startsWith('.')) {
    mind(`not drawn: ${from.folder}: evidence lies beside run.json, and ${evidence} does not`)
    return undefined
  }
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch {
    mind(`not drawn: ${path}: this evidence cannot be read; ${row.replay ?? 'run it again'}`)
    return undefined
  }
}

/** What a Maelstrom run was of. */
export async function programOf({ from }: KnownRow): Promise<string> {
  try {
    const text = await readFile(join(from.folder, 'results.json'), 'utf8')
    const { program } = JSON.parse(text) as { readonly program?: unknown }
    return typeof program === 'string' ? program : ''
  } catch {
    return ''
  }
}
