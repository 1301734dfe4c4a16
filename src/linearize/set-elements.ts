/**
 * Sets, exactly and in O(n log n), in two cases:
 *
 * - no reads of the whole set: then each element is on its own (Herlihy & Wing 1990, locality),
 *   and is decided by set-moments.ts if it is never removed, or never added, or added once and
 *   removed once;
 * - reads of the whole set and no removes: set-growing.ts.
 *
 * All other sets are left to others.
 */
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Operation } from '../core/operation.ts'
import { did } from '../core/wording.ts'
import type { SetColumns, SetNames } from './set-columns.ts'
import { ADD, IN, OUT, REMOVE, setColumns } from './set-columns.ts'
import { decideGrowingSet } from './set-growing.ts'
import type { Element, Moves } from './set-moments.ts'
import { movesOf } from './set-moments.ts'
import { sortedIndices } from './sorted-indices.ts'

/** Bytes an operation, at most, the lists that were read not counted. */
const BYTES = 160

/** The engine for a set. */
export function setElements(names: SetNames): Engine {
  return {
    name: 'set-elements',
    decide(problem, meter) {
      const bytes = BYTES * problem.operations.length
      if (!meter.reserve(bytes) || !meter.step(1)) {
        return { outcome: 'unknown', hit: meter.hit('nothing was decided yet') }
      }
      const decision = decideSet(problem, names)
      meter.release(bytes)
      return decision
    },
  }
}

function decideSet(problem: Problem, names: SetNames): Decision | undefined {
  const columns = setColumns(problem, names)
  if (columns === undefined) return undefined
  if (columns.reads > 0) {
    return columns.removes > 0 ? undefined : decideGrowingSet(problem.operations, columns)
  }
  // A moment for each operation: its position in the history, and hundredths to order equal ones.
  const moments = new Float64Array(columns.count).fill(Infinity)
  let doubtful = false
  let failure: Decision | undefined
  for (const [number, operations] of byElement(columns).entries()) {
    const element = sortedOut(operations, columns, columns.present[number] === 1)
    const moves = movesOf(element, columns)
    if (moves === undefined) doubtful = true
    else if (moves.type === 'never') failure ??= failed(problem.operations, moves.core)
    else setMoments(moments, element, moves, columns)
  }
  // What one element cannot have done, no other can repair.
  if (failure !== undefined) return failure
  if (doubtful) return undefined
  const placed = moments.reduce((sum, moment) => sum + (moment < Infinity ? 1 : 0), 0)
  return { outcome: 'pass', order: sortedIndices(moments).subarray(0, placed) }
}

/** The operations on each element, in order of call. */
function byElement({ count, element, elements }: SetColumns): Int32Array[] {
  const starts = new Int32Array(elements + 1)
  for (let i = 0; i < count; i++) starts[element[i]! + 1]!++
  for (let number = 0; number < elements; number++) starts[number + 1]! += starts[number]!
  const sorted = new Int32Array(count)
  const next = starts.slice()
  for (let i = 0; i < count; i++) sorted[next[element[i]!]!++] = i
  return Array.from({ length: elements }, (_, number) =>
    sorted.subarray(starts[number], starts[number + 1]),
  )
}

function sortedOut(operations: Int32Array, { kind }: SetColumns, inside: boolean): Element {
  const of = (wanted: number): number[] => [...operations.filter((op) => kind[op] === wanted)]
  return inside
    ? { movers: of(REMOVE), returners: of(ADD), home: of(IN), away: of(OUT) }
    : { movers: of(ADD), returners: of(REMOVE), home: of(OUT), away: of(IN) }
}

/** Gives each operation on an element that is not left out a moment that fits its moves. */
function setMoments(
  moments: Float64Array,
  { movers, returners, home, away }: Element,
  moves: Exclude<Moves, { type: 'never' }>,
  { called, returned }: SetColumns,
): void {
  const answered = (op: number): boolean => returned[op]! < Infinity
  const begin = (op: number): number => 100 * called[op]!
  if (moves.type === 'stays') {
    for (const op of [...returners.filter(answered), ...home]) moments[op] = begin(op) + 1
    return
  }
  const { mover, at, returner, until } = moves
  const moved = 100 * at + 40
  const returnedAt = 100 * until + 60
  const meanwhile = (op: number): number => Math.max(begin(op) + 50, moved + 5)
  for (const op of movers.filter(answered)) moments[op] = meanwhile(op)
  for (const op of away) moments[op] = meanwhile(op)
  for (const op of returners.filter(answered)) moments[op] = begin(op) + 1
  for (const op of home) {
    const before = called[op]! <= at
    moments[op] = before ? begin(op) + 1 : Math.max(begin(op) + 2, returnedAt + 5)
  }
  moments[mover] = moved
  if (returner !== -1) moments[returner] = returnedAt
}

function failed(operations: readonly Operation[], core: readonly number[]): Decision {
  const told = core.slice(0, 4).map((index) => did(operations[index]!))
  const others = core.length > told.length ? `, and ${core.length - told.length} more` : ''
  const many = core.length > 1 ? ': in no order can all of them be right' : ', which cannot be'
  const reason = `${told.join('; ')}${others}${many}`
  // Point at an answer: that an element was added is nothing that its client saw.
  const answers = core.filter((index) => typeof operations[index]!.result === 'boolean')
  return { outcome: 'fail', core, reason, impossible: answers.at(-1) ?? core.at(-1)! }
}
