import type { Claim, ClaimGroup } from '../../suites/claims/claim.ts'
import type { ClaimEntry } from '../../suites/entry.ts'
import { nearest } from '../core/nearest.ts'
import { packageFolder } from '../core/package.ts'
import { showProgress, silent } from '../core/progress.ts'
import { openRun } from '../core/run-writer.ts'
import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import { againOf } from './again.ts'
import type { ClaimResult } from './claims-text.ts'
import { claimLine, claimText, groupHeading, summaryOf, summaryText } from './claims-text.ts'
import { plain } from './claim-findings.ts'
import type { ClaimEvidence } from './claim-findings.ts'
import { EXIT, exitOf, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { EntryRunner } from './run-entry.ts'
import { headerOf, secondsSince } from './save.ts'
import type { Terminal } from './terminal.ts'

export interface ClaimsFlags {
  readonly id?: readonly string[]
  readonly group?: string
  readonly summary?: true
  readonly json?: true
  readonly save?: string
}

/** For each check; none of ours comes near. */
const BUDGET = { seconds: 60, bytes: 1e9 }

/** `synod claims`. Answers the exit code. */
export async function claims(
  ids: readonly string[],
  flags: ClaimsFlags,
  terminal: Terminal,
): Promise<number> {
  const { claimEntries, claimGroups } = await import('../../suites/claims.ts')
  const asked = [...ids, ...(flags.id ?? [])]
  const groups = chosen(asked, flags.group, claimGroups)
  const whole = asked.length > 0 || flags.group !== undefined
  const started = new Date()
  const { save } = flags
  const writer =
    save === undefined ? undefined : await openRun(save, headerOf('claims', started, BUDGET))
  const results: ClaimResult[] = []
  for await (const result of found(groups, claimEntries, terminal)) {
    const first = results.at(-1)?.group !== result.group
    results.push(result)
    const { row, ...content } = result
    if (row !== undefined) await writer?.add(row, content)
    if (flags.summary) continue
    if (flags.json) terminal.out(jsonLine(jsonOf(result)))
    else {
      if (first && !whole) terminal.out(groupHeading(result.group))
      terminal.out(whole ? claimText(result, terminal) : claimLine(result, terminal))
    }
  }
  const summary = summaryOf(results)
  const seconds = secondsSince(started)
  if (!flags.json) terminal.out(summaryText(summary, seconds))
  else if (flags.summary) terminal.out(jsonLine(summary))
  if (writer !== undefined) {
    await writer.finish(seconds)
    terminal.err(visibleLines(`saved in ${writer.path}\n`))
  }
  return worstExit(results.map(({ row }) => (row === undefined ? EXIT.pass : exitOf(row.outcome))))
}

async function* found(
  groups: readonly ClaimGroup[],
  entries: readonly ClaimEntry[],
  terminal: Terminal,
): AsyncGenerator<ClaimResult> {
  const runner = new EntryRunner(packageFolder(), BUDGET)
  const byId = new Map(entries.map((entry) => [entry.claim.id, entry]))
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const all = groups.flatMap(({ name, claims: some }) =>
    some.map((claim) => ({ group: name, claim })),
  )
  try {
    for (const [at, { group, claim }] of all.entries()) {
      const entry = byId.get(claim.id)
      if (entry === undefined) {
        yield { group, claim: plain(claim), checks: [] }
        continue
      }
      progress.say(`${at + 1} of ${all.length}, ${claim.id}, ${claim.name}`)
      const { row, evidence } = await runner.find(entry)
      progress.stop()
      yield { ...(evidence as ClaimEvidence), row: { ...row, replay: againOf(entry, row) } }
    }
  } finally {
    progress.stop()
  }
}

/** The claims that are asked for, in their groups. @throws UserError with the nearest name */
function chosen(
  ids: readonly string[],
  group: string | undefined,
  all: readonly ClaimGroup[],
): readonly ClaimGroup[] {
  const same = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase()
  const groups = group === undefined ? all : all.filter(({ name }) => same(name, group))
  if (group !== undefined && groups.length === 0) {
    throw noneCalled('group of claims', group, new Set(all.map(({ name }) => name)))
  }
  const within = groups.flatMap(({ claims: some }) => some)
  for (const id of ids) {
    if (within.some((claim) => same(claim.id, id))) continue
    const elsewhere = all.find(({ claims: some }) => some.some((claim) => same(claim.id, id)))
    if (elsewhere !== undefined && group !== undefined) throw otherGroup(id, group, elsewhere.name)
    throw noneCalled('claim', id, new Set(within.map((claim) => claim.id)))
  }
  const picked = (claim: Claim): boolean => ids.length === 0 || ids.some((id) => same(claim.id, id))
  return groups
    .map(({ name, claims: some }) => ({ name, claims: some.filter(picked) }))
    .filter(({ claims: some }) => some.length > 0)
}

function noneCalled(what: string, name: string, all: ReadonlySet<string>): UserError {
  const close = nearest(name, all)
  return new UserError(`no ${what} is called '${name}'`, {
    where: 'synod claims',
    hint:
      close === undefined ? 'synod claims, without a name, lists all' : `did you mean ${close}?`,
  })
}

function otherGroup(id: string, group: string, its: string): UserError {
  return new UserError(`${id} is not in the group '${group}'`, {
    where: '--group',
    hint: `leave the group out, as it is in '${its}'`,
  })
}

function jsonOf({ group, claim, checks, row }: ClaimResult): object {
  return { group, ...claim, outcome: row?.outcome ?? null, checks }
}
