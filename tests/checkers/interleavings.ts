import { multiRegister } from '../../checkers/models/multi-register.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import { canonical } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { History } from '../../src/history/history.ts'
import { problemOf } from './client-histories.ts'

/**
 * The 70 ways to interleave four events of one client with four of another: 1 is the first's turn.
 */
const TURNS: readonly number[] = Array.from({ length: 256 }, (_, bits) => bits).filter(
  (bits) => [0, 1, 2, 3, 4, 5, 6, 7].filter((i) => ((bits >> i) & 1) === 1).length === 4,
)

/** A history of two clients with two operations each, in one of 70 interleavings of real time. */
export function timed(history: History, interleaving: number): Problem {
  const bits = TURNS[interleaving] ?? 0
  const positions: [number[], number[]] = [[], []]
  for (let i = 0; i < 8; i++) positions[(bits >> i) & 1 ? 0 : 1].push(i)
  const next: [number, number] = [0, 0]
  const operations = history.operations.map((operation): Operation => {
    const client = operation.process === 0 ? 0 : 1
    const [called = 0, returned = 0] = positions[client].slice(next[client])
    next[client] += 2
    return { ...operation, called, returned }
  })
  operations.sort((a, b) => a.called - b.called)
  return { ...problemOf(history), operations }
}

/** One problem for each key. */
export function perKey(problem: Problem): Problem[] {
  const keys = new Set(problem.operations.map(({ key }) => canonical(key)))
  return [...keys].map((key) => ({
    ...problem,
    operations: problem.operations.filter((operation) => canonical(operation.key) === key),
  }))
}

/** All keys as one object: transactions of one read or write each. */
export function together(problem: Problem): Problem {
  const operations = problem.operations.map((operation): Operation => {
    const { f, key = null } = operation
    const step = (value: Json): Json => [[f, key, value]]
    const result = f === 'write' ? operation.value : (operation.result ?? null)
    return {
      ...operation,
      f: 'txn',
      key: undefined,
      value: step(operation.value),
      result: step(result),
    }
  })
  return { model: multiRegister, initial: multiRegister.initial(), operations }
}
