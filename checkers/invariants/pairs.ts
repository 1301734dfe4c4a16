/** Places of two different nodes, the smaller first. */
export type Pair = readonly [one: number, other: number]

/** All pairs of so many nodes, or those of which one is the node that has changed. */
export function pairsOf(count: number, changed: number | undefined): readonly Pair[] {
  const key = count * MOST + (changed ?? -1) + 1
  const known = cache.get(key)
  if (known !== undefined) return known
  const pairs: Pair[] = []
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      if (changed === undefined || one === changed || other === changed) pairs.push([one, other])
    }
  }
  cache.set(key, pairs)
  return pairs
}

const MOST = 2 ** 20
const cache = new Map<number, readonly Pair[]>()

/** Neither of two nodes has changed. */
export function isAsBefore(changed: number | undefined, one: number, other: number): boolean {
  return changed !== undefined && changed !== one && changed !== other
}
