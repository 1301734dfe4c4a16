import type { Random } from '../../../src/core/random.ts'
import type { Formula } from '../../../src/quorum/formula.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { systemOf } from '../../../src/quorum/system.ts'
import type { QuorumSystem } from '../../../src/quorum/system.ts'
import { bitsOf, dualTable, minimalMasks, randomFormula, randomTree, tableOf } from '../truth.ts'
import type { Table } from '../truth.ts'

/** A random side in one of the forms that engines tell apart, and the table of what it means. */
export interface RandomSide {
  readonly set: QuorumSet
  readonly table: Table
}

export function randomSide(random: Random, size: number): RandomSide {
  const form = random.int(0, 4)
  if (form <= 1) {
    const tree = randomTree(random, size, form === 1)
    return { set: thresholdTree(tree, size), table: tableOf(tree, size) }
  }
  const formula = randomFormula(random, size, size + random.int(0, 4), random.chance(1, 2))
  const table = tableOf(formula, size)
  if (form === 2) return { set: generalFormula(formula, size), table }
  const list = listOfQuorums(minimalMasks(table).map(bitsOf), size)
  return form === 3 ? { set: list, table } : { set: list.dual(), table: dualTable(table) }
}

/** Chances in tenths, so that all of it is whole numbers below 2^53. */
export interface RandomChances {
  readonly own: readonly number[]
  readonly zones: readonly { readonly members: readonly number[]; readonly down: number }[]
}

export function randomChances(random: Random, size: number): RandomChances {
  const same = random.int(0, 10)
  const alike = random.chance(1, 3)
  const own = Array.from({ length: size }, () => (alike ? same : random.int(0, 10)))
  const zones = Array.from({ length: random.int(0, 3) }, () => {
    return { members: [] as number[], down: random.int(0, 10) }
  })
  for (let node = 0; node < size && zones.length > 0; node++) {
    if (random.chance(3, 4)) random.pick(zones).members.push(node)
  }
  return { own, zones: zones.filter(({ members }) => members.length > 0) }
}

export function systemFor(
  reads: QuorumSet,
  writes: QuorumSet,
  { own, zones }: RandomChances,
): QuorumSystem {
  const nodes = own.map((tenths, node) => {
    const zone = zones.findIndex(({ members }) => members.includes(node))
    return quorumNode(`n${node}`, {
      failure: `${tenths}/10`,
      ...(zone < 0 ? {} : { zone: `z${zone}` }),
    })
  })
  return systemOf({ name: 'random', size: nodes.length, reads, writes, nodes })
}

export function zoneOptions({ zones }: RandomChances): Record<string, string> {
  return Object.fromEntries(zones.map(({ down }, zone) => [`z${zone}`, `${down}/10`]))
}

/** The failure probability by its definition: all states of all zones and nodes are added up. */
export function enumeratedFailure(table: Table, { own, zones }: RandomChances): Rational {
  let failing = 0
  for (let zoneState = 0; zoneState < 2 ** zones.length; zoneState++) {
    let ways = 1
    let reachable = (1 << own.length) - 1
    for (const [zone, { members, down }] of zones.entries()) {
      const isUp = (zoneState & (1 << zone)) !== 0
      ways *= isUp ? 10 - down : down
      if (!isUp) for (const node of members) reachable &= ~(1 << node)
    }
    if (ways > 0) failing += ways * failingWays(table, own, reachable)
  }
  return Rational.of(BigInt(failing), 10n ** BigInt(own.length + zones.length))
}

function failingWays(table: Table, own: readonly number[], reachable: number): number {
  let ways = [1]
  for (const tenths of own) {
    ways = [...ways.map((way) => way * tenths), ...ways.map((way) => way * (10 - tenths))]
  }
  return ways.reduce(
    (sum, way, live) => ((table[live & reachable] ?? 0) === 0 ? sum + way : sum),
    0,
  )
}

export function flatFormula(need: number, size: number): Formula {
  return { need, inputs: Array.from({ length: size }, (_, node) => node) }
}
