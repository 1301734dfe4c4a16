import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { z } from 'zod'

import { Outcome, RunFile, RunRow } from './run-file.ts'
import { jsonText } from './run-folder.ts'
import { openRun, ROWS_FILE } from './run-writer.ts'
import type { SavedForm } from './saved-json.ts'
import { issueText, readSaved } from './saved-json.ts'
import { UserError } from './user-error.ts'

export { asExpected, RunFile, RunRow, unexpectedOf } from './run-file.ts'

/**
 * What the committed `results/baseline.json` holds: verdicts and counts, nothing that varies by
 * machine.
 */
export const Baseline = z.strictObject({
  baseline: z.literal(1),
  rows: z
    .array(
      z.strictObject({
        name: z.string(),
        outcome: Outcome,
        operations: z.number().int().nonnegative().optional(),
        violations: z.number().int().nonnegative().optional(),
        violated: z.string().optional(),
        counts: z.record(z.string(), z.number().int().nonnegative()).optional(),
      }),
    )
    .readonly(),
})
export type Baseline = Readonly<z.infer<typeof Baseline>>

/** The machine as far as it explains durations. */
export function thisMachine(): RunFile['machine'] {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  }
}

/** How a file is named in results: relative to the working directory, or by its last part alone. */
export function placeless(path: string, directory = process.cwd()): string {
  const inside = relative(directory, resolve(directory, path))
  const outside = inside === '' || inside.startsWith('..') || isAbsolute(inside)
  return outside ? basename(path) : inside.split(sep).join('/')
}

export interface SavedEvidence {
  /** The row it belongs to. */
  readonly name: string
  readonly content: unknown
}

/**
 * Writes a run that is finished and the evidence of its rows into a new folder of `directory`, as
 * `openRun` does. Answers the path of the run file.
 *
 * @throws UserError if the folder cannot be written.
 */
export async function saveRun(
  directory: string,
  run: RunFile,
  evidence: readonly SavedEvidence[] = [],
): Promise<string> {
  const { rows, seconds, finished: _, ...header } = run
  const contents = new Map(evidence.map(({ name, content }) => [name, content]))
  const writer = await openRun(directory, header)
  for (const row of rows) await writer.add(row, contents.get(row.name))
  await writer.finish(seconds)
  return writer.path
}

const RUN: SavedForm = {
  what: 'a run file',
  version: 'run',
  made: 'synod check --save DIR writes one',
}

const BASELINE: SavedForm = {
  what: 'a baseline',
  version: 'baseline',
  made: 'synod regress --update-baseline writes one',
}

/**
 * Reads a run file back. Of a run that was not finished it answers the rows that were, and as its
 * seconds those that they took. @throws UserError if it is not one.
 */
export async function readRun(path: string): Promise<RunFile> {
  const run = await readSaved(path, RunFile, RUN)
  if (run.finished !== false) return run
  const rows = await rowsSoFar(join(dirname(path), ROWS_FILE))
  return { ...run, rows, seconds: rows.reduce((sum, { seconds }) => sum + seconds, 0) }
}

/** Whole lines only: the last one may have been cut off. */
async function rowsSoFar(path: string): Promise<readonly RunRow[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  return lines.flatMap((line, at) => {
    if (line === '') return []
    const row = RunRow.safeParse(jsonOf(line))
    if (row.success) return [row.data]
    throw new UserError(`this is not a row of a run: ${issueText(row.error)}`, {
      where: `${path}:${at + 1}`,
      hint: 'was it written by another version of synod?',
    })
  })
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Reads a baseline. @throws UserError if it is not one. */
export async function readBaseline(path: string): Promise<Baseline> {
  return readSaved(path, Baseline, BASELINE)
}

/** The baseline that a run would be: sorted by name, so that changes are easy to read. */
export function baselineOf(rows: readonly RunRow[]): Baseline {
  const plain = rows.map(({ name, outcome, operations, violations, violated, counts }) => ({
    name,
    outcome,
    ...(operations === undefined ? {} : { operations }),
    ...(violations === undefined ? {} : { violations }),
    ...(violated === undefined ? {} : { violated }),
    ...(counts === undefined ? {} : { counts }),
  }))
  return { baseline: 1, rows: plain.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** Writes any result as JSON; for people with an indentation, for programs without. */
export async function writeJson(path: string, content: unknown, indentation = 2): Promise<void> {
  await writeFile(path, jsonText(content, indentation))
}
