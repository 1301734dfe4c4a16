import { Rational } from '../rational.ts'

/**
 * The probability of each set of live nodes, and sums of it over tables of sets (bit m is set m,
 * 32 bits a word).
 */
export class LiveSets {
  readonly words: number
  readonly #exact: readonly Rational[]
  /** Per byte of a table, the sum over the sets in it. */
  readonly #sums: Float64Array

  constructor(down: readonly Rational[]) {
    const sets = 1 << down.length
    this.words = Math.max(1, sets >>> 5)
    let exact = [Rational.one]
    for (const failure of down) {
      const up = Rational.one.minus(failure)
      exact = [...exact.map((p) => p.times(failure)), ...exact.map((p) => p.times(up))]
    }
    this.#exact = exact
    const bytes = Math.max(1, sets >>> 3)
    this.#sums = new Float64Array(bytes * 256)
    const single = exact.map((p) => p.toNumber())
    for (let byte = 0; byte < bytes; byte++) {
      for (let bits = 1; bits < 256; bits++) {
        const lowest = 31 - Math.clz32(bits & -bits)
        this.#sums[byte * 256 + bits] =
          this.#sums[byte * 256 + (bits & (bits - 1))]! + (single[byte * 8 + lowest] ?? 0)
      }
    }
  }

  /** The sum over the sets of one word of a table. */
  sum(word: number, table: number): number {
    const sums = this.#sums
    const at = word * 1024
    const first = sums[at + (table & 255)]!
    if (sums.length <= 256) return first
    return (
      first +
      sums[at + 256 + ((table >>> 8) & 255)]! +
      (sums.length <= 512
        ? 0
        : sums[at + 512 + ((table >>> 16) & 255)]! + sums[at + 768 + (table >>> 24)]!)
    )
  }

  /** The same exactly, for a table of which `holds` tells the bits. */
  exactSum(holds: (set: number) => boolean): Rational {
    return this.#exact.reduce(
      (sum, probability, set) => (holds(set) ? sum.plus(probability) : sum),
      Rational.zero,
    )
  }
}
