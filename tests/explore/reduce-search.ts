import type { System } from '../../src/explore/index.ts'

/** What a plain breadth-first search says of a system, whole or reduced. */
export interface Searched {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** The level of each state. */
  readonly levels: ReadonlyMap<string, number>
  /** Packed states from an initial one to a state in which an invariant is false, by its name. */
  readonly broken: ReadonlyMap<string, readonly Int32Array[]>
  readonly deadlock: readonly Int32Array[] | undefined
  readonly deadlocks: readonly Int32Array[]
  /** Names of what was never so. */
  readonly never: readonly string[]
}

/** `undefined` when there are more than `most` states. */
export function search(system: System, most = Infinity): Searched | undefined {
  const numbers = new Map<string, number>()
  const states: Int32Array[] = []
  const parents: number[] = []
  const levels: number[] = []
  const broken = new Map<string, readonly Int32Array[]>()
  const never = new Set(system.sometimes.keys())
  const deadlocks: Int32Array[] = []
  let generated = 0
  let from = -1
  const pathTo = (state: number): Int32Array[] =>
    state < 0 ? [] : [...pathTo(parents[state]!), states[state]!]
  const runner = system.runner(() => {
    generated++
    const key = runner.out.join()
    if (numbers.has(key)) return false
    const words = runner.out.slice()
    if (runner.falseInvariant() >= 0)
      for (const { name } of system.falseClauses!(words))
        if (!broken.has(name)) broken.set(name, [...pathTo(from), words])
    if (!runner.within()) return false
    for (const claim of never) if (runner.sometimes(claim)) never.delete(claim)
    numbers.set(key, states.length)
    states.push(words)
    parents.push(from)
    levels.push(from < 0 ? 1 : levels[from]! + 1)
    return true
  })
  runner.initial()
  let deadlock: readonly Int32Array[] | undefined
  for (from = 0; from < states.length; from++) {
    if (states.length > most) return undefined
    if (runner.expand(states[from]!, 0) > 0) continue
    runner.load(states[from]!, 0)
    if (runner.mayEnd()) continue
    deadlock ??= pathTo(from)
    deadlocks.push(states[from]!)
  }
  return {
    distinct: states.length,
    generated,
    depth: levels.at(-1) ?? 0,
    levels: new Map([...numbers].map(([key, number]) => [key, levels[number]!])),
    broken,
    deadlock,
    deadlocks,
    never: [...never].map((claim) => system.sometimes[claim]!),
  }
}

/** What a reduction must keep. */
export function verdictOf({ broken, deadlock, never }: Searched) {
  return {
    broken: [...broken.keys()].sort(),
    deadlock: deadlock !== undefined,
    never: [...never].sort(),
  }
}
