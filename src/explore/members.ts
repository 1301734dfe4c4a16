/** A place that can put the numbers of its members into an array, and say what they stand for. */
interface Numbered {
  readonly numbers: Int32Array
  list(ids: Int32Array): number
  readonly codec: { valueOf(id: number): unknown; readonly universe?: Noted | undefined }
}

/** Where it is noted which member is spoken of, for places to find its number without looking. */
interface Noted {
  readonly values: readonly unknown[]
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
  /** The numbers of the members of each type, and of all of them last. */
  readonly lists: Int32Array[]
  /** How many there are in each list: lists are not made shorter. */
  readonly counts: Int32Array
  /** What numbers stand for. */
  readonly values: readonly unknown[]
  readonly noted: Noted
  readonly #state: Readonly<Record<string, unknown>>
  readonly #variable: string
  readonly #types: readonly string[]
  /** The type of each member by its number. */
  readonly #typeOf: number[] = []
  /** What stands for itself has its position as its number. */
  readonly #plain: unknown[] = []

  constructor(
    state: Readonly<Record<string, unknown>>,
    variable: string,
    types: readonly string[],
  ) {
    this.#state = state
    this.#variable = variable
    this.#types = types
    const place = state[variable]
    const room = isNumbered(place) ? place.numbers.length : 0
    this.lists = Array.from({ length: types.length + 1 }, () => new Int32Array(room))
    this.counts = new Int32Array(types.length + 1)
    const universe = isNumbered(place) ? place.codec.universe : undefined
    this.noted = universe ?? { values: [], last: {}, lastId: -1 }
    if (universe !== undefined) this.values = universe.values
    else if (isNumbered(place))
      this.values = Array.from({ length: room }, (_, id) => place.codec.valueOf(id))
    else this.values = this.#plain
  }

  look(): void {
    this.stale = false
    const place = this.#state[this.#variable]
    if (isNumbered(place)) this.#lookAtNumbers(place)
    else this.#lookAt(place as Iterable<unknown>)
  }

  #lookAtNumbers(place: Numbered): void {
    const { lists, counts, values } = this
    const types = this.#typeOf
    const all = this.#types.length
    const ids = lists[all]!
    const count = place.list(ids)
    counts.fill(0)
    counts[all] = count
    for (let index = 0; index < count; index++) {
      const id = ids[index]!
      while (types.length <= id) types.push(UNKNOWN)
      if (types[id] === UNKNOWN) types[id] = this.#typeIn(values[id])
      const type = types[id]!
      if (type !== OTHER) lists[type]![counts[type]!++] = id
    }
  }

  #lookAt(members: Iterable<unknown>): void {
    const all = this.#types.length
    this.counts.fill(0)
    this.#plain.length = 0
    for (const member of members) {
      const number = this.#plain.push(member) - 1
      this.#put(all, number)
      const type = this.#typeIn(member)
      if (type !== OTHER) this.#put(type, number)
    }
  }

  #put(list: number, number: number): void {
    const at = this.counts[list]!++
    if (at === this.lists[list]!.length) {
      const longer = new Int32Array(2 * at + 8)
      longer.set(this.lists[list]!)
      this.lists[list] = longer
    }
    this.lists[list]![at] = number
  }

  #typeIn(member: unknown): number {
    if (typeof member !== 'object' || member === null) return OTHER
    return this.#types.indexOf((member as Typed).type as string)
  }
}

function isNumbered(place: unknown): place is Numbered {
  if (typeof place !== 'object' || place === null) return false
  return 'list' in place && 'numbers' in place && 'codec' in place
}
