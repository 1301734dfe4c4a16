import type { BoundHit } from './verdict.ts'

/** The limits of a search. Whatever is left out is unlimited, except memory, which never is. */
export interface Budget {
  readonly seconds?: number
  readonly steps?: number
  /** Memory for the tables of one search, in bytes. */
  readonly bytes?: number
}

export const DEFAULT_BYTES = 1_000_000_000

/** Looking at the clock costs more than a step, so it is looked at once in this many steps. */
const STEPS_PER_LOOK = 256

/**
 * Watches a budget during a search. The search calls `step` once per step and `reserve` before it
 * grows a table; when either answers false it stops and reports `hit`.
 */
export class Meter {
  readonly #deadline: number
  readonly #seconds: number
  readonly #maxSteps: number
  readonly #maxBytes: number
  #untilLook = STEPS_PER_LOOK
  #steps = 0
  #bytes = 0
  #hit: { bound: 'time' | 'steps' | 'memory'; limit: number } | undefined

  constructor(budget: Budget = {}) {
    this.#seconds = budget.seconds ?? Infinity
    this.#deadline = performance.now() + this.#seconds * 1000
    this.#maxSteps = budget.steps ?? Infinity
    this.#maxBytes = budget.bytes ?? DEFAULT_BYTES
  }

  /** How many steps were counted. */
  get steps(): number {
    return this.#steps
  }

  /** How many bytes are reserved now. */
  get bytes(): number {
    return this.#bytes
  }

  /** What is left of the budget, for a search that comes after this one. */
  get rest(): Budget {
    return {
      seconds: Math.max(0, (this.#deadline - performance.now()) / 1000),
      steps: Math.max(0, this.#maxSteps - this.#steps),
      bytes: this.#maxBytes - this.#bytes,
    }
  }

  /** Counts steps. False when the budget of steps or time is used up. */
  step(count = 1): boolean {
    this.#steps += count
    this.#untilLook -= count
    if (this.#steps > this.#maxSteps) {
      this.#hit ??= { bound: 'steps', limit: this.#maxSteps }
      return false
    }
    return this.#untilLook > 0 || this.look()
  }

  /** Looks at the clock now: for loops whose single steps are long. */
  look(): boolean {
    this.#untilLook = STEPS_PER_LOOK
    if (this.#hit !== undefined) return false
    if (performance.now() < this.#deadline) return true
    this.#hit = { bound: 'time', limit: this.#seconds }
    return false
  }

  /** Asks for memory before it is allocated. False when the budget does not hold that much. */
  reserve(bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) {
      this.#hit ??= { bound: 'memory', limit: this.#maxBytes }
      this.#untilLook = 0
      return false
    }
    this.#bytes += bytes
    return true
  }

  /** Gives back memory that was reserved and is no longer used. */
  release(bytes: number): void {
    this.#bytes -= bytes
  }

  /** Which bound ended the search; only to be asked after `step` or `reserve` answered false. */
  hit(covered: string): BoundHit {
    if (this.#hit === undefined) throw new Error('no bound was hit')
    return { ...this.#hit, covered }
  }

  /** Whether a bound was hit. */
  get exhausted(): boolean {
    return this.#hit !== undefined
  }
}
