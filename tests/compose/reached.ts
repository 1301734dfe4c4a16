import type { ComposedSystem } from '../../src/compose/index.ts'
import { byteAt } from '../../src/compose/composed-parts.ts'
import { plainText } from '../../src/compose/plain-text.ts'
import { SearchAgain } from '../../src/explore/index.ts'

export interface Reached {
  readonly states: number
  /** What nodes, clients and histories are like, in any state: not budgets, and not messages. */
  readonly clusters: ReadonlySet<string>
  /** Levels until something is wrong; 0: nothing is. */
  readonly wrongAt: number
}

/** All that a composed system reaches, level by level, if that is not too much. */
export function reachedBy(system: ComposedSystem, most: number): Reached | undefined {
  for (;;) {
    try {
      const found = levels(system, most)
      // Where it has learned something, it says so at the end.
      if (found !== undefined) system.finished()
      return found
    } catch (error) {
      if (!(error instanceof SearchAgain)) throw error
    }
  }
}

function levels(system: ComposedSystem, most: number): Reached | undefined {
  const seen = new Set<string>()
  const clusters = new Set<string>()
  let next: Int32Array[] = []
  let [depth, wrongAt] = [1, 0]
  const runner = system.runner(() => {
    const key = runner.out.join()
    const isNew = !seen.has(key)
    if (isNew) seen.add(key)
    if (runner.falseInvariant() !== -1 && wrongAt === 0) wrongAt = depth
    if (isNew && runner.within()) next.push(runner.out.slice())
    if (isNew) clusters.add(clusterText(system, runner.out))
    return isNew
  })
  runner.initial()
  while (next.length > 0) {
    depth++
    const level = next
    next = []
    for (const state of level) runner.expand(state, 0)
    if (seen.size > most) return undefined
  }
  return { states: seen.size, clusters, wrongAt }
}

function clusterText({ parts, places }: ComposedSystem, state: Int32Array): string {
  const { names, steps, scripts, histories } = parts
  const nodes = names.map((_, node) => steps.values.values[state[node]!])
  const clients = scripts.map((_, client) => byteAt(state, places.bytes, client))
  const past = histories.map(({ states }, at) => states.values[state[places.histories + at]!])
  return plainText([nodes, clients, past])
}
