import type { Residuals } from './residuals.ts'
import { FAILED, LIVE } from './residuals.ts'
import { Sequences, larger } from './sequences.ts'

/**
 * Residuals of a list of quorums, as the minimal sets of nodes that are still missing. That is a
 * normal form: two decisions that leave the same function leave the same list.
 *
 * A set is a row of words whose first bit is the first variable. Rows are sorted downwards, so
 * those with the first variable stand first, and taking it away from them keeps their order.
 */
export class AntichainResiduals implements Residuals {
  readonly root: number
  readonly #words: number
  readonly #lists = new Sequences()
  #first = new Int32Array(1 << 8)
  #scratch: Int32Array

  /** Each set by the places of its members in the order of decision. */
  constructor(sets: readonly Int32Array[], variables: number) {
    this.#words = Math.max(1, Math.ceil(variables / 32))
    const words = this.#words
    const rows = sets.map((set) => {
      const row = new Int32Array(words)
      for (const place of set) row[place >>> 5]! |= 1 << (31 - (place & 31))
      return row
    })
    const minimal = rows
      .filter((row, at) => !rows.some((other, at2) => isBelow(other, row, at2 < at)))
      .sort((a, b) => compare(b, 0, a, 0, words))
    this.#scratch = new Int32Array(Math.max(1, minimal.length) * words)
    this.#number(this.#scratch, 0)
    this.#scratch.fill(0)
    this.#number(this.#scratch, words)
    for (const [at, row] of minimal.entries()) this.#scratch.set(row, at * words)
    this.root = this.#number(this.#scratch, minimal.length * words)
  }

  get bytes(): number {
    return this.#lists.bytes + this.#first.byteLength
  }

  variable(state: number): number {
    return this.#first[state]!
  }

  dead(state: number): number {
    const list = this.#lists.members(state)
    const block = this.#blockEnd(list, this.#first[state]!)
    const length = list.length - block
    for (let i = 0; i < length; i++) this.#scratch[i] = list[block + i]!
    return this.#number(this.#scratch, length)
  }

  live(state: number): number {
    const words = this.#words
    const list = this.#lists.members(state)
    const variable = this.#first[state]!
    const word = variable >>> 5
    const bit = 1 << (31 - (variable & 31))
    const block = this.#blockEnd(list, variable)
    const out = this.#scratch
    // The shrunk sets and the others are sorted each; they are merged. A shrunk set may be part of
    // one of the others, never the other way round: then the other was part of it before.
    let to = 0
    let shrunk = 0
    const emitShrunk = () => {
      for (let i = 0; i < words; i++) out[to + i] = list[shrunk + i]!
      out[to + word]! &= ~bit
      to += words
      shrunk += words
    }
    for (let at = block; at < list.length; at += words) {
      if (this.#covered(list, block, at, word, bit)) continue
      while (shrunk < block && this.#comesFirst(list, shrunk, at, word, bit)) emitShrunk()
      for (let i = 0; i < words; i++) out[to + i] = list[at + i]!
      to += words
    }
    while (shrunk < block) emitShrunk()
    return this.#number(out, to)
  }

  #blockEnd(list: Int32Array, variable: number): number {
    const word = variable >>> 5
    const bit = 1 << (31 - (variable & 31))
    let end = 0
    while (end < list.length && (list[end + word]! & bit) !== 0) end += this.#words
    return end
  }

  /** Whether one of the first sets, without the bit, is part of the set at `at`. */
  #covered(list: Int32Array, block: number, at: number, word: number, bit: number): boolean {
    const words = this.#words
    for (let small = 0; small < block; small += words) {
      let missing = 0
      for (let i = 0; i < words && missing === 0; i++) {
        missing = list[small + i]! & ~list[at + i]!
        if (i === word) missing &= ~bit
      }
      if (missing === 0) return true
    }
    return false
  }

  #comesFirst(list: Int32Array, shrunk: number, at: number, word: number, bit: number): boolean {
    for (let i = 0; i < this.#words; i++) {
      const left = (i === word ? list[shrunk + i]! & ~bit : list[shrunk + i]!) >>> 0
      const right = list[at + i]! >>> 0
      if (left !== right) return left > right
    }
    return true
  }

  #number(list: Int32Array, length: number): number {
    const state = this.#lists.number(list, length)
    if (state >= this.#first.length) this.#first = larger(this.#first, 2 * this.#first.length)
    if (state > LIVE) this.#first[state] = this.#firstPlace(list)
    return state
  }

  /** The first bit of the first row is the first of all. */
  #firstPlace(list: Int32Array): number {
    for (let word = 0; word < this.#words; word++) {
      if (list[word] !== 0) return word * 32 + Math.clz32(list[word]!)
    }
    return -1
  }
}

/** A function by its clauses, each of which needs one of its members: all is turned round. */
export class ClauseResiduals implements Residuals {
  readonly root: number
  readonly #mirror: AntichainResiduals

  constructor(clauses: readonly Int32Array[], variables: number) {
    this.#mirror = new AntichainResiduals(clauses, variables)
    this.root = turned(this.#mirror.root)
  }

  get bytes(): number {
    return this.#mirror.bytes
  }

  variable(state: number): number {
    return this.#mirror.variable(state)
  }

  dead(state: number): number {
    return turned(this.#mirror.live(state))
  }

  live(state: number): number {
    return turned(this.#mirror.dead(state))
  }
}

function turned(state: number): number {
  return state === FAILED ? LIVE : state === LIVE ? FAILED : state
}

/** Whether a row is part of another; of equal rows only an earlier one counts. */
function isBelow(small: Int32Array, big: Int32Array, earlier: boolean): boolean {
  if (small === big) return false
  let equal = true
  for (let i = 0; i < small.length; i++) {
    if ((small[i]! & ~big[i]!) !== 0) return false
    if (small[i] !== big[i]) equal = false
  }
  return !equal || earlier
}

function compare(a: Int32Array, from: number, b: Int32Array, at: number, words: number): number {
  for (let i = 0; i < words; i++) {
    const difference = (a[from + i]! >>> 0) - (b[at + i]! >>> 0)
    if (difference !== 0) return difference
  }
  return 0
}
