import type { FlatTree } from '../structures/flat-tree.ts'
import type { Residuals } from './residuals.ts'
import { FAILED, LIVE } from './residuals.ts'
import { Sequences } from './sequences.ts'

/**
 * Residuals of a formula: simplified formulas, equal ones made once. Thresholds stay thresholds, so
 * that "two more of these five" is one state, however the others were decided.
 *
 * A gate is the sequence need, input, weight, input, weight, ...; a leaf is 0, place.
 */
export class FormulaResiduals implements Residuals {
  readonly root: number
  readonly #parts = new Sequences()
  readonly #first: number[] = []
  readonly #dead: number[] = []
  readonly #live: number[] = []
  /** A bit for each variable modulo 32: what lacks a bit of another cannot contain it. */
  readonly #marks: number[] = []

  /**
   * The conjunction of trees, in which a node may stand more than once. A node stands for all the
   * variables at its places: itself, and the zone that it is in.
   */
  constructor(trees: readonly FlatTree[], placesOf: (node: number) => readonly number[]) {
    // The two constants take the numbers 0 and 1.
    for (const constant of [FAILED, LIVE]) this.#enter([-1, constant], Infinity, 0)
    const leafOf = (node: number) => this.#all(placesOf(node).map((place) => this.#leaf(place)))
    this.root = this.#all(trees.map((tree) => this.#read(tree, leafOf)))
  }

  get bytes(): number {
    return this.#parts.bytes + 32 * this.#first.length
  }

  variable(state: number): number {
    return this.#first[state]!
  }

  dead(state: number): number {
    if (this.#dead[state] === -1) this.#dead[state] = this.#decided(state, false)
    return this.#dead[state]!
  }

  live(state: number): number {
    if (this.#live[state] === -1) this.#live[state] = this.#decided(state, true)
    return this.#live[state]!
  }

  #leaf(place: number): number {
    return this.#enter([0, place], place, 1 << (place & 31))
  }

  #all(states: readonly number[]): number {
    return this.#gate(
      states.length,
      states,
      states.map(() => 1),
    )
  }

  /** The simplest form of a gate. */
  #gate(need: number, inputs: readonly number[], weights: readonly number[]): number {
    const merged = new Map<number, number>()
    let rest = need
    for (const [at, input] of inputs.entries()) {
      const weight = weights[at]!
      if (input === LIVE) rest -= weight
      else if (input !== FAILED) merged.set(input, (merged.get(input) ?? 0) + weight)
    }
    if (rest <= 0) return LIVE
    const entries = [...merged].sort((a, b) => a[0] - b[0])
    let total = 0
    for (const entry of entries) {
      entry[1] = Math.min(entry[1], rest)
      total += entry[1]
    }
    if (total < rest) return FAILED
    return this.#split(rest, total, entries)
  }

  /** Takes out what is enough alone, and what nothing works without. */
  #split(need: number, total: number, entries: readonly [number, number][]): number {
    const enough = entries.filter(([, weight]) => weight >= need).map(([input]) => input)
    const needed = entries.filter(([, weight]) => total - weight < need)
    if (enough.length === entries.length) return this.#line(1, enough)
    if (needed.length === entries.length) {
      return this.#line(
        needed.length,
        needed.map(([input]) => input),
      )
    }
    if (enough.length > 0) {
      const others = entries.filter(([, weight]) => weight < need)
      return this.#line(1, [...enough, this.#again(need, others)])
    }
    if (needed.length > 0) {
      const others = entries.filter(([, weight]) => total - weight >= need)
      const taken = needed.reduce((sum, [, weight]) => sum + weight, 0)
      const inputs = [...needed.map(([input]) => input), this.#again(need - taken, others)]
      return this.#line(inputs.length, inputs)
    }
    const divisor = entries.reduce((common, [, weight]) => greatestDivisor(common, weight), 0)
    const sequence = [Math.ceil(need / divisor)]
    for (const [input, weight] of entries) sequence.push(input, weight / divisor)
    return this.#enterGate(sequence)
  }

  #again(need: number, entries: readonly [number, number][]): number {
    return this.#gate(
      need,
      entries.map(([input]) => input),
      entries.map(([, weight]) => weight),
    )
  }

  /** All of the inputs (need = their number) or any of them (need = 1), without the superfluous. */
  #line(need: number, inputs: readonly number[]): number {
    const all = need > 1
    const flat = new Set<number>()
    for (const input of inputs) {
      if (input === (all ? FAILED : LIVE)) return input
      if (input === (all ? LIVE : FAILED)) continue
      if (this.#isLine(input, all)) for (const inner of this.#inputsOf(input)) flat.add(inner)
      else flat.add(input)
    }
    const kept = [...flat].filter((input) => !this.#absorbed(input, flat, all))
    if (kept.length === 0) return all ? LIVE : FAILED
    if (kept.length === 1) return kept[0]!
    const sequence = [all ? kept.length : 1]
    for (const input of kept.sort((a, b) => a - b)) sequence.push(input, 1)
    return this.#enterGate(sequence)
  }

  /** x or (x and y) is x; x and (x or y) is x. */
  #absorbed(input: number, line: ReadonlySet<number>, all: boolean): boolean {
    if (!this.#isLine(input, !all)) return false
    const own = new Set(this.#inputsOf(input))
    const marks = this.#marks[input]!
    for (const other of line) {
      if (other === input || (this.#marks[other]! & ~marks) !== 0) continue
      if (own.has(other)) return true
      if (this.#isLine(other, !all) && this.#inputsOf(other).every((inner) => own.has(inner))) {
        return true
      }
    }
    return false
  }

  #isLine(state: number, all: boolean): boolean {
    const sequence = this.#parts.members(state)
    if (sequence.length < 3) return false
    if (!all) return sequence[0] === 1
    let total = 0
    for (let at = 2; at < sequence.length; at += 2) total += sequence[at]!
    return sequence[0] === total
  }

  #inputsOf(state: number): number[] {
    const sequence = this.#parts.members(state)
    const inputs: number[] = []
    for (let at = 1; at < sequence.length; at += 2) inputs.push(sequence[at]!)
    return inputs
  }

  #enterGate(sequence: readonly number[]): number {
    let first = Infinity
    let marks = 0
    for (let at = 1; at < sequence.length; at += 2) {
      first = Math.min(first, this.#first[sequence[at]!]!)
      marks |= this.#marks[sequence[at]!]!
    }
    return this.#enter(sequence, first, marks)
  }

  #enter(sequence: readonly number[], first: number, marks: number): number {
    const state = this.#parts.number(Int32Array.from(sequence), sequence.length)
    if (state === this.#first.length) {
      this.#first.push(first)
      this.#marks.push(marks)
      this.#dead.push(-1)
      this.#live.push(-1)
    }
    return state
  }

  /** What is left after the first variable is decided: only inputs that begin with it change. */
  #decided(state: number, up: boolean): number {
    const sequence = this.#parts.members(state).slice()
    if (sequence.length === 2) return up ? LIVE : FAILED
    const first = this.#first[state]!
    const inputs: number[] = []
    const weights: number[] = []
    for (let at = 1; at < sequence.length; at += 2) {
      const input = sequence[at]!
      const same = this.#first[input] !== first
      inputs.push(same ? input : up ? this.live(input) : this.dead(input))
      weights.push(sequence[at + 1]!)
    }
    return this.#gate(sequence[0]!, inputs, weights)
  }

  #read(tree: FlatTree, leafOf: (node: number) => number): number {
    const states: number[] = []
    for (let vertex = 0; vertex < tree.vertices; vertex++) {
      if (tree.node[vertex]! >= 0) {
        states.push(leafOf(tree.node[vertex]!))
        continue
      }
      const inputs = tree.inputs.subarray(tree.start[vertex], tree.start[vertex + 1])
      states.push(
        this.#gate(
          tree.need[vertex]!,
          Array.from(inputs, (input) => states[input]!),
          Array.from(inputs, (input) => tree.weight[input]!),
        ),
      )
    }
    return states[tree.vertices - 1]!
  }
}

function greatestDivisor(a: number, b: number): number {
  let [left, right] = [a, b]
  while (right !== 0) [left, right] = [right, left % right]
  return left
}
