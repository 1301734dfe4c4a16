import { sizeOf } from './monotone.ts'
import { fillColumn, programShape } from './program-shape.ts'
import type { Column, ProgramShape } from './program-shape.ts'
import type { Question } from './question.ts'
import type { Cheapest, Prices, Side } from './side.ts'

interface MutablePrices extends Prices {
  latency: number
}

/**
 * The best strategy for a candidate, as a small linear program in doubles. Read quorums are used
 * with probabilities that add up to 1, write quorums too; the load t of each read fraction is at
 * least the use of each node; what is limited stays below its limit. The revised simplex method
 * with an explicit inverse; quorums come in when their `Side` finds one that is cheap enough.
 */
export class StrategyProgram {
  readonly shape: ProgramShape
  /** After `solve`: the prices that prove the value, see `priceOf`. */
  readonly readPrices: MutablePrices
  readonly writePrices: MutablePrices
  /** value = cheapest read quorum + cheapest write quorum + constant, for these prices. */
  constant = 0
  readonly #rows: number
  readonly #inverse: Float64Array
  readonly #values: Float64Array
  readonly #basis: Column[]
  readonly #dual: Float64Array
  readonly #column: Float64Array
  readonly #direction: Float64Array
  readonly #found: Cheapest = { set: 0, latency: 0, cost: 0 }
  #phase: 1 | 2 = 2

  constructor(question: Question) {
    this.shape = programShape(question)
    const { size, rows } = this.shape
    this.#rows = rows
    this.#inverse = new Float64Array(rows * rows)
    this.#values = new Float64Array(rows)
    this.#basis = Array.from({ length: rows }, () => ({ type: 'slack', row: 0 }))
    this.#dual = new Float64Array(rows)
    this.#column = new Float64Array(rows)
    this.#direction = new Float64Array(rows)
    this.readPrices = { nodes: new Float64Array(size), latency: 0 }
    this.writePrices = { nodes: new Float64Array(size), latency: 0 }
  }

  /** The columns of the last basis: an exact solver needs only to confirm them. */
  get basis(): readonly Column[] {
    return this.#basis
  }

  /**
   * The least objective; `infeasible` if the limits cannot be kept, `unsolved` if rounding was in
   * the way. The prices are then those of the objective or of the infeasibility.
   */
  solve(reads: Side, writes: Side): number | 'infeasible' | 'unsolved' {
    this.#start(reads, writes)
    if (this.#basis.some(isArtificial)) {
      this.#phase = 1
      const violation = this.#improve(reads, writes)
      if (violation === undefined) return 'unsolved'
      if (violation > 1e-9) return 'infeasible'
    }
    this.#phase = 2
    return this.#improve(reads, writes) ?? 'unsolved'
  }

  /** All of one read quorum and one write quorum, and the loads that follow. */
  #start(reads: Side, writes: Side): void {
    const { rows, size, fractions, limits, loadRows } = this.shape
    this.#inverse.fill(0)
    for (let row = 0; row < rows; row++) {
      this.#inverse[row * rows + row] = 1
      this.#values[row] = this.shape.right[row]!
      this.#basis[row] = { type: row < 2 ? 'artificial' : 'slack', row }
    }
    this.readPrices.nodes.fill(1)
    this.readPrices.latency = 0
    reads.cheapest(this.readPrices, this.#found)
    this.#pivot(0, { type: 'read', set: this.#found.set, latency: this.#found.latency })
    writes.cheapest(this.readPrices, this.#found)
    this.#pivot(1, { type: 'write', set: this.#found.set, latency: this.#found.latency })
    if (loadRows > 0) {
      for (let k = 0; k < fractions; k++) {
        let most = 2 + k * size
        for (let row = most; row < 2 + (k + 1) * size; row++) {
          if (this.#values[row]! < this.#values[most]!) most = row
        }
        this.#pivot(most, { type: 'load', fraction: k })
      }
    }
    for (let row = rows - limits.length; row < rows; row++) {
      if (this.#values[row]! < 0) this.#pivot(row, { type: 'artificial', row })
    }
  }

  /** Pivots until no column helps. Undefined when that takes far too long. */
  #improve(reads: Side, writes: Side): number | undefined {
    for (let count = 0; count < 60 + 20 * this.#rows; count++) {
      this.#price()
      const entering = this.#entering(reads, writes)
      if (entering === undefined) return this.#objective()
      const row = this.#leaving(entering)
      if (row === -1) return undefined
      this.#pivot(row, entering)
    }
    return undefined
  }

  #objective(): number {
    let sum = 0
    for (let row = 0; row < this.#rows; row++) {
      sum += this.#costOf(this.#basis[row]!) * this.#values[row]!
    }
    return sum
  }

  #price(): void {
    const rows = this.#rows
    this.#dual.fill(0)
    for (let row = 0; row < rows; row++) {
      const cost = this.#costOf(this.#basis[row]!)
      if (cost === 0) continue
      for (let at = 0; at < rows; at++) {
        this.#dual[at]! += cost * this.#inverse[row * rows + at]!
      }
    }
  }

  #costOf(column: Column): number {
    if (this.#phase === 1) return isArtificial(column) ? 1 : 0
    const { shape } = this
    switch (column.type) {
      case 'load':
        return shape.loadCost * shape.weights[column.fraction]!
      case 'read':
      case 'write': {
        const part = column.type === 'read' ? shape.reading : shape.writing
        return part * (shape.nodeCost * sizeOf(column.set) + shape.latencyCost * column.latency)
      }
      default:
        return 0
    }
  }

  #entering(reads: Side, writes: Side): Column | undefined {
    const { shape } = this
    const dual = this.#dual
    let best: Column | undefined
    let gain = 1e-11
    for (let row = 2; row < this.#rows; row++) {
      if (dual[row]! > gain) {
        gain = dual[row]!
        best = { type: 'slack', row }
      }
    }
    for (let k = 0; k < (shape.loadRows > 0 ? shape.fractions : 0); k++) {
      let rate = this.#phase === 1 ? 0 : -shape.loadCost * shape.weights[k]!
      for (let i = 0; i < shape.size; i++) rate -= dual[2 + k * shape.size + i]!
      if (shape.loadLimit >= 0) rate += dual[shape.loadLimit]! * shape.weights[k]!
      if (rate > gain) {
        gain = rate
        best = { type: 'load', fraction: k }
      }
    }
    this.#prices(this.readPrices, false, this.#phase)
    this.#prices(this.writePrices, true, this.#phase)
    reads.cheapest(this.readPrices, this.#found)
    if (dual[0]! - this.#found.cost > gain) {
      gain = dual[0]! - this.#found.cost
      best = { type: 'read', set: this.#found.set, latency: this.#found.latency }
    }
    writes.cheapest(this.writePrices, this.#found)
    if (dual[1]! - this.#found.cost > gain) {
      best = { type: 'write', set: this.#found.set, latency: this.#found.latency }
    }
    return best
  }

  /** What the dual variables make quorums cost. Negative prices are rounding and count as 0. */
  #prices(prices: MutablePrices, writing: boolean, phase: 1 | 2): void {
    const { shape } = this
    const dual = this.#dual
    const part = writing ? shape.writing : shape.reading
    const use = writing ? shape.writeUse : shape.readUse
    const limited = (row: number): number => (row < 0 ? 0 : Math.max(0, -dual[row]!))
    const each = part * ((phase === 2 ? shape.nodeCost : 0) + limited(shape.networkLimit))
    prices.nodes.fill(each)
    prices.latency = part * ((phase === 2 ? shape.latencyCost : 0) + limited(shape.latencyLimit))
    for (let at = 0; at < shape.loadRows; at++) {
      const price = Math.max(0, -dual[2 + at]!)
      if (price > 0) prices.nodes[at % shape.size]! += price * use[at]!
    }
    if (!writing) {
      this.constant = 0
      for (let row = this.#rows - shape.limits.length; row < this.#rows; row++) {
        this.constant -= Math.max(0, -dual[row]!) * shape.right[row]!
      }
    }
  }

  #leaving(entering: Column): number {
    const rows = this.#rows
    this.#directionOf(entering)
    const direction = this.#direction
    let row = -1
    let least = Infinity
    for (let r = 0; r < rows; r++) {
      const step = direction[r]!
      const free = isArtificial(this.#basis[r]!) && this.#phase === 2 && Math.abs(step) > 1e-9
      if (step <= 1e-9 && !free) continue
      const ratio = free ? 0 : this.#values[r]! / step
      const tied = ratio < least + 1e-13
      if (ratio < least - 1e-13 || (tied && Math.abs(step) > Math.abs(direction[row]!))) {
        least = ratio
        row = r
      }
    }
    return row
  }

  #directionOf(column: Column): void {
    const rows = this.#rows
    fillColumn(this.shape, column, this.#column)
    for (let row = 0; row < rows; row++) {
      let sum = 0
      for (let at = 0; at < rows; at++) {
        const entry = this.#column[at]!
        if (entry !== 0) sum += this.#inverse[row * rows + at]! * entry
      }
      this.#direction[row] = sum
    }
  }

  #pivot(row: number, column: Column): void {
    const rows = this.#rows
    this.#directionOf(column)
    const inverse = this.#inverse
    const by = this.#direction[row]!
    for (let at = 0; at < rows; at++) inverse[row * rows + at]! /= by
    this.#values[row]! /= by
    for (let r = 0; r < rows; r++) {
      const factor = this.#direction[r]!
      if (r === row || factor === 0) continue
      for (let at = 0; at < rows; at++) {
        inverse[r * rows + at]! -= factor * inverse[row * rows + at]!
      }
      const value = this.#values[r]! - factor * this.#values[row]!
      this.#values[r] = Math.abs(value) < 1e-14 ? 0 : value
    }
    this.#basis[row] = column
  }
}

function isArtificial(column: Column): boolean {
  return column.type === 'artificial'
}
