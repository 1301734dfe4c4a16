import { stoppedBy } from '../bounds.ts'
import { BreadthFirst } from '../breadth-first.ts'
import type { SearchOptions } from '../breadth-first.ts'
import { conclude } from '../conclusion.ts'
import { Counts } from '../coverage.ts'
import type { Exploration, Stopped } from '../exploration.ts'
import type { System } from '../system.ts'
import { visitedFor } from '../visited-source.ts'
import { Visited } from '../visited.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL } from './shared-memory.ts'
import { claimAt, cutAt, foundAt, idleAt, takenAt, tallyLength } from './tally.ts'

/** What is settled when workers stop: as a search of one thread would have it at that state. */
export interface Settled {
  readonly count: number
  /** The state that is gone on from next. */
  readonly from: number
  readonly level: number
  readonly levelEnd: number
  readonly generated: number
  readonly cut: boolean
  readonly states: Int32Array
  readonly parents: Int32Array
  readonly counts: Counts
}

export function settled(system: System, memory: SharedMemory): Settled {
  const { control, words, tallies, actions, claims } = memory
  const count = control[CONTROL.count]!
  const length = tallyLength(actions, claims)
  const sum = (at: number) => {
    let all = 0
    for (let worker = 0; worker < memory.workers; worker++) all += tallies[worker * length + at]!
    return all
  }
  const counts = new Counts(system)
  for (let action = -1; action < actions; action++) {
    counts.taken[action + 1] = sum(takenAt(action))
    counts.found[action + 1] = sum(foundAt(action))
    counts.idle[action + 1] = sum(idleAt(action))
  }
  counts.unseen = counts.unseen.filter((claim) => sum(claimAt(actions, claim)) === 0)
  return {
    count,
    from: control[CONTROL.from]!,
    level: control[CONTROL.depth]!,
    levelEnd: control[CONTROL.levelEnd]!,
    generated: counts.total(),
    cut: sum(cutAt(actions, claims)) > 0,
    states: memory.states.subarray(0, count * words),
    parents: memory.parents.subarray(0, count),
    counts,
  }
}

/** What one thread has found at the beginning, for workers to go on with. */
export function handOver(search: BreadthFirst, memory: SharedMemory): void {
  const { control, words, tallies, actions, claims } = memory
  const { store, counts } = search
  memory.states.set(store.states.subarray(0, store.count * words))
  memory.parents.set(store.parents.subarray(0, store.count))
  control[CONTROL.count] = store.count
  control[CONTROL.from] = search.from
  control[CONTROL.depth] = search.level
  control[CONTROL.levelEnd] = search.levelEnd
  for (let action = -1; action < actions; action++) {
    tallies[takenAt(action)] = counts.taken[action + 1]!
    tallies[foundAt(action)] = counts.found[action + 1]!
    tallies[idleAt(action)] = counts.idle[action + 1]!
  }
  for (let claim = 0; claim < claims; claim++)
    tallies[claimAt(actions, claim)] = counts.unseen.includes(claim) ? 0 : 1
  tallies[cutAt(actions, claims)] = search.cut ? 1 : 0
}

/** How many states were generated so far. */
export function settledSteps({ workers, actions, claims, tallies }: SharedMemory): number {
  const length = tallyLength(actions, claims)
  let all = 0
  for (let worker = 0; worker < workers; worker++)
    for (let action = -1; action < actions; action++)
      all += tallies[worker * length + takenAt(action)]!
  return all
}

/** The result of a search that has nothing to tell but how far it came. */
export function concluded(
  system: System,
  found: Settled,
  seconds: number,
  stop?: { readonly bound: Stopped['bound']; readonly limit: number },
): Exploration {
  const { count, from, level, levelEnd, counts, cut, generated } = found
  // A bound on levels is met when the next one is to begin.
  const begun = stop?.bound === 'depth' ? level + 1 : level
  const depth = stop?.bound === 'depth' ? begun : level + (count > levelEnd ? 1 : 0)
  const levels = Math.max(begun - 1, 0)
  const frontier = count - from
  return conclude({
    system,
    counts,
    violations: [],
    distinctStates: count,
    generatedStates: generated,
    depth,
    seconds,
    strategy: 'breadth-first',
    cut,
    stopped: stop && stoppedBy(stop.bound, stop.limit, { levels, states: count, frontier }),
    fingerprints: false,
    bytes: 4 * (system.words + 1) * count,
  })
}

/** The states by number and the other way round, for who judges the whole graph. */
export function knownStates({ words }: System, { states, parents }: Settled): Visited {
  const known = visitedFor(words)
  known.restore(states, parents)
  return known
}

/** A search of one thread that goes on where the workers stopped. */
export function resumed(system: System, found: Settled, options: SearchOptions): BreadthFirst {
  const search = new BreadthFirst(system, options)
  if (found.count === 0) return search
  const { counts, store } = search
  if (!(store instanceof Visited)) throw new TypeError('the search keeps no states')
  store.restore(found.states, found.parents)
  counts.taken.set(found.counts.taken)
  counts.found.set(found.counts.found)
  counts.idle.set(found.counts.idle)
  counts.unseen = found.counts.unseen
  search.from = found.from
  search.level = found.level
  search.levelEnd = found.levelEnd
  search.generated = found.generated
  search.cut = found.cut
  return search
}
