import type { Priced } from '../quorum-set.ts'

/** A quorum without the members that it does not need, of which the dearest are dropped first. */
export function withoutSpare(
  quorum: Priced,
  prices: ArrayLike<number>,
  holds: (alive: ArrayLike<number>) => boolean,
  size: number,
): Priced {
  const alive = new Uint8Array(size)
  for (const member of quorum.members) alive[member] = 1
  let price = 0
  for (const member of quorum.members.toSorted((a, b) => prices[b]! - prices[a]!)) {
    alive[member] = 0
    if (holds(alive)) continue
    alive[member] = 1
    price += prices[member]!
  }
  return { members: quorum.members.filter((member) => alive[member] === 1), price }
}
