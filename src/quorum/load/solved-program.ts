import type { BasisStatus, Highs, Model, ModelStatusCode } from 'highs'

import { solveExactly } from './exact-solve.ts'
import type { Column } from './elimination.ts'
import { leastCommonMultiple } from './fractions.ts'
import type { Fractions } from './fractions.ts'
import type { LoadProgram } from './load-program.ts'

/** An optimum in doubles. */
export interface NearSolution {
  readonly values: Float64Array
  /** For row (point, node) what the node asks, in proportion. */
  readonly prices: Float64Array
}

/** An optimal vertex in fractions, if the solver ended where it should. */
export interface ExactSolution {
  readonly values: Fractions
  readonly prices: Fractions
  /** By how much the optimum would grow with the limit of each row. */
  readonly duals: Fractions
}

/** A load program in the solver, which keeps its state while columns are added. */
export class SolvedProgram {
  readonly #program: LoadProgram
  readonly #model: Model
  #columns = 0

  constructor(highs: Highs, program: LoadProgram) {
    this.#program = program
    const { limits, rowLimits, columns, costs, loads, unit } = program
    // A load counts in multiples of the unit; when loads are all that counts, so does their mean.
    const onlyLoads = costs.size <= loads.length
    const cost = Float64Array.from(columns, (_, variable) => {
      const own = costs.get(variable)?.toNumber() ?? 0
      return variable < loads.length && !onlyLoads ? own * unit : own
    })
    this.#model = highs.createModel({
      numCols: columns.length,
      numRows: rowLimits.length,
      sense: highs.constants.objectiveSense.minimize,
      colCost: cost,
      colLower: Float64Array.from(limits, ({ lower }) => lower),
      colUpper: Float64Array.from(limits, ({ upper }) => upper),
      rowLower: Float64Array.from(rowLimits, ({ lower }) => lower),
      rowUpper: Float64Array.from(rowLimits, ({ upper }) => upper),
      matrix: this.#matrix(0),
    })
    this.#columns = columns.length
    const options = this.#model.options
    options.set('output_flag', false)
    options.set('primal_feasibility_tolerance', 1e-10)
    options.set('dual_feasibility_tolerance', 1e-10)
    if (rowLimits.length > MOST_ROWS_SIMPLEX) {
      options.set('solver', 'ipm')
      options.set('run_crossover', 'off')
      options.set('ipm_optimality_tolerance', 1e-12)
    }
  }

  solve(seconds: number): 'optimal' | 'infeasible' | 'stopped' {
    const added = this.#program.columns.length - this.#columns
    if (added > 0) {
      this.#model.addCols({
        cost: new Float64Array(added),
        lower: new Float64Array(added),
        upper: new Float64Array(added).fill(Infinity),
        matrix: this.#matrix(this.#columns),
      })
      this.#columns += added
    }
    if (Number.isFinite(seconds)) {
      this.#model.zeroAllClocks()
      this.#model.options.set('time_limit', Math.max(0.001, seconds))
    }
    let { modelStatus } = this.#model.run()
    if (modelStatus === UNSURE) {
      // The interior-point method can fail to come as near as it is asked to.
      this.#model.options.set('solver', 'simplex')
      modelStatus = this.#model.run().modelStatus
    }
    if (modelStatus === OPTIMAL) return 'optimal'
    return modelStatus === INFEASIBLE ? 'infeasible' : 'stopped'
  }

  near(): NearSolution {
    const { colValue, rowDual } = this.#model.getSolution()
    const { workload, size } = this.#program
    // Rows are limited from above and the objective is to be least, so duals are not positive.
    const prices = rowDual.slice(0, workload.length * size).map((dual) => Math.max(0, -dual))
    return { values: colValue, prices }
  }

  /** The same vertex in fractions of at most so many bits. */
  exact(bits: number): ExactSolution | undefined {
    const { colStatus, rowStatus } = this.#model.getBasis()
    return exactVertex(this.#program, colStatus, rowStatus, bits)
  }

  dispose(): void {
    this.#model.dispose()
  }

  #matrix(first: number) {
    const { columns, rowLimits } = this.#program
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (let variable = first; variable < columns.length; variable++) {
      const { rows, factors } = columns[variable] as Column
      for (const [k, row] of rows.entries()) {
        indices.push(row)
        values.push(this.#program.scaled(variable, row, factors[k] as bigint))
      }
      starts.push(indices.length)
    }
    return {
      format: 'csc' as const,
      numRows: rowLimits.length,
      numCols: columns.length - first,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }
  }
}

/** Bigger programs are solved by an interior-point method, which gives no vertex. */
export const MOST_ROWS_SIMPLEX = 6_000

const OPTIMAL: ModelStatusCode = 7
const INFEASIBLE: ModelStatusCode = 8
const UNSURE: ModelStatusCode = 15
const BASIC: BasisStatus = 1
const UPPER: BasisStatus = 2

/** The vertex where the rows that are not basic are tight, and its dual. */
function exactVertex(
  program: LoadProgram,
  colStatus: Int32Array,
  rowStatus: Int32Array,
  bits: number,
): ExactSolution | undefined {
  const { columns, limits, rowLimits, costs, workload, size, whole } = program
  const tight = new Map<number, number>()
  const right: bigint[] = []
  rowStatus.forEach((status, row) => {
    if (status === BASIC) return
    const { lower, upper } = rowLimits[row] as { lower: number; upper: number }
    const limit = status === UPPER || lower === -Infinity ? upper : lower
    if (!Number.isFinite(limit)) return
    tight.set(row, right.length)
    right.push(BigInt(limit))
  })
  const basic: Column[] = []
  const places: number[] = []
  const values = new Array<bigint>(columns.length).fill(0n)
  for (const [variable, column] of columns.entries()) {
    const rows: number[] = []
    const factors: bigint[] = []
    for (const [k, row] of column.rows.entries()) {
      const at = tight.get(row)
      if (at === undefined) continue
      rows.push(at)
      factors.push(column.factors[k] as bigint)
    }
    if (colStatus[variable] === BASIC) {
      places.push(variable)
      basic.push({ rows, factors })
      continue
    }
    const { lower, upper } = limits[variable] as { lower: number; upper: number }
    const limit = BigInt(colStatus[variable] === UPPER ? upper : lower)
    if (limit === 0n) continue
    values[variable] = limit
    rows.forEach((row, k) => (right[row] = (right[row] ?? 0n) - limit * (factors[k] as bigint)))
  }
  if (basic.length !== right.length) return undefined
  const primal = solveExactly(basic, right, bits)
  if (primal === undefined) return undefined
  for (const [variable, value] of values.entries()) {
    if (value !== 0n) values[variable] = value * primal.denominator
  }
  places.forEach((variable, k) => (values[variable] = primal.numerators[k] as bigint))

  const common = leastCommonMultiple([...costs.values()].map((cost) => cost.denominator))
  const cost = places.map((variable) => {
    const own = costs.get(variable)
    return own === undefined ? 0n : own.numerator * (common / own.denominator)
  })
  const dual = solveExactly(transposed(basic, right.length), cost, bits)
  if (dual === undefined) return undefined
  const duals = rowLimits.map((_, row) => dual.numerators[tight.get(row) ?? -1] ?? 0n)
  const denominator = dual.denominator * common
  const asked = duals.slice(0, workload.length * size).map((value, row) => {
    return -value * (whole[row] as bigint)
  })
  return {
    values: { numerators: values, denominator: primal.denominator },
    prices: { numerators: asked, denominator },
    duals: { numerators: duals, denominator },
  }
}

function transposed(columns: readonly Column[], rows: number): Column[] {
  const result = Array.from({ length: rows }, () => ({
    rows: [] as number[],
    factors: [] as bigint[],
  }))
  for (const [c, column] of columns.entries()) {
    for (const [k, row] of column.rows.entries()) {
      result[row]?.rows.push(c)
      result[row]?.factors.push(column.factors[k] as bigint)
    }
  }
  return result
}
