import { hasBit } from './bits.ts'
import type { Claim } from './claims.ts'
import { mayStay } from './fair.ts'
import type { Graph } from './graph.ts'
import type { KnownStates } from './known.ts'
import { wayTo } from './retake.ts'

/** A way from an initial state, and a round that is gone for ever. */
export interface Lasso {
  /** The last one is where the round begins. */
  readonly stem: readonly number[]
  /** The last one leads back to where the round began. None: it stays there. */
  readonly round: readonly Edge[]
}

export interface Edge {
  readonly to: number
  /** What the promises call the step; `undefined` where there are none. */
  readonly label: number | undefined
}

/** The shortest way to a fair part, and a short round in it. `undefined` if no way leads there. */
export function lassoOf(
  graph: Graph,
  known: KnownStates,
  claim: Claim,
  parts: Int32Array,
): Lasso | undefined {
  const stem =
    claim.seeds === 'all' ? wayToNearest(known, parts) : wayInRegion(graph, known, claim, parts)
  const entry = stem?.at(-1)
  if (stem === undefined || entry === undefined) return undefined
  const stays = mayStay(graph, entry) && (claim.meets === undefined || hasBit(claim.meets, entry))
  return { stem, round: stays ? [] : roundFrom(graph, entry, parts, claim) }
}

/** The level of each state in the search, 1 for initial ones. */
function levelsOf(known: KnownStates): Int32Array {
  const levels = new Int32Array(known.count)
  for (let state = 0; state < known.count; state++) {
    const parent = known.parents[state]!
    levels[state] = parent < 0 ? 1 : levels[parent]! + 1
  }
  return levels
}

function wayToNearest(known: KnownStates, parts: Int32Array): readonly number[] {
  const levels = levelsOf(known)
  let nearest = -1
  for (let state = 0; state < known.count; state++)
    if (parts[state] !== 0 && (nearest < 0 || levels[state]! < levels[nearest]!)) nearest = state
  return wayTo(known, nearest)
}

/** By levels: each seed joins when the way to it is as long as the others. */
function wayInRegion(
  graph: Graph,
  known: KnownStates,
  claim: Claim,
  parts: Int32Array,
): readonly number[] | undefined {
  const { region } = claim
  const levels = levelsOf(known)
  const seeds = seedsOf(known, claim, levels)
  // 0 for a state that was not reached, 1 for a seed, otherwise 2 + the state before.
  const before = new Int32Array(known.count)
  const queue = new Int32Array(known.count)
  let queued = 0
  let at = 0
  let seed = 0
  let level = 0
  for (;;) {
    if (at === queued && seed === seeds.length) return undefined
    level = at === queued ? levels[seeds[seed]!]! : level + 1
    for (; seed < seeds.length && levels[seeds[seed]!]! <= level; seed++) {
      if (before[seeds[seed]!] !== 0) continue
      before[seeds[seed]!] = 1
      queue[queued++] = seeds[seed]!
    }
    for (const end = queued; at < end; at++) {
      const state = queue[at]!
      if (parts[state] !== 0) return wayThrough(known, before, state)
      for (let edge = graph.first[state]!; edge < graph.first[state + 1]!; edge++) {
        const to = graph.targets[edge]!
        if (before[to] !== 0 || (region !== undefined && !hasBit(region, to))) continue
        before[to] = 2 + state
        queue[queued++] = to
      }
    }
  }
}

function seedsOf(known: KnownStates, claim: Claim, levels: Int32Array): Int32Array {
  const seeds: number[] = []
  for (let state = 0; state < known.count; state++) {
    const isSeed =
      claim.seeds === 'initial'
        ? known.parents[state]! < 0
        : hasBit(claim.seeds as Int32Array, state)
    if (isSeed && (claim.region === undefined || hasBit(claim.region, state))) seeds.push(state)
  }
  return Int32Array.from(seeds).sort((one, other) => levels[one]! - levels[other]! || one - other)
}

function wayThrough(known: KnownStates, before: Int32Array, state: number): readonly number[] {
  const way: number[] = []
  let at = state
  for (; before[at]! > 1; at = before[at]! - 2) way.push(at)
  return [...wayTo(known, at), ...way.reverse()]
}

/** From one witness to the next, always the nearest one, and back. */
function roundFrom(graph: Graph, entry: number, parts: Int32Array, claim: Claim): readonly Edge[] {
  const { promises, enabled } = graph
  const { words, weak } = promises
  const open = openPromises(graph, parts, parts[entry]!)
  let unmet = claim.meets !== undefined
  const passState = (state: number) => {
    for (let word = 0; word < words; word++)
      open[word]! &= ~(weak[word]! & ~enabled[state * words + word]!)
    if (claim.meets !== undefined && hasBit(claim.meets, state)) unmet = false
  }
  const helpsState = (state: number) => {
    for (let word = 0; word < words; word++)
      if ((open[word]! & weak[word]! & ~enabled[state * words + word]!) !== 0) return true
    return unmet && hasBit(claim.meets!, state)
  }
  const helpsLabel = (label: number) => {
    for (let word = 0; word < words; word++)
      if ((open[word]! & promises.about[label * words + word]!) !== 0) return true
    return false
  }
  const round: Edge[] = []
  const walk = (path: readonly Edge[]) => {
    for (const { to, label } of path) {
      round.push({ to, label })
      if (label !== undefined)
        for (let word = 0; word < words; word++)
          open[word]! &= ~promises.about[label * words + word]!
      passState(to)
    }
  }
  passState(entry)
  const paths = new Paths(graph, parts)
  while (unmet || open.some((word) => word !== 0))
    walk(paths.nearest(round.at(-1)?.to ?? entry, helpsState, helpsLabel))
  const end = round.at(-1)?.to ?? entry
  if (end !== entry || round.length === 0)
    walk(
      paths.nearest(
        end,
        (state) => state === entry,
        () => false,
      ),
    )
  return round
}

/**
 * What the round has to show: all weak promises, and the strong ones that are enabled somewhere.
 */
function openPromises(graph: Graph, parts: Int32Array, part: number): Int32Array {
  const { words, weak, strong } = graph.promises
  const open = Int32Array.from(weak)
  for (let state = 0; state < parts.length; state++)
    if (parts[state] === part)
      for (let word = 0; word < words; word++)
        open[word]! |= strong[word]! & graph.enabled[state * words + word]!
  return open
}

/** Shortest ways within one part. */
class Paths {
  readonly #graph: Graph
  readonly #parts: Int32Array
  /** The edge by which a state was reached, plus one; 0 where it was not. */
  readonly #by: Float64Array
  readonly #from: Int32Array

  constructor(graph: Graph, parts: Int32Array) {
    this.#graph = graph
    this.#parts = parts
    this.#by = new Float64Array(parts.length)
    this.#from = new Int32Array(parts.length)
  }

  /** At least one edge, the last of which leads to a state or has a label that is looked for. */
  nearest(
    start: number,
    isGoal: (state: number) => boolean,
    isGoalLabel: (label: number) => boolean,
  ): readonly Edge[] {
    const { first, targets, labels } = this.#graph
    const parts = this.#parts
    const by = this.#by
    const queue = [start]
    let last = -1
    let lastFrom = -1
    search: for (const state of queue) {
      for (let edge = first[state]!; edge < first[state + 1]!; edge++) {
        const to = targets[edge]!
        if (parts[to] !== parts[start]) continue
        if (isGoal(to) || (labels !== undefined && isGoalLabel(labels[edge]!))) {
          last = edge
          lastFrom = state
          break search
        }
        if (by[to] !== 0 || to === start) continue
        by[to] = edge + 1
        this.#from[to] = state
        queue.push(to)
      }
    }
    if (last < 0) throw new Error('a part is not strongly connected')
    const path = [this.#edge(last)]
    for (let at = lastFrom; at !== start; at = this.#from[at]!) path.push(this.#edge(by[at]! - 1))
    for (const state of queue) by[state] = 0
    return path.reverse()
  }

  #edge(edge: number): Edge {
    return { to: this.#graph.targets[edge]!, label: this.#graph.labels?.[edge] }
  }
}
