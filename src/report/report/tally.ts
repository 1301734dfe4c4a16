import type { Family, Group, Report, ReportEntry } from './content.ts'

/** How many checks came out in which way. */
export interface Tally {
  readonly all: number
  readonly good: number
  /** Not as expected, and not because a bound was hit. */
  readonly wrong: number
  /** Not as expected, as a bound was hit. */
  readonly open: number
  /** As expected: what is claimed holds. */
  readonly holds: number
  /** As expected: it is violated, as where a bug is planted. */
  readonly caught: number
  /** As expected: the check cannot tell. */
  readonly untold: number
}

export function tallyOf(entries: readonly ReportEntry[]): Tally {
  const good = entries.filter((entry) => entry.asExpected)
  const bad = entries.filter((entry) => !entry.asExpected)
  const open = bad.filter(({ outcome }) => outcome === 'unknown').length
  return {
    all: entries.length,
    good: good.length,
    wrong: bad.length - open,
    open,
    holds: good.filter(({ outcome }) => outcome === 'pass').length,
    caught: good.filter(({ outcome }) => outcome === 'fail').length,
    untold: good.filter(({ outcome }) => outcome === 'unknown').length,
  }
}

/** `good`, `wrong`, `open` where only bounds were hit, `not run`, or `none`. */
export type Standing = 'good' | 'wrong' | 'open' | 'not run' | 'none'

export function standingOf(tally: Tally, notRun: boolean): Standing {
  if (tally.wrong > 0) return 'wrong'
  if (tally.open > 0) return 'open'
  if (tally.all > 0) return 'good'
  return notRun ? 'not run' : 'none'
}

export const STANDING_SIGNS: Readonly<Record<Standing, string>> = {
  good: '✓',
  wrong: '✗',
  open: '?',
  'not run': '–',
  none: '',
}

export function entriesOf(families: readonly Family[]): readonly ReportEntry[] {
  return families.flatMap(({ groups }) => groups.flatMap(({ entries }) => entries))
}

export function groupOf({ groups }: Family, column: string): Group | undefined {
  return groups.find((group) => group.column === column)
}

/** The answer in one sentence. */
export function headline({ families }: Pick<Report, 'families'>): string {
  const { all, good, wrong, open } = tallyOf(entriesOf(families))
  if (all === 0) return 'Nothing has been run yet.'
  const grouped = (count: number): string => count.toLocaleString('en-US')
  const total = `${grouped(good)} of ${grouped(all)} checks came out as expected`
  const bad = [
    ...(wrong > 0 ? [`${grouped(wrong)} did not`] : []),
    ...(open > 0 ? [`${grouped(open)} hit a bound`] : []),
  ]
  return bad.length === 0 ? `${total}.` : `${total}: ${bad.join(', ')}.`
}

/** Where an entry or a group stands in the page. */
export function anchorOf(family: Family, group?: Group): string {
  if (family.kind === 'book') return 'claims'
  const slug = (text: string): string => text.replace(/[^a-z0-9]+/gi, '-').toLowerCase()
  return group === undefined
    ? `all-${slug(family.key)}`
    : `all-${slug(family.key)}-${slug(group.column)}`
}
