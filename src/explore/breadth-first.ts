import type { SearchOptions } from './search.ts'
import { Search, STATES_PER_LOOK } from './search.ts'
import type { Exploration } from './exploration.ts'
import type { System } from './system.ts'

export type { Finding, SearchOptions } from './search.ts'

/**
 * Looks at all reachable states, the nearest first, so that the traces are the shortest.
 *
 * When something is wrong the search still ends the level that it is in: what it reports is then
 * the nearest, and how much it saw does not depend on how the work is shared out.
 */
export class BreadthFirst extends Search {
  readonly strategy = 'breadth-first'
  /** The first state that is not of the level of `from`. */
  levelEnd = 0

  get depth(): number {
    return this.level + (this.store.count > this.levelEnd ? 1 : 0)
  }

  get queue(): number {
    return this.store.count - Math.max(this.from, 0)
  }

  protected goOn(until: number): void {
    // The first look comes after one state, as somebody may want no more than the initial ones.
    for (let untilLook = 1; !this.done;) {
      if (this.from === this.levelEnd && !this.#nextLevel()) return
      this.expand()
      this.from++
      if (--untilLook > 0) continue
      if (performance.now() >= until) return
      untilLook = STATES_PER_LOOK
    }
  }

  #nextLevel(): boolean {
    const { store } = this
    const { depth = Infinity } = this.options.budget ?? {}
    if (this.from === store.count || this.ending) {
      this.done = true
      return false
    }
    this.level++
    this.levelEnd = store.count
    store.forget(this.from)
    if (this.level >= depth) this.stop('depth', depth)
    return !this.done
  }
}

/** The whole search at once. */
export function breadthFirst(system: System, options: SearchOptions = {}): Exploration {
  const started = performance.now()
  const search = new BreadthFirst(system, options)
  const { seconds = Infinity } = options.budget ?? {}
  if (search.advance(started + seconds * 1000)) search.stop('time', seconds)
  return search.exploration((performance.now() - started) / 1000)
}
