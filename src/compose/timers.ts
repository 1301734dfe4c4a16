import type { Parts } from './composed-parts.ts'

const NOBODY = -1

/** Which timers may fire, and what counts them: remembered for each timer and node. */
export class Timers {
  readonly #parts: Parts
  /** Of each timer and node the byte that counts it. */
  readonly #budgets: number[] = []
  /** Of each timer the node whose silence it tells of. */
  readonly #silent: number[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The byte that counts the firings of a timer at a node, `NEVER` or `ALWAYS`. */
  budget(node: number, timer: number): number {
    const { budgets, names, steps } = this.#parts
    const at = timer * names.length + node
    return (this.#budgets[at] ??= budgets.timer(steps.timers.values[timer]!, names[node]!))
  }

  /** The node whose silence a timer tells of, -1 if it tells of none. */
  silenceOf(timer: number): number {
    const known = this.#silent[timer]
    if (known !== undefined) return known
    const { options, names, steps } = this.#parts
    const node = options.silenceOf?.(steps.timers.values[timer]!)
    return (this.#silent[timer] = node === undefined ? NOBODY : names.indexOf(node))
  }

  /** Whether the node is down whose silence a timer tells of, if it tells of any. */
  mayFire(timer: number, state: Int32Array): boolean {
    const known = this.silenceOf(timer)
    return known === NOBODY || !this.#parts.steps.up[state[known]!]!
  }
}
