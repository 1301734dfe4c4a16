import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Entry } from '../../suites/entry.ts'
import { showProgress, silent } from '../core/progress.ts'
import type { Progress } from '../core/progress.ts'
import { makeFolder } from '../core/run-folder.ts'
import { UserError } from '../core/user-error.ts'
import type { Chapter, NotRun, Report, ReportEntry, SavedRun } from '../report/report/content.ts'
import { reportMarkdown } from '../report/report/report-markdown.ts'
import { reportPage } from '../report/report/report-page.ts'
import { entriesOf, headline, tallyOf } from '../report/report/tally.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { benchOf } from './report-bench.ts'
import type { PlacedRow } from './report-build.ts'
import { familiesOf, isGood, placed, reportEntry } from './report-build.ts'
import type { Material } from './report-chapters.ts'
import { chaptersOf, isExhibited } from './report-chapters.ts'
import { bookOf } from './report-claims.ts'
import type { ReportFlags } from './report-command.ts'
import { rowEvidence } from './report-evidence.ts'
import { COLUMNS, PARTS } from './report-families.ts'
import { reportJson } from './report-json.ts'
import { programHere, withProgram } from './report-program.ts'
import type { KnownRow, ReadRun } from './report-runs.ts'
import { newestRows, programOf, readRuns } from './report-runs.ts'
import type { Terminal } from './terminal.ts'
import { checkWritable } from './writable.ts'

/** Runs that failed and are made smaller for the page; each takes up to a second. */
const MOST_SIMULATED = 5
/** How many runs may be tried for each; for the one that everybody sees as many as it takes. */
const TRIES = 150
const PATIENT = 1500

/** What is drawn besides what was run; tests give less. */
export type Chapters = (material: Material) => Promise<readonly Chapter[]>

/** `synod report`: what all saved runs found, as a page. Answers the exit code. */
export async function report(
  flags: ReportFlags,
  terminal: Terminal,
  chapters: Chapters = chaptersOf,
): Promise<number> {
  await checkWritable(flags.out, '--out')
  await checkWritable(flags.markdown, '--markdown')
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let made: Report
  let page: string
  try {
    const tell = (warning: string): void => {
      terminal.err(visibleLines(`mind: ${warning}\n`))
    }
    const here = programHere(process, process.cwd(), flags.runs)
    made = withProgram(await reportOf(flags.runs, { progress, tell, chapters }), here)
    progress.say('drawing')
    page = reportPage(made)
  } finally {
    progress.stop()
  }
  await written(flags.out, page, '--out')
  await written(flags.markdown, reportMarkdown(made), '--markdown')
  const kilobytes = Math.round(Buffer.byteLength(page) / 1000)
  if (flags.json) terminal.out(jsonLine(reportJson(made)))
  else terminal.out(summaryText(made))
  const files = `${flags.out} (${kilobytes.toLocaleString('en-US')} kB) and ${flags.markdown}`
  terminal.err(visibleLines(`written: ${files}\n`))
  return EXIT.pass
}

interface ReportOptions {
  readonly progress: Progress
  readonly tell: (warning: string) => void
  readonly chapters: Chapters
}

/** All that is known from the runs of a folder. @throws UserError if it cannot be read */
export async function reportOf(
  directory: string,
  { progress, tell, chapters }: ReportOptions,
): Promise<Report> {
  progress.say('reading saved runs')
  const warnings: string[] = []
  const mind = (warning: string): void => {
    if (warnings.includes(warning)) return
    warnings.push(warning)
    tell(warning)
  }
  const { everyEntry } = await import('../../suites/every-entry.ts')
  const entryOf = (name: string): Entry | undefined => everyEntry.get(name)
  const isKnown = (name: string): boolean =>
    everyEntry.has(name) || everyEntry.has(name.replace(/^processes\//, 'protocols/'))
  const runs = await readRuns(directory, mind)
  const rows = newestRows(runs, isKnown)
  const places: PlacedRow[] = []
  for (const known of rows) {
    const program = known.from.run.command === 'maelstrom' ? await programOf(known) : ''
    places.push(placed(known, entryOf, program))
  }
  const entries = await entriesWithEvidence(places, progress, mind)
  const byName = new Map(entries.map(([, entry]) => [entry.name, entry]))
  const say = (text: string): void => progress.say(text)
  const book = await bookOf(rows)
  const bench = await benchOf(directory, mind)
  return {
    runs: runsOf(runs, rows),
    missing: missingOf(rows, bench !== undefined),
    warnings,
    columns: COLUMNS,
    families: familiesOf(entries, everyEntry),
    chapters: await chapters({ rows, entries: byName, entryOf, say }),
    ...(book === undefined ? {} : { book }),
    ...(bench === undefined ? {} : { bench }),
  }
}

async function entriesWithEvidence(
  places: readonly PlacedRow[],
  progress: Progress,
  mind: (warning: string) => void,
): Promise<readonly (readonly [PlacedRow, ReportEntry])[]> {
  const simulated = new Set(toSimulate(places))
  const entries: (readonly [PlacedRow, ReportEntry])[] = []
  for (const each of places) {
    const { known, entry } = each
    progress.say(`${entries.length + 1} of ${places.length}, ${known.name}`)
    const tries = simulated.has(each) ? (isExhibited(known.name) ? PATIENT : TRIES) : 0
    const evidence = await rowEvidence(known, entry, { tries, mind })
    entries.push([each, reportEntry(each, evidence)])
  }
  return entries
}

/** What is not as expected comes first, then what has a chapter, then one bug of each protocol. */
function toSimulate(places: readonly PlacedRow[]): readonly PlacedRow[] {
  const failed = places.filter(
    ({ known }) => known.name.startsWith('protocols/') && known.row.outcome === 'fail',
  )
  const bad = failed.filter(({ known, entry }) => !isGood(known, entry))
  const shown = failed.filter(({ known }) => isExhibited(known.name))
  const families = new Map(failed.toReversed().map((each) => [each.family, each]))
  return [...new Set([...bad, ...shown, ...[...families.values()].reverse()])].slice(
    0,
    MOST_SIMULATED,
  )
}

/** Those of which at least one row is shown. */
function runsOf(runs: readonly ReadRun[], rows: readonly KnownRow[]): readonly SavedRun[] {
  const used = new Set(rows.map(({ from }) => from))
  return runs
    .filter((run) => used.has(run))
    .map(({ run }) => ({
      command: run.command,
      started: run.started,
      seconds: run.seconds,
      rows: run.rows.length,
      asExpected: run.rows.filter((row) => isGood({ row } as KnownRow)).length,
      finished: run.finished !== false,
      machine: `${run.machine.cpu}, ${run.machine.cores} cores, Node ${run.machine.node}`,
      version: run.synod,
    }))
}

function missingOf(rows: readonly KnownRow[], hasBench: boolean): readonly NotRun[] {
  const suites = new Set(rows.map(({ name }) => name.split('/')[0]))
  if (hasBench) suites.add('bench')
  return PARTS.filter(({ suite }) => !suites.has(suite)).map(({ what, command }) => ({
    what,
    command,
  }))
}

function summaryText(made: Report): string {
  const bad = entriesOf(made.families).filter(({ asExpected }) => !asExpected)
  const { holds, caught } = tallyOf(entriesOf(made.families))
  const lines = [
    headline(made),
    `${holdsText(holds)}, ${caughtText(caught)}.`,
    ...bad.slice(0, 20).map(({ name, again }) => `NOT AS EXPECTED  ${name}\n  ${again}`),
    ...(bad.length > 20 ? [`... and ${bad.length - 20} more`] : []),
    ...made.missing.map(({ what, command }) => `not run: ${what}; ${command}`),
  ]
  return visibleLines(lines.map((line) => `${line}\n`).join(''))
}

function holdsText(count: number): string {
  return `${count} ${count === 1 ? 'holds' : 'hold'}`
}

function caughtText(count: number): string {
  return `${count} ${count === 1 ? 'is violated as it' : 'are violated as they'} must be`
}

async function written(file: string, content: string, flag: string): Promise<void> {
  try {
    await makeFolder(dirname(file))
    await writeFile(file, content)
  } catch (cause) {
    throw new UserError(`this cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: `name a file in a folder that you may write to: ${flag} FILE`,
      cause,
    })
  }
}
