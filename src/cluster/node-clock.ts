import { performance } from 'node:perf_hooks'

/** What a node's clock shows in milliseconds. It may run fast or slow, and jump. */
export class NodeClock {
  readonly #monotonic: () => number
  #since: number
  #shown: number
  #percent: number

  /** `wall`: what it shows at first. `monotonic`: true time, in milliseconds. */
  constructor(percent = 0, wall = Date.now(), monotonic = () => performance.now()) {
    this.#monotonic = monotonic
    this.#since = monotonic()
    this.#shown = wall
    this.#percent = percent
  }

  now(): number {
    return Math.floor(this.#exact())
  }

  /** How long this clock takes to go on by `ms`, in true milliseconds. */
  trueDelay(ms: number): number {
    return ms / this.#rate()
  }

  /** From now on it runs so many percent faster, or slower (below 0). */
  skew(percent: number): void {
    this.#shown = this.#exact()
    this.#since = this.#monotonic()
    this.#percent = percent
  }

  jump(ms: number): void {
    this.#shown += ms
  }

  #exact(): number {
    return this.#shown + (this.#monotonic() - this.#since) * this.#rate()
  }

  #rate(): number {
    return Math.max(0.01, 1 + this.#percent / 100)
  }
}
