import { UserError } from '../core/user-error.ts'
import type { Elements } from './elements.ts'
import { IntList } from '../core/int-list.ts'
import { IntRows } from '../core/int-rows.ts'
import type { Outcome } from './process.ts'

/** What is remembered is computed again once in so many times that it is asked for. */
const AGAIN = 1 << 14
/** So many results are computed twice at once, of later ones every eighth. */
const TWICE = 1 << 12
/** A process that takes so many empty steps, none like another, has a state without bound. */
const LONGEST_SOLO = 2000

/** What is known of whether a parcel is spent: at a receiver never, always, or as the asker is. */
export const SPENT = { unknown: 0, never: 1, always: 2, depends: 3 } as const
const SPENT_BITS = 2

/**
 * What each event does to each local state, computed by the code of the protocol once, or twice to
 * see whether it does the same again, and then remembered.
 */
export class Steps {
  readonly elements: Elements
  /**
   * Of each local state and parcel, the columns beginning with the empty step: what `SPENT` says,
   * and above its bits where the outcomes stand in `data`, plus 1.
   */
  readonly #known = new IntRows()
  readonly #data = new IntList()
  #asked = 0
  /** How often the code of the protocol was called. */
  calls = 0
  /** The step that made the newest local state. */
  newest: { readonly local: number; readonly parcel: number; readonly to: number } | undefined

  constructor(elements: Elements) {
    this.elements = elements
  }

  /**
   * Where in `data` the outcomes of an event stand: how many there are, then for each the local
   * state, the number of parcels that are sent, and the parcels in ascending order.
   *
   * @param parcel what is received, or -1
   */
  at(local: number, parcel: number): number {
    const known = this.#known.numbers[this.#known.place(local, parcel + 1)]! >>> SPENT_BITS
    if (known === 0) return this.#compute(local, parcel)
    if (++this.#asked % AGAIN === 0) this.#compare(local, parcel, known - 1)
    return known - 1
  }

  /** What is known of whether a parcel is spent at a receiver, a number of `SPENT`. */
  spent(receiver: number, parcel: number): number {
    const place = this.#known.place(receiver, parcel + 1)
    return this.#known.numbers[place]! & ((1 << SPENT_BITS) - 1)
  }

  /** Sets what was not known. */
  setSpent(receiver: number, parcel: number, spent: number): void {
    const place = this.#known.place(receiver, parcel + 1)
    this.#known.numbers[place]! |= spent
  }

  /** Whether two events do the same to a local state: a message as little as an empty step. */
  same(local: number, parcel: number, other: number): boolean {
    const first = this.at(local, parcel)
    const second = this.at(local, other)
    const { data } = this
    let length = 1
    for (let left = data[first]!; left > 0; left--) length += 2 + data[first + length + 1]!
    for (let at = 0; at < length; at++) if (data[first + at] !== data[second + at]) return false
    return true
  }

  get data(): Int32Array {
    return this.#data.data
  }

  /** Where it happens, for errors. */
  place(local: number, parcel: number): string {
    const { elements } = this
    return `${elements.name}, ${elements.localText(local)} ${elements.eventText(parcel)}`
  }

  /**
   * Follows a process that nobody ever sends anything to. `alone` renames what may be renamed in
   * one local state.
   *
   * @throws UserError if it is never again in a state in which it was
   */
  checkAlone(local: number, alone: (local: number) => number, longest = LONGEST_SOLO): void {
    const seen = new Set<number>()
    for (let now = alone(local); !seen.has(now);) {
      if (!this.elements.within[now]) return
      seen.add(now)
      // Asked first, as it may make `data` another array.
      const group = this.at(now, -1)
      const next = this.data[group + 1]!
      if (seen.size > longest) {
        throw new UserError(
          `the state grows without bound: after ${longest} empty steps it is a new one still`,
          { where: this.place(now, -1), hint: HINT_GROWS },
        )
      }
      now = alone(next)
    }
  }

  #compute(local: number, parcel: number): number {
    const outcomes = this.#outcomes(local, parcel)
    const start = this.#data.length
    for (const number of outcomes) this.#data.push(number)
    const place = this.#known.place(local, parcel + 1)
    this.#known.numbers[place]! |= (start + 1) << SPENT_BITS
    if (this.calls < TWICE || this.calls % 8 === 0) this.#compare(local, parcel, start)
    return start
  }

  #compare(local: number, parcel: number, start: number): void {
    const again = this.#outcomes(local, parcel)
    if (again.every((number, at) => number === this.#data.data[start + at])) return
    throw new UserError('the same state and event have two results', {
      where: this.place(local, parcel),
      hint: 'a step may look at nothing but what is passed in; a coin is a list of outcomes',
    })
  }

  /** Calls the code of the protocol. */
  #outcomes(local: number, parcel: number): number[] {
    const { elements } = this
    const where = () => this.place(local, parcel)
    const owner = elements.owners[local]!
    this.calls++
    let made: Outcome<unknown, unknown> | readonly Outcome<unknown, unknown>[]
    try {
      const message = parcel < 0 ? undefined : elements.messages[parcel]
      made = elements.process.step(elements.localValues[local], message, owner)
    } catch (cause) {
      if (cause instanceof UserError) throw cause
      throw new UserError(`the step fails: ${String(cause)}`, {
        where: where(),
        hint: 'what is passed in may not be changed; answer with a new state',
        cause,
      })
    }
    const outcomes = Array.isArray(made) ? (made as readonly Outcome<unknown, unknown>[]) : [made]
    const numbers = [outcomes.length]
    for (const outcome of outcomes as readonly Partial<Outcome<unknown, unknown>>[])
      this.#write(outcome, numbers, local, parcel)
    return numbers
  }

  #write(
    outcome: Partial<Outcome<unknown, unknown>> | null | undefined,
    numbers: number[],
    local: number,
    parcel: number,
  ): void {
    const { elements } = this
    const where = () => this.place(local, parcel)
    const sends: unknown = outcome?.sends ?? []
    if (typeof outcome !== 'object' || outcome?.local === undefined || !Array.isArray(sends)) {
      throw new UserError('a step answers with { local, sends: [[to, message], ...] }', {
        where: where(),
        hint: 'sends may be left out, local may not',
      })
    }
    const known = elements.localValues.length
    const next = elements.localId(elements.owners[local]!, outcome.local, where)
    if (next >= known) this.newest = { local, parcel, to: next }
    const before = elements.decisions[local]!
    if (before >= 0 && elements.decisions[next] !== before) {
      throw new UserError('a decision changes', {
        where: where(),
        hint: 'what decided() answers once it must answer for ever',
      })
    }
    const parcels = (sends as readonly (readonly [number, unknown])[])
      .map(([to, message]) => elements.parcelId(to, message, where))
      .sort((one, other) => one - other)
    numbers.push(next, parcels.length, ...parcels)
  }
}

const HINT_GROWS =
  'forget what is no longer needed, rename what only grows (normal.ranks), ' +
  'or search a part only: --max-states 100000'
