import { describe, expect, it } from 'vitest'

import { compared } from '../../src/cli/valency-compared.ts'
import { valency } from '../../src/valency/valency.ts'
import { valencyEntries } from '../../suites/valency-entries.ts'

describe('the small protocols', () => {
  for (const entry of valencyEntries) {
    it(`${entry.name}: ${entry.because}`, () => {
      const report = valency(entry.protocol, entry.processes, entry.options)
      const all = compared(entry, report)
      expect(all.map(({ what, found }) => `${what}: ${found}`)).toEqual(
        all.map(({ what, expected }) => `${what}: ${expected}`),
      )
      const ways = entry.options.agree ?? entry.options.omega ?? entry.options.gst
      if (ways === undefined) expect(report.defects.length, 'defects').toBeGreaterThan(0)
      for (const { stories } of report.findings)
        expect(stories.undecided?.run.replayed ?? true, 'replayed').toBe(true)
    })
  }
})
