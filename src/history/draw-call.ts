import type { Json } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import type { Random } from '../core/random.ts'

/** A call that a generated client makes. */
export interface DrawnCall {
  readonly f: string
  readonly value: Json
}

/** What is known where a call is drawn. */
export interface Situation {
  readonly random: Random
  /** The state of the object that is called, at this moment. */
  readonly state: Json
  /** True if this client holds the lock. */
  readonly holds: boolean
}

/** Which calls generated clients make. */
export interface CallOptions {
  /** Only these operations of the model. Default: all. */
  readonly only?: readonly string[]
  /** Calls in a hundred that only look, if the model has such operations. Default: 50. */
  readonly reads?: number
  /** Every written value new, or one of so many. Default: `unique`. */
  readonly values?: 'unique' | number
}

/** Registers of a transaction or a snapshot object. */
const NAMES = ['x', 'y', 'z'] as const

/** A collection longer than this is made shorter, as a model copies it at every step. */
const LONG = 30

const TAKES: ReadonlySet<string> = new Set(['dequeue', 'pop', 'extract-min', 'remove'])

/** A prime, to spread unique priorities: `n * SPREAD % PRIME` never repeats for n below PRIME. */
const PRIME = 2_147_483_647
const SPREAD = 48_271

/**
 * Draws calls for a model after the names of its operations, as in the table of docs/history.md.
 */
export function drawCalls(
  model: Model,
  options: CallOptions = {},
): (situation: Situation) => DrawnCall {
  const { only, reads = 50, values = 'unique' } = options
  const names = Object.keys(model.operations).filter((f) => only?.includes(f) ?? true)
  const observers = names.filter((f) => model.operations[f]?.observes === true)
  const updates = names.filter((f) => model.operations[f]?.observes !== true)
  const taking = updates.filter((f) => TAKES.has(f))
  const style: Style = {
    words: model.operations['put'] !== undefined,
    named: model.operations['snapshot'] !== undefined,
    elements: model.operations['contains'] !== undefined,
    reads,
    values: values === 'unique' ? uniqueValues() : fewValues(values),
  }

  const nameFor = ({ random, state, holds }: Situation): string => {
    const looks = updates.length === 0 || random.chance(reads, 100)
    if (looks && observers.length > 0) return random.pick(observers)
    if (holds && updates.includes('release')) return 'release'
    if (!holds && updates.includes('acquire')) return 'acquire'
    const long = Array.isArray(state) && state.length > LONG
    if (long && taking.length > 0 && random.chance(2, 3)) return random.pick(taking)
    return random.pick(updates)
  }
  return (situation) => {
    const f = nameFor(situation)
    return { f, value: argumentOf(f, situation, style) }
  }
}

interface Style {
  /** Values are strings. */
  readonly words: boolean
  /** Values are written to cells with names. */
  readonly named: boolean
  /** What is added are elements, not amounts. */
  readonly elements: boolean
  readonly reads: number
  readonly values: Values
}

interface Values {
  fresh(random: Random): number
  /** The same, but in no particular order. */
  scattered(random: Random): number
  /** A value that was probably written before. */
  known(random: Random): number
}

function uniqueValues(): Values {
  let written = 0
  return {
    fresh: () => ++written,
    scattered: () => (++written * SPREAD) % PRIME,
    known: (random) => random.int(Math.max(1, written - 9), Math.max(1, written)),
  }
}

function fewValues(count: number): Values {
  const any = (random: Random): number => random.int(0, count - 1)
  return { fresh: any, scattered: any, known: any }
}

function argumentOf(f: string, { random, state }: Situation, style: Style): Json {
  const { words, named, elements, reads, values } = style
  switch (f) {
    case 'write':
      return named ? [random.pick(NAMES), values.fresh(random)] : values.fresh(random)
    case 'read':
      return named ? random.pick(NAMES) : null
    case 'cas': {
      const plain = state !== null && typeof state !== 'object'
      const from = plain && random.chance(2, 3) ? state : values.known(random)
      return [from, values.fresh(random)]
    }
    case 'put':
    case 'append':
      return words ? `${String(values.fresh(random))} ` : values.fresh(random)
    case 'add':
      return elements ? values.fresh(random) : random.int(1, 9)
    case 'remove':
      if (Array.isArray(state) && state.length > 0 && random.chance(1, 2)) {
        return random.pick(state as readonly Json[])
      }
      return values.known(random)
    case 'contains':
      return values.known(random)
    case 'fetch-and-add':
      return random.int(1, 9)
    case 'insert':
      return values.scattered(random)
    case 'enqueue':
    case 'push':
      return values.fresh(random)
    case 'txn':
      return Array.from({ length: random.int(1, 3) }, () => {
        const name = random.pick(NAMES)
        const reading = random.chance(reads, 100)
        return reading ? ['read', name, null] : ['write', name, values.fresh(random)]
      })
    default:
      return null
  }
}
