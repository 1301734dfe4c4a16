import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { packageFolder } from '../core/package.ts'
import type { Baseline, RunRow } from '../core/results.ts'
import { baselineOf, readBaseline } from '../core/results.ts'
import { jsonText, writeWhole } from '../core/run-folder.ts'
import { UserError } from '../core/user-error.ts'
import type { RegressFlags } from './regress-command.ts'

/** The verdicts that are accepted: the committed ones, unless others are named. */
export async function baselineFor({
  baseline,
  host,
  updateBaseline,
}: Pick<RegressFlags, 'baseline' | 'host' | 'updateBaseline'>): Promise<Baseline | undefined> {
  const path = baseline ?? committedBaseline()
  // What is to be written need not be there; a package does not come with the committed one.
  const mayBeMissing = baseline === undefined || updateBaseline === true
  if (mayBeMissing && !existsSync(path)) return undefined
  // Real processes are not deterministic.
  return host === 'processes' && baseline === undefined ? undefined : readBaseline(path)
}

export function committedBaseline(): string {
  return join(packageFolder(), 'results', 'baseline.json')
}

/**
 * Writes what came out as the verdicts that are accepted. Rows of the old ones stay unless they are
 * in the scope of what was run.
 *
 * @throws UserError if it cannot be written.
 */
export async function writeBaseline(
  path: string,
  old: Baseline | undefined,
  rows: readonly RunRow[],
  inScope: (name: string) => boolean,
): Promise<void> {
  const stay = (old?.rows ?? []).filter(({ name }) => !inScope(name))
  const fresh = baselineOf(rows.map(withoutSeeds)).rows
  const all = [...stay, ...fresh].sort((a, b) => (a.name < b.name ? -1 : 1))
  try {
    await writeWhole(path, jsonText({ baseline: 1, rows: all } satisfies Baseline))
  } catch (cause) {
    throw new UserError(`cannot be written: ${cause instanceof Error ? cause.message : ''}`, {
      where: path,
      hint: 'name a file that you may write to: --baseline FILE',
      cause,
    })
  }
}

/** How many seeds are run is asked for, and which one shows a bug changes with every draw. */
function withoutSeeds(row: RunRow): RunRow {
  const { counts: _counts, operations: _operations, ...rest } = row
  return row.engine === 'simulator' ? rest : row
}
