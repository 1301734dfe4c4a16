/**
 * All histories of two processes that make two operations each on two registers: linearizability
 * composes, as a history is linearizable exactly if each register by itself is (Herlihy and Wing
 * 1990, theorem 1), and sequential consistency does not.
 */
import { decideParts } from '../checkers/decide-parts.ts'
import { multiRegister } from '../checkers/models/multi-register.ts'
import { register } from '../checkers/models/register.ts'
import { sequential } from '../checkers/sequential.ts'
import type { Json } from '../src/core/json.ts'
import { canonical } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import { historyOf } from './register-histories.ts'

export interface CompositionCounts {
  readonly histories: number
  readonly linearizable: number
  /** Each register by itself is. */
  readonly eachLinearizable: number
  /** Where those two differ. */
  readonly mismatches: number
  readonly sequential: number
  readonly eachSequential: number
  /** Each register by itself is sequentially consistent, and both together are not. */
  readonly witnesses: number
  /** The first of them: `P0 write x 1`, ... */
  readonly witness: readonly string[]
}

/** Who did what with which register. */
export type Deed = Pick<Operation, 'process' | 'f' | 'key' | 'value' | 'result'>

/** Judges them all. */
export function countTwoRegisters(): CompositionCounts {
  const count = { histories: 0, linearizable: 0, eachLinearizable: 0, mismatches: 0 }
  const orders = { sequential: 0, eachSequential: 0, witnesses: 0 }
  let witness: readonly string[] = []
  const times = everyTime()
  const interleaved = times.reduce((sum, { count: each }) => sum + each, 0)
  for (const deeds of everyDeeds()) {
    // What each process did in which order is all that sequential consistency looks at.
    const whole = isSequential(deeds)
    const each = KEYS.every((key) => isSequential(deeds.filter((deed) => deed.key === key)))
    orders.sequential += whole ? interleaved : 0
    orders.eachSequential += each ? interleaved : 0
    orders.witnesses += each && !whole ? interleaved : 0
    if (each && !whole && witness.length === 0) witness = deeds.map(deedText)
    for (const { spans, count: alike } of times) {
      const operations = historyOf(timed(deeds, spans)).operations
      const together = decideParts(operations.map(asTransaction), multiRegister)
      const isLinearizable = passes(together)
      const eachIs = passes(decideParts(operations, register))
      count.histories += alike
      count.linearizable += isLinearizable ? alike : 0
      count.eachLinearizable += eachIs ? alike : 0
      count.mismatches += isLinearizable === eachIs ? 0 : alike
    }
  }
  return { ...count, ...orders, witness }
}

const KEYS = ['x', 'y']
const SHAPES = KEYS.flatMap((key) => ['write', 'read'].map((f) => ({ f, key })))
const PROCESSES = [0, 0, 1, 1]

/** Writes of a register have values 1, 2, ...; reads return any of them, or `null`: none. */
export function* everyDeeds(): Generator<readonly Deed[]> {
  for (let program = 0; program < SHAPES.length ** PROCESSES.length; program++) {
    const written = new Map<string, number>()
    const plans = PROCESSES.map((process, at) => {
      const { f, key } = SHAPES[digit(program, SHAPES.length, at)] ?? { f: 'read', key: 'x' }
      const value = (written.get(key) ?? 0) + 1
      if (f === 'write') written.set(key, value)
      return { process, f, key, value }
    })
    yield* answered(plans, written)
  }
}

function* answered(
  plans: readonly { process: number; f: string; key: string; value: number }[],
  written: ReadonlyMap<string, number>,
): Generator<readonly Deed[]> {
  const choices = plans.map(({ f, key }) => (f === 'write' ? 1 : (written.get(key) ?? 0) + 1))
  const all = choices.reduce((product, each) => product * each, 1)
  for (let answers = 0; answers < all; answers++) {
    let rest = answers
    yield plans.map(({ process, f, key, value }, at): Deed => {
      const choice = choices[at] ?? 1
      const answer = rest % choice
      rest = Math.floor(rest / choice)
      if (f === 'write') return { process, f, key, value, result: null }
      return { process, f, key, value: null, result: answer === 0 ? null : answer }
    })
  }
}

const digit = (number: number, base: number, at: number): number =>
  Math.floor(number / base ** at) % base

interface Times {
  readonly spans: readonly (readonly number[])[]
  /** How many interleavings have the same precedence. */
  readonly count: number
}

/** One interleaving for each precedence of operations: nothing else counts. */
function everyTime(): readonly Times[] {
  const groups = new Map<string, Times>()
  for (const spans of interleavings()) {
    const [first = [], second = []] = spans
    const before = (a: readonly number[], b: readonly number[]): readonly boolean[] =>
      [1, 3].flatMap((returned) => [0, 2].map((called) => (a[returned] ?? 0) < (b[called] ?? 0)))
    const precedence = [...before(first, second), ...before(second, first)].join()
    const known = groups.get(precedence)
    groups.set(precedence, { spans, count: (known?.count ?? 0) + 1 })
  }
  return [...groups.values()]
}

/** The 70 ways in which calls and returns of two processes alternate: where each one's are. */
function* interleavings(): Generator<readonly (readonly number[])[]> {
  for (let bits = 0; bits < 256; bits++) {
    const positions = [0, 1, 2, 3, 4, 5, 6, 7]
    const first = positions.filter((at) => ((bits >> at) & 1) === 1)
    const second = positions.filter((at) => ((bits >> at) & 1) === 0)
    if (first.length === second.length) yield [first, second]
  }
}

function timed(
  deeds: readonly Deed[],
  spans: readonly (readonly number[])[],
): readonly Operation[] {
  return deeds.map((deed, id): Operation => {
    const own = spans[Number(deed.process)] ?? []
    const place = 2 * (id % 2)
    const [called = 0, returned = 0] = own.slice(place, place + 2)
    return { ...deed, id, called, returned, calledAt: undefined, returnedAt: undefined }
  })
}

export function isSequential(deeds: readonly Deed[]): boolean {
  const operations = deeds.map((deed, id): Operation => {
    const times = { called: 2 * id, returned: 2 * id + 1 }
    return { ...deed, id, ...times, calledAt: undefined, returnedAt: undefined }
  })
  return sequential.check(historyOf(operations), { model: register }).outcome === 'pass'
}

/** An operation on both registers as one object. */
function asTransaction(operation: Operation): Operation {
  const { f, key = null, value, result = null } = operation
  const part = (content: Json): Json => [[f, key, content]]
  return {
    ...operation,
    f: 'txn',
    key: undefined,
    value: part(value),
    result: part(f === 'write' ? value : result),
  }
}

function passes(decided: readonly { readonly decision: { readonly outcome: string } }[]): boolean {
  return decided.every(({ decision }) => decision.outcome === 'pass')
}

/** `P0 write x 1`, `P1 read x -> null`. */
export function deedText({ process, f, key, value, result }: Deed): string {
  const object = canonical(key).replaceAll('"', '')
  const content = f === 'write' ? canonical(value) : `-> ${canonical(result)}`
  return `P${process} ${f} ${object} ${content}`
}
