import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { cheapestOfFormula, placesAtOnce } from './cheapest-of-formula.ts'
import { expandedQuorums } from './expansion.ts'
import { dualTree, evaluate, flatTree, formulaOf } from './flat-tree.ts'
import type { FlatTree } from './flat-tree.ts'
import { withoutSpare } from './without-spare.ts'

/** A formula in which nodes may stand more than once. */
export function generalFormula(formula: Formula, size: number): QuorumSet {
  const tree = flatTree(formula)
  for (const node of tree.node) {
    if (node >= size) throw new RangeError(`node ${node} is not there`)
  }
  return formulaSet(tree, size)
}

function formulaSet(tree: FlatTree, size: number, back?: QuorumSet): QuorumSet {
  const held = new Uint8Array(tree.vertices)
  let dual = back
  let formula: Formula | undefined
  let places: Int32Array | undefined
  const set: QuorumSet = {
    size,
    structure: 'formula',
    formula: () => (formula ??= formulaOf(tree)),
    holds: (alive) => evaluate(tree, alive, held),
    cheapest: (prices) => {
      places ??= placesAtOnce(tree, size)
      return withoutSpare(cheapestOfFormula(tree, places, prices), prices, set.holds, size)
    },
    dual: () => (dual ??= formulaSet(dualTree(tree), size, set)),
    minimalQuorums: () => expandedQuorums(tree, size),
  }
  return set
}
