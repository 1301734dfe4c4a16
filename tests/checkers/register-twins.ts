import { register } from '../../checkers/models/register.ts'
import type { Json } from '../../src/core/json.ts'
import { sameJson } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { isUnknown, precedes } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { isLinearizable } from '../oracle/brute-force.ts'

/** The conditions on registers word by word, by trying all orders. */

const writesOf = (operations: readonly Operation[]) => operations.filter(({ f }) => f === 'write')
const readsOf = (operations: readonly Operation[]) =>
  operations.filter(({ f, result }) => f === 'read' && result !== undefined)

/** Some order of all writes and the read alone, in real time, explains the read. */
function isExplained(operations: readonly Operation[], read: Operation, initial: Json): boolean {
  const some = operations.filter((op) => op === read || op.f === 'write')
  return isLinearizable({ model: register, initial, operations: some })
}

export function isSafe(operations: readonly Operation[], initial: Json): boolean {
  return readsOf(operations).every((read) => {
    const overlaps = (write: Operation) => !precedes(write, read) && !precedes(read, write)
    return writesOf(operations).some(overlaps) || isExplained(operations, read, initial)
  })
}

export function isRegular(operations: readonly Operation[], initial: Json): boolean {
  return readsOf(operations).every((read) => isExplained(operations, read, initial))
}

export function isAtomic(operations: readonly Operation[], initial: Json): boolean {
  return isLinearizable({ model: register, initial, operations })
}

/**
 * For some choice of unknown writes that happened: each read has an order of its own, of itself and
 * the writes that concern it, and any two of these orders agree on the writes that concern both
 * reads.
 */
export function isStrongRegular(operations: readonly Operation[], initial: Json): boolean {
  const writes = writesOf(operations)
  const unknown = writes.filter(isUnknown)
  for (let happened = 0; happened < 1 << unknown.length; happened++) {
    const present = writes.filter(
      (op) => !isUnknown(op) || (happened & (1 << unknown.indexOf(op))) !== 0,
    )
    const choices = readsOf(operations).map((read) => ordersFor(read, present, initial))
    if (agree(choices, [])) return true
  }
  return false
}

/**
 * The same for more operations, as one order of all writes that happened: see strong-regular.ts.
 */
export function hasOneOrder(operations: readonly Operation[], initial: Json): boolean {
  const reads = readsOf(operations)
  const explains = (order: Order): boolean =>
    reads.every((read) => {
      const relevant = order.filter((write) => write.called < read.returned)
      const least = relevant.findLastIndex((write) => precedes(write, read))
      const seen = least === -1 ? [initial] : []
      return [...seen, ...relevant.slice(Math.max(0, least)).map(({ value }) => value)].some(
        (value) => sameJson(value, read.result),
      )
    })
  const extend = (order: Order, left: readonly Operation[]): boolean => {
    if (left.every(isUnknown) && explains(order)) return true
    return left.some((next) => {
      if (left.some((other) => precedes(other, next))) return false
      return extend(
        [...order, next],
        left.filter((other) => other !== next),
      )
    })
  }
  return extend([], writesOf(operations))
}

type Order = readonly Operation[]

function ordersFor(read: Operation, writes: readonly Operation[], initial: Json): Order[] {
  const relevant = writes.filter((write) => write.called < read.returned)
  const orders: Order[] = []
  const extend = (order: Order, left: readonly Operation[], last: Json): void => {
    if (left.length === 0) {
      orders.push(order)
      return
    }
    for (const next of left) {
      if (left.some((other) => precedes(other, next))) continue
      if (next === read && !sameJson(last, read.result)) continue
      const rest = left.filter((other) => other !== next)
      if (next === read) extend(order, rest, last)
      else extend([...order, next], rest, next.value)
    }
  }
  extend([], [...relevant, read], initial)
  return orders
}

function agree(choices: readonly Order[][], chosen: readonly Order[]): boolean {
  const [first, ...rest] = choices
  if (first === undefined) return true
  return first.some((order) => {
    const common = chosen.every((other) => {
      const a = order.filter((op) => other.includes(op))
      const b = other.filter((op) => order.includes(op))
      return a.every((op, i) => op === b[i])
    })
    return common && agree(rest, [...chosen, order])
  })
}

export interface DrawOptions {
  readonly operations: number
  readonly clients: number
  /** All writes come from client 0. */
  readonly oneWriter: boolean
  /** Each value is written once at most, and never the initial one. */
  readonly unique: boolean
  /** Unknown outcomes in a hundred writes. */
  readonly crashes: number
}

/** Random intervals; most reads return a value of a write that they might have seen. */
export function drawRegisterHistory(random: Random, options: DrawOptions): Operation[] {
  type Open = { -readonly [Name in keyof Operation]: Operation[Name] }
  const operations: Open[] = []
  const open = new Map<number, Open>()
  const names = Array.from({ length: options.clients }, (_, client) => client)
  let crashed = false
  for (let position = 0; operations.length < options.operations || open.size > 0; position++) {
    const client = random.int(0, options.clients - 1)
    const current = open.get(client)
    if (current === undefined) {
      if (operations.length >= options.operations) continue
      const writes = options.oneWriter ? client === 0 && !crashed : random.chance(1, 2)
      const id = operations.length
      const value = options.unique ? id + 1 : random.int(0, 2)
      const created: Open = {
        id,
        process: names[client] ?? client,
        f: writes ? 'write' : 'read',
        key: undefined,
        value: writes ? value : null,
        result: undefined,
        called: position,
        returned: Infinity,
        calledAt: undefined,
        returnedAt: undefined,
      }
      operations.push(created)
      open.set(client, created)
      continue
    }
    open.delete(client)
    if (random.int(1, 100) <= options.crashes) {
      names[client] = (names[client] ?? client) + 100
      if (current.f === 'write') crashed = true
      continue
    }
    const seen = [0, ...operations.filter(({ f }) => f === 'write').map(({ value }) => value)]
    current.result =
      current.f === 'write' ? null : random.pick(random.chance(4, 5) ? seen.slice(-4) : seen)
    current.returned = position
  }
  return operations
}

/**
 * Writes of two values that overlap much, by clients of their own, and reads of them during and
 * after.
 */
export function drawClash(random: Random, oneWriter: boolean): Operation[] {
  const writes = random.int(2, oneWriter ? 6 : 5)
  const reads = random.int(2, oneWriter ? 6 : 5)
  const events: { at: number; op: number; returns: boolean }[] = []
  const spans = Array.from({ length: writes + reads }, (_, n) => {
    const isWrite = n < writes
    const start = isWrite ? random.int(0, 12) : random.int(2, oneWriter ? 4 * writes : 24)
    const end = start + random.int(1, isWrite ? 12 : oneWriter ? 2 : 6)
    return oneWriter && isWrite ? [4 * n, 4 * n + 3] : [start, end]
  })
  spans.forEach(([from = 0, to = 0], op) => {
    events.push({ at: from, op, returns: false }, { at: to, op, returns: true })
  })
  const sorted = random
    .shuffle(events)
    .sort((a, b) => a.at - b.at || Number(a.returns) - Number(b.returns))
  const calls = sorted.filter(({ returns }) => !returns).map(({ op }) => op)
  return calls.map((op, id) => {
    const isWrite = op < writes
    const unknown = isWrite && !oneWriter && random.chance(1, 8)
    const at = (returns: boolean) => sorted.findIndex((e) => e.op === op && e.returns === returns)
    const value = random.int(oneWriter ? 0 : 1, 2)
    return {
      id,
      process: op,
      f: isWrite ? 'write' : 'read',
      key: undefined,
      value: isWrite ? value : null,
      result: unknown ? undefined : isWrite ? null : value,
      called: at(false),
      returned: unknown ? Infinity : at(true),
      calledAt: undefined,
      returnedAt: undefined,
    }
  })
}

export function historyOf(operations: readonly Operation[]): History {
  return { source: 'drawn', operations, failed: [], faults: [], events: 0, skipped: 0 }
}
