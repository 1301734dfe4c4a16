import type { Model } from '../core/model.ts'
import { observes } from '../core/model.ts'
import type { Operation } from '../core/operation.ts'

/**
 * What was known at some moment: operations called later are gone, and those that returned later
 * have no outcome yet, so the ones of them that change nothing are gone as well. If the whole has a
 * legal order, so has every beginning of it.
 */
export function cutShort(operation: Operation, end: number, model: Model): Operation | undefined {
  if (operation.returned <= end) return operation
  if (operation.called > end || observes(model, operation)) return undefined
  return { ...operation, returned: Infinity, returnedAt: undefined, result: undefined }
}
