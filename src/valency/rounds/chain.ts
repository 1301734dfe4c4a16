import { NOTHING } from './views.ts'
import type { ViewGraph } from './view-graph.ts'

/**
 * Runs of which each one cannot be told from the next by a process that decides in both: so all
 * decide the same, but the first must decide 0 and the last 1.
 */
export interface Chain {
  /** Positions at the end. */
  readonly runs: readonly number[]
  /** One less: the view that is the same in the run and in the next one. */
  readonly shared: readonly number[]
}

/** A shortest chain; `undefined` if there is none, which means that a rule exists. */
export function shortestChain(graph: ViewGraph): Chain | undefined {
  if (graph.possible) return undefined
  const { rounds, demandOf } = graph
  const { model, layers } = rounds
  const last = layers[model.rounds]!
  const width = model.processes + model.notes
  const { first, runs } = runsByView(graph)
  /** Through which view a run was reached, and from which run a view. */
  const through = new Int32Array(last.count).fill(UNSEEN)
  const from = new Int32Array(rounds.views.count).fill(UNSEEN)
  const queue = new Int32Array(last.count)
  let filled = 0
  for (let run = 0; run < last.count; run++) {
    if (demandOf[run] !== 0) continue
    through[run] = NOTHING
    queue[filled++] = run
  }
  for (let at = 0; at < filled; at++) {
    const run = queue[at]!
    if (demandOf[run] === 1) return chainTo(run, through, from)
    for (let p = 0; p < model.processes; p++) {
      const view = last.states[run * width + p]!
      if (view === NOTHING || from[view] !== UNSEEN) continue
      from[view] = run
      for (let next = first[view]!; next < first[view + 1]!; next++) {
        const other = runs[next]!
        if (through[other] !== UNSEEN) continue
        through[other] = view
        queue[filled++] = other
      }
    }
  }
  throw new Error('a component with both demands holds a chain between them')
}

const UNSEEN = -2

function chainTo(end: number, through: Int32Array, from: Int32Array): Chain {
  const runs = [end]
  const shared: number[] = []
  for (let view = through[end]!; view !== NOTHING; view = through[runs[0]!]!) {
    shared.unshift(view)
    runs.unshift(from[view]!)
  }
  return { runs, shared }
}

/** The runs of each view, one view after the other. */
function runsByView({ rounds }: ViewGraph): {
  readonly first: Int32Array
  readonly runs: Int32Array
} {
  const { model, views, layers } = rounds
  const last = layers[model.rounds]!
  const width = model.processes + model.notes
  const first = new Int32Array(views.count + 1)
  const each = (visit: (view: number, run: number) => void): void => {
    for (let run = 0; run < last.count; run++) {
      for (let p = 0; p < model.processes; p++) {
        const view = last.states[run * width + p]!
        if (view !== NOTHING) visit(view, run)
      }
    }
  }
  each((view) => first[view + 1]!++)
  for (let view = 0; view < views.count; view++) first[view + 1]! += first[view]!
  const next = first.slice()
  const runs = new Int32Array(first[views.count]!)
  each((view, run) => (runs[next[view]!++] = run))
  return { first, runs }
}
