import { UserError } from '../../src/core/user-error.ts'

/** The text of the error that a call ends with. */
export function userErrorOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
  throw new Error('nothing was thrown')
}
