import { expect } from 'vitest'

import type { Random } from '../../../src/core/random.ts'
import { seeded } from '../../../src/core/random.ts'
import type { GraphsQuestion } from '../../../src/valency/rounds/models/graphs.ts'
import type { RoundQuestion } from '../../../src/valency/rounds/question.ts'
import { solveRounds } from '../../../src/valency/rounds/solve.ts'
import type { SlowGraph } from './slow-rounds.ts'
import { slowGraph, slowGraphRuns } from './slow-rounds.ts'

/** Compares the engine with its slow twin on so many random adversaries. */
export function compareRandomRounds(cases: number, seed: number): void {
  const random = seeded(seed)
  let possible = 0
  for (let at = 0; at < cases; at++) {
    const question = randomGraphs(random)
    const expected = slowGraph(slowGraphRuns(question))
    expect({ question, ...fast(question) }).toEqual({ question, ...expected })
    if (expected.possible) possible++
  }
  // Both answers come up often, or the comparison says little.
  expect(possible).toBeGreaterThan(cases / 5)
  expect(possible).toBeLessThan((cases * 4) / 5)
}

/** What the engine finds, after its own check. */
export function fast(question: RoundQuestion): SlowGraph {
  const { graph, chain } = solveRounds(question)
  return {
    runs: graph!.runs,
    views: graph!.views,
    components: graph!.components,
    possible: graph!.possible,
    chain: chain?.runs.length ?? 0,
  }
}

function randomGraphs(random: Random): GraphsQuestion {
  const processes = random.int(2, 3)
  const everybody = Array.from({ length: processes }, (_, p) => p)
  const arcs = everybody.flatMap((from) =>
    everybody.filter((to) => to !== from).map((to) => [from, to] as const),
  )
  const share = random.int(1, 4)
  return {
    model: 'graphs',
    processes,
    rounds: processes === 2 ? random.int(1, 3) : random.int(1, 2),
    graphs: Array.from({ length: random.int(1, processes === 2 ? 4 : 3) }, () =>
      arcs.filter(() => random.chance(share, 5)),
    ),
    validity: random.chance(1, 2) ? 'all' : 'attack',
  }
}
