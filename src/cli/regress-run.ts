import { packageFolder } from '../core/package.ts'
import { showProgress, silent } from '../core/progress.ts'
import type { Baseline, RunRow } from '../core/results.ts'
import { asExpected, placeless, thisMachine } from '../core/results.ts'
import type { Change } from '../core/run-compare.ts'
import { changesBetween, otherVerdict } from '../core/run-compare.ts'
import { driftBetween } from '../core/run-drift.ts'
import type { RunWriter } from '../core/run-writer.ts'
import { openRun } from '../core/run-writer.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { baselineFor, committedBaseline, writeBaseline } from './regress-baseline.ts'
import type { RegressFlags } from './regress-command.ts'
import type { Compared } from './regress-compared.ts'
import { earlierRun, keepComparison, namedRun } from './regress-compared.ts'
import type { Environment } from './regress-others.ts'
import { tellOthers } from './regress-others.ts'
import type { Found, Unread } from './regress-rows.ts'
import { SuiteRunner } from './regress-rows.ts'
import type { Suite } from './regress-suites.ts'
import { chosenSuites, regularSuites, suiteOf } from './regress-suites.ts'
import {
  changesText,
  driftText,
  regressHeading,
  regressLine,
  regressSummary,
  suiteLine,
} from './regress-text.ts'
import { headerOf, secondsSince } from './save.ts'
import type { Terminal } from './terminal.ts'
import { checkWritable } from './writable.ts'

/** What is run, and where; tests give less. */
export interface Regressed {
  readonly suites: readonly Suite[]
  /** The files of entries are relative to this. */
  readonly folder: string
  readonly environment: Environment
}

/** What came of a suite. */
export interface SuiteResult {
  readonly suite: Suite
  readonly found: readonly Found[]
  readonly unread: readonly Unread[]
  readonly seconds: number
}

/** `synod regress`. Answers the exit code. */
export async function regress(
  names: readonly string[],
  flags: RegressFlags,
  terminal: Terminal,
  given: Partial<Regressed> = {},
): Promise<number> {
  const all = given.suites ?? (await regularSuites())
  const here = flags.host === 'processes' ? all.filter(({ name }) => name === 'protocols') : all
  const suites = chosenSuites(names, flags.entries, here)
  const accepted = flags.baseline ?? committedBaseline()
  const baseline = await baselineFor(flags)
  if (flags.updateBaseline) await checkWritable(accepted, '--baseline')
  if (flags.junit !== undefined) await checkWritable(flags.junit, '--junit')
  const earlier = flags.against === undefined ? undefined : await namedRun(flags.against)
  const started = new Date()
  const writer =
    flags.save === undefined
      ? undefined
      : await openRun(flags.save, headerOf('regress', started, {}))
  const folder = given.folder ?? packageFolder()
  const results = await run(suites, { flags, folder, terminal, writer })
  const rows = rowsOf(results)
  if (!flags.json) {
    const count = suites.reduce((sum, { entries }) => sum + entries.length, 0)
    terminal.out(regressSummary(rows, count, secondsSince(started)))
  }
  const inScope = scopeOf(results, all, flags)
  const since = earlier ?? (await lastRun(flags, writer))
  const compared: Compared = {
    changes: changesFrom(baseline, rows, inScope),
    since: since?.name,
    drift: since === undefined ? undefined : driftBetween(since.run.rows, rows),
  }
  tellCompared(compared, flags, terminal)
  if (writer !== undefined) {
    await writer.finish(secondsSince(started))
    await keepComparison(writer.path, compared)
    terminal.err(visibleLines(`saved in ${writer.path}\n`))
  }
  await tellOthers({ results, compared, started }, flags, terminal, given.environment)
  if (flags.updateBaseline) {
    await writeBaseline(accepted, baseline, rows, inScope)
    terminal.err(visibleLines(`written: ${placeless(accepted)}\n`))
  }
  return exitOf(results, flags.updateBaseline ? [] : compared.changes)
}

export function rowsOf(results: readonly SuiteResult[]): readonly RunRow[] {
  return results.flatMap(({ found }) => found.map(({ row }) => row))
}

interface Output {
  readonly flags: RegressFlags
  readonly folder: string
  readonly terminal: Terminal
  readonly writer: RunWriter | undefined
}

/** Runs suite after suite; tells and keeps what comes out as it comes. */
async function run(suites: readonly Suite[], output: Output): Promise<readonly SuiteResult[]> {
  const { flags, folder, terminal } = output
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const runner = new SuiteRunner({ flags, folder, progress, terminal })
  const results: SuiteResult[] = []
  try {
    for (const suite of suites) {
      if (flags.verbose) terminal.out(regressHeading(suite, results.length === 0))
      const result = await runSuite(suite, runner, output, () => {
        progress.stop()
      })
      results.push(result)
      if (!flags.json && !flags.verbose) {
        const { found, seconds } = result
        const rows = found.map(({ row }) => row)
        terminal.out(suiteLine(suite, rows, seconds, suites))
        for (const each of found) if (!asExpected(each.row)) tell(each, suite, terminal)
      }
      if (flags.failFast && !isGood(result)) break
    }
  } finally {
    progress.stop()
  }
  return results
}

async function runSuite(
  suite: Suite,
  runner: SuiteRunner,
  { flags, terminal, writer }: Output,
  pause: () => void,
): Promise<SuiteResult> {
  const started = performance.now()
  const found: Found[] = []
  const unread: Unread[] = []
  for await (const each of runner.rows(suite)) {
    pause()
    if ('error' in each) {
      unread.push(each)
      terminal.err(`${visibleLines(each.error.text)}\n`)
    } else {
      found.push(each)
      const row = (await writer?.add(each.row, each.evidence)) ?? each.row
      if (flags.json) terminal.out(jsonLine(row))
      else if (flags.verbose) tell(each, suite, terminal)
    }
    if (flags.failFast && ('error' in each || !asExpected(each.row))) break
  }
  return { suite, found, unread, seconds: (performance.now() - started) / 1000 }
}

/** A row, and how it is seen again where it is not as expected. */
function tell({ entry, row }: Found, { entries }: Suite, terminal: Terminal): void {
  terminal.out(regressLine(entry, row, entries, terminal))
  if (!asExpected(row) && row.replay !== undefined) {
    terminal.out(visibleLines(`    again: ${row.replay}\n`))
  }
}

function tellCompared(
  { changes, drift, since }: Compared,
  flags: RegressFlags,
  to: Terminal,
): void {
  const text = [
    changesText(changes),
    drift === undefined ? '' : driftText(drift, since ?? ''),
  ].join('')
  // With --json there are rows and nothing else on standard output.
  if (text !== '') (flags.json ? to.err : to.out)(text)
}

/**
 * Which rows of a baseline would have been found now if they were still there: those that were
 * found, and all of suites that were run as a whole.
 */
function scopeOf(
  results: readonly SuiteResult[],
  all: readonly Suite[],
  { host, shard }: RegressFlags,
): (name: string) => boolean {
  const found = new Set(rowsOf(results).map(({ name }) => name))
  const unread = new Set(results.flatMap((result) => result.unread.map(({ entry }) => entry.name)))
  const whole = new Set(
    all.flatMap(({ name, entries }) => {
      const result = results.find(({ suite }) => suite.name === name)
      const count = (result?.found.length ?? 0) + (result?.unread.length ?? 0)
      return count === entries.length && host === 'simulator' && shard === undefined ? [name] : []
    }),
  )
  const everything = whole.size === all.length
  return (name) =>
    !unread.has(name) && (everything || found.has(name) || whole.has(suiteOf({ name })))
}

function changesFrom(
  baseline: Baseline | undefined,
  rows: readonly RunRow[],
  inScope: (name: string) => boolean,
): readonly Change[] {
  if (baseline === undefined) return []
  return changesBetween(
    baseline.rows.filter(({ name }) => inScope(name)),
    rows,
  )
}

/** The last run that was saved where this one is. */
async function lastRun({ save }: RegressFlags, writer: RunWriter | undefined) {
  if (save === undefined) return undefined
  return earlierRun(save, 'regress', thisMachine(), writer?.path)
}

function isGood({ found, unread }: SuiteResult): boolean {
  return unread.length === 0 && found.every(({ row }) => asExpected(row))
}

function exitOf(results: readonly SuiteResult[], changes: readonly Change[]): number {
  return worstExit([
    ...results.flatMap(({ unread }) => unread.map(() => EXIT.badInput)),
    ...rowsOf(results).map(exitOfRow),
    ...(changes.some(({ kind }) => otherVerdict.includes(kind)) ? [EXIT.fail] : []),
  ])
}

function exitOfRow(row: RunRow): number {
  if (asExpected(row)) return EXIT.pass
  return row.outcome === 'unknown' ? EXIT.unknown : EXIT.fail
}
