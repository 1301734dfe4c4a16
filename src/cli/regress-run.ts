import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import { askedSubject } from '../../suites/subject.ts'
import { runCampaign } from '../campaign/campaign.ts'
import { nearest } from '../core/nearest.ts'
import { packageFolder } from '../core/package.ts'
import type { Progress } from '../core/progress.ts'
import { showProgress, silent } from '../core/progress.ts'
import type { Baseline, RunRow } from '../core/results.ts'
import { asExpected, baselineOf, readBaseline, saveRun, writeJson } from '../core/results.ts'
import { UserError } from '../core/user-error.ts'
import { grouped } from '../report/time.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { RegressFlags } from './regress-command.ts'
import { replayOf, rowOfTask, taskOf } from './regress-row.ts'
import { regressHeading, regressLine, regressSummary } from './regress-text.ts'
import { runOf } from './save.ts'
import type { Terminal } from './terminal.ts'

/** What was found of an entry. */
interface Found {
  readonly entry: ProtocolEntry
  readonly row: RunRow
}

/** `synod regress`. Answers the exit code. */
export async function regress(
  names: readonly string[],
  flags: RegressFlags,
  terminal: Terminal,
): Promise<number> {
  const { protocolEntries } = await import('../../suites/protocols.ts')
  const entries = chosen(names, flags.entries, protocolEntries)
  const baseline = await baselineFor(flags)
  const started = new Date()
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const rows: RunRow[] = []
  let group = ''
  try {
    for await (const { entry, row } of findings(entries, flags, progress, terminal)) {
      progress.stop()
      rows.push(row)
      if (!flags.json && entry.protocol.name !== group) {
        terminal.out(regressHeading(entry, group === ''))
      }
      group = entry.protocol.name
      terminal.out(flags.json ? jsonLine(row) : regressLine(entry, row, entries, terminal))
      const command = asExpected(row) ? undefined : replayOf(entry, row)
      if (command !== undefined) terminal.err(visibleLines(`again: ${command}\n`))
      if (flags.failFast && !asExpected(row)) break
    }
  } finally {
    progress.stop()
  }
  const changed = changesFrom(baseline, rows)
  for (const change of changed) terminal.err(visibleLines(`${change}\n`))
  const seconds = (Date.now() - started.getTime()) / 1000
  if (!flags.json) terminal.out(regressSummary(rows, entries.length, seconds))
  await keep(rows, flags, started, terminal)
  return worstExit([...rows.map(exitOfRow), ...(changed.length > 0 ? [EXIT.fail] : [])])
}

async function* findings(
  entries: readonly ProtocolEntry[],
  flags: RegressFlags,
  progress: Progress,
  terminal: Terminal,
): AsyncGenerator<Found> {
  if (flags.host === 'processes') {
    const { processRow } = await import('./regress-processes.ts')
    for (const [at, entry] of entries.entries()) {
      progress.say(`${at + 1} of ${entries.length}, ${entry.name} as real processes`)
      yield { entry, row: await processRow(entry, flags.for, { terminal, progress }) }
    }
    return
  }
  const { shard, seeds, time, workers = availableParallelism() } = flags
  const tasks = await Promise.all(
    entries.map(async (entry) =>
      taskOf(entry, seeds, {
        here: await askedSubject({ text: entry.name }),
        ...(shard === undefined ? {} : { shard }),
      }),
    ),
  )
  const results = runCampaign(tasks, {
    workers,
    ...(time === undefined ? {} : { seconds: time }),
    onProgress: ({ task, done, all }) => {
      const at = tasks.indexOf(task) + 1
      progress.say(
        `${at} of ${tasks.length}, ${task.name}: ${grouped(done)} of ${grouped(all)} seeds`,
      )
    },
  })
  for await (const result of results) {
    const entry = entries[tasks.indexOf(result.task)]
    if (entry !== undefined) yield { entry, row: rowOfTask(entry, result) }
  }
}

function exitOfRow(row: RunRow): number {
  if (asExpected(row)) return EXIT.pass
  return row.outcome === 'unknown' ? EXIT.unknown : EXIT.fail
}

/** Whole words between the slashes of names and of their protocols; and a pattern with stars. */
function chosen(
  names: readonly string[],
  pattern: string | undefined,
  all: readonly ProtocolEntry[],
): readonly ProtocolEntry[] {
  const has = ({ name: full, protocol }: ProtocolEntry, name: string): boolean =>
    `/${full}/`.includes(`/${name}/`) || protocol.name === name
  for (const name of names) {
    if (all.some((entry) => has(entry, name))) continue
    const words = all.flatMap(({ name: full, protocol }) => [
      full,
      protocol.name,
      ...full.split('/'),
    ])
    const close = nearest(name, new Set(words))
    throw new UserError(`no protocol or mutant is called '${name}'`, {
      where: 'synod regress',
      hint: close === undefined ? 'synod simulate --list shows them all' : `did you mean ${close}?`,
    })
  }
  const fits = pattern === undefined ? undefined : globOf(pattern)
  const picked = all.filter(
    (entry) =>
      (names.length === 0 || names.some((name) => has(entry, name))) &&
      (fits === undefined || fits.test(entry.name)),
  )
  if (picked.length > 0) return picked
  throw new UserError(`no entry has a name like '${pattern ?? ''}'`, {
    where: '--entries',
    hint: "a star stands for anything: --entries 'raft/*'",
  })
}

function globOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}

/** The committed verdicts, unless others are named. */
async function baselineFor({ baseline, host }: RegressFlags): Promise<Baseline | undefined> {
  if (baseline !== undefined) return readBaseline(baseline)
  const committed = join(packageFolder(), 'results', 'protocols.json')
  // Real processes are not deterministic; a package does not come with the file.
  return host === 'processes' || !existsSync(committed) ? undefined : readBaseline(committed)
}

function changesFrom(baseline: Baseline | undefined, rows: readonly RunRow[]): readonly string[] {
  const before = new Map(baseline?.rows.map((row) => [row.name, row]))
  return rows.flatMap(({ name, outcome, violated }) => {
    const old = before.get(name)
    const same = old === undefined || (old.outcome === outcome && old.violated === violated)
    if (same) return []
    const words = [old.outcome, old.violated].filter((word) => word !== undefined)
    const now = [outcome, violated].filter((word) => word !== undefined)
    return [`${name}: ${words.join(' ')} in the baseline, now ${now.join(' ')}`]
  })
}

async function keep(
  rows: readonly RunRow[],
  { save, writeBaseline }: RegressFlags,
  started: Date,
  terminal: Terminal,
): Promise<void> {
  if (save !== undefined) {
    const path = await saveRun(save, runOf('regress', started, {}, rows))
    terminal.err(visibleLines(`saved in ${path}\n`))
  }
  if (writeBaseline !== undefined) {
    // How many seeds were run is asked for, and which one shows a bug changes with every draw.
    const plain = rows.map(({ counts: _counts, operations: _operations, ...row }) => row)
    await writeJson(writeBaseline, baselineOf(plain))
  }
}
