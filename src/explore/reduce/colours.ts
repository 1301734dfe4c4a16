import type { Facts } from './facts.ts'
import { mix } from './hash.ts'
import type { Identities } from './identities.ts'

/**
 * Elements in an order that does not depend on their names, as far as facts tell them apart: the
 * elements of each kind lie sorted in `order`, and `rank` is the place of the first of those that
 * look alike.
 */
export interface Colouring {
  readonly order: Int32Array
  /** Of each element, not of each place. */
  readonly rank: Int32Array
}

export function newColouring({ count }: Identities): Colouring {
  return { order: new Int32Array(count), rank: new Int32Array(count) }
}

/** All elements of a kind look alike. */
export function blank(identities: Identities, { order, rank }: Colouring): void {
  for (const { offset, count } of identities.kinds) {
    for (let element = offset; element < offset + count; element++) {
      order[element] = element
      rank[element] = offset
    }
  }
}

/**
 * Colour refinement: elements that look alike are told apart by what is said about them and about
 * the elements that are named together with them, until nothing more is told apart. Hashes that
 * happen to be equal leave elements together that could be told apart: it costs time, no more.
 */
export class Refinement {
  readonly #identities: Identities
  readonly #heard: Int32Array
  readonly #next: Int32Array

  constructor(identities: Identities) {
    this.#identities = identities
    this.#heard = new Int32Array(identities.count)
    this.#next = new Int32Array(identities.count)
  }

  refine(facts: Facts, colouring: Colouring): void {
    for (let cells = this.#cells(colouring); cells < this.#identities.count;) {
      this.#hear(facts, colouring.rank)
      this.#sort(colouring)
      const now = this.#cells(colouring)
      if (now === cells) return
      cells = now
    }
  }

  #cells({ order, rank }: Colouring): number {
    let cells = 0
    for (let place = 0; place < order.length; place++) if (rank[order[place]!] === place) cells++
    return cells
  }

  #hear(facts: Facts, rank: Int32Array): void {
    const heard = this.#heard
    const { said, from, elements, roles } = facts
    heard.fill(0)
    for (let fact = 0; fact < facts.count; fact++) {
      const first = from[fact]!
      const end = from[fact + 1]!
      let what = said[fact]!
      for (let i = first; i < end; i++) what = (what + mix(roles[i]!, rank[elements[i]!]!)) | 0
      for (let i = first; i < end; i++) {
        const element = elements[i]!
        heard[element] = (heard[element]! + mix(what, roles[i]!)) | 0
      }
    }
  }

  /** Sorts by rank, then by what was heard, each kind by itself. */
  #sort({ order, rank }: Colouring): void {
    const heard = this.#heard
    const next = this.#next
    for (const { offset, count } of this.#identities.kinds) {
      for (let place = offset + 1; place < offset + count; place++) {
        const element = order[place]!
        let at = place - 1
        while (
          at >= offset &&
          rank[order[at]!] === rank[element] &&
          later(heard, order[at]!, element)
        )
          order[at + 1] = order[at--]!
        order[at + 1] = element
      }
      let cell = offset
      for (let place = offset; place < offset + count; place++) {
        const element = order[place]!
        const previous = order[place - 1]!
        const alike =
          place > offset && rank[element] === rank[previous] && heard[element] === heard[previous]
        if (!alike) cell = place
        next[element] = cell
      }
    }
    rank.set(next)
  }
}

function later(heard: Int32Array, one: number, other: number): boolean {
  return heard[one]! > heard[other]!
}
