import type { Json } from '../src/core/json.ts'
import { Interner } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import { shown, who } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import { partsByKey } from '../src/linearize/parts.ts'
import type { CheckOptions } from './condition.ts'
import { register } from './models/register.ts'
import { stringMap } from './models/string-map.ts'

/**
 * What the conditions on registers (safe, regular, atomic) look at: one register's writes and its
 * answered reads. A read without an answer says nothing. Both are in order of invocation, and
 * values are small integers, equal exactly if the values are.
 */
export interface RegisterPart {
  /** `key "x"`; '' when there is only one register. */
  readonly label: string
  /** Everything that was done with it. */
  readonly operations: readonly Operation[]
  readonly initialValue: number
  readonly writes: readonly Operation[]
  readonly writeValues: Int32Array
  readonly reads: readonly Operation[]
  readonly readValues: Int32Array
  /** How many different values there are. */
  readonly values: number
}

const READS: ReadonlySet<string> = new Set(['read', 'get'])
const WRITES: ReadonlySet<string> = new Set(['write', 'put'])
const MODELS: ReadonlySet<string> = new Set(['register', 'cas-register', 'string-map'])

/** Why these conditions say nothing about a history; `undefined` if they do. */
export function unfitForRegisters(
  { operations }: History,
  { model }: CheckOptions,
): string | undefined {
  if (model !== undefined && !MODELS.has(model.name)) {
    return `it is about registers, and this is a ${model.name}`
  }
  const other = operations.find(({ f }) => !READS.has(f) && !WRITES.has(f))
  if (other === undefined) return undefined
  return `it is about reads and writes, and ${who(other.process)} called ${shown(other.f)}`
}

/**
 * The object that the operations are on: what was asked for, or what the names of operations say.
 */
export function registerModel({ operations }: History, { model }: CheckOptions): Model {
  const strings = operations.some(({ f }) => f === 'get' || f === 'put')
  return model ?? (strings ? stringMap : register)
}

/** The registers of a history, one for each key. */
export function registerParts(history: History, options: CheckOptions): RegisterPart[] {
  const model = registerModel(history, options)
  const initial = options.initial === undefined ? model.initial() : model.initial(options.initial)
  return partsByKey(model, initial, history.operations).map(({ label, problem }) =>
    registerPart(label, initial, problem.operations),
  )
}

function registerPart(
  label: string,
  initial: Json,
  operations: readonly Operation[],
): RegisterPart {
  const ids = new Interner()
  const initialValue = ids.id(initial)
  const writes = operations.filter(({ f }) => WRITES.has(f))
  const reads = operations.filter(({ f, result }) => READS.has(f) && result !== undefined)
  const writeValues = Int32Array.from(writes, ({ value }) => ids.id(value))
  const readValues = Int32Array.from(reads, ({ result }) => ids.id(result))
  const values = ids.size
  return { label, operations, initialValue, writes, writeValues, reads, readValues, values }
}

/** The part without the other reads, and without the writes and reads of other values. */
export function onlyWith(
  part: RegisterPart,
  reads?: ReadonlySet<number>,
  values?: ReadonlySet<number>,
): RegisterPart {
  const hasValue = (value: number) => values === undefined || values.has(value)
  const keptReads = part.reads.flatMap((_, r) =>
    (reads === undefined || reads.has(r)) && hasValue(part.readValues[r]!) ? [r] : [],
  )
  const keptWrites = part.writes.flatMap((_, w) => (hasValue(part.writeValues[w]!) ? [w] : []))
  return {
    ...part,
    writes: keptWrites.map((w) => part.writes[w]!),
    writeValues: Int32Array.from(keptWrites, (w) => part.writeValues[w]!),
    reads: keptReads.map((r) => part.reads[r]!),
    readValues: Int32Array.from(keptReads, (r) => part.readValues[r]!),
  }
}

/** True if no two writes overlap: they come from one writer, or from several who take turns. */
export function hasOneWriter({ writes }: RegisterPart): boolean {
  for (let i = 1; i < writes.length; i++) {
    if (writes[i - 1]!.returned > writes[i]!.called) return false
  }
  return true
}

/**
 * The indices of operations by the position of their return; those that never returned come last.
 */
export function byReturn(operations: readonly Operation[]): Int32Array {
  // Position and index in one number: numbers are sorted several times faster than by a comparison
  // function. Together they fit, as both are far below 2 ** 26.
  const count = operations.length
  const keys = new Float64Array(count)
  let known = 0
  const order = new Int32Array(count)
  operations.forEach(({ returned }, index) => {
    if (returned !== Infinity) keys[known++] = returned * count + index
  })
  keys.subarray(0, known).sort()
  for (let i = 0; i < known; i++) order[i] = keys[i]! % count
  let at = known
  operations.forEach(({ returned }, index) => {
    if (returned === Infinity) order[at++] = index
  })
  return order
}
