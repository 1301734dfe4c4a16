import { highs } from '../../../src/quorum/load/highs.ts'
import { LinearProgram } from '../../../src/quorum/linear-program.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'

/** How often quorums can be used in a unit of time, by the program that the set states. */
export async function mostUse(set: QuorumSet, capacities: readonly number[]): Promise<number> {
  const program = new LinearProgram()
  const amount = program.variable(1)
  const uses = set.formulate?.(program, amount) ?? []
  uses.forEach(({ variables, factors }, node) => {
    program.row(variables, factors, -Infinity, capacities[node] as number)
  })
  const { objective, lower, upper, rows } = program
  const solver = await highs()
  const starts = [0]
  const indices: number[] = []
  const values: number[] = []
  for (const { terms } of rows) {
    indices.push(...terms.variables)
    values.push(...terms.factors)
    starts.push(indices.length)
  }
  const model = solver.createModel({
    numCols: objective.length,
    numRows: rows.length,
    sense: solver.constants.objectiveSense.maximize,
    colCost: Float64Array.from(objective),
    colLower: Float64Array.from(lower),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: objective.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  })
  model.options.set('output_flag', false)
  model.run()
  const { colValue } = model.getSolution()
  model.dispose()
  return colValue[amount] ?? NaN
}
