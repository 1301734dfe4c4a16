import type { Graph } from './graph.ts'
import type { RunStep } from './fair-cycle.ts'
import { FairCycles } from './fair-cycle.ts'
import { recurrent } from './recurrent.ts'
import type { Help, Schedule } from './schedules.ts'
import { isBivalent } from './valence.ts'

/** A run without any decision that is fair to all processes, or to all but one. */
export interface UndecidedRun {
  /** The process that takes no more steps, or -1. */
  readonly silent: number
  readonly bivalent: boolean
  /** How many configurations such runs can come to again and again. */
  readonly component: number
  readonly prefix: readonly RunStep[]
  readonly cycle: readonly RunStep[]
}

export interface RunRules {
  readonly coins: 'adversary' | 'random'
  /** Each of these is tried: a run with any of them is one. */
  readonly helps: readonly (Help | undefined)[]
}

/** So many sets are looked into for a fair cycle, those of bivalent configurations first. */
const MOST_SETS = 200
/** The shortest cycle is looked for among so many combinations. */
const MOST_COMBINATIONS = 60_000

/**
 * Looks for a fair run without decision: fair to all first, then to all but one where the others
 * are not blocked, as that is another defect. `silent[p]` are the valencies without steps of p.
 */
export function undecidedRun(
  graph: Graph,
  labels: Uint8Array,
  silent: readonly Uint8Array[],
  { coins, helps }: RunRules,
): UndecidedRun | undefined {
  let best: UndecidedRun | undefined
  for (const gone of [-1, ...silent.keys()]) {
    for (const help of helps) {
      if (help?.type === 'leader' && help.leader === gone) continue
      const schedule: Schedule = { silent: gone, coins, ...(help === undefined ? {} : { help }) }
      const found = undecidedRunBy(graph, labels, silent[gone], schedule)
      if (found?.bivalent) return found
      best ??= found
    }
  }
  return best
}

function undecidedRunBy(
  graph: Graph,
  labels: Uint8Array,
  unblocked: Uint8Array | undefined,
  schedule: Schedule,
): UndecidedRun | undefined {
  const { data: decided } = graph.decided
  const wanted = new Uint8Array(graph.count)
  for (let at = 0; at < graph.expanded; at++)
    if (decided[at] === 0 && unblocked?.[at] !== 0) wanted[at] = 1
  const found = recurrent(graph, wanted, schedule)
  const cycles = new FairCycles(graph, found, schedule)
  const bivalent = (set: Int32Array) => isBivalent(labels[set[0]!]!)
  const likely = found.sets
    .filter((set) => cycles.allStep(set))
    .sort((one, other) => Number(bivalent(other)) - Number(bivalent(one)) || one[0]! - other[0]!)
  for (const set of likely.slice(0, MOST_SETS)) {
    const root = set[0]!
    const cycle = cycles.find(root, MOST_COMBINATIONS)
    if (cycle === undefined) continue
    const { silent } = schedule
    const prefix = stepsAlong(graph, graph.pathTo(root))
    return { silent, bivalent: bivalent(set), component: set.length, prefix, cycle }
  }
  return undefined
}

/** The steps that lead along configurations. */
export function stepsAlong(graph: Graph, path: readonly number[]): readonly RunStep[] {
  return path.slice(1).map((to, at) => ({ event: graph.eventBetween(path[at]!, to), to }))
}
