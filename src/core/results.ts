import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { z } from 'zod'

import { UserError } from './user-error.ts'

const Outcome = z.enum(['pass', 'fail', 'unknown'])

/** One line of a run: what was checked and what came out. */
export const RunRow = z.strictObject({
  /** Names the row within the run: `etcd-ser-partition/linearizable`. */
  name: z.string(),
  outcome: Outcome,
  /** Absent where nothing was expected. */
  expected: Outcome.optional(),
  /** How many violations were found, and how many were expected. */
  violations: z.number().int().nonnegative().optional(),
  expectedViolations: z.number().int().nonnegative().optional(),
  /** The first claim that is false, and which it should be. */
  violated: z.string().optional(),
  expectedViolated: z.string().optional(),
  /** What was counted, by name, and what it should be: states, steps, levels. */
  counts: z.record(z.string(), z.number().int().nonnegative()).optional(),
  expectedCounts: z.record(z.string(), z.number().int().nonnegative()).optional(),
  /** The outcome in one sentence. */
  sentence: z.string(),
  condition: z.string().optional(),
  model: z.string().nullable().optional(),
  engine: z.string().optional(),
  operations: z.number().int().nonnegative().optional(),
  seconds: z.number().nonnegative(),
  /** A file beside the run file that holds the whole evidence. */
  evidence: z.string().optional(),
})
export type RunRow = Readonly<z.infer<typeof RunRow>>

/**
 * What a command found, on which machine, within which bounds. Names no host and no absolute path.
 */
export const RunFile = z.strictObject({
  /** The version of this form. */
  run: z.literal(1),
  synod: z.string(),
  command: z.string(),
  /** UTC, ISO 8601. */
  started: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  seed: z.number().int().optional(),
  bounds: z.strictObject({
    seconds: z.number().positive().optional(),
    bytes: z.number().positive().optional(),
    steps: z.number().positive().optional(),
  }),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.number().int().positive(),
    memoryBytes: z.number().int().positive(),
    system: z.string(),
    node: z.string(),
  }),
  rows: z.array(RunRow).readonly(),
})
export type RunFile = Readonly<z.infer<typeof RunFile>>

/** True if the row came out as it should; also if nothing was expected. */
export function asExpected(row: RunRow): boolean {
  const { outcome, expected = outcome, violations, expectedViolations = violations } = row
  return outcome === expected && violations === expectedViolations && unexpectedOf(row).length === 0
}

/** What came out otherwise than expected besides the outcome: `288 distinctStates, not 289`. */
export function unexpectedOf(row: RunRow): readonly string[] {
  const { violated, expectedViolated = violated, counts = {}, expectedCounts = {} } = row
  const wrong = Object.entries(expectedCounts).filter(([name, count]) => counts[name] !== count)
  return [
    ...(violated === expectedViolated ? [] : [`'${violated ?? 'nothing'}' is violated first`]),
    ...wrong.map(([name, count]) => `${counts[name] ?? 'no'} ${name}, not ${count}`),
  ]
}

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
 * Writes a run and the evidence of its rows into a new folder of `directory`, named after the time
 * and the command, and points `latest` there. Answers the path of the run file.
 *
 * @throws UserError if the folder cannot be written.
 */
export async function saveRun(
  directory: string,
  run: RunFile,
  evidence: readonly SavedEvidence[] = [],
): Promise<string> {
  const files = new Map(evidence.map(({ name }, at) => [name, `${at + 1}-${fileName(name)}.json`]))
  const rows = run.rows.map((row) => {
    const file = files.get(row.name)
    return file === undefined ? row : { ...row, evidence: file }
  })
  const whole = RunFile.parse({ ...run, rows })
  try {
    const folder = await newFolder(directory, `${fileName(run.started)}-${run.command}`)
    for (const { name, content } of evidence) {
      // Orders of thousands of operations would be as many lines.
      await writeJson(join(directory, folder, files.get(name) ?? name), content, 0)
    }
    const path = join(directory, folder, 'run.json')
    await writeJson(path, whole)
    await pointLatest(directory, folder)
    return path
  } catch (cause) {
    throw new UserError(`the results cannot be written: ${messageOf(cause)}`, {
      where: directory,
      hint: 'name a folder that you may write to: --save DIR',
      cause,
    })
  }
}

/** Reads a run file back. @throws UserError if it is not one. */
export async function readRun(path: string): Promise<RunFile> {
  return parsed(RunFile, path, 'a run file')
}

/** Reads a baseline. @throws UserError if it is not one. */
export async function readBaseline(path: string): Promise<Baseline> {
  return parsed(Baseline, path, 'a baseline')
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
  // Typed arrays, which orders of many operations are, become plain lists.
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Int32Array ? [...value] : value
  await writeFile(path, `${JSON.stringify(content, plain, indentation)}\n`)
}

async function parsed<Content>(
  schema: z.ZodType<Content>,
  path: string,
  what: string,
): Promise<Content> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new UserError(`this cannot be read as ${what}: ${messageOf(cause)}`, {
      where: path,
      hint: 'is it a file that --save wrote?',
      cause,
    })
  }
  const result = schema.safeParse(content)
  if (result.success) return result.data
  throw new UserError(`this is not ${what}: ${z.prettifyError(result.error)}`, {
    where: path,
    hint: 'was it written by another version of synod?',
  })
}

/** A folder that was not there before: two runs may start in the same second. */
async function newFolder(directory: string, name: string): Promise<string> {
  await mkdir(directory, { recursive: true })
  for (let attempt = 1; ; attempt++) {
    const folder = attempt === 1 ? name : `${name}-${attempt}`
    try {
      await mkdir(join(directory, folder))
      return folder
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    }
  }
}

async function pointLatest(directory: string, folder: string): Promise<void> {
  const link = join(directory, 'latest')
  try {
    await rm(link, { force: true })
    await symlink(folder, link)
  } catch {
    // A convenience only: some file systems have no links.
  }
}

function fileName(text: string): string {
  return text
    .replace(/\.\d+Z$/, '')
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
