import type { Exploration, Step, Violation } from './exploration.ts'
import type { System } from './system.ts'
import { Visited } from './visited.ts'

/** Looks at all reachable states, the nearest first, so that the traces are the shortest. */
export function breadthFirst(system: System): Exploration {
  const started = performance.now()
  const visited = new Visited(system.words)
  const parents: number[] = []
  const coverage = system.actions.map((action) => ({ action, taken: 0, found: 0, idle: 0 }))
  const violations: Violation[] = []
  const never = new Set(system.sometimes.keys())
  let generated = 0
  let cut = false
  let from = -1

  const runner = system.runner((action) => {
    generated++
    const entry = coverage[action]
    if (entry !== undefined) entry.taken++
    const within = runner.within()
    const falsified = within ? -1 : runner.falseInvariant()
    if (!within) cut = true
    const before = visited.count
    const number = within ? visited.add(runner.out) : 0
    if (number === from && entry !== undefined) entry.idle++
    if (within && number < 0) {
      parents.push(from)
      if (entry !== undefined) entry.found++
      for (const claim of never) if (runner.sometimes(claim)) never.delete(claim)
      const first = runner.falseInvariant()
      if (first >= 0) report('invariant', system.invariants[first] ?? '', ~number)
    } else if (falsified >= 0) report('invariant', system.invariants[falsified] ?? '', from)
    return visited.count > before
  })
  const report = (kind: Violation['kind'], name: string, state: number) => {
    if (violations.some((known) => known.name === name)) return
    violations.push({ kind, name, trace: traceTo(system, visited, parents, state) })
  }

  runner.initial()
  let depth = 1
  let levelEnd = visited.count
  for (from = 0; from < visited.count; from++) {
    if (from === levelEnd) {
      depth++
      levelEnd = visited.count
    }
    const emitted = runner.expand(visited.states, from * system.words)
    if (emitted > 0) continue
    runner.load(visited.states, from * system.words)
    if (!runner.mayEnd()) report('deadlock', 'some step can always be taken', from)
  }
  for (const claim of never)
    violations.push({ kind: 'never', name: system.sometimes[claim] ?? '', trace: [] })
  return {
    name: system.name,
    strategy: 'breadth-first',
    warnings: [],
    outcome: violations.length > 0 ? 'fail' : 'pass',
    distinctStates: visited.count,
    generatedStates: generated,
    depth,
    seconds: (performance.now() - started) / 1000,
    workers: 1,
    cut,
    coverage,
    violations,
  }
}

/** The story that leads to a state: the steps are found again by taking them once more. */
function traceTo(
  system: System,
  visited: Visited,
  parents: readonly number[],
  state: number,
): readonly Step[] {
  const path = [state]
  for (let at = parents[state] ?? -1; at >= 0; at = parents[at] ?? -1) path.unshift(at)
  const words = system.words
  const stepTo = (from: number | undefined, to: number): Step => {
    const wanted = visited.states.slice(to * words, (to + 1) * words)
    let found: Step | undefined
    const again = system.runner((action) => {
      if (found !== undefined || !wanted.every((word, index) => word === again.out[index]))
        return false
      const name = system.actions[action]
      found = {
        ...(name === undefined ? {} : { action: name }),
        parameters: [...again.parameters()],
        state: system.snapshot(wanted),
      }
      return false
    })
    if (from === undefined) again.initial()
    else again.expand(visited.states, from * words)
    if (found === undefined) throw new Error('a step could not be taken again')
    return found
  }
  return path.map((to, index) => stepTo(path[index - 1], to))
}
