import type { LoadProgram } from './load-program.ts'
import type { ExactSolution } from './solved-program.ts'

/**
 * Whether the vertex and its dual keep to all limits. Then both are optimal, because they are
 * complementary by construction (duality of linear programs).
 */
export function isOptimal(program: LoadProgram, { values, duals }: ExactSolution): boolean {
  const { columns, limits, rowLimits, costs } = program
  const one = values.denominator
  const sums = new Array<bigint>(rowLimits.length).fill(0n)
  for (const [variable, { rows, factors }] of columns.entries()) {
    const value = values.numerators[variable] ?? 0n
    const { lower, upper } = limits[variable] ?? { lower: 0, upper: 0 }
    if (!within(value, lower, upper, one)) return false
    let reduced = -reach(costs.get(variable), duals.denominator)
    for (const [k, row] of rows.entries()) {
      const factor = factors[k] ?? 0n
      sums[row] = (sums[row] ?? 0n) + factor * value
      reduced += factor * (duals.numerators[row] ?? 0n)
    }
    // A variable at its lower limit may only make things dearer, one at its upper limit cheaper.
    const atLower = value === BigInt(lower) * one
    const atUpper = Number.isFinite(upper) && value === BigInt(upper) * one
    if (reduced > 0n && !atUpper) return false
    if (reduced < 0n && !atLower) return false
  }
  return rowLimits.every(({ lower, upper }, row) => {
    const sum = sums[row] ?? 0n
    const dual = duals.numerators[row] ?? 0n
    if (!within(sum, lower, upper, one)) return false
    if (dual < 0n) return Number.isFinite(upper) && sum === BigInt(upper) * one
    if (dual > 0n) return Number.isFinite(lower) && sum === BigInt(lower) * one
    return true
  })
}

function within(value: bigint, lower: number, upper: number, one: bigint): boolean {
  if (Number.isFinite(lower) && value < BigInt(lower) * one) return false
  return !Number.isFinite(upper) || value <= BigInt(upper) * one
}

/** A cost over the denominator of the duals, which is a multiple of its own. */
function reach(
  cost: { readonly numerator: bigint; readonly denominator: bigint } | undefined,
  denominator: bigint,
): bigint {
  return cost === undefined ? 0n : cost.numerator * (denominator / cost.denominator)
}
