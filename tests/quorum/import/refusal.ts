import { UserError } from '../../../src/core/user-error.ts'
import { importQuorums } from '../../../src/quorum/import/import-quorums.ts'
import type { ImportOptions } from '../../../src/quorum/import/imported.ts'

/** What the user is told about a configuration that is not understood. */
export function refusal(text: string, options: ImportOptions = {}): string {
  try {
    importQuorums(text, options)
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
  return 'accepted'
}
