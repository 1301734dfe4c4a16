import { atomic } from '../../checkers/atomic.ts'
import type { Condition } from '../../checkers/condition.ts'
import { regular } from '../../checkers/regular.ts'
import { safe } from '../../checkers/safe.ts'
import type { Operation } from '../../src/core/operation.ts'
import { precedes } from '../../src/core/operation.ts'
import { historyOf, isAtomic } from './register-twins.ts'

/**
 * How many of all histories of one writer meet what. `conditionOnly`: no new-old inversion, yet not
 * linearizable. `mistakes`: the check of atomic, or regular without inversion, is not linearizable.
 */
export function countHistories(writes: number, reads: number) {
  const count = { all: 0, safe: 0, regular: 0, atomic: 0, conditionOnly: 0, mistakes: 0 }
  for (const operations of everyHistory(writes, reads)) {
    const history = historyOf(operations)
    const holds = (condition: Condition) =>
      condition.check(history, { initial: 0 }).outcome === 'pass'
    const linearizable = isAtomic(operations, 0)
    const noInversion = hasNoInversion(operations)
    const [isRegular, isAtomicHere] = [holds(regular), holds(atomic)]
    count.all++
    count.safe += Number(holds(safe))
    count.regular += Number(isRegular)
    count.atomic += Number(isAtomicHere)
    count.conditionOnly += Number(noInversion && !linearizable)
    const agree = isAtomicHere === linearizable && (isRegular && noInversion) === linearizable
    count.mistakes += Number(!agree)
  }
  return count
}

/**
 * Every way in which the events of `writes` writes, one after the other, and of `reads` reads can
 * lie.
 */
export function* everyHistory(writes: number, reads: number): Generator<Operation[]> {
  const values = Array.from({ length: writes + 1 }, (_, value) => value)
  const place = function* (
    events: readonly number[],
    begun: number,
    written: number,
  ): Generator<number[]> {
    // An event is the number of the read that it calls or ends, or -1: the next one of the writer.
    if (events.length === 2 * (writes + reads)) {
      yield [...events]
      return
    }
    if (written < 2 * writes) yield* place([...events, -1], begun, written + 1)
    for (let read = 0; read < begun; read++) {
      if (events.filter((event) => event === read).length < 2) {
        yield* place([...events, read], begun, written)
      }
    }
    // Reads are numbered in order of invocation: which client makes which does not matter.
    if (begun < reads) yield* place([...events, begun], begun + 1, written)
  }
  const results = function* (chosen: readonly number[]): Generator<readonly number[]> {
    if (chosen.length === reads) yield chosen
    else for (const value of values) yield* results([...chosen, value])
  }
  for (const events of place([], 0, 0)) {
    for (const chosen of results([])) yield drawn(events, chosen)
  }
}

function drawn(events: readonly number[], results: readonly number[]): Operation[] {
  const operations: Operation[] = []
  const spots = new Map<string, number[]>()
  let writerEvents = 0
  events.forEach((event, position) => {
    const name = event === -1 ? `w${Math.floor(writerEvents++ / 2) + 1}` : `r${event}`
    spots.set(name, [...(spots.get(name) ?? []), position])
  })
  for (const [name, [called = 0, returned = 0]] of spots) {
    const number = Number(name.slice(1))
    const isWrite = name.startsWith('w')
    operations.push({
      id: operations.length,
      process: isWrite ? 'w' : name,
      f: isWrite ? 'write' : 'read',
      key: undefined,
      value: isWrite ? number : null,
      result: isWrite ? null : (results[number] ?? null),
      called,
      returned,
      calledAt: undefined,
      returnedAt: undefined,
    })
  }
  return operations
}

/** The half of the definition of atomicity that is often quoted alone: no new-old inversion. */
function hasNoInversion(operations: readonly Operation[]): boolean {
  const reads = operations.filter(({ f }) => f === 'read')
  // Value n is the n-th write of the only writer, so the write of a smaller value precedes.
  return reads.every((early) =>
    reads.every((late) => !precedes(early, late) || Number(late.result) >= Number(early.result)),
  )
}
