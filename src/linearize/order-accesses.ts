/**
 * A history of reads, writes and compare-and-sets as integers, with every read tied to the write
 * whose value it returned. That is possible where no value that somebody saw was written twice (a
 * differentiated history); most questions about such histories are polynomial.
 *
 * What is left out, because it can take no part in a contradiction: reads without an answer, and
 * writes of unknown outcome whose value nobody saw (any order stays legal without them). An unknown
 * write whose value was seen did happen, and so did an unknown compare-and-set, together with its
 * read of the old value.
 */
import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import type { Operation, Process } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'

/** In `reads`: the initial value was returned. */
export const INITIAL = -1
/** In `reads`: this event reads nothing. */
export const NOTHING = -2

/**
 * Events by chain: those of one client, in its order, stand next to each other. An event is usually
 * one operation; a compare-and-set is two of them, read and write, if `split` was asked for.
 */
export interface Accesses {
  readonly operations: readonly Operation[]
  readonly count: number
  /** By event: the index of its operation. */
  readonly operation: Int32Array
  readonly chain: Int32Array
  /** By chain, one more than there are chains: its first event. */
  readonly start: Int32Array
  /**
   * By chain: the event that the chain's first one comes after, or -1. Only for an operation of
   * unknown outcome whose client went on all the same: it may take effect after later ones.
   */
  readonly after: Int32Array
  readonly key: Int32Array
  readonly keys: number
  /** By event: the event that wrote what this one read, INITIAL or NOTHING. */
  readonly reads: Int32Array
  /** By event: 1 if it writes. */
  readonly writes: Uint8Array
  /** Compare-and-sets that were refused: they only say what a value was not, and are left out. */
  readonly refused: number
}

/** What a history looks like as accesses, if it can be looked at that way. */
export type Reading =
  | { readonly type: 'accesses'; readonly accesses: Accesses }
  /** The question needs more than reads and writes, or a value that was seen has two writers. */
  | { readonly type: 'unreadable'; readonly reason: Unreadable }
  /** A read returned what nobody wrote, or what only a compare-and-set from such a value wrote. */
  | { readonly type: 'thin-air'; readonly read: Operation; readonly chain: readonly Operation[] }

/**
 * The events of a chain in order, behind those that its client had done before it began: what an
 * operation that stands apart (see `after`) knows of.
 */
export function sessionOf({ start, after, chain }: Accesses, c: number): Int32Array {
  const last = after[c]!
  const first = last === -1 ? 0 : start[chain[last]!]!
  const earlier = last === -1 ? 0 : last + 1 - first
  const own = start[c + 1]! - start[c]!
  return Int32Array.from({ length: earlier + own }, (_, i) =>
    i < earlier ? first + i : start[c]! + i - earlier,
  )
}

export type Unreadable =
  | { readonly type: 'operation'; readonly operation: Operation }
  | { readonly type: 'twice'; readonly operation: Operation; readonly value: Json }

export interface ReadingOptions {
  readonly initial: Json
  /** True: there is an object a key; false: keys are not looked at. */
  readonly keyed: boolean
  /** True: a compare-and-set becomes a read followed by a write. */
  readonly split: boolean
}

type Kind = 'read' | 'write' | 'cas' | 'refused' | 'other'

function kindOf({ f, value, result }: Operation): Kind {
  switch (f) {
    case 'read':
    case 'get':
      return 'read'
    case 'write':
    case 'put':
      return 'write'
    case 'cas':
      if (!Array.isArray(value) || value.length !== 2) return 'other'
      return result === false ? 'refused' : 'cas'
    default:
      return 'other'
  }
}

const NO_WRITER = -1
const TWO_WRITERS = -2
/** The writer of the initial value. */
const BEGINNING = -3

/** Ties every read to its write; operations in order of `called`. */
export function readAccesses(operations: readonly Operation[], options: ReadingOptions): Reading {
  const draft = draftOf(operations, options)
  if ('type' in draft) return draft
  const fault = tie(draft)
  if (fault !== undefined) return fault
  return { type: 'accesses', accesses: layOut(draft, options.split) }
}

/** Columns by operation. */
interface Draft {
  readonly operations: readonly Operation[]
  readonly kinds: readonly Kind[]
  readonly key: Int32Array
  readonly keys: number
  /** The number of the version that is read, and of the one that is written, or -1. */
  readonly reads: Int32Array
  readonly writes: Int32Array
  /** By version: the operation that wrote it, or one of the constants above. */
  readonly writer: Int32Array
  readonly values: (operation: number) => Json
  /** 1 if the operation certainly happened and matters. */
  readonly happened: Uint8Array
  readonly refused: number
}

function draftOf(operations: readonly Operation[], options: ReadingOptions): Draft | Reading {
  const count = operations.length
  const kinds = operations.map(kindOf)
  const other = operations[kinds.indexOf('other')]
  if (other !== undefined) {
    return { type: 'unreadable', reason: { type: 'operation', operation: other } }
  }
  const keyNumbers = new Interner()
  const versions = new Versions(options.initial)
  const key = new Int32Array(count)
  const reads = new Int32Array(count).fill(-1)
  const writes = new Int32Array(count).fill(-1)
  const happened = new Uint8Array(count)
  let refused = 0
  operations.forEach((operation, i) => {
    const kind = kinds[i] as Kind
    const { value, result } = operation
    const k = (key[i] = options.keyed ? keyNumbers.id(operation.key) : 0)
    if (kind === 'refused') {
      refused++
      return
    }
    const known = !isUnknown(operation) && (kind !== 'read' || result !== undefined)
    if (kind === 'read') {
      if (known) reads[i] = versions.number(k, result ?? null)
    } else if (kind === 'write') {
      writes[i] = versions.write(k, value, i)
    } else {
      const [from, to] = value as readonly [Json, Json]
      reads[i] = versions.number(k, from)
      // Changing a value into itself changes nothing, so it is no more than a read.
      const target = versions.number(k, to)
      if (target !== reads[i]) writes[i] = versions.write(k, to, i)
      else if (!known) reads[i] = -1
    }
    happened[i] = known ? 1 : 0
  })
  const writer = Int32Array.from(versions.writer)
  const values = (i: number): Json => seenValue(operations[i] as Operation)
  const keys = options.keyed ? keyNumbers.size : 1
  return { operations, kinds, key, keys, reads, writes, writer, values, happened, refused }
}

/** Pairs of a key and a value, numbered. */
class Versions {
  readonly writer: number[] = []
  readonly #initial: Json
  readonly #values = new Interner()
  readonly #byKey: Map<number, number>[] = []

  constructor(initial: Json) {
    this.#initial = initial
    this.#values.id(initial)
  }

  number(key: number, value: Json): number {
    while (this.#byKey.length <= key) {
      this.#byKey.push(new Map([[this.#values.id(this.#initial), this.writer.length]]))
      this.writer.push(BEGINNING)
    }
    const byValue = this.#byKey[key] as Map<number, number>
    const id = this.#values.id(value)
    const known = byValue.get(id)
    if (known !== undefined) return known
    byValue.set(id, this.writer.length)
    this.writer.push(NO_WRITER)
    return this.writer.length - 1
  }

  write(key: number, value: Json, operation: number): number {
    const version = this.number(key, value)
    this.writer[version] = this.writer[version] === NO_WRITER ? operation : TWO_WRITERS
    return version
  }
}

/** Finds out which unknown writes happened; whatever makes the tie impossible is returned. */
function tie(draft: Draft): Reading | undefined {
  const { operations, reads, writer, happened } = draft
  const seenBy = new Int32Array(operations.length).fill(-1)
  const open: number[] = []
  for (let i = operations.length - 1; i >= 0; i--) if (happened[i] === 1) open.push(i)
  let twice: number | undefined
  let thin: number | undefined
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const version = reads[i] as number
    if (version === -1) continue
    const from = writer[version] as number
    if (from === NO_WRITER) thin ??= i
    else if (from === TWO_WRITERS) twice ??= i
    else if (from >= 0 && happened[from] === 0) {
      happened[from] = 1
      seenBy[from] = i
      open.push(from)
    }
  }
  if (thin !== undefined) {
    const chain = [operations[thin] as Operation]
    // An unknown compare-and-set is in it only because somebody saw what it wrote.
    for (let i = seenBy[thin] as number; i !== -1; i = seenBy[i] as number) {
      chain.push(operations[i] as Operation)
    }
    return { type: 'thin-air', read: chain[0] as Operation, chain }
  }
  if (twice === undefined) return undefined
  const operation = operations[twice] as Operation
  return { type: 'unreadable', reason: { type: 'twice', operation, value: draft.values(twice) } }
}

/** The value that a read or a compare-and-set found. */
export function seenValue({ f, value, result }: Operation): Json {
  return f === 'cas' ? ((value as readonly Json[])[0] ?? null) : (result ?? null)
}

/** Chains as lists of operations, then everything into columns. */
function layOut(draft: Draft, split: boolean): Accesses {
  const { operations, kinds, reads, writes, happened } = draft
  const { chains, afterOperation } = chainsOf(operations, happened)
  const halves = (i: number) => (split && kinds[i] === 'cas' && writes[i] !== -1 ? 2 : 1)
  let count = 0
  for (const chain of chains) for (const i of chain) count += halves(i)

  const columns = {
    operation: new Int32Array(count),
    chain: new Int32Array(count),
    start: new Int32Array(chains.length + 1),
    after: new Int32Array(chains.length).fill(-1),
    key: new Int32Array(count),
    reads: new Int32Array(count).fill(NOTHING),
    writes: new Uint8Array(count),
  }
  const writeEvent = new Int32Array(operations.length).fill(-1)
  const lastEvent = new Int32Array(operations.length).fill(-1)
  let event = 0
  chains.forEach((chain, c) => {
    columns.start[c] = event
    for (const i of chain) {
      const last = event + halves(i) - 1
      for (; event <= last; event++) {
        columns.operation[event] = i
        columns.chain[event] = c
        columns.key[event] = draft.key[i] as number
      }
      if (writes[i] !== -1) columns.writes[last] = 1
      writeEvent[i] = last
      lastEvent[i] = last
    }
  })
  columns.start[chains.length] = count
  chains.forEach((_, c) => {
    const before = afterOperation[c] as number
    if (before !== -1) columns.after[c] = lastEvent[before] as number
  })
  for (let e = 0; e < count; e++) {
    const i = columns.operation[e] as number
    const version = reads[i] as number
    if (version === -1 || (split && e > 0 && columns.operation[e - 1] === i)) continue
    const from = draft.writer[version] as number
    columns.reads[e] = from === BEGINNING ? INITIAL : (writeEvent[from] as number)
  }
  return { ...columns, operations, count, keys: draft.keys, refused: draft.refused }
}

/** The operations of every client in its order; see `Accesses.after` for the exception. */
export function chainsOf(operations: readonly Operation[], happened: Uint8Array) {
  const chains: number[][] = []
  const afterOperation: number[] = []
  const chainOf = new Map<Process, number>()
  const begin = (i: number, after: number): number => {
    chains.push([i])
    afterOperation.push(after)
    return chains.length - 1
  }
  operations.forEach((operation, i) => {
    if (happened[i] !== 1) return
    const c = chainOf.get(operation.process)
    const chain = c === undefined ? undefined : (chains[c] as number[])
    const last = chain?.at(-1)
    if (c === undefined || chain === undefined || last === undefined) {
      chainOf.set(operation.process, begin(i, -1))
    } else if (isUnknown(operations[last] as Operation)) {
      // The client went on: what has no answer yet moves to a chain of its own.
      const beforeIt = chain.at(-2) ?? afterOperation[c]!
      if (chain.length === 1) {
        chainOf.set(operation.process, begin(i, beforeIt))
      } else {
        chain[chain.length - 1] = i
        begin(last, beforeIt)
      }
    } else chain.push(i)
  })
  return { chains, afterOperation }
}
