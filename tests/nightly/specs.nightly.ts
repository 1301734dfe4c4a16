import { specEntries } from '../../suites/specs.ts'
import { comesOutEveryWay } from '../specs/matrix.ts'

// Each search takes up to some minutes, and up to some gigabytes.
comesOutEveryWay(specEntries.filter(({ size }) => size === 'nightly'))
