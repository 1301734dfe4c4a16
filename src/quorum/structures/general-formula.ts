import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { cheapestOfFormula } from './cheapest-of-formula.ts'
import { expandedQuorums } from './expansion.ts'
import { dualTree, evaluate, flatTree, formulaOf } from './flat-tree.ts'
import type { FlatTree } from './flat-tree.ts'
import { withoutSpare } from './without-spare.ts'

/** A formula in which nodes may stand more than once. */
export function generalFormula(formula: Formula, size: number): QuorumSet {
  const tree = flatTree(formula)
  const places = new Int32Array(size)
  for (const node of tree.node) {
    if (node >= size) throw new RangeError(`node ${node} is not there`)
    if (node >= 0) places[node]!++
  }
  return formulaSet(tree, places)
}

function formulaSet(tree: FlatTree, places: Int32Array, back?: QuorumSet): QuorumSet {
  const held = new Uint8Array(tree.vertices)
  let dual = back
  const set: QuorumSet = {
    size: places.length,
    structure: 'formula',
    formula: () => formulaOf(tree),
    holds: (alive) => evaluate(tree, alive, held),
    cheapest: (prices) =>
      withoutSpare(cheapestOfFormula(tree, places, prices), prices, set.holds, places.length),
    dual: () => (dual ??= formulaSet(dualTree(tree), places, set)),
    minimalQuorums: () => expandedQuorums(tree, places.length),
  }
  return set
}
