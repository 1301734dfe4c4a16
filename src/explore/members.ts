/** A place that can say which numbers its members have, and which member a number stands for. */
interface Numbered {
  ids(): readonly number[]
  readonly codec: { valueOf(id: number): unknown; readonly universe?: Noted | undefined }
}

/** Where it is noted which member is spoken of, for places to find its number without looking. */
interface Noted {
  last: unknown
  lastId: number
}

interface Typed {
  readonly type?: unknown
}

const UNKNOWN = -2
const OTHER = -1

/**
 * The members of a variable in the state that is gone on from, by their types: several actions
 * range over the messages that are on their way, each over those of one type, and they are listed
 * once for all of them.
 */
export class Members {
  /** Set whenever there is another state. */
  stale = true
  /** The members of each type, and all of them last. */
  readonly lists: readonly unknown[][]
  /** Their numbers. */
  readonly numbers: readonly number[][]
  readonly noted: Noted
  /** How many there are in each list: lists are not made shorter. */
  readonly counts: Int32Array
  readonly #state: Readonly<Record<string, unknown>>
  readonly #variable: string
  readonly #types: readonly string[]
  /** The type of each member by its number. */
  readonly #typeOf: number[] = []

  constructor(
    state: Readonly<Record<string, unknown>>,
    variable: string,
    types: readonly string[],
  ) {
    this.#state = state
    this.#variable = variable
    this.#types = types
    this.lists = Array.from({ length: types.length + 1 }, () => [])
    this.numbers = Array.from({ length: types.length + 1 }, () => [])
    const place = state[variable]
    this.noted = (isNumbered(place) ? place.codec.universe : undefined) ?? { last: 0, lastId: 0 }
    this.counts = new Int32Array(types.length + 1)
  }

  look(): void {
    this.stale = false
    this.counts.fill(0)
    const place = this.#state[this.#variable]
    if (isNumbered(place)) this.#lookAtNumbers(place)
    else
      for (const member of place as Iterable<unknown>) {
        this.#put(this.#types.length, member, 0)
        const type = this.#typeIn(member)
        if (type >= 0) this.#put(type, member, 0)
      }
  }

  #lookAtNumbers(place: Numbered): void {
    const ids = place.ids()
    const types = this.#typeOf
    for (let index = 0; index < ids.length; index++) {
      const id = ids[index]!
      const member = place.codec.valueOf(id)
      while (types.length <= id) types.push(UNKNOWN)
      if (types[id] === UNKNOWN) types[id] = this.#typeIn(member)
      const type = types[id]!
      this.#put(this.#types.length, member, id)
      if (type !== OTHER) this.#put(type, member, id)
    }
  }

  #put(list: number, member: unknown, id: number): void {
    const at = this.counts[list]!++
    this.lists[list]![at] = member
    this.numbers[list]![at] = id
  }

  #typeIn(member: unknown): number {
    if (typeof member !== 'object' || member === null) return OTHER
    return this.#types.indexOf((member as Typed).type as string)
  }
}

function isNumbered(place: unknown): place is Numbered {
  if (typeof place !== 'object' || place === null) return false
  return 'ids' in place && typeof place.ids === 'function' && 'codec' in place
}
