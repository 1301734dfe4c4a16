import type { Entry } from './entry.ts'
import { allProtocolChecks } from './protocol-checks.ts'
import { entries } from './registry.ts'
import { allSpecChecks } from './spec-checks.ts'
import { valencyEntries } from './valency-entries.ts'
import { zoo } from './zoo.ts'

/**
 * Whatever has an expected verdict, by its name: also what takes too long for every check, such as
 * large specs and the bugs of the zoo.
 */
export const everyEntry: ReadonlyMap<string, Entry> = new Map(
  [
    ...allSpecChecks,
    ...allProtocolChecks,
    ...valencyEntries.map((entry): Entry => ({
      type: 'valency',
      name: `valency/${entry.name}`,
      entry,
      expected: 'pass',
      because: entry.because,
    })),
    ...zoo.map((bug): Entry => ({
      type: 'zoo',
      name: `zoo/${bug.id}`,
      bug,
      expected: 'fail',
      because: bug.source,
    })),
    ...entries,
  ].map((entry) => [entry.name, entry]),
)
