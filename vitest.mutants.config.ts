import { defineConfig } from 'vitest/config'
import { progressReporter } from './tests/progress-reporter.ts'
import { reporters } from './tests/reporters.ts'

const { reporters: usual, ...report } = reporters()

/** `npm run mutants`: mistakes in the functions on which most depends, which the tests notice. */
export default defineConfig({
  test: {
    include: ['tests/mutants/*.mutants.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: [...usual, progressReporter()],
    ...report,
  },
})
