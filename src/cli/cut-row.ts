import type { RunRow } from '../core/results.ts'
import { asExpected } from '../core/results.ts'

/**
 * A row of which something was cut short, `covered` saying what was seen until then. What fails
 * fails, however little was seen; but where a failure was expected and comes out otherwise, in its
 * counts or in what is violated first, nobody knows what all of it would have shown.
 *
 * @param covered absent where nothing was cut short
 */
export function openIfCut(row: RunRow, covered: string | undefined): RunRow {
  if (covered === undefined || row.outcome !== 'fail' || row.expected !== 'fail') return row
  if (asExpected(row)) return row
  const sentence = `it fails, but a bound was hit before it was known how: ${covered}`
  return { ...row, outcome: 'unknown', sentence }
}
