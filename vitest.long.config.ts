import { defineConfig } from 'vitest/config'
import { reporters } from './tests/reporters.ts'

/** Tests that take minutes: big inputs, the packed tarball in an empty folder. */
export default defineConfig({
  test: {
    include: ['tests/long/**/*.long.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // vitest leaves a processor for itself, which is half of two.
    maxWorkers: 2,
    ...reporters(),
  },
})
