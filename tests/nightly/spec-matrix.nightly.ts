import { specEntries } from '../../suites/specs.ts'
import { comesOutEveryWay } from '../specs/matrix.ts'

// Sizes at which each search takes seconds; the largest are in specs.nightly.ts.
comesOutEveryWay(
  specEntries.filter(
    ({ size, oracle, expect: { distinctStates = 0 } }) =>
      size !== 'nightly' || (oracle !== undefined && distinctStates < 100_000),
  ),
)
