import { expect } from 'vitest'

import type { Random } from '../../../src/core/random.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import { bitsOf, dualTable, maskOf, minimalMasks, tableOf } from '../truth.ts'
import type { Table } from '../truth.ts'

/** Everything that a set says about itself and its dual has to follow from its table. */
export function expectAgreement(set: QuorumSet, table: Table, random: Random): void {
  const faults = [
    ...sideFaults(set, table, random),
    ...sideFaults(set.dual(), dualTable(table), random).map((fault) => `dual: ${fault}`),
    ...(set.dual().dual() === set ? [] : ['the dual of the dual is another']),
  ]
  if (faults.length > 0) expect(faults, JSON.stringify(set.formula())).toEqual([])
}

function sideFaults(set: QuorumSet, table: Table, random: Random): string[] {
  const { size } = set
  const faults: string[] = []
  const check = (what: string, found: unknown, right: unknown): void => {
    if (String(found) !== String(right))
      faults.push(`${what}: ${String(found)}, not ${String(right)}`)
  }
  check('formula', tableOf(set.formula(), size), table)
  const alive = new Uint8Array(size)
  const holds = (live: number): boolean => {
    for (let node = 0; node < size; node++) alive[node] = (live >> node) & 1
    return set.holds(alive)
  }
  check(
    'holds',
    table.map((_, live) => (holds(live) ? 1 : 0)),
    table,
  )
  const minimal = minimalMasks(table)
  const found = [...set.minimalQuorums()]
  const masks = found.map(maskOf)
  for (const [at, members] of found.entries()) check('members', members, bitsOf(masks[at] ?? 0))
  check(
    'minimal quorums',
    masks.sort((a, b) => a - b),
    minimal,
  )
  if (set.countMinimal !== undefined) check('count', set.countMinimal(), minimal.length)
  for (const highest of [1, 9]) {
    const prices = Float64Array.from({ length: size }, () => random.int(0, highest))
    const priceOf = (mask: number): number =>
      bitsOf(mask).reduce((sum, node) => sum + (prices[node] as number), 0)
    const { members, price } = set.cheapest(prices)
    const mask = maskOf(members)
    check('least price', price, Math.min(...minimal.map(priceOf)))
    check('price of the cheapest', priceOf(mask), price)
    check('members of the cheapest', members, bitsOf(mask))
    check('whether the cheapest is minimal', minimal.includes(mask), true)
  }
  return faults
}
