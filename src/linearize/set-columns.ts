import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { ValueNumbers } from './value-numbers.ts'

/** How the operations of a set are called in the model. */
export interface SetNames {
  readonly add: readonly string[]
  readonly remove: readonly string[]
  readonly contains: readonly string[]
  /** Returns a list of all elements, in any order. */
  readonly read: readonly string[]
}

/** Leaves no trace: a question without an answer. */
export const NOTHING = 0
export const ADD = 1
export const REMOVE = 2
/** Answered `contains`: the element was there, or was not. */
export const IN = 3
export const OUT = 4
export const READ = 5

/** The operations of a set as columns. */
export interface SetColumns {
  readonly count: number
  readonly kind: Uint8Array
  /** The number of the element, but for reads. */
  readonly element: Int32Array
  readonly called: Float64Array
  readonly returned: Float64Array
  /** By number of element: 1 if it was there at the beginning. */
  readonly present: Uint8Array
  readonly elements: number
  readonly reads: number
  readonly removes: number
  readonly numbers: ValueNumbers
}

/** The columns of a problem; `undefined` if there is something in it that is not known here. */
export function setColumns(
  { initial, operations }: Problem,
  names: SetNames,
): SetColumns | undefined {
  const count = operations.length
  const numbers = new ValueNumbers(count)
  const first = (initial as readonly Json[]).map((value) => numbers.of(value))
  const kind = new Uint8Array(count)
  const element = new Int32Array(count)
  const called = new Float64Array(count)
  const returned = new Float64Array(count)
  let reads = 0
  let removes = 0
  for (let i = 0; i < count; i++) {
    const op = operations[i]!
    called[i] = op.called
    returned[i] = op.returned
    const unknown = op.returned === Infinity
    if (names.read.includes(op.f)) {
      if (unknown) continue
      if (!Array.isArray(op.result)) return undefined
      kind[i] = READ
      reads++
      continue
    }
    element[i] = numbers.of(op.value)
    if (names.add.includes(op.f)) kind[i] = ADD
    else if (names.remove.includes(op.f)) {
      kind[i] = REMOVE
      removes++
    } else if (!names.contains.includes(op.f)) return undefined
    else if (!unknown) {
      if (typeof op.result !== 'boolean') return undefined
      kind[i] = op.result ? IN : OUT
    }
  }
  const elements = numbers.count
  const present = new Uint8Array(elements)
  for (const number of first) present[number] = 1
  return { count, kind, element, called, returned, present, elements, reads, removes, numbers }
}
