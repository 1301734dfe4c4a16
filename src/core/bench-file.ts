import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { RunFile } from './run-file.ts'
import { makeFolder } from './run-folder.ts'
import { readSaved } from './saved-json.ts'
import { UserError } from './user-error.ts'

/** What the benchmarks measured, with the bars they are held against. */
export const BenchFile = z.strictObject({
  /** The version of this form. */
  bench: z.literal(1),
  synod: z.string(),
  /** UTC, ISO 8601. */
  started: z.iso.datetime(),
  machine: RunFile.shape.machine,
  rows: z
    .array(
      z.strictObject({
        work: z.string(),
        /** Absent where nothing could be measured. */
        figure: z.number().optional(),
        unit: z.string(),
        bar: z
          .strictObject({ sense: z.enum(['at most', 'at least']), value: z.number() })
          .optional(),
        faults: z.array(z.string()).readonly(),
        note: z.string(),
        standing: z.string(),
      }),
    )
    .readonly(),
})
export type BenchFile = Readonly<z.infer<typeof BenchFile>>

/** The file beside which nothing else lies in the folder of such a run. */
export const BENCH_FILE = 'bench.json'

/**
 * Writes what was measured into a new folder of `directory`, named after the time. Answers the
 * path of the file. @throws UserError if it cannot be written
 */
export async function saveBench(directory: string, bench: BenchFile): Promise<string> {
  const folder = join(directory, `${bench.started.slice(0, 19).replaceAll(':', '-')}-bench`)
  const path = join(folder, BENCH_FILE)
  try {
    await makeFolder(folder)
    await writeFile(path, `${JSON.stringify(BenchFile.parse(bench), null, 2)}\n`)
  } catch (cause) {
    throw new UserError(`the results cannot be written: ${(cause as Error).message}`, {
      where: directory,
      hint: 'name a folder that you may write to: --save DIR',
      cause,
    })
  }
  return path
}

/** Reads such a file back. @throws UserError if it is none */
export async function readBench(path: string): Promise<BenchFile> {
  return readSaved(path, BenchFile, {
    what: 'a file of benchmarks',
    version: 'bench',
    made: 'npm run bench -- --save DIR writes one',
  })
}
