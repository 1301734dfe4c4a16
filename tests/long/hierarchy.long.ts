import { expect, it } from 'vitest'

import { runEntry } from '../../src/cli/run-entry.ts'
import { asExpected } from '../../src/core/results.ts'
import { hierarchy } from '../../suites/hierarchy.ts'

it.each(hierarchy)('$name comes out as expected', async (entry) => {
  const { row } = await runEntry(entry, '', { seconds: 300 })
  expect([row.outcome, asExpected(row)], row.sentence).toEqual([entry.expected, true])
})
