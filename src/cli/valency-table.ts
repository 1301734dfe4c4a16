import type { ValencyEntry } from '../../suites/valency-entries.ts'
import { showProgress, silent } from '../core/progress.ts'
import type { RunRow } from '../core/results.ts'
import { openRun } from '../core/run-writer.ts'
import { alignedRows } from '../report/text-table.ts'
import { grouped } from '../report/time.ts'
import { visibleLines } from '../report/visible.ts'
import type { ValencyReport } from '../valency/report.ts'
import { shownRun } from '../valency/report.ts'
import { valency } from '../valency/valency.ts'
import { exitOf, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { headerOf, secondsSince } from './save.ts'
import type { Terminal } from './terminal.ts'
import { compared, valencyRow } from './valency-compared.ts'
import type { ValencyFlags } from './valency-flags.ts'
import { valencyJson } from './valency-json.ts'
import { verdictLine } from './valency-text.ts'

interface Found {
  readonly entry: ValencyEntry
  readonly report: ValencyReport
  readonly row: RunRow
}

/** `synod valency`, without a name: the whole table. Answers the exit code. */
export async function showTable(
  flags: Pick<ValencyFlags, 'json' | 'save'>,
  terminal: Terminal,
  entries?: readonly ValencyEntry[],
): Promise<number> {
  const started = new Date()
  const table = entries ?? (await import('../../suites/valency-entries.ts')).valencyEntries
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const { save } = flags
  const writer =
    save === undefined ? undefined : await openRun(save, headerOf('valency', started, {}))
  const found: Found[] = []
  try {
    for (const entry of table) {
      progress.say(`${found.length + 1} of ${table.length}, ${entry.name}`)
      const before = performance.now()
      const report = valency(entry.protocol, entry.processes, entry.options)
      const row = valencyRow(entry, report, (performance.now() - before) / 1000)
      found.push({ entry, report, row })
      await writer?.add(row, valencyJson(report))
    }
  } finally {
    progress.stop()
  }
  terminal.out(flags.json ? found.map(jsonRow).join('') : tableText(found))
  if (writer !== undefined) {
    await writer.finish(secondsSince(started))
    terminal.err(visibleLines(`saved in ${writer.path}\n`))
  }
  return worstExit(found.map(({ row }) => exitOf(row.outcome)))
}

function jsonRow({ entry, report, row }: Found): string {
  const { outcome: asExpected, sentence, seconds } = row
  const expected = compared(entry, report)
  const { inputs: _, ...rest } = valencyJson(report) as Record<string, unknown>
  return jsonLine({ name: entry.name, ...rest, asExpected, sentence, expected, seconds })
}

function tableText(found: readonly Found[]): string {
  const heads = ['protocol', 'configurations', 'blocks', 'bivalent', 'critical', 'lasso', 'verdict']
  const rows = found.map(({ entry, report, row }) => [
    entry.name,
    grouped(report.configurations),
    report.blocks === undefined ? 'unknown' : grouped(report.blocks),
    shortList(report.bivalentInitial),
    String(report.critical),
    lassoText(report),
    `${verdictLine(report)}${row.outcome === 'pass' ? '' : `  NOT AS EXPECTED: ${row.sentence}`}`,
  ])
  const right = [false, true, true, false, true]
  const good = found.filter(({ row }) => row.outcome === 'pass').length
  const all = `${good} of ${found.length} as expected\n`
  const head = good === found.length ? 'all good: ' : ''
  return visibleLines(`${alignedRows([heads, ...rows], { right })}\n${head}${all}`)
}

function shortList(inputs: readonly string[]): string {
  const most = 4
  const rest = inputs.length - most
  return `${inputs.slice(0, most).join(' ')}${rest > 0 ? ` +${rest}` : ''}`
}

function lassoText(report: ValencyReport): string {
  const run = shownRun(report)?.stories.undecided?.run
  return run === undefined ? '' : `${run.loop ?? 0}+${run.steps.length - (run.loop ?? 0)}`
}
