import type { Rounds } from './explore-rounds.ts'
import type { Demand, Position } from './round-model.ts'
import { NOTHING } from './views.ts'

/**
 * What can be known at the end of a run, and which views occur together. Whoever decides, decides
 * by its view alone, and all that occur together decide the same: a rule exists if and only if no
 * component holds both a run in which 0 must be decided and one in which 1 must be.
 */
export interface ViewGraph {
  readonly rounds: Rounds
  /** Runs in all, and how many are told apart by anybody or by what they demand. */
  readonly runs: number
  readonly positions: number
  /** How many views there are at the end. */
  readonly views: number
  readonly components: number
  /** The component of each view, `NOTHING` for views that nobody has at the end. */
  readonly componentOf: Int32Array
  /** Of each component: bit 0 if 0 is demanded somewhere in it, bit 1 if 1 is. */
  readonly demands: Uint8Array
  /** Of each of the last positions. */
  readonly demandOf: Int8Array
  readonly possible: boolean
}

export function viewGraph(rounds: Rounds): ViewGraph {
  const { model, views, layers, runs } = rounds
  const { processes: n, notes } = model
  const last = layers[model.rounds]!
  const leader = new Int32Array(views.count).fill(NOTHING)
  const demandOf = new Int8Array(last.count).fill(NOTHING)
  const end: Position = { views: new Int32Array(n), notes: new Int32Array(notes) }
  for (let at = 0; at < last.count; at++) {
    const base = at * (n + notes)
    let first = NOTHING
    for (let p = 0; p < n; p++) {
      const view = last.states[base + p]!
      end.views[p] = view
      if (view === NOTHING) continue
      if (leader[view] === NOTHING) leader[view] = view
      if (first === NOTHING) first = view
      else join(leader, first, view)
    }
    for (let note = 0; note < notes; note++) end.notes[note] = last.states[base + n + note]!
    const demand: Demand = model.demand(end)
    if (demand !== undefined) demandOf[at] = demand
  }
  const { componentOf, components, count } = numbered(leader)
  const demands = new Uint8Array(components)
  for (let at = 0; at < last.count; at++) {
    if (demandOf[at] === NOTHING) continue
    for (let p = 0; p < n; p++) {
      const view = last.states[at * (n + notes) + p]!
      if (view !== NOTHING) demands[componentOf[view]!]! |= 1 << demandOf[at]!
    }
  }
  return {
    rounds,
    runs: runs.reduce((sum, ways) => sum + ways, 0),
    positions: last.count,
    views: count,
    components,
    componentOf,
    demands,
    demandOf,
    possible: !demands.includes(BOTH),
  }
}

const BOTH = 3

function find(leader: Int32Array, view: number): number {
  let at = view
  while (leader[at] !== at) {
    leader[at] = leader[leader[at]!]!
    at = leader[at]!
  }
  return at
}

function join(leader: Int32Array, a: number, b: number): void {
  const [x, y] = [find(leader, a), find(leader, b)]
  // The smaller leads, so that numbers of components do not depend on the order of runs.
  if (x < y) leader[y] = x
  else leader[x] = y
}

function numbered(leader: Int32Array): {
  readonly componentOf: Int32Array
  readonly components: number
  readonly count: number
} {
  const componentOf = new Int32Array(leader.length).fill(NOTHING)
  let components = 0
  let count = 0
  for (let view = 0; view < leader.length; view++) {
    if (leader[view] === NOTHING) continue
    count++
    const first = find(leader, view)
    componentOf[view] = first === view ? components++ : componentOf[first]!
  }
  return { componentOf, components, count }
}
