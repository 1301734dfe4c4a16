import { describe } from 'vitest'
import { specEntries } from '../../suites/specs.ts'
import { comesOut, quickEntries } from '../specs/explored.ts'

describe('specs at their larger sizes', () => {
  comesOut(specEntries.filter((entry) => entry.size !== 'nightly' && !quickEntries.has(entry)))
})

describe('small specs without generated code', () => {
  const small = specEntries.filter(({ size }) => size === 'small')
  const quick = small.filter(({ expect }) => (expect.distinctStates ?? 0) < 20_000)
  comesOut(quick, { generated: false })
})
