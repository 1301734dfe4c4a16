import type { Chance, Down } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { chanceOfLog } from './chance.ts'
import { ownHazard } from './hazards.ts'
import type { Hazards } from './hazards.ts'
import { nodeOdds, treeOdds } from './tree-odds.ts'
import { treeWays, treeWork } from './tree-ways.ts'
import { waysOf } from './ways.ts'

/** Multiplications of whole numbers that a fraction is worth. */
const MOST_WORK = 50_000

export function treeFailure(tree: FlatTree, down: Down): Chance {
  if (typeof down === 'number') {
    const odds = nodeOdds(down)
    return chanceOfLog(treeOdds(tree, () => odds).no)
  }
  return chanceOfLog(treeOdds(tree, (node) => nodeOdds(down[node]!)).no)
}

/** The same as a fraction; `undefined` where it would take long. */
export function treeFraction(tree: FlatTree, hazards: Hazards): Rational | undefined {
  if (treeWork(tree) > MOST_WORK) return undefined
  const { failing, all } = treeWays(tree, (node) => waysOf(ownHazard(hazards, node)))
  return Rational.of(failing, all)
}
