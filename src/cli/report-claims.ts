import { claimGroups } from '../../suites/claims.ts'
import { asExpected } from '../core/results.ts'
import type { BookClaim, ClaimsBook } from '../report/report/content.ts'
import { plain } from './claim-findings.ts'
import type { KnownRow } from './report-runs.ts'
import { evidenceOf } from './report-runs.ts'
import { ClaimShape } from './report-shapes.ts'

/** The claims book as it stands, with what the checks of each claim showed when they were run. */
export async function bookOf(rows: readonly KnownRow[]): Promise<ClaimsBook | undefined> {
  const checked = new Map(
    rows.filter(({ name }) => name.startsWith('claims/')).map((known) => [known.name, known]),
  )
  if (checked.size === 0) return undefined
  const groups = []
  for (const { name, claims } of claimGroups) {
    const told: BookClaim[] = []
    for (const claim of claims)
      told.push(await bookClaim(plain(claim), checked.get(`claims/${claim.id}`)))
    groups.push({ name, claims: told })
  }
  return { groups: groups.filter(({ claims }) => claims.length > 0) }
}

async function bookClaim(
  claim: ReturnType<typeof plain>,
  known: KnownRow | undefined,
): Promise<BookClaim> {
  const { id, name, says, source, verdict, instead, because } = claim
  const saved = known === undefined ? undefined : ClaimShape.safeParse(await evidenceOf(known))
  return {
    id,
    name,
    says,
    source,
    verdict,
    ...(instead === undefined ? {} : { instead }),
    ...(because === undefined ? {} : { because }),
    ...(known === undefined
      ? {}
      : { checked: { outcome: known.row.outcome, asExpected: asExpected(known.row) } }),
    checks: saved?.success === true ? saved.data.checks.map(checkOf) : [],
    again: `synod claims ${id}`,
  }
}

function checkOf(check: ReturnType<typeof ClaimShape.parse>['checks'][number]) {
  const { shown, again, ...rest } = check
  return {
    ...rest,
    ...(shown === undefined ? {} : { shown }),
    ...(again === undefined ? {} : { again }),
  }
}
