import { Command } from 'commander'

import type { Entry } from '../../suites/entry.ts'
import { nearest } from '../core/nearest.ts'
import { showProgress, silent } from '../core/progress.ts'
import type { RunRow } from '../core/results.ts'
import { packageFolder } from '../core/package.ts'
import { asExpected } from '../core/results.ts'
import { openRun } from '../core/run-writer.ts'
import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import { againOf } from './again.ts'
import { checkHeading, checkLine, checkSummary } from './check-text.ts'
import { EXIT, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { EntryFinding } from './run-entry.ts'
import { EntryRunner } from './run-entry.ts'
import { headerOf, secondsSince } from './save.ts'
import type { Terminal } from './terminal.ts'

/** For each entry; none of ours comes near. */
const BUDGET = { seconds: 60, bytes: 1e9 }

interface CheckFlags {
  readonly json?: true
  readonly save?: string
  readonly baseline?: string
}

/** What is checked; tests give another table. */
export interface Checked {
  readonly table: readonly Entry[]
  /** The folder that the files of the table are relative to. */
  readonly folder: string
}

/** `synod check`: the table of expected verdicts. */
export function checkCommand(
  terminal: Terminal,
  finish: (code: number) => void,
  checked?: Checked,
): Command {
  return new Command('check')
    .description(
      'judge the recordings, claims, specs and protocols that came with synod: all as expected?',
    )
    .argument('[name...]', 'only these: histories, quorums, specs, protocols, raft, ... (all)')
    .option('--json', 'print one JSON object for each verdict')
    .option('--save <dir>', 'keep the results in a new folder of this one')
    .option('--baseline <file>', 'write verdicts and counts there; others in it stay')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], flags: CheckFlags) => {
      const { table, folder } = checked ?? (await everything())
      finish(await check({ table: chosen(names, table), folder }, flags, terminal))
    })
}

/** Loaded here, as other commands need nothing of it. */
async function everything(): Promise<Checked> {
  const { entries } = await import('../../suites/registry.ts')
  return { table: entries, folder: packageFolder() }
}

const EXAMPLES = `
Examples:
  synod check
  synod check zk-plain-partition
  synod check linearizable --json
  synod check quorums
  synod check specs --json

Exit codes: 0 every verdict is the expected one, 1 one differs, 2 one came out unknown.`

/** The entries that a name picks: whole words between the slashes of their names. */
function chosen(names: readonly string[], table: readonly Entry[]): readonly Entry[] {
  // `claims` is what begins so, though many names end in this word.
  const heads = new Set(table.map(checkHeading))
  const has = (entry: Entry, name: string): boolean =>
    heads.has(name) ? checkHeading(entry) === name : `/${entry.name}/`.includes(`/${name}/`)
  for (const name of names) {
    if (table.some((entry) => has(entry, name))) continue
    const words = table.flatMap((entry) => [entry.name, ...entry.name.split('/')])
    const close = nearest(name, new Set(words))
    throw new UserError(`nothing to check is called '${name}'`, {
      where: 'synod check',
      hint:
        close === undefined ? 'synod check, without a name, lists all' : `did you mean ${close}?`,
    })
  }
  return names.length === 0
    ? table
    : table.filter((entry) => names.some((name) => has(entry, name)))
}

async function check(
  { table, folder }: Checked,
  flags: CheckFlags,
  terminal: Terminal,
): Promise<number> {
  const started = new Date()
  const { save, baseline } = flags
  const addRows = baseline === undefined ? undefined : await baselineRows(baseline)
  const writer =
    save === undefined ? undefined : await openRun(save, headerOf('check', started, BUDGET))
  const { rows, codes } = await findAll(
    { table, folder },
    flags,
    terminal,
    async ({ row, evidence }) => (await writer?.add(row, evidence)) ?? row,
  )
  const seconds = secondsSince(started)
  if (!flags.json) terminal.out(checkSummary(rows, table.length, seconds))
  if (writer !== undefined) {
    await writer.finish(seconds)
    terminal.err(visibleLines(`saved in ${writer.path}\n`))
  }
  await addRows?.(rows)
  return worstExit(codes)
}

interface FoundAll {
  readonly rows: readonly RunRow[]
  readonly codes: readonly number[]
}

/** What comes of the table, told as it comes. `keep` answers the row as it is kept. */
async function findAll(
  { table, folder }: Checked,
  flags: CheckFlags,
  terminal: Terminal,
  keep: (finding: EntryFinding) => Promise<RunRow>,
): Promise<FoundAll> {
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const rows: RunRow[] = []
  const codes: number[] = []
  const runner = new EntryRunner(folder, BUDGET)
  let heading = ''
  try {
    for (const entry of table) {
      progress.say(`${rows.length + 1} of ${table.length}, ${entry.name}`)
      const finding = await find(entry, runner, terminal)
      progress.stop()
      if (finding === undefined) {
        codes.push(EXIT.badInput)
        continue
      }
      const replay = againOf(entry, finding.row)
      const row = await keep({ ...finding, row: { ...finding.row, replay } })
      rows.push(row)
      codes.push(exitOfRow(row))
      const group = checkHeading(row)
      if (!flags.json && group !== heading) terminal.out(`${group}\n`)
      heading = group
      terminal.out(flags.json ? jsonLine(row) : checkLine(row, table, terminal))
    }
  } finally {
    progress.stop()
  }
  return { rows, codes }
}

/** `undefined` if it could not be read; why is printed, and the others are still checked. */
async function find(
  entry: Entry,
  runner: EntryRunner,
  terminal: Terminal,
): Promise<EntryFinding | undefined> {
  try {
    return await runner.find(entry)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    terminal.err(`${visibleLines(error.text)}\n`)
    return undefined
  }
}

function exitOfRow(row: RunRow): number {
  if (asExpected(row)) return EXIT.pass
  return row.outcome === 'unknown' ? EXIT.unknown : EXIT.fail
}

/**
 * Reads a baseline that is written later: rows that are not checked now stay as they are.
 *
 * @throws UserError if it is none, or could not be written
 */
async function baselineRows(path: string): Promise<(rows: readonly RunRow[]) => Promise<void>> {
  const { baselineFor, writeBaseline } = await import('./regress-baseline.ts')
  const { checkWritable } = await import('./writable.ts')
  const old = await baselineFor({ baseline: path, updateBaseline: true, host: 'simulator' })
  await checkWritable(path, '--baseline')
  return async (rows) => {
    const now = new Set(rows.map(({ name }) => name))
    await writeBaseline(path, old, rows, (name) => now.has(name))
  }
}
