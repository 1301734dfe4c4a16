import type { System } from '../../src/explore/index.ts'
import type { KnownStates } from '../../src/explore/liveness/index.ts'

/** The states of a system, found with a plain map: what claims about the long run are judged on. */
export function knownStates(system: System): KnownStates {
  const numbers = new Map<string, number>()
  const rows: Int32Array[] = []
  const parents: number[] = []
  let from = -1
  const runner = system.runner(() => {
    if (!runner.within() || numbers.has(runner.out.join())) return false
    numbers.set(runner.out.join(), rows.length)
    rows.push(runner.out.slice())
    parents.push(from)
    return true
  })
  runner.initial()
  for (from = 0; from < rows.length; from++) runner.expand(rows[from]!, 0)
  const states = new Int32Array(rows.length * system.words)
  for (const [number, row] of rows.entries()) states.set(row, number * system.words)
  return {
    count: rows.length,
    states,
    find: (state) => numbers.get(state.join()) ?? -1,
    parents: Int32Array.from(parents),
  }
}
