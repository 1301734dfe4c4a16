import type { LinearProgram, Uses } from '../linear-program.ts'
import type { QuorumNode } from '../node.ts'
import { Rational } from '../rational.ts'
import type { Column } from './elimination.ts'
import { leastCommonMultiple, near } from './fractions.ts'
import type { Workload } from './workload.ts'

export type Side = 'reads' | 'writes'

/** Limits of a variable or a row: whole numbers, or nothing. */
export interface Limits {
  readonly lower: number
  readonly upper: number
}

interface GrowingColumn extends Column {
  readonly rows: number[]
  readonly factors: bigint[]
}

/**
 * The linear program of the least load, in whole numbers: one row for each node and point of the
 * workload says that the node is not loaded more than the load of that point, whose mean is to be
 * least. How quorums are used is stated by others, in variables of their own.
 */
export class LoadProgram {
  readonly size: number
  readonly workload: Workload
  readonly columns: GrowingColumn[] = []
  readonly limits: Limits[] = []
  readonly rowLimits: Limits[] = []
  /** What a row is multiplied with before a solver that works in doubles sees it. */
  readonly rowScale: number[] = []
  /** Loads are near 1 in multiples of this. */
  readonly unit: number
  /** What is to be least: the mean load, unless other costs are set. */
  readonly costs = new Map<number, Rational>()
  /** How many nodes of each side a variable stands for. */
  readonly contacts: Record<Side, Map<number, bigint>> = { reads: new Map(), writes: new Map() }
  /** The variables of the loads, one for each point of the workload. */
  readonly loads: readonly number[]
  /** For row (point, node) what a read and a write of the node count, and what the load counts. */
  readonly reads: bigint[] = []
  readonly writes: bigint[] = []
  readonly whole: bigint[] = []

  constructor(nodes: readonly QuorumNode[], workload: Workload) {
    this.size = nodes.length
    this.workload = workload
    this.unit = typicalLoad(nodes, workload)
    for (const { fraction } of workload) {
      const rest = Rational.one.minus(fraction)
      for (const { readCapacity, writeCapacity } of nodes) {
        const read = fraction.over(readCapacity)
        const write = rest.over(writeCapacity)
        const whole = leastCommonMultiple([read.denominator, write.denominator])
        this.reads.push(read.numerator * (whole / read.denominator))
        this.writes.push(write.numerator * (whole / write.denominator))
        this.whole.push(whole)
        this.rowScale.push(1 / Number(whole) / this.unit)
        this.rowLimits.push({ lower: -Infinity, upper: 0 })
      }
    }
    this.loads = workload.map(({ weight }, point) => {
      const load = this.variable(0, Infinity)
      this.costs.set(load, weight)
      for (let node = 0; node < this.size; node++) {
        const row = point * this.size + node
        this.enter(load, row, -(this.whole[row] as bigint))
      }
      return load
    })
  }

  variable(lower: number, upper: number): number {
    this.columns.push({ rows: [], factors: [] })
    this.limits.push({ lower, upper })
    return this.columns.length - 1
  }

  row(lower: number, upper: number): number {
    this.rowLimits.push({ lower, upper })
    this.rowScale.push(1)
    return this.rowLimits.length - 1
  }

  enter(variable: number, row: number, factor: bigint): void {
    if (factor === 0n) return
    const column = this.columns[variable] as GrowingColumn
    column.rows.push(row)
    column.factors.push(factor)
  }

  /** The variable says how often the node is used by this side. */
  use(side: Side, node: number, variable: number, factor = 1n): void {
    const each = side === 'reads' ? this.reads : this.writes
    const contacts = this.contacts[side]
    contacts.set(variable, (contacts.get(variable) ?? 0n) + factor)
    for (let point = 0; point < this.workload.length; point++) {
      const row = point * this.size + node
      this.enter(variable, row, factor * (each[row] as bigint))
    }
  }

  /** Takes over a program whose variable 0 is how much quorums are used, which is once in all. */
  include(side: Side, program: LinearProgram, uses: Uses): readonly number[] {
    const places = program.lower.map((lower, variable) =>
      variable === 0
        ? this.variable(1, 1)
        : this.variable(lower, program.upper[variable] as number),
    )
    for (const { terms, lower, upper } of program.rows) {
      const row = this.row(lower, upper)
      terms.variables.forEach((variable, k) => {
        this.enter(places[variable] as number, row, BigInt(terms.factors[k] as number))
      })
    }
    uses.forEach(({ variables, factors }, node) => {
      variables.forEach((variable, k) => {
        this.use(side, node, places[variable] as number, BigInt(factors[k] as number))
      })
    })
    return places
  }

  /** The mean load that the solver's values of the variables say. */
  meanLoad(values: ArrayLike<number>): number {
    const each = this.workload.map(({ weight }, point) => near(weight) * (values[point] ?? 0))
    return each.reduce((sum, load) => sum + load, 0) * this.unit
  }

  /** What the solver sees of an entry. */
  scaled(variable: number, row: number, factor: bigint): number {
    const scale = this.rowScale[row] as number
    return Number(factor) * scale * (variable < this.loads.length ? this.unit : 1)
  }
}

/** Some node of a sensible strategy has a load of this order of magnitude. */
function typicalLoad(nodes: readonly QuorumNode[], workload: Workload): number {
  let sum = 0
  for (const { readCapacity, writeCapacity } of nodes) {
    for (const { fraction, weight } of workload) {
      const share = near(fraction)
      const each = share / near(readCapacity) + (1 - share) / near(writeCapacity)
      sum += near(weight) * Math.log(each)
    }
  }
  return Math.exp(sum / nodes.length) / Math.sqrt(nodes.length)
}
