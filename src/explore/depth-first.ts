import { stoppedBy } from './bounds.ts'
import { Search, STATES_PER_LOOK } from './search.ts'

/**
 * Looks at all reachable states, those that were found last first. What is wrong deep down is found
 * soon, by a trace that may be long. Stops at the first thing that is wrong.
 */
export class DepthFirst extends Search {
  readonly strategy = 'depth-first'
  /** States that wait, the next one last, and their levels. */
  #waiting: Int32Array = new Int32Array(1024)
  #levels: Int32Array = new Int32Array(1024)
  #count = -1
  #deepest = 0
  #shortened = false

  get depth(): number {
    return this.#deepest
  }

  get queue(): number {
    return Math.max(this.#count, 0)
  }

  protected goOn(until: number): void {
    const { depth = Infinity } = this.options.budget ?? {}
    if (this.#count < 0) this.#begin()
    for (let untilLook = STATES_PER_LOOK; !this.done;) {
      if (this.#count === 0 || this.ending) {
        this.#end(depth)
        return
      }
      this.#count--
      this.from = this.#waiting[this.#count]!
      this.level = this.#levels[this.#count]!
      if (this.level >= depth) this.#shortened = true
      else {
        const before = this.store.count
        this.expand()
        this.#wait(before, this.level + 1)
      }
      if (--untilLook > 0) continue
      if (performance.now() >= until) return
      untilLook = STATES_PER_LOOK
    }
  }

  #begin(): void {
    this.#count = 0
    this.#wait(0, 1)
  }

  /** States from a number on wait, the first of them to be gone on from next. */
  #wait(first: number, level: number): void {
    const { count } = this.store
    if (count > first) this.#deepest = Math.max(this.#deepest, level)
    while (this.#count + count - first > this.#waiting.length) {
      this.#waiting = doubled(this.#waiting)
      this.#levels = doubled(this.#levels)
    }
    for (let state = count - 1; state >= first; state--) {
      this.#waiting[this.#count] = state
      this.#levels[this.#count] = level
      this.#count++
    }
  }

  #end(depth: number): void {
    this.done = true
    if (!this.#shortened || this.ending) return
    // A state may have been found deep down first, and its successors then not at all.
    const found = { levels: 0, states: this.store.count, frontier: 0 }
    this.stopped = stoppedBy('depth', depth, found)
  }
}

function doubled(short: Int32Array): Int32Array {
  const long = new Int32Array(short.length * 2)
  long.set(short)
  return long
}
