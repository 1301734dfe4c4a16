import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/**
 * Repeatable randomness. Only integers are drawn and only integer arithmetic decides, so the same
 * seed gives the same draws on every machine and Node version.
 */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  /** True in `numerator` of `denominator` cases. */
  chance(numerator: number, denominator: number): boolean
  /** One of the items, each as likely. The list may not be empty. */
  pick<Item>(items: readonly Item[]): Item
  /** The items in a random order; the list itself is left as it was. */
  shuffle<Item>(items: readonly Item[]): Item[]
}

export function seeded(seed: number): Random {
  const generator = xoroshiro128plus(mixed(seed))
  // The first few draws after a seed of 32 bits still depend on each other.
  for (let draw = 0; draw < 8; draw++) uniformInt(generator, 0, 1)
  const int = (low: number, high: number) => uniformInt(generator, low, high)
  return {
    int,
    chance: (numerator, denominator) => int(1, denominator) <= numerator,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[int(0, items.length - 1)] as (typeof items)[number]
    },
    shuffle: (items) => {
      const result = [...items]
      for (let last = result.length - 1; last > 0; last--) {
        const other = int(0, last)
        const item = result[last] as (typeof items)[number]
        result[last] = result[other] as (typeof items)[number]
        result[other] = item
      }
      return result
    },
  }
}

/** Spreads neighbouring seeds over all of them (the last step of Appleby's MurmurHash3, 2011). */
function mixed(seed: number): number {
  let bits = seed | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
