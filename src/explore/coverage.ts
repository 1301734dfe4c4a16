import type { ActionCoverage } from './exploration.ts'
import type { Runner, System } from './system.ts'

/** What was taken and reached: counted for each action, the way to begin being the first. */
export class Counts {
  readonly #system: System
  readonly taken: Float64Array
  readonly found: Float64Array
  readonly idle: Float64Array
  /** The claims that no state has fulfilled yet. */
  unseen: number[]

  constructor(system: System) {
    this.#system = system
    const actions = system.actions.length + 1
    this.taken = new Float64Array(actions)
    this.found = new Float64Array(actions)
    this.idle = new Float64Array(actions)
    this.unseen = [...system.sometimes.keys()]
  }

  /** How many initial states were made. */
  get initial(): number {
    return this.taken[0] ?? 0
  }

  total(): number {
    return this.taken.reduce((all, one) => all + one, 0)
  }

  /** Looks which claims the state that was emitted last fulfils. */
  look(runner: Runner): void {
    for (const claim of this.unseen)
      if (runner.sometimes(claim)) this.unseen = this.unseen.filter((one) => one !== claim)
  }

  coverage(): readonly ActionCoverage[] {
    return this.#system.actions.map((action, index) => ({
      action,
      taken: this.taken[index + 1] ?? 0,
      found: this.found[index + 1] ?? 0,
      idle: this.idle[index + 1] ?? 0,
    }))
  }
}

/** What nobody claimed and is odd all the same, of a search that saw everything. */
export function oddities(coverage: readonly ActionCoverage[]): readonly string[] {
  return coverage.flatMap(({ action, taken, idle }) => {
    if (taken === 0) return [`action '${action}' was never taken`]
    if (taken === idle) return [`action '${action}' never changed anything`]
    return []
  })
}
