import type { Meter } from '../../core/budget.ts'
import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { flatTree } from '../structures/flat-tree.ts'
import { AntichainResiduals, ClauseResiduals } from './antichain-residuals.ts'
import { diagramOf } from './diagram.ts'
import type { Diagram } from './diagram.ts'
import { FormulaResiduals } from './formula-residuals.ts'
import { PairResiduals } from './pair-residuals.ts'
import type { Residuals } from './residuals.ts'
import { variableOrders } from './variable-order.ts'
import type { VariableOrder } from './variable-order.ts'

/** Longer lists are read as formulas, where shared parts are found again. */
const LONGEST_LIST = 5_000
/** Vertices that an order may take before another one is tried. */
const ROUNDS = [3_000, 60_000, 1_000_000]

export interface OrderedDiagram {
  readonly diagram: Diagram
  readonly order: VariableOrder
}

/**
 * The diagram of all sides holding at once, when zones may fail as a whole; `undefined` when it is
 * larger than that in every order, or the budget is used up.
 */
export function decisionDiagram(
  sides: readonly QuorumSet[],
  zones: readonly Int32Array[],
  mostVertices: number,
  meter: Meter,
): OrderedDiagram | undefined {
  if (zones.length > 0) return built(sides, zones, mostVertices, meter)
  const [one, other = one] = sides
  if (one === undefined || other === undefined) return undefined
  const known = madeBefore.get(one)?.get(other)
  if (known !== undefined) return known.diagram.vertices <= mostVertices ? known : undefined
  const found = built(sides, zones, mostVertices, meter)
  if (found === undefined) return undefined
  const row = madeBefore.get(one) ?? new WeakMap<QuorumSet, OrderedDiagram>()
  madeBefore.set(one, row.set(other, found))
  return found
}

/** Many questions are asked about the same sides: for one probability after the other. */
const madeBefore = new WeakMap<QuorumSet, WeakMap<QuorumSet, OrderedDiagram>>()

function built(
  sides: readonly QuorumSet[],
  zones: readonly Int32Array[],
  mostVertices: number,
  meter: Meter,
): OrderedDiagram | undefined {
  const orders = variableOrders(sides, zones)
  const limits = orders.length === 1 ? [] : ROUNDS.filter((limit) => limit < mostVertices)
  for (const limit of [...limits, mostVertices]) {
    for (const order of orders) {
      const diagram = diagramOf(
        residualsOf(sides, order, zones.length > 0),
        order.variables.length,
        limit,
        meter,
      )
      if (diagram !== undefined) return { diagram, order }
      if (meter.exhausted) return undefined
    }
  }
  return undefined
}

/** All sides in one: lists by themselves, everything else as one formula. */
export function residualsOf(
  sides: readonly QuorumSet[],
  order: VariableOrder,
  zoned: boolean,
): Residuals {
  const variables = order.variables.length
  const sets = (formulas: readonly Formula[]) =>
    formulas.map((formula) =>
      Int32Array.from(new Set(leavesOf(formula).flatMap((node) => order.placesOf(node)))),
    )
  const parts: Residuals[] = []
  const formulas: Formula[] = []
  for (const side of sides) {
    const formula = side.formula()
    const lines = linesOf(formula)
    if (lines === undefined || (zoned && lines.kind === 'clauses')) formulas.push(formula)
    else if (lines.kind === 'quorums')
      parts.push(new AntichainResiduals(sets(lines.lines), variables))
    else parts.push(new ClauseResiduals(sets(lines.lines), variables))
  }
  if (formulas.length > 0) {
    const trees = formulas.map((formula) => flatTree(formula))
    parts.push(new FormulaResiduals(trees, (node) => order.placesOf(node)))
  }
  return parts.reduce((one, other) => new PairResiduals(one, other))
}

/** A formula that is a list of quorums (any of: all of) or of clauses (all of: any of). */
function linesOf(
  formula: Formula,
): { readonly kind: 'quorums' | 'clauses'; readonly lines: readonly Formula[] } | undefined {
  if (typeof formula === 'number' || formula.weights !== undefined) return undefined
  const { need, inputs } = formula
  if (inputs.length < 2 || inputs.length > LONGEST_LIST) return undefined
  const every = (needOf: (count: number) => number) =>
    inputs.every(
      (input) =>
        typeof input === 'number' ||
        (input.weights === undefined &&
          input.need === needOf(input.inputs.length) &&
          input.inputs.every((leaf) => typeof leaf === 'number')),
    )
  if (need === 1 && every((count) => count)) return { kind: 'quorums', lines: inputs }
  if (need === inputs.length && every(() => 1)) return { kind: 'clauses', lines: inputs }
  return undefined
}

function leavesOf(formula: Formula): number[] {
  if (typeof formula === 'number') return [formula]
  return formula.inputs.filter((input) => typeof input === 'number')
}
