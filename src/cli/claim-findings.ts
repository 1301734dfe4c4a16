import type { Check, Question } from '../../suites/claims/check.ts'
import { checksOf } from '../../suites/claims/claim.ts'
import type { ClaimEntry, Entry } from '../../suites/entry.ts'
import type { Budget } from '../core/budget.ts'
import { nearest } from '../core/nearest.ts'
import type { RunRow } from '../core/results.ts'
import { asExpected } from '../core/results.ts'
import type { Outcome } from '../core/verdict.ts'
import { worst } from '../core/verdict.ts'
import { counted } from '../core/wording.ts'
import { againOf } from './again.ts'
import type { EntryRunner } from './run-entry.ts'
import { shownOf } from './shown-evidence.ts'

/** What one check of a claim showed. */
export interface CheckFinding {
  readonly shows: 'statement' | 'counterexample' | 'right statement'
  /** The name of the entry, or what is asked. */
  readonly asks: string
  /** How it was found: by a spec, a history, an enumeration, ... */
  readonly method: string
  /** `pass` if the check came out as it must for the claim to have its verdict. */
  readonly outcome: Outcome
  readonly sentence: string
  /** The counterexample or the witness, line by line. */
  readonly shown?: readonly string[]
  readonly seconds: number
  /** The command that shows it again. */
  readonly again?: string
}

/** What the checks of a claim showed: it passes if they show the verdict that it has. */
export async function checkClaimOfBook(
  { name, group, claim, expected }: ClaimEntry,
  runner: EntryRunner,
  budget: Budget,
): Promise<{ readonly row: RunRow; readonly evidence: ClaimEvidence }> {
  const checks: CheckFinding[] = []
  for (const { shows, check } of checksOf(claim)) {
    checks.push({ shows, ...(await findingOf(check, runner, budget)) })
  }
  const outcome = worst(checks.map((check) => check.outcome))
  const wrong = checks.find((check) => check.outcome !== 'pass')
  const row: RunRow = {
    name,
    outcome,
    expected,
    sentence:
      wrong === undefined
        ? `${claim.verdict}: ${counted(checks.length, 'check')}`
        : `${wrong.asks}: ${wrong.sentence}`,
    engine: claim.verdict,
    // What others found for themselves is not counted again.
    seconds: Number(checks.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(6)),
  }
  return { row, evidence: { group, claim: plain(claim), checks } }
}

/** A claim with what its checks showed, as it is written and drawn. */
export interface ClaimEvidence {
  readonly group: string
  readonly claim: PlainClaim
  readonly checks: readonly CheckFinding[]
}

type Book = ClaimEntry['claim']

/** A claim without its checks, which are programs. */
export type PlainClaim = Pick<Book, 'id' | 'name' | 'kind' | 'says' | 'source' | 'verdict'> & {
  readonly instead?: string
  readonly because?: string
}

/** A claim as data. */
export function plain(claim: Book): PlainClaim {
  const { id, name, kind, says, source, verdict } = claim
  return {
    id,
    name,
    kind,
    says,
    source,
    verdict,
    ...('instead' in claim ? { instead: claim.instead } : {}),
    ...('because' in claim ? { because: claim.because } : {}),
  }
}

async function findingOf(
  check: Check,
  runner: EntryRunner,
  budget: Budget,
): Promise<Omit<CheckFinding, 'shows'>> {
  if (typeof check === 'string') {
    const { everyEntry } = await import('../../suites/every-entry.ts')
    const entry = everyEntry.get(check)
    return entry === undefined ? unknownEntry(check) : findingOfEntry(entry, runner)
  }
  if (check.type === 'question') return answered(check, budget)
  return findingOfEntry(check, runner)
}

async function findingOfEntry(
  entry: Entry,
  runner: EntryRunner,
): Promise<Omit<CheckFinding, 'shows'>> {
  const { row, evidence } = await runner.find(entry)
  const shown = shownOf(entry, evidence)
  return {
    asks: entry.name,
    method: entry.type,
    outcome: asExpected(row) ? 'pass' : row.outcome === 'unknown' ? 'unknown' : 'fail',
    sentence: row.sentence,
    ...(shown === undefined ? {} : { shown }),
    seconds: row.seconds,
    again: againOf(entry, row),
  }
}

async function answered(
  { asks, method, find }: Question,
  budget: Budget,
): Promise<Omit<CheckFinding, 'shows'>> {
  const started = performance.now()
  const { outcome, sentence, shown } = await find(budget)
  return {
    asks,
    method,
    outcome,
    sentence,
    ...(shown === undefined ? {} : { shown }),
    seconds: Number(((performance.now() - started) / 1000).toFixed(6)),
  }
}

/** A claim that rests on an entry that is not there rests on nothing. */
async function unknownEntry(name: string): Promise<Omit<CheckFinding, 'shows'>> {
  const { everyEntry } = await import('../../suites/every-entry.ts')
  const close = nearest(name, everyEntry.keys())
  const sentence = `no entry is called so${close === undefined ? '' : `; is it ${close}?`}`
  return { asks: name, method: 'entry', outcome: 'fail', sentence, seconds: 0 }
}
