import type { Json } from '../core/json.ts'
import { Interner, canonical } from '../core/json.ts'
import { UserError } from '../core/user-error.ts'
import { shown } from '../core/wording.ts'
import { frozen, notPlain } from '../node/plain.ts'
import type { Process } from './process.ts'

/** Longer local states and messages are a state that grows without bound. */
const LONGEST = 20_000
/** Renamed numbers are bits of one word. */
export const MOST_RANK = 30
/** Decisions are bits of one byte, of which one has another meaning. */
const MOST_VALUES = 7
/** The mask of the processes whose local states say whether a message is spent. */
export const MOST_PROCESSES = 8

/**
 * What configurations are made of, numbered in the order in which it is found: the local states
 * of the processes, and messages with their destinations, which are called parcels here.
 */
export class Elements {
  readonly process: Process
  readonly processes: number
  readonly name: string
  /** By the text of the value as it came, and by its one canonical text. */
  readonly #locals: Map<string, number>[]
  readonly #parcels: Map<string, number>[]
  readonly #values = new Interner()
  readonly localValues: unknown[] = []
  readonly owners: number[] = []
  /** Of each local state: the number of the value that was decided, or -1. */
  readonly decisions: number[] = []
  /** Of each local state: whether the search may go on from it. */
  readonly within: boolean[] = []
  /** Whether all local states are records or lists, so that it is seen who looks at them. */
  areRecords = true
  readonly localRanks: number[] = []
  readonly messages: unknown[] = []
  readonly destinations: number[] = []
  /** Of each parcel: who would get the answer, or -1. */
  readonly askers: number[] = []
  readonly parcelRanks: number[] = []

  constructor(name: string, process: Process, processes: number) {
    this.name = name
    this.process = process
    this.processes = processes
    const maps = () => Array.from({ length: processes }, () => new Map<string, number>())
    this.#locals = maps()
    this.#parcels = maps()
  }

  /** The number of a value that is decided. */
  valueId(value: Json): number {
    const id = this.#values.id(value)
    if (id < MOST_VALUES) return id
    throw new UserError(`more than ${MOST_VALUES} different values are decided`, {
      where: this.name,
      hint: `the last one was ${shown(value)}; inputs are 0 and 1`,
    })
  }

  value(id: number): Json {
    return this.#values.value(id)
  }

  get values(): number {
    return this.#values.size
  }

  localId(owner: number, value: unknown, where: () => string): number {
    const locals = this.#locals[owner]!
    const quick = locals.get(JSON.stringify(value))
    if (quick !== undefined) return quick
    const text = this.#text(value, where, 'a local state')
    const id = locals.get(text) ?? this.localValues.length
    locals.set(JSON.stringify(value), id)
    locals.set(text, id)
    if (id < this.localValues.length) return id
    const kept = frozen(JSON.parse(text) as unknown)
    const { process } = this
    const decided = process.decided(kept)
    this.localValues.push(kept)
    this.owners.push(owner)
    if (typeof kept !== 'object' || kept === null) this.areRecords = false
    this.decisions.push(decided === undefined ? -1 : this.valueId(decided))
    this.within.push(process.normal?.within?.(kept) ?? true)
    this.localRanks.push(
      this.#ranks((note) => {
        process.normal?.ranks?.local(kept, note)
      }, where),
    )
    return id
  }

  parcelId(to: number, message: unknown, where: () => string): number {
    if (!Number.isInteger(to) || to < 0 || to >= this.processes) {
      throw new UserError(`a message is sent to '${String(to)}', which is no process`, {
        where: where(),
        hint: `processes are numbered from 0 to ${this.processes - 1}`,
      })
    }
    const parcels = this.#parcels[to]!
    const quick = parcels.get(JSON.stringify(message))
    if (quick !== undefined) return quick
    const text = this.#text(message, where, 'a message')
    const id = parcels.get(text) ?? this.messages.length
    parcels.set(JSON.stringify(message), id)
    parcels.set(text, id)
    if (id < this.messages.length) return id
    const kept = frozen(JSON.parse(text) as unknown)
    const { normal } = this.process
    this.messages.push(kept)
    this.destinations.push(to)
    this.askers.push(normal?.asker?.(kept) ?? -1)
    this.parcelRanks.push(
      this.#ranks((note) => {
        normal?.ranks?.message(kept, note)
      }, where),
    )
    return id
  }

  /** A local state for people: `process 1 in {"input":0}`. */
  localText(id: number): string {
    return `process ${this.owners[id]!} in ${shown(this.localValues[id] as Json)}`
  }

  /** `gets {...}`, or `takes an empty step` for parcel -1. */
  eventText(parcel: number): string {
    return parcel < 0 ? 'takes an empty step' : `gets ${shown(this.messages[parcel] as Json)}`
  }

  #text(value: unknown, where: () => string, what: string): string {
    const place = value === undefined ? ' is undefined' : notPlain(value)
    if (place !== undefined) {
      throw new UserError(`${what} is not plain data: it${place}`, {
        where: where(),
        hint: 'keep numbers, texts, lists and records only',
      })
    }
    const text = canonical(JSON.parse(JSON.stringify(value)) as Json)
    if (text.length <= LONGEST) return text
    throw new UserError(`${what} grows without bound: ${shown(text.slice(0, 40))}...`, {
      where: where(),
      hint: 'forget what is no longer needed; numbers that only grow can be renamed (normal.ranks)',
    })
  }

  /** The numbers that may be renamed, as the bits of a word. */
  #ranks(visit: (note: (rank: number) => number) => void, where: () => string): number {
    let mask = 0
    visit((rank) => {
      if (!Number.isInteger(rank) || rank < 0 || rank > MOST_RANK) {
        throw new UserError(`${String(rank)} cannot be renamed`, {
          where: where(),
          hint: `what is renamed are whole numbers from 0 to ${MOST_RANK}`,
        })
      }
      mask |= 1 << rank
      return rank
    })
    return mask
  }
}
