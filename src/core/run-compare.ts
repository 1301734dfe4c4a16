import type { RunRow } from './run-file.ts'
import { asExpected, unexpectedOf } from './run-file.ts'

/** What a baseline knows of a row. */
export interface BaselineRow {
  readonly name: string
  readonly outcome: RunRow['outcome']
  readonly operations?: number | undefined
  readonly violations?: number | undefined
  readonly violated?: string | undefined
  readonly counts?: Readonly<Record<string, number>> | undefined
}

/**
 * - `red`: it was as expected, and is not any more
 * - `still red`: neither then nor now
 * - `fixed`: it was not as expected, and now is
 * - `changed`: another verdict, though nothing else was expected
 * - `counts`: the same verdict, but something else was counted
 * - `new`: the baseline does not know it
 * - `missing`: the baseline knows it, and nothing came of it
 */
export type ChangeKind = 'red' | 'still red' | 'fixed' | 'changed' | 'counts' | 'new' | 'missing'

/** Kinds that say that a verdict is another one, though all may be as expected now. */
export const otherVerdict: readonly ChangeKind[] = ['changed', 'missing', 'fixed']

export interface Change {
  readonly kind: ChangeKind
  readonly name: string
  /** In one sentence: from what to what. */
  readonly sentence: string
}

/** In the order in which people want to know. */
export const changeKinds: readonly ChangeKind[] = [
  'red',
  'changed',
  'missing',
  'still red',
  'fixed',
  'counts',
  'new',
]

/**
 * What differs between a baseline and what came out now. Rows of the baseline that were not to be
 * run have to be left out before. What the baseline does not say of a row is not compared.
 */
export function changesBetween(
  baseline: readonly BaselineRow[],
  rows: readonly RunRow[],
): readonly Change[] {
  const before = new Map(baseline.map((row) => [row.name, row]))
  const now = new Set(rows.map(({ name }) => name))
  const changes = rows.flatMap((row) => changeOf(before.get(row.name), row) ?? [])
  const missing = baseline.flatMap((row): readonly Change[] =>
    now.has(row.name)
      ? []
      : [{ kind: 'missing', name: row.name, sentence: `${verdictOf(row)}, and now nothing` }],
  )
  const place = ({ kind }: Change): number => changeKinds.indexOf(kind)
  return [...changes, ...missing].sort((a, b) => place(a) - place(b))
}

function changeOf(before: BaselineRow | undefined, row: RunRow): Change | undefined {
  const { name } = row
  const good = asExpected(row)
  if (before === undefined) {
    return good
      ? { kind: 'new', name, sentence: verdictOf(row) }
      : { kind: 'red', name, sentence: `new, and ${wrongOf(row)}` }
  }
  const counted = countsBetween(before, row)
  if (!good) {
    const same = sameVerdict(before, row) && counted.length === 0
    return {
      kind: same && !wasGood(before, row) ? 'still red' : 'red',
      name,
      sentence: same ? wrongOf(row) : `${wrongOf(row)}; in the baseline ${verdictOf(before)}`,
    }
  }
  if (!wasGood(before, row)) {
    const sentence = `${verdictOf(row)}, as expected; in the baseline ${verdictOf(before)}`
    return { kind: 'fixed', name, sentence }
  }
  if (!sameVerdict(before, row)) {
    return { kind: 'changed', name, sentence: `${verdictOf(before)} before, now ${verdictOf(row)}` }
  }
  if (counted.length > 0) return { kind: 'counts', name, sentence: counted.join(', ') }
  return undefined
}

/**
 * Whether what the baseline says is what is expected now. Where it says nothing it was as expected.
 */
function wasGood(before: BaselineRow, row: RunRow): boolean {
  const { violated: _violated, violations: _violations, counts: _counts, ...rest } = row
  const { outcome, violated, violations = row.expectedViolations } = before
  return asExpected({
    ...rest,
    outcome,
    counts: { ...row.expectedCounts, ...before.counts },
    ...(violations === undefined ? {} : { violations }),
    ...(violated === undefined ? {} : { violated }),
  })
}

function sameVerdict(before: BaselineRow, row: RunRow): boolean {
  return before.outcome === row.outcome && before.violated === row.violated
}

/** `states: 288 before, now 289` */
function countsBetween(before: BaselineRow, row: RunRow): readonly string[] {
  const named = (counts: BaselineRow): Readonly<Record<string, number | undefined>> => ({
    ...counts.counts,
    operations: counts.operations,
    violations: counts.violations,
  })
  const then = named(before)
  const now = named(row)
  return Object.entries(then).flatMap(([name, count]) =>
    count === undefined || now[name] === count
      ? []
      : [`${name}: ${count} before, now ${now[name] ?? 'none'}`],
  )
}

function verdictOf({ outcome, violated }: BaselineRow): string {
  return violated === undefined ? outcome : `${outcome} (${violated})`
}

function wrongOf(row: RunRow): string {
  const { outcome, expected = outcome, violations, expectedViolations = violations } = row
  if (outcome !== expected) return `${verdictOf(row)}, and should be ${expected}`
  const wrong = unexpectedOf(row)
  const number = `${violations ?? 0} violations, not ${expectedViolations ?? 0}`
  return [...wrong, ...(violations === expectedViolations ? [] : [number])].join(', ')
}
