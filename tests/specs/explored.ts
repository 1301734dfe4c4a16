import { expect, it } from 'vitest'
import type { ExploreOptions } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { SpecEntry } from '../../suites/specs.ts'
import { specEntries, specs } from '../../suites/specs.ts'

/** `paxos (quorums=majority(n=3)), mutant no-promise` */
export function entryName({ spec, parameters, mutant, symmetry = false }: SpecEntry): string {
  const given = Object.entries(parameters ?? {}).map(([name, value]) => `${name}=${String(value)}`)
  const sized = given.length > 0 ? `${spec.name} (${given.join(', ')})` : spec.name
  const named = symmetry ? `${sized}, up to symmetry,` : sized
  return mutant === undefined ? named : `${named}, mutant ${mutant}`
}

const MOST_STATES = 1000

/**
 * Of each spec one run with few states and one with a bug. `npm run test:long` explores the others,
 * and `npm run check` all that are small.
 */
export const quickEntries: ReadonlySet<SpecEntry> = new Set(
  specs.flatMap((spec) => {
    const small = specEntries.filter((entry) => entry.spec === spec && entry.size === 'small')
    const good = small.find(
      ({ mutant, expect: { distinctStates = Infinity } }) =>
        mutant === undefined && distinctStates <= MOST_STATES,
    )
    const bad = small.find(({ mutant }) => mutant !== undefined)
    return [good, bad].filter((entry) => entry !== undefined)
  }),
)

/** One test for each entry: explored with these options, it comes out as it says. */
export function comesOut(entries: readonly SpecEntry[], options: ExploreOptions = {}): void {
  for (const entry of entries) {
    it(`${entryName(entry)} comes out as expected`, async () => {
      const { outcome, violated, ...counts } = entry.expect
      const { symmetry = false } = entry
      const model = entry.spec.make(entry.parameters ?? {}, entry.mutant)
      const counted = Object.keys(counts).length > 0
      // The counts are of the whole graph, also where something is wrong in it.
      const found = await explore(model, { keepGoing: counted, symmetry, ...options })
      expect(found).toMatchObject({ outcome, ...counts })
      if (violated !== undefined) expect(found.violations[0]?.name).toBe(violated)
    })
  }
}
