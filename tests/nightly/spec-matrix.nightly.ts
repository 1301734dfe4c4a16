import { specEntries } from '../../suites/specs.ts'
import { comesOutEveryWay } from '../specs/matrix.ts'

// Sizes at which each search takes seconds; the largest are in specs.nightly.ts.
const bearable = specEntries.filter(({ size }) => size !== 'nightly')

// Those that others have counted come first.
comesOutEveryWay([
  ...bearable.filter(({ oracle }) => oracle !== undefined),
  ...bearable.filter(({ oracle }) => oracle === undefined),
])
