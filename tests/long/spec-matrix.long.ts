import type { SpecEntry } from '../../suites/specs.ts'
import { specEntries } from '../../suites/specs.ts'
import { comesOutEveryWay } from '../specs/matrix.ts'

/** Enough for two threads to have something to do; all ways together take half a minute. */
const [FEWEST, MOST] = [40, 150]
const [GOOD, BAD] = [12, 3]

const counted = specEntries.filter(
  ({ oracle, symmetry, expect: { distinctStates = 0 } }) =>
    oracle !== undefined && symmetry !== true && distinctStates >= FEWEST && distinctStates <= MOST,
)
const chosen = new Map<string, SpecEntry>()
for (const entry of counted) if (!chosen.has(entry.spec.name)) chosen.set(entry.spec.name, entry)
const good = [...chosen.values()].slice(0, GOOD)
const bad = good
  .slice(0, BAD)
  .map(({ spec }) => specEntries.find((entry) => entry.spec === spec && entry.mutant !== undefined))

comesOutEveryWay([...good, ...bad.filter((entry) => entry !== undefined)])
