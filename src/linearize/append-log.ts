/**
 * Logs that only grow, exactly and in linear time, if what was read was appended once.
 *
 * The longest list that was read is the beginning of the log, and fixes the order of its entries.
 * Every other list must be a prefix of it, and its read stands between the appends of its last
 * entry and of the next. Appends that the longest list does not show come after it, in order of
 * call, and those among them without an answer can be left out, as nobody saw them.
 */
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { did, shown } from '../core/wording.ts'
import { outOfOrder } from './order-check.ts'
import { ValueNumbers } from './value-numbers.ts'

export interface LogNames {
  readonly append: readonly string[]
  readonly read: readonly string[]
}

type List = readonly Json[]

/** Bytes an operation, at most, the lists not counted. */
const BYTES = 64

/** The engine for a list with append and read. */
export function appendLog(names: LogNames): Engine {
  return {
    name: 'append-log',
    decide(problem, meter) {
      const bytes = BYTES * problem.operations.length
      if (!meter.reserve(bytes) || !meter.step(1)) {
        return { outcome: 'unknown', hit: meter.hit('nothing was decided yet') }
      }
      const decision = decideLog(problem, names)
      meter.release(bytes)
      return decision
    },
  }
}

function decideLog({ initial, operations }: Problem, names: LogNames): Decision | undefined {
  const appends: number[] = []
  const reads: number[] = []
  let longest = -1
  for (const [index, op] of operations.entries()) {
    if (names.append.includes(op.f)) appends.push(index)
    else if (!names.read.includes(op.f)) return undefined
    else if (!isUnknown(op)) {
      if (!Array.isArray(op.result)) return undefined
      if (longest === -1 || listOf(op).length > listOf(operations[longest]!).length) longest = index
      reads.push(index)
    }
  }
  const begun = initial as List
  const full = longest === -1 ? begun : listOf(operations[longest]!)
  for (const index of reads) {
    const decision = unfitting(operations, index, longest, begun)
    if (decision !== undefined) return decision
  }
  const producers = producersOf(operations, appends, full, begun.length)
  if (producers === undefined) return undefined
  if ('missing' in producers) return unwritten(operations, longest, full[producers.missing]!)
  return inOrder(operations, { appends, reads, longest, producers, begun: begun.length })
}

const listOf = (op: Operation): List => op.result as List

/** A read whose list is no prefix of the longest, or does not begin as the log did. */
function unfitting(
  operations: readonly Operation[],
  index: number,
  longest: number,
  begun: List,
): Decision | undefined {
  const list = listOf(operations[index]!)
  const full = listOf(operations[longest]!)
  // Only on failure: the text of a list takes long.
  const what = () => did(operations[index]!)
  if (list.length < begun.length || !isPrefix(begun, list)) {
    const reason = `${what()}, but the log began with ${shown(begun)}`
    return { outcome: 'fail', core: [index], reason, impossible: index }
  }
  if (isPrefix(list, full)) return undefined
  const other = did(operations[longest]!)
  const reason = `${what()} and ${other}, but neither is the beginning of the other`
  const core = [index, longest].sort((a, b) => a - b)
  return { outcome: 'fail', core, reason, impossible: core[1]! }
}

function isPrefix(list: List, of: List): boolean {
  for (let at = 0; at < list.length; at++) {
    if (list[at] !== of[at] && !sameJson(list[at], of[at])) return false
  }
  return true
}

/**
 * By place in the full list, the append of the entry; `undefined` if it could be one of several.
 */
function producersOf(
  operations: readonly Operation[],
  appends: readonly number[],
  full: List,
  begun: number,
): Int32Array | { readonly missing: number } | undefined {
  const numbers = new ValueNumbers(full.length)
  const placeOf: number[] = []
  const wanted = new Int32Array(full.length)
  for (let place = begun; place < full.length; place++) {
    const number = numbers.of(full[place])
    placeOf[number] ??= place
    wanted[placeOf[number]]!++
  }
  const producers = new Int32Array(full.length).fill(-1)
  const offered = new Int32Array(full.length)
  const seen = numbers.count
  for (const index of appends) {
    const number = numbers.of(operations[index]!.value)
    if (number >= seen) continue
    const place = placeOf[number]!
    producers[place] = index
    offered[place]!++
  }
  const missing = wanted.findIndex((count, place) => count > offered[place]!)
  if (missing !== -1) return { missing }
  return offered.some((count) => count > 1) ? undefined : producers
}

function unwritten(operations: readonly Operation[], read: number, value: Json): Decision {
  const reason = `${did(operations[read]!)}, but ${shown(value)} was not appended that often`
  return { outcome: 'fail', core: [read], reason, impossible: read }
}

interface Log {
  readonly appends: readonly number[]
  readonly reads: readonly number[]
  readonly longest: number
  readonly producers: Int32Array
  /** How many entries there were at the beginning. */
  readonly begun: number
}

function inOrder(operations: readonly Operation[], log: Log): Decision {
  const { appends, reads, producers, begun } = log
  const readsOf = new Map<number, number[]>()
  for (const index of reads) {
    const { length } = listOf(operations[index]!)
    const same = readsOf.get(length)
    if (same === undefined) readsOf.set(length, [index])
    else same.push(index)
  }
  const order = new Int32Array(operations.length)
  const isPlaced = new Uint8Array(operations.length)
  let placed = 0
  const place = (index: number): void => {
    order[placed++] = index
    isPlaced[index] = 1
  }
  for (let length = begun; ; length++) {
    readsOf.get(length)?.forEach(place)
    if (length >= producers.length) break
    place(producers[length]!)
  }
  for (const index of appends) {
    if (isPlaced[index] === 0 && !isUnknown(operations[index]!)) place(index)
  }
  const wrong = outOfOrder(order, placed, operations)
  if (wrong === undefined) return { outcome: 'pass', order: order.subarray(0, placed) }
  return backwards(operations, wrong.early, wrong.late, log)
}

function backwards(
  operations: readonly Operation[],
  early: number,
  late: number,
  { longest, reads }: Log,
): Decision {
  // Two appends contradict nothing without the read that shows their order.
  const core = [...new Set([early, late, longest])].sort((a, b) => a - b)
  const shows = early === longest || late === longest ? '' : `, after ${did(operations[longest]!)}`
  const what = `${did(operations[late]!)} before ${did(operations[early]!)}`
  const reason = `${what}, but comes after it in the log${shows}`
  // Point at a read, if there is one: that an append came too early is nothing that its client saw.
  const impossible = !reads.includes(late) && reads.includes(early) ? early : late
  return { outcome: 'fail', core, reason, impossible }
}
