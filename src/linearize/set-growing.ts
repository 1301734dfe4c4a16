/**
 * Sets without removes, whose whole is read, exactly and in O(n log n + the sizes of the lists).
 *
 * An element comes at one moment t, as in set-moments.ts: after the call of the first add, before
 * the return of every add, after the call of each answer 'not in' and before the return of each
 * 'in'. Given t, these answers and the other adds can be placed freely, so only a window for t is
 * left of them.
 *
 * The lists that were read must grow: sorted by size, each contains the one before. That puts
 * reads and elements in a forced sequence: the elements that are new in a list, then the reads of
 * that list, and at the end the elements that no list has. In a sequence of windows (low, high),
 * there are moments one after another exactly if no high is before a low that comes earlier or is
 * its own. Among the new elements of one list the order is free, and that of their lows
 * contradicts least.
 */
import type { Decision } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { did, shown } from '../core/wording.ts'
import type { SetColumns } from './set-columns.ts'
import { ADD, IN, OUT, READ } from './set-columns.ts'
import type { Bound } from './set-moments.ts'
import { sortedIndices } from './sorted-indices.ts'

/** When an element comes. */
interface Window {
  /** The add that was called first; -1 if there is none. */
  adder: number
  low: Bound
  high: Bound
  /** The first answer that it was not there; -1 if there is none. */
  asked: number
  /** The moment that was found: right after this position. */
  comesAt: number
  /**
   * The first read in the sequence that lists it; -1 if none does, -2 if it was there at the
   * beginning.
   */
  seen: number
}

const UNSEEN = -1
const FROM_THE_BEGINNING = -2

export function decideGrowingSet(operations: readonly Operation[], columns: SetColumns): Decision {
  const windows = windowsOf(columns)
  const failure = emptyWindow(operations, windows)
  if (failure !== undefined) return failure
  const lists = listsBySize(operations, columns)
  const wrong = notGrowing(operations, columns, lists, windows)
  if (wrong !== undefined) return wrong
  const sequence = sequenceOf(columns, lists, windows)
  const keys = inSequence(operations, columns, sequence, windows)
  if (!(keys instanceof Float64Array)) return keys
  answerKeys(keys, columns, sequence.length, windows)
  const placed = keys.reduce((sum, key) => sum + (key < Infinity ? 1 : 0), 0)
  return { outcome: 'pass', order: sortedIndices(keys).subarray(0, placed) }
}

function windowsOf({ count, kind, element, called, returned, present, elements }: SetColumns) {
  const windows = Array.from({ length: elements }, (_, number): Window => ({
    adder: -1,
    low: { at: -Infinity, by: -1 },
    high: { at: Infinity, by: -1 },
    asked: -1,
    comesAt: -Infinity,
    seen: present[number] === 1 ? FROM_THE_BEGINNING : UNSEEN,
  }))
  for (let i = 0; i < count; i++) {
    if (kind[i] !== ADD && kind[i] !== IN && kind[i] !== OUT) continue
    const window = windows[element[i]!]!
    if (kind[i] === ADD && window.adder === -1) window.adder = i
    if (kind[i] === OUT && window.asked === -1) window.asked = i
    if ((window.adder === i || kind[i] === OUT) && called[i]! > window.low.at) {
      window.low = { at: called[i]!, by: i }
    }
    if (kind[i] !== OUT && returned[i]! < window.high.at) window.high = { at: returned[i]!, by: i }
  }
  return windows
}

function fail(core: readonly number[], reason: string, impossible: number): Decision {
  const known = [...new Set(core)].filter((index) => index >= 0)
  return { outcome: 'fail', core: known.sort((a, b) => a - b), reason, impossible }
}

/** An element that comes and yet cannot, whatever the lists say. */
function emptyWindow(
  operations: readonly Operation[],
  windows: readonly Window[],
): Decision | undefined {
  for (const { adder, low, high, asked, seen } of windows) {
    if (seen === FROM_THE_BEGINNING) {
      if (asked === -1) continue
      return fail([asked], `${did(operations[asked]!)}, but it was there from the beginning`, asked)
    }
    if (adder === -1) {
      if (high.by === -1) continue
      return fail([high.by], `${did(operations[high.by]!)}, but nobody ever added it`, high.by)
    }
    if (low.at < high.at) continue
    const reason = `${did(operations[high.by]!)} before ${did(operations[low.by]!)}`
    return fail([adder, low.by, high.by], `${reason}, and nobody removes anything`, low.by)
  }
  return undefined
}

/** The reads, by the size of their list; of equal size by call. */
function listsBySize(operations: readonly Operation[], { kind }: SetColumns): Int32Array {
  const reads = Int32Array.from(kind.keys()).filter((op) => kind[op] === READ)
  const sizes = Float64Array.from(reads, (read) => listOf(operations[read]!).length)
  return sortedIndices(sizes).map((at) => reads[at]!)
}

const listOf = (op: Operation): readonly Json[] => op.result as readonly Json[]

/**
 * Notes for each element the first list that has it, and finds lists that do not contain those
 * before.
 */
function notGrowing(
  operations: readonly Operation[],
  { numbers, elements }: SetColumns,
  lists: Int32Array,
  windows: readonly Window[],
): Decision | undefined {
  let known = windows.reduce((sum, { seen }) => sum + (seen === FROM_THE_BEGINNING ? 1 : 0), 0)
  const listedBy = new Int32Array(elements).fill(-1)
  let before = -1
  for (const read of lists) {
    const list = listOf(operations[read]!)
    // Only on failure: the text of a list takes long.
    const told = () => did(operations[read]!)
    for (const value of list) {
      const number = numbers.of(value)
      const window = windows[number]
      if (window === undefined || (window.adder === -1 && window.seen !== FROM_THE_BEGINNING)) {
        return fail([read], `${told()}, but nobody ever added ${shown(value)}`, read)
      }
      if (listedBy[number] === read) return fail([read], `${told()}, with an element twice`, read)
      listedBy[number] = read
      if (window.seen !== UNSEEN) continue
      window.seen = read
      known++
    }
    if (list.length !== known) {
      const than = before === -1 ? 'what was there at the beginning' : did(operations[before]!)
      const reason = `${did(operations[read]!)}, which lacks something of ${than}`
      return fail([before, read], reason, read)
    }
    before = read
  }
  return undefined
}

/**
 * What comes one after another: reads by their index, elements by -1 - their number. Elements that
 * nobody is known to have seen or added are not in it.
 */
function sequenceOf(
  { kind, element, returned }: SetColumns,
  lists: Int32Array,
  windows: readonly Window[],
): number[] {
  const comes = new Uint8Array(windows.length)
  for (const [op, what] of kind.entries()) {
    if ((what === ADD && returned[op]! < Infinity) || what === IN) comes[element[op]!] = 1
  }
  const lows = Float64Array.from(windows, ({ low }) => low.at)
  const newIn = new Map<number, number[]>()
  for (const number of sortedIndices(lows)) {
    const { seen } = windows[number]!
    if (seen === FROM_THE_BEGINNING || (seen === UNSEEN && comes[number] === 0)) continue
    const others = newIn.get(seen)
    if (others === undefined) newIn.set(seen, [-1 - number])
    else others.push(-1 - number)
  }
  const sequence: number[] = []
  for (const read of [...lists, UNSEEN]) {
    for (const item of newIn.get(read) ?? []) sequence.push(item)
    if (read !== UNSEEN) sequence.push(read)
  }
  return sequence
}

/**
 * Sort keys for the adders and reads, with room for the other operations in between: the position
 * in the history, and the rank in the sequence among equal ones. Or what comes too late in it.
 */
function inSequence(
  operations: readonly Operation[],
  { count, called, returned }: SetColumns,
  sequence: readonly number[],
  windows: readonly Window[],
): Float64Array | Decision {
  const keys = new Float64Array(count).fill(Infinity)
  const ranks = sequence.length + 2
  let latest: Bound = { at: -Infinity, by: -1 }
  let lastRead = -1
  for (const [rank, item] of sequence.entries()) {
    const window = windows[-1 - item]
    const low = window?.low ?? { at: called[item]!, by: item }
    const high = window?.high ?? { at: returned[item]!, by: item }
    if (high.at < latest.at) {
      const what = `${did(operations[high.by]!)} before ${did(operations[latest.by]!)}`
      const proof = lastRead === -1 || item >= 0 ? '' : `, against ${did(operations[lastRead]!)}`
      const core = [latest.by, high.by, lastRead, window?.adder ?? -1]
      return fail(core, `${what}, but comes after it as sets only grow${proof}`, high.by)
    }
    if (low.at > latest.at) latest = low
    keys[window?.adder ?? item] = latest.at * ranks + 1 + rank
    if (window === undefined) lastRead = item
    else window.comesAt = latest.at
  }
  return keys
}

/**
 * Sort keys for what can be placed freely: before or after the moment at which the element comes.
 */
function answerKeys(
  keys: Float64Array,
  { kind, element, called, returned }: SetColumns,
  items: number,
  windows: readonly Window[],
): void {
  const ranks = items + 2
  for (const [op, what] of kind.entries()) {
    const isAdd = what === ADD && returned[op]! < Infinity
    if (keys[op]! < Infinity || (!isAdd && what !== IN && what !== OUT)) continue
    const { comesAt } = windows[element[op]!]!
    if (what === OUT) keys[op] = called[op]! * ranks
    else keys[op] = Math.max(called[op]!, comesAt) * ranks + ranks - 1
  }
}
