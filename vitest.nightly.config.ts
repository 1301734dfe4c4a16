import { defineConfig } from 'vitest/config'
import { progressReporter } from './tests/progress-reporter.ts'
import { reporters } from './tests/reporters.ts'

const { reporters: usual, ...report } = reporters()

/** Campaigns: a million random cases for each engine, many machines to explore, and the mutants. */
export default defineConfig({
  test: {
    include: ['tests/nightly/**/*.nightly.ts', 'tests/explore/*.test.ts'],
    env: { SYNOD_TIMES: '100' },
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    // One file after the other: the campaigns use all processors, and times mean something.
    fileParallelism: false,
    reporters: [...usual, progressReporter()],
    ...report,
  },
})
