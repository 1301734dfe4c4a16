import { Rational } from '../rational.ts'
import { sizeOf } from './monotone.ts'
import type { Column, ProgramShape } from './program-shape.ts'
import type { Question } from './question.ts'
import { solveExactly } from './solve-exactly.ts'

/** A quorum that a strategy may use, and the time until it has answered. */
export interface ListedQuorum {
  readonly set: number
  readonly latency: Rational
}

/** The least objective, and prices that prove it as those of `StrategyProgram` do. */
export interface ExactOptimum {
  readonly value: Rational
  readonly reads: ExactPrices
  readonly writes: ExactPrices
  readonly constant: Rational
}

export interface ExactPrices {
  readonly nodes: readonly Rational[]
  readonly latency: Rational
}

/**
 * The program of `StrategyProgram` in exact fractions. It begins at the basis that doubles ended
 * with, so most often nothing is left to do but to confirm it; otherwise it goes on by the rule
 * of Bland (1977), which always ends.
 */
export class ExactProgram {
  readonly #question: Question
  readonly #shape: ProgramShape
  readonly #right: readonly Rational[]

  constructor(question: Question, shape: ProgramShape) {
    this.#question = question
    this.#shape = shape
    const { limits } = question
    this.#right = [
      Rational.one,
      Rational.one,
      ...Array.from({ length: shape.loadRows }, () => Rational.zero),
      ...shape.limits.map((name) => limits[name] ?? Rational.zero),
    ]
  }

  /** Undefined if the limits cannot be kept. */
  solve(
    reads: readonly ListedQuorum[],
    writes: readonly ListedQuorum[],
    basis: readonly Column[],
  ): ExactOptimum | undefined {
    const columns = this.#columns(reads, writes)
    const numberOf = new Map(columns.map((column, i) => [column.key, i]))
    const started = basis.map((column) => numberOf.get(keyOf(column)) ?? -1)
    if (!this.#isStart(columns, started)) this.#makeStart(columns, started)
    if (!this.#improve(columns, started, 1).value.isZero()) return undefined
    const { value, dual } = this.#improve(columns, started, 2)
    return {
      value,
      reads: this.#prices(dual, false),
      writes: this.#prices(dual, true),
      constant: this.#right.reduce(
        (sum, right, row) => (row < 2 ? sum : sum.plus(dual[row]!.times(right))),
        Rational.zero,
      ),
    }
  }

  /** What the dual variables make quorums cost. */
  #prices(dual: readonly Rational[], writing: boolean): ExactPrices {
    const { shape, question } = { shape: this.#shape, question: this.#question }
    const part = writing ? Rational.one.minus(question.reading) : question.reading
    const price = (cost: number, row: number): Rational =>
      part.times(Rational.from(cost).minus(row < 0 ? Rational.zero : dual[row]!))
    const nodes = question.nodes.map((_, node) => {
      let sum = price(shape.nodeCost, shape.networkLimit)
      for (let at = node; at < shape.loadRows; at += shape.size) {
        sum = sum.minus(dual[2 + at]!.times(this.#use(at, writing)))
      }
      return sum
    })
    return { nodes, latency: price(shape.latencyCost, shape.latencyLimit) }
  }

  /** What one use of a node takes of it; `at` counts nodes and, after all of them, fractions. */
  #use(at: number, writing: boolean): Rational {
    const { size, workload, nodes } = this.#question
    const { fraction } = workload[Math.floor(at / size)]!
    const { readCapacity, writeCapacity } = nodes[at % size]!
    return writing ? Rational.one.minus(fraction).over(writeCapacity) : fraction.over(readCapacity)
  }

  #isStart(columns: readonly ExactColumn[], basis: readonly number[]): boolean {
    if (basis.length !== this.#shape.rows || basis.includes(-1)) return false
    const values = solveExactly(this.#matrix(columns, basis), this.#right)
    return values?.every((value) => value.numerator >= 0n) ?? false
  }

  /** The first read quorum and the first write quorum, and what follows from them. */
  #makeStart(columns: readonly ExactColumn[], basis: number[]): void {
    const { shape, right } = { shape: this.#shape, right: this.#right }
    const indexOf = (key: string): number => columns.findIndex((column) => column.key === key)
    const first = (type: 'read' | 'write'): number => columns.findIndex((c) => c.type === type)
    const chosen = [first('read'), first('write')]
    const use = (row: number): Rational =>
      chosen.reduce((sum, c) => sum.plus(columns[c]!.entries[row]!), Rational.zero)
    basis.splice(0, basis.length, ...chosen)
    for (let row = 2; row < shape.rows; row++) basis.push(indexOf(`slack ${row}`))
    let mean = Rational.zero
    for (let k = 0; k < (shape.loadRows > 0 ? shape.fractions : 0); k++) {
      const rows = Array.from({ length: shape.size }, (_, i) => 2 + k * shape.size + i)
      const most = rows.reduce((a, b) => (use(b).compare(use(a)) > 0 ? b : a))
      basis[most] = indexOf(`load ${k}`)
      mean = mean.plus(use(most).times(this.#question.workload[k]!.weight))
    }
    for (let row = shape.rows - shape.limits.length; row < shape.rows; row++) {
      const used = row === shape.loadLimit ? mean : use(row)
      if (used.compare(right[row]!) > 0) basis[row] = indexOf(`artificial ${row}`)
    }
  }

  #improve(columns: readonly ExactColumn[], basis: number[], phase: 1 | 2): Improved {
    const costOf = ({ type, cost }: ExactColumn): Rational => {
      if (phase === 2) return cost
      return type === 'artificial' ? Rational.one : Rational.zero
    }
    for (;;) {
      const matrix = this.#matrix(columns, basis)
      const values = solveExactly(matrix, this.#right)
      const costs = basis.map((c) => costOf(columns[c]!))
      const dual = solveExactly(transposed(matrix), costs)
      if (values === undefined || dual === undefined) throw new Error('the basis is singular')
      const entering = columns.findIndex(
        (column, c) =>
          (phase === 1 || column.type !== 'artificial') &&
          !basis.includes(c) &&
          costOf(column).compare(product(dual, column.entries)) < 0,
      )
      if (entering === -1) return { value: product(values, costs), dual }
      const direction = solveExactly(matrix, columns[entering]!.entries) ?? []
      const row = leaving(columns, basis, values, direction, phase)
      if (row === -1) throw new Error('a strategy without a bound')
      basis[row] = entering
    }
  }

  #matrix(columns: readonly ExactColumn[], basis: readonly number[]): readonly Rational[][] {
    return Array.from({ length: this.#shape.rows }, (_, row) =>
      basis.map((c) => columns[c]!.entries[row]!),
    )
  }

  #columns(reads: readonly ListedQuorum[], writes: readonly ListedQuorum[]): ExactColumn[] {
    const { shape, question } = { shape: this.#shape, question: this.#question }
    const made: ExactColumn[] = []
    const add = (column: Column, cost: Rational, entries: Map<number, Rational>): void => {
      const all = Array.from({ length: shape.rows }, (_, row) => entries.get(row) ?? Rational.zero)
      made.push({ key: keyOf(column), type: column.type, cost, entries: all })
    }
    for (let row = 2; row < shape.rows; row++) {
      add({ type: 'slack', row }, Rational.zero, new Map([[row, Rational.one]]))
      const minus = Rational.one.negated()
      if (row >= 2 + shape.loadRows) {
        add({ type: 'artificial', row }, Rational.zero, new Map([[row, minus]]))
      }
    }
    for (let k = 0; k < (shape.loadRows > 0 ? shape.fractions : 0); k++) {
      const entries = new Map<number, Rational>()
      for (let i = 0; i < shape.size; i++) {
        entries.set(2 + k * shape.size + i, Rational.one.negated())
      }
      const weight = question.workload[k]!.weight
      entries.set(shape.loadLimit, weight)
      add({ type: 'load', fraction: k }, shape.loadCost === 1 ? weight : Rational.zero, entries)
    }
    for (const type of ['read', 'write'] as const) {
      for (const quorum of type === 'read' ? reads : writes) {
        const column = { type, set: quorum.set, latency: quorum.latency.toNumber() }
        const [cost, entries] = this.#quorumColumn(type === 'write', quorum)
        add(column, cost, entries)
      }
    }
    return made
  }

  #quorumColumn(
    writing: boolean,
    { set, latency }: ListedQuorum,
  ): [Rational, Map<number, Rational>] {
    const { shape, question } = { shape: this.#shape, question: this.#question }
    const entries = new Map([[writing ? 1 : 0, Rational.one]])
    for (let at = 0; at < shape.loadRows; at++) {
      if (((set >>> (at % shape.size)) & 1) === 1) entries.set(2 + at, this.#use(at, writing))
    }
    const part = writing ? Rational.one.minus(question.reading) : question.reading
    const network = part.times(Rational.from(sizeOf(set)))
    const time = part.times(latency)
    entries.set(shape.networkLimit, network)
    entries.set(shape.latencyLimit, time)
    const cost = shape.nodeCost === 1 ? network : shape.latencyCost === 1 ? time : Rational.zero
    return [cost, entries]
  }
}

interface Improved {
  readonly value: Rational
  readonly dual: readonly Rational[]
}

interface ExactColumn {
  readonly key: string
  readonly type: Column['type']
  readonly cost: Rational
  readonly entries: readonly Rational[]
}

function keyOf(column: Column): string {
  switch (column.type) {
    case 'load':
      return `load ${column.fraction}`
    case 'read':
    case 'write':
      return `${column.type} ${column.set} ${column.latency}`
    default:
      return `${column.type} ${column.row}`
  }
}

/** The row of the least ratio; among equals the column of the least number. */
function leaving(
  columns: readonly ExactColumn[],
  basis: readonly number[],
  values: readonly Rational[],
  direction: readonly Rational[],
  phase: 1 | 2,
): number {
  let found = -1
  let least = Rational.zero
  direction.forEach((step, row) => {
    // What was artificial is 0 in the second phase and has to stay so.
    const stuck = phase === 2 && columns[basis[row]!]!.type === 'artificial' && !step.isZero()
    if (step.numerator <= 0n && !stuck) return
    const ratio = values[row]!.over(step)
    const order = found === -1 ? -1 : ratio.compare(least)
    if (order < 0 || (order === 0 && basis[row]! < basis[found]!)) {
      found = row
      least = ratio
    }
  })
  return found
}

function product(left: readonly Rational[], right: readonly Rational[]): Rational {
  return left.reduce((sum, value, i) => {
    const other = right[i]!
    return value.isZero() || other.isZero() ? sum : sum.plus(value.times(other))
  }, Rational.zero)
}

function transposed(matrix: readonly (readonly Rational[])[]): Rational[][] {
  return matrix.map((_, column) => matrix.map((row) => row[column]!))
}
