import type { Operation } from '../core/operation.ts'

/**
 * Two operations of an order, by index: `early` stands first, but `late` had returned before it
 * began.
 */
export interface OutOfOrder {
  readonly early: number
  readonly late: number
}

/**
 * The first place where an order contradicts real time, or `undefined`.
 *
 * An order respects real time if nothing in it returned before something that stands earlier was
 * called, so the latest call so far is all that has to be remembered.
 */
export function outOfOrder(
  order: Int32Array,
  length: number,
  operations: readonly Operation[],
): OutOfOrder | undefined {
  let latest = -Infinity
  let early = -1
  for (let place = 0; place < length; place++) {
    const index = order[place]!
    const { called, returned } = operations[index]!
    if (returned < latest) return { early, late: index }
    if (called > latest) {
      latest = called
      early = index
    }
  }
  return undefined
}
