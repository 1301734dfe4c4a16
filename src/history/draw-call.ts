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

/** Draws calls for a model after the names of its operations, as in the table of docs/history.md. */
export function drawCalls(
  model: Model,
  options: CallOptions = {},
): (situation: Situation) => DrawnCall {
  const { only, reads = 50, values = 'unique' } = options
  const names = Object.keys(model.operations).filter((f) => only?.includes(f) ?? true)
  const observers = names.filter((f) => model.operations[f]?.observes === true)
  const updates = names.filter((f) => model.operations[f]?.observes !== true)
  const traits = {
    words: model.operations['put'] !== undefined,
    named: model.operations['snapshot'] !== undefined,
    elements: model.operations['contains'] !== undefined,
  }
  let written = 0
  const fresh = (random: Random): number => {
    return values === 'unique' ? ++written : random.int(0, values - 1)
  }
  /** A value that was probably written before. */
  const known = (random: Random): number => {
    if (values !== 'unique') return random.int(0, values - 1)
    return random.int(Math.max(1, written - 9), Math.max(1, written))
  }

  const nameFor = ({ random, state, holds }: Situation): string => {
    const looks = updates.length === 0 || random.chance(reads, 100)
    if (looks && observers.length > 0) return random.pick(observers)
    if (holds && updates.includes('release')) return 'release'
    if (!holds && updates.includes('acquire')) return 'acquire'
    const long = Array.isArray(state) && state.length > LONG
    const taking = updates.filter((f) => TAKES.has(f))
    if (long && taking.length > 0 && random.chance(2, 3)) return random.pick(taking)
    return random.pick(updates)
  }

  const valueFor = (f: string, { random, state }: Situation): Json => {
    switch (f) {
      case 'write':
        return traits.named ? [random.pick(NAMES), fresh(random)] : fresh(random)
      case 'read':
        return traits.named ? random.pick(NAMES) : null
      case 'cas': {
        const plain = state !== null && typeof state !== 'object'
        const from = plain && random.chance(2, 3) ? state : known(random)
        return [from, fresh(random)]
      }
      case 'put':
      case 'append':
        return traits.words ? `${String(fresh(random))} ` : fresh(random)
      case 'add':
        return traits.elements ? fresh(random) : random.int(1, 9)
      case 'remove':
        if (Array.isArray(state) && state.length > 0 && random.chance(1, 2)) {
          return random.pick(state as readonly Json[])
        }
        return known(random)
      case 'contains':
        return known(random)
      case 'fetch-and-add':
        return random.int(1, 9)
      case 'insert':
        return values === 'unique' ? (++written * SPREAD) % PRIME : fresh(random)
      case 'enqueue':
      case 'push':
        return fresh(random)
      case 'txn':
        return Array.from({ length: random.int(1, 3) }, () => {
          const name = random.pick(NAMES)
          return random.chance(reads, 100) ? ['read', name, null] : ['write', name, fresh(random)]
        })
      default:
        return null
    }
  }

  return (situation) => {
    const f = nameFor(situation)
    return { f, value: valueFor(f, situation) }
  }
}
