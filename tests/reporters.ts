/**
 * What a test run prints, and, where the environment names a file, a report for machines beside it:
 * the same command then serves people and continuous integration.
 */
export function reporters(): {
  reporters: string[]
  outputFile?: { json: string }
} {
  const file = process.env['SYNOD_TEST_REPORT']
  if (file === undefined) return { reporters: ['default'] }
  return { reporters: ['default', 'json'], outputFile: { json: file } }
}
