import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { RunFile } from './run-file.ts'
import type { RunRow } from './run-file.ts'
import { fileName, jsonText, newFolder, pointLatest, writeWhole } from './run-folder.ts'
import { UserError } from './user-error.ts'

/** What is known of a run before anything was found. */
export type RunHeader = Omit<RunFile, 'rows' | 'seconds' | 'finished'>

/** Where rows of a run that is not finished are, beside its `run.json`: one a line. */
export const ROWS_FILE = 'rows.jsonl'

/**
 * Keeps what a run finds as it is found, so that nothing of it is lost when the process is killed.
 */
export interface RunWriter {
  /** The run file, which can be read at any time. */
  readonly path: string
  /**
   * Keeps a row, and the evidence in a file of its own, where there is some. Answers the row with
   * the name of that file.
   */
  add(row: RunRow, evidence?: unknown): Promise<RunRow>
  /** Nothing more is to come. */
  finish(seconds: number): Promise<void>
}

/**
 * Begins a run in a new folder of `directory`, named after the time and the command, and points
 * `latest` there. The folder holds `run.json`, which says that the run is not finished until it is,
 * `rows.jsonl` with a line for each row as it comes, and the evidence.
 *
 * @throws UserError if the folder cannot be written; so do the functions that write more.
 */
export async function openRun(directory: string, header: RunHeader): Promise<RunWriter> {
  const begun = RunFile.parse({ ...header, seconds: 0, finished: false, rows: [] })
  const rows: RunRow[] = []
  const folder = await told(directory, async () => {
    const name = await newFolder(directory, `${fileName(header.started)}-${header.command}`)
    await writeWhole(join(directory, name, 'run.json'), jsonText(begun))
    await writeFile(join(directory, name, ROWS_FILE), '')
    await pointLatest(directory, name)
    return join(directory, name)
  })
  const path = join(folder, 'run.json')
  return {
    path,
    async add(row, evidence) {
      const file = `${rows.length + 1}-${fileName(row.name)}.json`
      const whole = evidence === undefined ? row : { ...row, evidence: file }
      rows.push(whole)
      await told(directory, async () => {
        // Orders of thousands of operations would be as many lines.
        if (evidence !== undefined) await writeFile(join(folder, file), jsonText(evidence, 0))
        await appendFile(join(folder, ROWS_FILE), jsonText(whole, 0))
      })
      return whole
    },
    async finish(seconds) {
      const { finished: _, ...rest } = begun
      const run = RunFile.parse({ ...rest, seconds, rows })
      await told(directory, () => writeWhole(path, jsonText(run)))
    },
  }
}

async function told<Result>(directory: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`the results cannot be written: ${message}`, {
      where: directory,
      hint: 'name a folder that you may write to: --save DIR',
      cause,
    })
  }
}
