/** Where the arrays of a decision come from. They hold zeros, as new ones do. */
export interface Arrays {
  ints(length: number): Int32Array
  bytes(length: number): Uint8Array
  doubles(length: number): Float64Array
}

/** Arrays that live as long as anybody holds them. */
export const fresh: Arrays = {
  ints: (length) => new Int32Array(length),
  bytes: (length) => new Uint8Array(length),
  doubles: (length) => new Float64Array(length),
}

/**
 * Arrays on loan, cut from one block that is kept. To allocate a small array and to collect it
 * costs more than a microsecond, ten times what it costs to cut one, and a short history is decided
 * in the time of thirty. What the block has no room for is allocated as ever, so the block is all
 * that stays behind after the longest of searches.
 */
export class Scratch {
  readonly #block: ArrayBuffer
  #used = 0
  readonly #arrays: Arrays = {
    ints: (length) => {
      const at = this.#take(length * 4)
      return at === -1 ? new Int32Array(length) : new Int32Array(this.#block, at, length).fill(0)
    },
    bytes: (length) => {
      const at = this.#take(length)
      return at === -1 ? new Uint8Array(length) : new Uint8Array(this.#block, at, length).fill(0)
    },
    doubles: (length) => {
      const at = this.#take(length * 8)
      return at === -1
        ? new Float64Array(length)
        : new Float64Array(this.#block, at, length).fill(0)
    },
  }

  constructor(bytes: number) {
    this.#block = new ArrayBuffer(bytes)
  }

  /**
   * Lends arrays to `work`, which must not keep them: what comes later gets the same memory. It may
   * call what borrows arrays itself.
   */
  lend<Result>(work: (arrays: Arrays) => Result): Result {
    const before = this.#used
    try {
      return work(this.#arrays)
    } finally {
      this.#used = before
    }
  }

  /** Where in the block so many bytes are free; -1 when there is no such place. */
  #take(bytes: number): number {
    const at = this.#used
    const end = at + ((bytes + 7) & ~7)
    if (!(end <= this.#block.byteLength)) return -1
    this.#used = end
    return at
  }
}

/** Enough for histories of about a thousand operations. */
const SCRATCH_BYTES = 2 ** 18

/** What the engines borrow from. One is enough, as decisions do not wait for anything. */
export const scratch = new Scratch(SCRATCH_BYTES)
