import type { Residuals } from './residuals.ts'
import { FAILED, LIVE } from './residuals.ts'

/** Two functions over the same variables in the same order, of which both have to hold. */
export class PairResiduals implements Residuals {
  readonly root: number
  readonly #one: Residuals
  readonly #other: Residuals
  readonly #numbers = new Map<number, number>()
  readonly #ones: number[] = [FAILED, LIVE]
  readonly #others: number[] = [FAILED, LIVE]

  constructor(one: Residuals, other: Residuals) {
    this.#one = one
    this.#other = other
    this.root = this.#pair(one.root, other.root)
  }

  get bytes(): number {
    return this.#one.bytes + this.#other.bytes + 64 * this.#ones.length
  }

  variable(state: number): number {
    const one = this.#ones[state]!
    const other = this.#others[state]!
    if (one === LIVE) return this.#other.variable(other)
    if (other === LIVE) return this.#one.variable(one)
    return Math.min(this.#one.variable(one), this.#other.variable(other))
  }

  dead(state: number): number {
    const variable = this.variable(state)
    const one = this.#ones[state]!
    const other = this.#others[state]!
    return this.#pair(
      this.#concerns(this.#one, one, variable) ? this.#one.dead(one) : one,
      this.#concerns(this.#other, other, variable) ? this.#other.dead(other) : other,
    )
  }

  live(state: number): number {
    const variable = this.variable(state)
    const one = this.#ones[state]!
    const other = this.#others[state]!
    return this.#pair(
      this.#concerns(this.#one, one, variable) ? this.#one.live(one) : one,
      this.#concerns(this.#other, other, variable) ? this.#other.live(other) : other,
    )
  }

  #concerns(side: Residuals, state: number, variable: number): boolean {
    return state !== LIVE && side.variable(state) === variable
  }

  #pair(one: number, other: number): number {
    if (one === FAILED || other === FAILED) return FAILED
    if (one === LIVE && other === LIVE) return LIVE
    const key = one * 2 ** 26 + other
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const state = this.#ones.length
    this.#numbers.set(key, state)
    this.#ones.push(one)
    this.#others.push(other)
    return state
  }
}
