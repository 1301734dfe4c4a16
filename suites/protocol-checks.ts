import type { ProtocolCheck } from './entry.ts'
import type { ProtocolEntry } from './protocol-entry.ts'
import { protocolEntries } from './protocols.ts'

/** Enough to see that it works at all; `npm run regress` runs more. */
const SEEDS = 5

/** Every protocol with a few seeds, and all bugs that are planted in one. */
export const allProtocolChecks: readonly ProtocolCheck[] = protocolEntries.map(checkOf)

/** Every small protocol with a few seeds, and one bug of each that is found soon. */
export const protocolChecks: readonly ProtocolCheck[] = protocolEntries
  .filter((entry) => entry.size === 'small')
  .filter((entry, at, small) => entry.mutant === undefined || at === firstMutant(entry, small))
  .map(checkOf)

function checkOf(entry: ProtocolEntry): ProtocolCheck {
  return {
    type: 'protocol',
    // As specs have it: what nothing is planted in makes claims.
    name: `protocols/${entry.name}${entry.name.includes('/') ? '' : '/claims'}`,
    entry,
    seeds: SEEDS,
    expected: entry.expect.outcome,
    because: entry.because,
  }
}

function firstMutant({ protocol }: ProtocolEntry, small: readonly ProtocolEntry[]): number {
  return small.findIndex((other) => other.protocol === protocol && other.mutant !== undefined)
}
