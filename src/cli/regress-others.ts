import { appendFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { makeFolder } from '../core/run-folder.ts'
import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import type { Compared } from './regress-compared.ts'
import type { RegressFlags } from './regress-command.ts'
import { annotations, stepSummary } from './regress-github.ts'
import { junitXml } from './regress-junit.ts'
import type { SuiteResult } from './regress-run.ts'
import type { Terminal } from './terminal.ts'

/** The variables of the environment that matter. */
export type Environment = Readonly<Record<string, string | undefined>>

interface Told {
  readonly results: readonly SuiteResult[]
  readonly compared: Compared
  readonly started: Date
}

/** Tells programs what came out: a report in JUnit's form, and GitHub's annotations and summary. */
export async function tellOthers(
  { results, compared: { changes }, started }: Told,
  { junit, github }: Pick<RegressFlags, 'junit' | 'github'>,
  terminal: Terminal,
  environment: Environment = process.env,
): Promise<void> {
  if (junit !== undefined) {
    await written(junit, async () => {
      await makeFolder(dirname(junit))
      await writeFile(junit, junitXml(results, started))
    })
    terminal.err(visibleLines(`written: ${junit}\n`))
  }
  // GitHub's runner sets this; it looks for commands on both streams.
  if (!(github ?? environment['GITHUB_ACTIONS'] === 'true')) return
  terminal.err(annotations(results, changes))
  const summary = environment['GITHUB_STEP_SUMMARY']
  if (summary === undefined || summary === '') return
  await written(summary, () => appendFile(summary, stepSummary(results, changes)))
}

async function written(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    throw new UserError(`cannot be written: ${cause instanceof Error ? cause.message : ''}`, {
      where: path,
      hint: 'name a file that you may write to',
      cause,
    })
  }
}
