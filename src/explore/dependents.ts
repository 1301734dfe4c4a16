import type { Plan } from '../state/plan.ts'
import type { Reads, Unit } from '../state/reads.ts'

/**
 * Which guards depend on which parts of a state, learned from what each one reads. A guard is a
 * function of the state: until something changes that it has read once, it says what it said.
 *
 * Guards are numbered, and have a bit each in some words.
 */
export class Dependents {
  /** Guards that must be asked again. */
  readonly dirty: Int32Array
  /** Guards that said yes. */
  readonly enabled: Int32Array
  /** Numbers that stand for guards at all. */
  readonly exists: Int32Array
  /** For each unit words and the bits of its dependents in there, alternating. */
  readonly marks: number[][]
  readonly #reads: Reads
  readonly #known: Int32Array
  readonly #knownWords: number

  constructor(reads: Reads, words: number) {
    const units = reads.units.length
    this.#reads = reads
    this.#knownWords = (units + 31) >>> 5
    this.#known = new Int32Array(words * 32 * this.#knownWords)
    this.dirty = new Int32Array(words)
    this.enabled = new Int32Array(words)
    this.exists = new Int32Array(words)
    this.marks = Array.from({ length: units }, () => [])
  }

  /** A guard that was never asked. */
  meet(guard: number): void {
    this.exists[guard >>> 5]! |= 1 << guard
    this.dirty[guard >>> 5]! |= 1 << guard
  }

  /** Every guard must be asked. */
  forget(): void {
    this.dirty.set(this.exists)
  }

  /** A guard was asked, and what it read was noted. */
  learn(guard: number): void {
    const { log, units, overflown } = this.#reads
    const noted = log[0]!
    if (overflown) for (let unit = 0; unit < units.length; unit++) this.depend(guard, unit)
    else for (let index = 1; index <= noted; index++) this.depend(guard, log[index]!)
  }

  depend(guard: number, unit: number): void {
    const at = guard * this.#knownWords + (unit >>> 5)
    if (((this.#known[at]! >>> unit) & 1) !== 0) return
    this.#known[at]! |= 1 << unit
    const marks = this.marks[unit]!
    for (let index = 0; index < marks.length; index += 2)
      if (marks[index] === guard >>> 5) {
        marks[index + 1]! |= 1 << guard
        return
      }
    marks.push(guard >>> 5, 1 << guard)
  }
}

/**
 * The bits of packed states that a claim depends on, learned from what it reads: where a state has
 * them in common with one in which the claim holds, it holds.
 */
export class Footprint {
  /** Words and the bits in there, alternating. */
  readonly spots: number[] = []
  readonly #reads: Reads
  readonly #plan: Plan
  readonly #known: Uint8Array

  constructor(reads: Reads, plan: Plan) {
    this.#reads = reads
    this.#plan = plan
    this.#known = new Uint8Array(reads.units.length)
  }

  /** The claim was asked, and what it read was noted. */
  learn(): void {
    const { log, units, overflown } = this.#reads
    const noted = log[0]!
    if (overflown) for (let unit = 0; unit < units.length; unit++) this.#depend(unit)
    else for (let index = 1; index <= noted; index++) this.#depend(log[index]!)
  }

  #depend(number: number): void {
    if (this.#known[number] === 1) return
    this.#known[number] = 1
    for (const [word, mask] of bitsOf(this.#reads.units[number]!, this.#plan)) {
      const at = this.spots.findIndex((one, index) => index % 2 === 0 && one === word)
      if (at < 0) this.spots.push(word, mask)
      else this.spots[at + 1]! |= mask
    }
  }
}

/** Where the bits of a unit are in a packed state: words and masks. */
function bitsOf(unit: Unit, plan: Plan): readonly (readonly [word: number, mask: number])[] {
  return Array.from({ length: unit.slots }, (_, index) => {
    const slot = unit.slot + index
    const width = plan.bits[slot]!
    const whole = width === 32 ? -1 : 2 ** width - 1
    const read = unit.bits === 32 ? whole : whole & (((1 << unit.bits) - 1) << unit.shift)
    return [plan.word[slot]!, read << plan.shift[slot]!]
  })
}
