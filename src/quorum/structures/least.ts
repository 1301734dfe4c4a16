import type { Priced } from '../quorum-set.ts'
import { priceOf } from './combinations.ts'
import { withoutSpare } from './without-spare.ts'

/** The quorum with its price, and without members that cost nothing and are not needed. */
export function priced(
  members: Int32Array,
  prices: ArrayLike<number>,
  set: { readonly size: number; readonly holds: (alive: ArrayLike<number>) => boolean },
): Priced {
  const quorum = { members, price: priceOf(members, prices) }
  const isFree = (node: number): boolean => prices[node] === 0
  // What costs something is needed, or the quorum would not be of the least price.
  return members.some(isFree) ? withoutSpare(quorum, prices, set.holds, set.size) : quorum
}
