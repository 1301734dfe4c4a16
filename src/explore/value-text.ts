import type { AnyLayout } from '../state/index.ts'
import { format, value } from '../state/index.ts'

const anything = value<unknown>()

/**
 * A value in one line. Without a layout identities are plain numbers, as nobody knows that they are
 * identities.
 */
export function valueText(layout: AnyLayout | undefined, of: unknown): string {
  return of === undefined ? 'nothing' : format(layout ?? anything, of)
}
