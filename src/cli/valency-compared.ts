import type { ValencyEntry } from '../../suites/valency-entries.ts'
import type { RunRow } from '../core/results.ts'
import { inputsText } from '../valency/inputs.ts'
import type { ValencyReport } from '../valency/report.ts'
import { shownRun } from '../valency/report.ts'

/** One thing that was expected, and what was found. */
export interface Compared {
  readonly what: string
  readonly expected: string
  readonly found: string
}

type Shown = string | number | null | undefined

/** Everything that an entry expects, beside what came out. */
export function compared({ expect }: ValencyEntry, report: ValencyReport): readonly Compared[] {
  const { lemma1, lemma3, agreement, validity, bivalentInitial, critical } = report
  const undecided = shownRun(report)?.stories.undecided
  const depths = report.findings.flatMap(({ stories }) => stories.disagreement?.steps.length ?? [])
  const lasso = undecided === undefined ? 'none' : undecided.bivalent ? 'bivalent' : 'undecided'
  const rows: readonly (readonly [string, Shown, Shown])[] = [
    ['configurations', expect.configurations, report.configurations],
    ['agreement', expect.agreement, agreement],
    ['depth of the disagreement', expect.disagreementDepth, Math.min(...depths)],
    ['validity', expect.validity, validity],
    ['blocked pairs', expect.blocks, report.blocks ?? null],
    ['bivalent inputs', expect.bivalentInitial?.join(' '), bivalentInitial.join(' ')],
    ['critical configurations', expect.critical, critical],
    ['failures of lemma 3', expect.lemma3?.join(' of '), `${lemma3?.failed} of ${lemma3?.checked}`],
    ['diamonds', expect.diamonds, lemma1?.checked],
    ['failed diamonds', 0, lemma1?.failed ?? 0],
    ['undecided run', expect.lasso, lasso],
    ['component of it', expect.component, undecided?.component],
  ]
  return rows
    .filter(([, expected]) => expected !== undefined)
    .map(([what, expected, found]) => ({ what, expected: text(expected), found: text(found) }))
}

function text(value: Shown): string {
  return value === null ? 'unknown' : value === '' ? 'none' : String(value)
}

/** An entry as a row of a run. It passes when everything is as expected. */
export function valencyRow(entry: ValencyEntry, report: ValencyReport, seconds: number): RunRow {
  const wrong = compared(entry, report).filter(({ expected, found }) => expected !== found)
  const outcome = wrong.length === 0 ? 'pass' : wrong.every(isOpen) ? 'unknown' : 'fail'
  const inputs = entry.options.inputs?.map(inputsText).join(', ') ?? 'all inputs'
  const told = wrong.map(({ what, expected, found }) => `${what}: ${found}, not ${expected}`)
  return {
    name: `valency/${entry.name}`,
    outcome,
    expected: 'pass',
    sentence: told.length > 0 ? told.join('; ') : `${inputs}: ${entry.because}`,
    engine: 'valency',
    counts: { configurations: report.configurations },
    seconds: Number(seconds.toFixed(6)),
  }
}

/** Something else came out only because a bound was reached. */
function isOpen({ found }: Compared): boolean {
  return found === 'unknown'
}
