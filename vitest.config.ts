import { defineConfig } from 'vitest/config'
import { reporters } from './tests/reporters.ts'

/** The fast tests: everything in less than half a minute. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    // Modules are loaded once for each process and not for each file: a third of the time.
    isolate: false,
    // vitest leaves a processor for itself, which is half of two.
    maxWorkers: 2,
    ...reporters(),
    coverage: {
      include: ['src/**', 'checkers/**', 'suites/**'],
      // Of this process alone: what runs in processes and threads of its own is not counted.
      thresholds: { 'src/**': { lines: 90 } },
    },
  },
})
