import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { BENCH_FILE, readBench } from '../core/bench-file.ts'
import type { BenchFile } from '../core/bench-file.ts'
import { UserError } from '../core/user-error.ts'
import type { Bench, BenchRow } from '../report/report/content.ts'
import { foldersOf } from './report-runs.ts'

/** More are not looked through for an earlier figure. */
const MOST = 20

/**
 * The newest figures of each work on the machine of the newest run, each with how many times as
 * good it is as in the run before.
 */
export async function benchOf(
  directory: string,
  mind: (warning: string) => void,
): Promise<Bench | undefined> {
  const files: BenchFile[] = []
  for (const name of await foldersOf(directory)) {
    const path = join(directory, name, BENCH_FILE)
    if (!/^[\dT-]+-bench$/.test(name) || !existsSync(path) || files.length >= MOST) continue
    try {
      files.push(await readBench(path))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      mind(`left out: ${path}: ${error.message}`)
    }
  }
  const [newest] = files
  if (newest === undefined) return undefined
  const same = files.filter((file) => sameMachine(file, newest))
  const works = new Set(same.flatMap(({ rows }) => rows.map(({ work }) => work)))
  const { cpu, cores, node } = newest.machine
  return {
    machine: `${cpu}, ${cores} cores, Node ${node}`,
    started: newest.started,
    rows: [...works].map((work) => rowOf(work, same)),
  }
}

function sameMachine({ machine: one }: BenchFile, { machine: other }: BenchFile): boolean {
  return one.cpu === other.cpu && one.cores === other.cores
}

/** Newest first: the first file that has the work counts, the next one is the run before. */
function rowOf(work: string, files: readonly BenchFile[]): BenchRow {
  const found = files.flatMap(({ rows }) => rows.filter((row) => row.work === work))
  const [row, earlier] = found.filter(({ figure }, at) => figure !== undefined || at === 0)
  if (row === undefined) throw new Error('a work that is in no file')
  const { figure, unit, bar, standing, note, faults } = row
  const before = earlier === undefined ? undefined : beforeOf(row, earlier)
  return {
    work,
    unit,
    standing,
    note: [...faults, note].join('; '),
    ...(figure === undefined ? {} : { figure }),
    ...(bar === undefined ? {} : { bar }),
    ...(before === undefined ? {} : { before }),
  }
}

interface Measured {
  readonly figure?: number | undefined
  readonly unit: string
  readonly bar?: { readonly sense: 'at most' | 'at least' } | undefined
}

/** How many times as good it is: of times and sizes, and of what has a bar above it, less is. */
export function beforeOf(now: Measured, before: Measured): number | undefined {
  const [figure = 0, earlier = 0] = [now.figure, before.figure]
  if (figure <= 0 || earlier <= 0) return undefined
  const isLessBetter =
    now.bar === undefined ? ['s', 'ms', 'MB'].includes(now.unit) : now.bar.sense === 'at most'
  return isLessBetter ? earlier / figure : figure / earlier
}
