import { UserError } from '../../core/user-error.ts'

/** The answer of a way that may say that it would take too long; `undefined` where it does. */
export function unlessRefused<Answer>(way: () => Answer): Answer | undefined {
  try {
    return way()
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
