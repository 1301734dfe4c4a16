import type { System } from '../../src/explore/index.ts'

/** All that a system says about one state: its successors in order, and what is asked of each. */
export function emissionsFrom(system: System, from?: Int32Array): readonly unknown[] {
  return emissionsOf(system)(from)
}

/** The same of one state after the other, by one runner. */
export function emissionsOf(system: System): (from?: Int32Array) => readonly unknown[] {
  let told: unknown[] = []
  const runner = system.runner((action, instance) => {
    told.push({
      action,
      instance,
      words: [...runner.out],
      parameters: runner.parameters(),
      invariant: runner.falseInvariant(),
      sometimes: system.sometimes.map((_, claim) => runner.sometimes(claim)),
      within: runner.within(),
      mayEnd: runner.mayEnd(),
    })
    return false
  })
  return (from) => {
    told = []
    if (from === undefined) runner.initial()
    else told.push(runner.expand(from, 0))
    return told
  }
}

/** Packed states of a system, the nearest first, at most so many. */
export function statesOf(system: System, most: number): readonly Int32Array[] {
  const known = new Map<string, Int32Array>()
  const runner = system.runner(() => {
    const key = runner.out.join()
    if (known.has(key) || known.size >= most || !runner.within()) return false
    known.set(key, runner.out.slice())
    return true
  })
  runner.initial()
  for (const state of known.values()) runner.expand(state, 0)
  return [...known.values()]
}
