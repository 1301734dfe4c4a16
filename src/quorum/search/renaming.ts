import type { MonotoneFunctions } from './monotone.ts'

/**
 * The renamings that exchange only nodes that are alike, and what they make of a function given as
 * a pair. Of functions that are the same up to such a renaming only one has to be looked at.
 */
export interface Renamings {
  /** How many there are, the one that changes nothing included. */
  readonly count: number
  /** Calls back with the pair that each renaming makes of this one, repetitions included. */
  images(low: number, high: number, each: (low: number, high: number) => void): void
}

/** @param kinds for each node what it is like: nodes of the same kind may be exchanged */
export function renamings(halves: MonotoneFunctions, kinds: readonly number[]): Renamings {
  const permutations = alikePermutations(kinds)
  const half = 1 << halves.nodes
  const parts = permutations.map((permutation) => byteImages(permutation, 2 * half))
  const { tables, numberOf } = halves
  return {
    count: permutations.length,
    images(low, high, each) {
      const lowTable = tables[low]!
      const highTable = tables[high]!
      for (const { lowParts, highParts } of parts) {
        let lowImage = 0
        let highImage = 0
        for (let at = 0; at * 8 < half; at++) {
          const inLow = (at << 8) | ((lowTable >>> (at * 8)) & 255)
          const inHigh = ((at + 4) << 8) | ((highTable >>> (at * 8)) & 255)
          lowImage |= lowParts[inLow]! | lowParts[inHigh]!
          highImage |= highParts[inLow]! | highParts[inHigh]!
        }
        each(numberOf(lowImage), numberOf(highImage))
      }
    },
  }
}

/** All permutations of the nodes that keep the kind of each. */
function alikePermutations(kinds: readonly number[]): readonly (readonly number[])[] {
  let found: number[][] = [[]]
  for (let node = 0; node < kinds.length; node++) {
    found = found.flatMap((start) =>
      kinds.flatMap((kind, to) =>
        kind === kinds[node] && !start.includes(to) ? [[...start, to]] : [],
      ),
    )
  }
  return found
}

interface ByteImages {
  /** Where the sets of a byte of the table go in the low half of the image; bytes 4 up are high. */
  readonly lowParts: Int32Array
  readonly highParts: Int32Array
}

function byteImages(permutation: readonly number[], sets: number): ByteImages {
  const lowParts = new Int32Array(8 * 256)
  const highParts = new Int32Array(8 * 256)
  const half = sets / 2
  for (let at = 0; at < 8; at++) {
    for (let bits = 1; bits < 256; bits++) {
      const lowest = 31 - Math.clz32(bits & -bits)
      const rest = (at << 8) | (bits & (bits - 1))
      const inHalf = (at & 3) * 8 + lowest
      const set = at < 4 ? inHalf : half + inHalf
      let low = lowParts[rest]!
      let high = highParts[rest]!
      if (inHalf < half) {
        const image = imageOf(set, permutation)
        if (image < half) low |= 1 << image
        else high |= 1 << (image - half)
      }
      lowParts[(at << 8) | bits] = low
      highParts[(at << 8) | bits] = high
    }
  }
  return { lowParts, highParts }
}

function imageOf(set: number, permutation: readonly number[]): number {
  let image = 0
  permutation.forEach((to, from) => {
    if (((set >>> from) & 1) === 1) image |= 1 << to
  })
  return image
}

/** Marks of pairs: which have been looked at, under any of their names. */
export class PairMarks {
  readonly #functions: number
  readonly #bits: Uint8Array

  constructor(functions: number) {
    this.#functions = functions
    this.#bits = new Uint8Array((functions * functions + 7) >>> 3)
  }

  has(low: number, high: number): boolean {
    const pair = low * this.#functions + high
    return ((this.#bits[pair >>> 3]! >>> (pair & 7)) & 1) === 1
  }

  add(low: number, high: number): void {
    const pair = low * this.#functions + high
    this.#bits[pair >>> 3]! |= 1 << (pair & 7)
  }
}
