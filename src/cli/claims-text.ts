import type { RunRow } from '../core/results.ts'
import { counted } from '../core/wording.ts'
import { durationText } from '../report/time.ts'
import { columns, visible, wrap } from '../report/visible.ts'
import type { CheckFinding, ClaimEvidence, PlainClaim } from './claim-findings.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'

/** A claim with what its checks showed; without a row if nothing checks it. */
export interface ClaimResult extends ClaimEvidence {
  readonly row?: RunRow
}

/** How the claims of a run fare; the first four and `unknown` add up to `rows`. */
export interface ClaimsSummary {
  readonly rows: number
  /** A running check showed the verdict. */
  readonly decided: number
  readonly notYetChecked: number
  readonly notExecutable: number
  /** A check came out otherwise than the verdict says. */
  readonly unexpected: number
  /** A bound was hit. */
  readonly unknown: number
  /** Of the decided: how many have which verdict. */
  readonly verdicts: Readonly<Record<string, number>>
  readonly groups: readonly GroupSummary[]
}

export interface GroupSummary extends Omit<ClaimsSummary, 'verdicts' | 'groups'> {
  readonly name: string
}

/** `Raft` */
export function groupHeading(group: string): string {
  return `${visible(group)}\n`
}

/** One line: id, name, verdict, whether the checks show it, how many there are. */
export function claimLine({ claim, checks, row }: ClaimResult, terminal: Terminal): string {
  const name = cutTo(claim.name, 44)
  const shown =
    row === undefined
      ? (claim.because ?? '')
      : row.outcome === 'pass'
        ? `${counted(checks.length, 'check')}, ${durationText(row.seconds * 1e9)}`
        : `${outcomeWord(row.outcome, terminal)}: ${row.sentence}`
  return `  ${visible(claim.id)}  ${name}  ${claim.verdict.padEnd(23)}  ${visible(shown)}\n`
}

/** A claim with all that its checks show. */
export function claimText({ claim, checks, row }: ClaimResult, { width }: Terminal): string {
  const standing = row === undefined || row.outcome === 'pass' ? '' : `, ${WORDS[row.outcome]}`
  const paragraphs = [
    `${visible(claim.id)}  ${visible(claim.name)}: ${claim.verdict}${standing}\n`,
    indented(`says: ${claim.says}`, width),
    indented(`source: ${claim.source}`, width),
    ...(claim.instead === undefined ? [] : [indented(`right is: ${claim.instead}`, width)]),
    ...(claim.because === undefined ? [] : [indented(`because: ${claim.because}`, width)]),
    ...checks.map((check, at) => checkText(check, checks[at + 1], width)),
  ]
  return `${paragraphs.join('')}\n`
}

const WORDS = { pass: 'shown', fail: 'NOT SHOWN', unknown: 'unknown' } as const
/** Below the line that says what a check is about. */
const DEEPER = '      '

/** What several checks in a row show is drawn once, below the last of them. */
function checkText(check: CheckFinding, next: CheckFinding | undefined, width: number): string {
  const { shows, asks, method, outcome, sentence, shown = [], again } = check
  const drawn = next?.shown?.join('\n') === shown.join('\n') ? [] : shown
  const below = [
    ...wrap(visible(sentence), width - DEEPER.length),
    ...drawn.map(visible),
    ...(again === undefined ? [] : wrap(`again: ${visible(again)}`, width - DEEPER.length)),
  ]
  return [
    indented(`${shows}, ${WORDS[outcome]} (${method}): ${asks}`, width),
    ...below.map((line) => `${DEEPER}${line}\n`),
  ].join('')
}

/** Counts what came out. */
export function summaryOf(results: readonly ClaimResult[]): ClaimsSummary {
  const names = [...new Set(results.map(({ group }) => group))]
  const decided = results.filter(({ row }) => row?.outcome === 'pass')
  const verdicts: Record<string, number> = {}
  for (const { claim } of decided) verdicts[claim.verdict] = (verdicts[claim.verdict] ?? 0) + 1
  return {
    ...countsOf(results),
    verdicts,
    groups: names.map((name) => ({
      name,
      ...countsOf(results.filter(({ group }) => group === name)),
    })),
  }
}

function countsOf(results: readonly ClaimResult[]): Omit<GroupSummary, 'name'> {
  const having = (verdict: PlainClaim['verdict']): number =>
    results.filter(({ claim }) => claim.verdict === verdict).length
  const coming = (outcome: RunRow['outcome']): number =>
    results.filter(({ row }) => row?.outcome === outcome).length
  return {
    rows: results.length,
    decided: coming('pass'),
    notYetChecked: having('not yet checked'),
    notExecutable: having('not executable'),
    unexpected: coming('fail'),
    unknown: coming('unknown'),
  }
}

/** `283 of 292 claims decided in 61 s: 190 hold, ...`, and each group where there are several. */
export function summaryText(summary: ClaimsSummary, seconds: number): string {
  const { rows, decided, notYetChecked, notExecutable, unexpected, unknown, verdicts } = summary
  const parts = [
    ...Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`),
    ...(notYetChecked > 0 ? [`${notYetChecked} not yet checked`] : []),
    ...(notExecutable > 0 ? [`${notExecutable} not executable`] : []),
    ...(unexpected > 0 ? [`${unexpected} NOT AS EXPECTED`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ]
  const head = `${decided} of ${counted(rows, 'claim')} decided in ${durationText(seconds * 1e9)}`
  return `${[head, ...parts].join('\n  ')}\n`
}

function cutTo(text: string, width: number): string {
  const safe = visible(text)
  return safe + ' '.repeat(Math.max(0, width - columns(safe)))
}
