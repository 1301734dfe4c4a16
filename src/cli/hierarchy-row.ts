import type { KnownNumber } from '../../suites/object-types.ts'
import type { Outcome } from '../core/verdict.ts'
import { sharedConsensus } from '../valency/shared-memory/shared-consensus.ts'
import type { SharedFinding } from '../valency/shared-memory/shared-consensus.ts'
import { typeFinding } from '../valency/shared-memory/type-finding.ts'
import type { TypeFinding } from '../valency/shared-memory/type-finding.ts'
import type { AskedType } from './hierarchy-asked.ts'

/** All that is found about a type. */
export interface HierarchyRow {
  readonly name: string
  readonly known?: KnownNumber
  readonly because?: string
  /** Up to so many processes were asked about. */
  readonly most: number
  readonly finding: TypeFinding
  /** The protocol with 2, 3, ... processes, until it fails. */
  readonly runs: readonly SharedFinding[]
  /** By the criterion or by a protocol. */
  readonly atLeast: number
  readonly atMost: number | undefined
  /** Whether that agrees with what is known. */
  readonly outcome: Outcome
}

/** Asks everything about a type, for 2 up to `most` processes. */
export function hierarchyRow(asked: AskedType, most: number, seconds: number): HierarchyRow {
  const { name, known, because, protocol } = asked
  const finding = typeFinding(asked.type(most), most, { seconds })
  const runs: SharedFinding[] = []
  const last = Math.min(most, protocol?.mostProcesses ?? most)
  for (let processes = 2; protocol !== undefined && processes <= last; processes++) {
    const found = sharedConsensus(protocol, { processes, budget: { seconds } })
    runs.push(found)
    if (found.outcome !== 'pass') break
  }
  const shown = runs.filter(({ outcome }) => outcome === 'pass').map(({ processes }) => processes)
  const atLeast = Math.max(finding.atLeast, ...shown)
  const { atMost } = finding
  return {
    name,
    ...(known === undefined ? {} : { known }),
    ...(because === undefined ? {} : { because }),
    most,
    finding,
    runs,
    atLeast,
    atMost,
    outcome: outcomeOf(known, atLeast, atMost, most),
  }
}

function outcomeOf(
  known: KnownNumber | undefined,
  atLeast: number,
  atMost: number | undefined,
  most: number,
): Outcome {
  if (atMost !== undefined && atLeast > atMost) return 'fail'
  // Of somebody's own type: is it decided?
  if (known === undefined) return atMost === atLeast || atLeast === most ? 'pass' : 'unknown'
  const expected = known === 'any' ? most : Math.min(known, most)
  if (atLeast > expected || (atMost !== undefined && atMost < expected)) return 'fail'
  return atLeast === expected ? 'pass' : 'unknown'
}

/** `2`, `at least 4`. */
export function rangeText({ atLeast, atMost }: Pick<HierarchyRow, 'atLeast' | 'atMost'>): string {
  if (atMost === atLeast) return String(atLeast)
  return atMost === undefined ? `at least ${atLeast}` : `${atLeast} to ${atMost}`
}
