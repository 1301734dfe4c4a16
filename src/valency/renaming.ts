import { UserError } from '../core/user-error.ts'
import type { Elements } from './elements.ts'
import type { Ranks } from './process.ts'

const UNKNOWN = -1

/** How the numbers of one configuration are replaced, and what elements become by it. */
export class Renaming {
  readonly identity: boolean
  readonly #elements: Elements
  readonly #ranks: Ranks
  readonly #rename: (rank: number) => number
  /** The numbers that it is about, as bits. */
  readonly #mask: number
  #locals = new Int32Array(64).fill(UNKNOWN)
  #parcels = new Int32Array(64).fill(UNKNOWN)

  constructor(elements: Elements, ranks: Ranks, mask: number) {
    this.#elements = elements
    this.#ranks = ranks
    this.#mask = mask
    const before = bitsOf(mask)
    const after = ranks.renamed(before)
    const rising = after.every((rank, at) => at === 0 || rank > (after[at - 1] ?? -1))
    if (after.length !== before.length || !rising) {
      throw new UserError(`the ranks ${before.join(', ')} are renamed to ${after.join(', ')}`, {
        where: elements.name,
        hint: 'normal.ranks.renamed keeps how many there are and their order',
      })
    }
    this.identity = before.every((rank, at) => rank === after[at])
    this.#rename = (rank) => after[before.indexOf(rank)] ?? rank
  }

  /**
   * Whether a parcel may be in the configuration: if not it was dropped, and what it would be
   * called now may be the name of another one.
   */
  covers(id: number): boolean {
    return (this.#elements.parcelRanks[id]! & ~this.#mask) === 0
  }

  local(id: number): number {
    if (id >= this.#locals.length) this.#locals = longer(this.#locals, id)
    const known = this.#locals[id]!
    if (known !== UNKNOWN) return known
    const elements = this.#elements
    const value = this.#ranks.local(elements.localValues[id], this.#rename)
    const renamed = elements.localId(elements.owners[id]!, value, () => elements.localText(id))
    this.#locals[id] = renamed
    return renamed
  }

  parcel(id: number): number {
    if (id >= this.#parcels.length) this.#parcels = longer(this.#parcels, id)
    const known = this.#parcels[id]!
    if (known !== UNKNOWN) return known
    const elements = this.#elements
    const message = this.#ranks.message(elements.messages[id], this.#rename)
    const renamed = elements.parcelId(elements.destinations[id]!, message, () => elements.name)
    this.#parcels[id] = renamed
    return renamed
  }
}

/** The renaming that each set of numbers asks for. */
export class Renamings {
  readonly #elements: Elements
  readonly #ranks: Ranks
  readonly #known = new Map<number, Renaming>()

  constructor(elements: Elements, ranks: Ranks) {
    this.#elements = elements
    this.#ranks = ranks
  }

  of(mask: number): Renaming {
    let renaming = this.#known.get(mask)
    if (renaming === undefined) {
      renaming = new Renaming(this.#elements, this.#ranks, mask)
      this.#known.set(mask, renaming)
    }
    return renaming
  }
}

function bitsOf(mask: number): number[] {
  const bits = []
  for (let bit = 0; bit < 31; bit++) if ((mask >> bit) & 1) bits.push(bit)
  return bits
}

function longer(short: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  let room = short.length
  while (room <= needed) room *= 2
  const long = new Int32Array(room).fill(UNKNOWN)
  long.set(short)
  return long
}
