/**
 * Removals of unknown outcome. Such a removal may have taken any one value that is otherwise never
 * removed, at any time after its call, or nothing. An earlier call allows more than a later one.
 *
 * Two tests frame the answer. Some values must be gone by some rank, their deadline, since an
 * operation that needs them gone returns there. If more values have to be gone by a rank than
 * removals were called before it, the history is illegal (Hall's theorem). Otherwise the values
 * with the earliest deadlines get the earliest removals, which is tried. If that fails, every value
 * gets the earliest removal for itself: what is illegal even then is illegal. In the rare rest all
 * ways to give removals to values are tried, if they are few; if not, the general search has to
 * decide.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Problem } from '../core/engine.ts'
import { shown } from '../core/wording.ts'
import { BYTES_PER_OPERATION, collect } from './collection-values.ts'
import type { Collection, CollectionNames } from './collection-values.ts'
import { endsOf, spansOf } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'

/** In the rare rest: how many ways there are, times the operations to look at in each. */
const MOST_WORK = 1_000_000

/** How many values the explanation of a missed deadline may have. */
const MOST_EXPLAINED = 100

/** What makes one kind of collection different from another. */
export interface CollectionRules {
  /** Exact, when every removal but those that are never called is one of `spans.removal`. */
  decide(collection: Collection, spans: Spans, meter: Meter): Decision | undefined
  /** When each value has to be gone, and who demands it; only asked for values never removed. */
  deadlines(collection: Collection, spans: Spans): Deadlines
}

export interface Deadlines {
  /** By value: a removal has to be called before this rank; `events` if it may stay for ever. */
  readonly before: Int32Array
  /** By value: operations that, together with its insertion, force the deadline. */
  forcedBy(v: number): readonly number[]
}

export function decideCollection(
  problem: Problem,
  names: CollectionNames,
  rules: CollectionRules,
  meter: Meter,
): Decision | undefined {
  const { length } = problem.operations
  const bytes = length * BYTES_PER_OPERATION
  const covered = `none of ${length} operations was put in order`
  if (!meter.reserve(bytes)) return { outcome: 'unknown', hit: meter.hit(covered) }
  try {
    const collection = collect(problem, names)
    if (collection === undefined || 'outcome' in collection) return collection
    if (!meter.step(length)) return { outcome: 'unknown', hit: meter.hit(covered) }
    return decideWithCrashes(collection, rules, meter)
  } finally {
    meter.release(bytes)
  }
}

function decideWithCrashes(
  collection: Collection,
  rules: CollectionRules,
  meter: Meter,
): Decision | undefined {
  const { crashedRemovals, removal } = collection
  const attempt = (by: Int32Array): Decision | undefined => {
    const spans = spansOf(collection, by)
    return 'outcome' in spans ? spans : rules.decide(collection, spans, meter)
  }
  const left: number[] = []
  for (let v = 0; v < removal.length; v++) if (removal[v] === -1) left.push(v)
  if (crashedRemovals.length === 0 || left.length === 0) return attempt(removal)

  const spans = spansOf(collection, removal)
  if ('outcome' in spans) return spans
  const deadlines = rules.deadlines(collection, spans)
  left.sort((v, w) => deadlines.before[v]! - deadlines.before[w]! || spans.in[v]! - spans.in[w]!)
  const missed = missedDeadline(collection, left, deadlines)
  if (missed !== undefined) return missed

  const earliestFirst = removal.slice()
  left.slice(0, crashedRemovals.length).forEach((v, i) => {
    earliestFirst[v] = crashedRemovals[i]!
  })
  const tried = attempt(earliestFirst)
  if (tried?.outcome !== 'fail') return tried

  const relaxed = attempt(removal.map((by) => (by === -1 ? crashedRemovals[0]! : by)))
  if (relaxed?.outcome === 'fail') {
    return { ...relaxed, core: [...new Set([...relaxed.core, ...crashedRemovals])] }
  }
  if (relaxed?.outcome !== 'pass') return relaxed
  return tryAll(collection, left, tried, attempt)
}

/**
 * Tries every way in which the unknown removals may have taken values, if there are few. As an
 * earlier call allows more, and a removal may come too late to take anything, it suffices to look
 * at those in which the earliest ones, as many as there are values, all take one.
 */
function tryAll(
  collection: Collection,
  left: readonly number[],
  tried: Decision,
  attempt: (removal: Int32Array) => Decision | undefined,
): Decision | undefined {
  const crashes = collection.crashedRemovals.subarray(0, left.length)
  let ways = 1
  for (let i = 0; i < crashes.length; i++) {
    ways *= left.length - i
    if (ways * collection.operations.length > MOST_WORK) return undefined
  }
  const core = new Set<number>(collection.crashedRemovals)
  for (let way = 0; way < ways; way++) {
    // The number of the way, written with digits of falling base, picks the value of each removal.
    const removal = collection.removal.slice()
    const rest = [...left]
    let digits = way
    for (const index of crashes) {
      const [v] = rest.splice(digits % rest.length, 1)
      digits = Math.floor(digits / (rest.length + 1))
      removal[v!] = index
    }
    const decision = attempt(removal)
    if (decision?.outcome !== 'fail') return decision
    for (const index of decision.core) core.add(index)
  }
  if (tried.outcome !== 'fail') return undefined
  return { ...tried, core: [...core], reason: `${tried.reason} (whatever unknown calls took)` }
}

/** The first deadline that more values have than removals were called before it. */
function missedDeadline(
  collection: Collection,
  left: readonly number[],
  { before, forcedBy }: Deadlines,
): Decision | undefined {
  const { called, crashedRemovals, events, operations, values } = collection
  for (let i = 0; i < left.length; i++) {
    const last = left[i]!
    const deadline = before[last]!
    if (deadline === events) return undefined
    if (i < crashedRemovals.length && called[crashedRemovals[i]!]! < deadline) continue
    const core = new Set<number>(crashedRemovals.filter((index) => called[index]! < deadline))
    for (const v of left.slice(0, i + 1)) {
      // A hint with more in it helps nobody, and collecting it takes long.
      if (i > MOST_EXPLAINED) break
      for (const index of endsOf(collection, v, collection.removal)) core.add(index)
      for (const index of forcedBy(v)) core.add(index)
    }
    if (i > MOST_EXPLAINED) core.clear()
    const forcing = forcedBy(last).at(-1)!
    const many = i === 0 ? 'value that nobody removed has' : 'values that nobody removed have'
    const reason =
      `${i + 1} ${many} to be gone when ${operations[forcing]!.f} returns ` +
      `${shown(operations[forcing]!.result)} (among them ${shown(values[last])}), ` +
      `but only ${i} ${i === 1 ? 'removal' : 'removals'} of unknown outcome began before`
    return { outcome: 'fail', core: [...core], reason, impossible: forcing }
  }
  return undefined
}
