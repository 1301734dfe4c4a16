import { describe } from 'vitest'
import { specEntries } from '../../suites/specs.ts'
import { comesOut } from '../specs/explored.ts'

const HOUR = { timeout: 3_600_000 }

describe('specs at their largest sizes', HOUR, () => {
  comesOut(specEntries.filter(({ size }) => size === 'nightly'))
})

describe('large specs without generated code', HOUR, () => {
  const large = specEntries.filter(({ size }) => size !== 'small')
  const bearable = large.filter(({ expect }) => (expect.distinctStates ?? 0) < 1_000_000)
  comesOut(bearable, { generated: false })
})
