import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { pair } from '../core/shape.ts'
import type { Arrays } from './arrays.ts'
import { fresh } from './arrays.ts'
import { ValueNumbers } from './value-numbers.ts'

/** How the operations of a register are called in the model. */
export interface RegisterNames {
  readonly read: readonly string[]
  readonly write: readonly string[]
  /** `[from, to]` as argument and `false` as the answer of a refusal. */
  readonly cas?: readonly string[]
}

/** May be left out without a trace: it never took effect, or nobody can tell. */
export const NOTHING = 0
/** An answered read, or a compare-and-set of a value to itself, which is a read too. */
export const READ = 1
export const WRITE = 2
/** Succeeded, or of unknown outcome. */
export const CAS = 3
/** A compare-and-set that answered `false`. */
export const REFUSED = 4

/** The operations of a register as columns: what the engines for registers work on. */
export interface RegisterColumns {
  readonly count: number
  readonly kind: Uint8Array
  /** The number of the value that was read or written. */
  readonly value: Int32Array
  /** The number of the value that a CAS or a refused one compared with. */
  readonly from: Int32Array
  readonly called: Float64Array
  readonly returned: Float64Array
  /** The number of the initial value. */
  readonly initial: number
  /** How many values were numbered. */
  readonly values: number
  readonly refused: number
}

/** Bytes of memory that the columns of so many operations take, with the lookup of values. */
export const bytesOfColumns = (count: number): number => 41 * count

/** The columns of a problem; `undefined` if there is something in it that is not known here. */
export function registerColumns(
  { initial, operations }: Problem,
  names: RegisterNames,
  arrays = fresh,
): RegisterColumns | undefined {
  const kinds = new Map<string, number>()
  for (const name of names.read) kinds.set(name, READ)
  for (const name of names.write) kinds.set(name, WRITE)
  for (const name of names.cas ?? []) kinds.set(name, CAS)

  const count = operations.length
  const numbers = new ValueNumbers(count, arrays)
  const kind = arrays.bytes(count)
  const value = arrays.ints(count)
  const from = arrays.ints(count)
  const called = arrays.doubles(count)
  const returned = arrays.doubles(count)
  const first = numbers.of(initial)
  const doubts = new Doubts(2 * count + 1, arrays)
  doubts.made(first)
  let refused = 0
  for (let i = 0; i < count; i++) {
    const op = operations[i]!
    called[i] = op.called
    returned[i] = op.returned
    const named = kinds.get(op.f)
    if (named === WRITE) {
      kind[i] = WRITE
      value[i] = numbers.of(op.value)
      if (doubts.made(value[i]!)) return undefined
      continue
    }
    const unknown = op.returned === Infinity
    // A client that saw an answer but not which one: nothing here can use that.
    if (unknown !== (op.result === undefined)) return undefined
    if (named === READ) {
      if (unknown) continue
      kind[i] = READ
      value[i] = numbers.of(op.result)
      if (doubts.seen(value[i]!)) return undefined
    } else if (named === CAS) {
      const what = readCas(op, numbers)
      if (what === undefined) return undefined
      kind[i] = what.kind
      value[i] = what.to
      from[i] = what.from
      if (what.kind === REFUSED) refused++
      else if (what.kind === CAS) {
        if (doubts.made(what.to) || (!unknown && doubts.seen(what.from))) return undefined
      }
    } else return undefined
  }
  const values = numbers.count
  return { count, kind, value, from, called, returned, initial: first, values, refused }
}

/**
 * Notices as early as possible that a value was seen which several operations can have made: most
 * histories that are not for these engines show it within their first few operations.
 */
class Doubts {
  static readonly #MADE = 1
  static readonly #MADE_AGAIN = 2
  static readonly #SEEN = 4
  readonly #what: Uint8Array

  constructor(values: number, arrays: Arrays) {
    this.#what = arrays.bytes(values)
  }

  made(value: number): boolean {
    const before = this.#what[value]!
    const now = before | ((before & Doubts.#MADE) === 0 ? Doubts.#MADE : Doubts.#MADE_AGAIN)
    this.#what[value] = now
    return now > Doubts.#SEEN + Doubts.#MADE
  }

  seen(value: number): boolean {
    const now = this.#what[value]! | Doubts.#SEEN
    this.#what[value] = now
    return now > Doubts.#SEEN + Doubts.#MADE
  }
}

function readCas(op: Operation, numbers: ValueNumbers) {
  if (!pair.accepts(op.value)) return undefined
  const [before, after] = op.value as readonly [Json, Json]
  const from = numbers.of(before)
  const to = numbers.of(after)
  if (op.result === false) return { kind: REFUSED, from, to }
  if (!sameJson(before, after)) return { kind: CAS, from, to }
  // Changing a value to itself tells what the value was, and nothing if there was no answer.
  return { kind: op.result === undefined ? NOTHING : READ, from, to }
}
