/** For each node the variables that add up to its use, with their factors. */
export type Uses = readonly Terms[]

/** A sum of variables, each times a factor; both lists go together. */
export interface Terms {
  readonly variables: readonly number[]
  readonly factors: readonly number[]
}

/** A linear program in the making. Variables are numbered from 0; a solver reads the lists. */
export class LinearProgram {
  readonly objective: number[] = []
  readonly lower: number[] = []
  readonly upper: number[] = []
  readonly rows: { terms: Terms; lower: number; upper: number }[] = []

  /** A variable from 0 up, or between the given bounds, with its factor in the objective. */
  variable(objective = 0, lower = 0, upper = Infinity): number {
    this.objective.push(objective)
    this.lower.push(lower)
    this.upper.push(upper)
    return this.objective.length - 1
  }

  /** lower <= sum of factor x variable <= upper */
  row(
    variables: readonly number[],
    factors: readonly number[],
    lower: number,
    upper: number,
  ): void {
    this.rows.push({ terms: { variables, factors }, lower, upper })
  }
}
