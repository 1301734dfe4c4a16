import type { StateType, Variables } from '../../state/index.ts'
import type { Colouring } from './colours.ts'
import { blank, newColouring, Refinement } from './colours.ts'
import { Facts, factsOf } from './facts.ts'
import type { Identities } from './identities.ts'
import { stay } from './identities.ts'
import type { SlotsPermuter } from './permute-slots.ts'
import { slotsPermuter } from './permute-slots.ts'

/** Finds the one state that stands for all that differ from it by an exchange of identities. */
export interface Canonical {
  /** Writes the canonical form of a packed state. The two may be the same memory. */
  canonical(words: Int32Array, offset: number, out: Int32Array): void
  /** How many states the one that was asked for last stands for. */
  readonly represented: number
  /** In how many states elements could only be told apart by trying. */
  readonly ties: number
}

/**
 * The canonical form by individualisation and refinement (McKay and Piperno 2014, section 2):
 * elements are sorted by what the state says about them; where that leaves several alike, each of
 * them in turn is put first, and of all the states so made the least is taken. Elements whose
 * exchange changes nothing need not be tried one after the other, so a state in which nothing has
 * happened yet costs no more than any other.
 */
export function searchedForm(type: StateType<Variables>, identities: Identities): Canonical {
  const listFacts = factsOf(type.variables, type.plan.universes, identities)
  const permute = slotsPermuter(type.variables, type.plan.universes, identities)
  const refinement = new Refinement(identities)
  const facts = new Facts()
  const slots = new Int32Array(type.plan.bits.length)
  const search = new Search(type, identities, refinement, facts, permute, slots)
  return {
    canonical: (words, offset, out) => {
      type.unpack(words, offset, slots)
      listFacts(slots, facts)
      search.run(out)
    },
    get represented() {
      return search.represented
    },
    get ties() {
      return search.ties
    },
  }
}

/** Elements whose exchange changes nothing. */
interface Sort {
  readonly first: number
  count: number
}

class Search {
  ties = 0
  represented = 1
  /** All exchanges there are. */
  readonly #exchanges: number
  /** The exchanges that lead to the least state so far. */
  #toLeast = 0
  readonly #type: StateType<Variables>
  readonly #identities: Identities
  readonly #refinement: Refinement
  readonly #facts: Facts
  readonly #permute: SlotsPermuter
  readonly #slots: Int32Array
  readonly #permuted: Int32Array
  readonly #packed: Int32Array
  readonly #levels: Colouring[] = []

  constructor(
    type: StateType<Variables>,
    identities: Identities,
    refinement: Refinement,
    facts: Facts,
    permute: SlotsPermuter,
    slots: Int32Array,
  ) {
    this.#type = type
    this.#identities = identities
    this.#refinement = refinement
    this.#facts = facts
    this.#permute = permute
    this.#slots = slots
    this.#permuted = new Int32Array(slots.length)
    this.#packed = new Int32Array(type.plan.words)
    this.#exchanges = exchangesOf(identities)
  }

  run(out: Int32Array): void {
    this.#toLeast = 0
    const colouring = this.#level(0)
    blank(this.#identities, colouring)
    const tied = this.#descend(0, 1, out)
    this.represented = this.#exchanges / this.#toLeast
    if (tied) this.ties++
  }

  #level(depth: number): Colouring {
    return (this.#levels[depth] ??= newColouring(this.#identities))
  }

  /**
   * Answers whether elements had to be tried.
   *
   * @param times how many ways lead here that need not be gone one by one
   */
  #descend(depth: number, times: number, out: Int32Array): boolean {
    const colouring = this.#level(depth)
    this.#refinement.refine(this.#facts, colouring)
    const tie = this.#firstTie(colouring)
    if (tie === undefined) {
      this.#offer(colouring, times * arrangements(colouring), out)
      return false
    }
    for (const { first, count } of tie) {
      const next = this.#level(depth + 1)
      next.order.set(colouring.order)
      next.rank.set(colouring.rank)
      putFirst(next, first)
      this.#descend(depth + 1, times * count, out)
    }
    return true
  }

  /**
   * The first elements that look alike and may not be: one of each sort, where the exchange of two
   * of one sort changes nothing.
   */
  #firstTie({ order, rank }: Colouring): readonly Sort[] | undefined {
    for (let start = 0; start < order.length;) {
      let end = start + 1
      while (end < order.length && rank[order[end]!] === start) end++
      if (end > start + 1) {
        const sorts: Sort[] = []
        for (let place = start; place < end; place++) {
          const element = order[place]!
          const known = sorts.find(({ first }) => this.#alike(first, element))
          if (known === undefined) sorts.push({ first: element, count: 1 })
          else known.count++
        }
        if (sorts.length > 1) return sorts
      }
      start = end
    }
    return undefined
  }

  /** Whether the exchange of two elements of one kind leaves the state as it is. */
  #alike(one: number, other: number): boolean {
    const { to, kinds } = this.#identities
    const { offset } = kinds.findLast((kind) => kind.offset <= one)!
    stay(this.#identities)
    to[one] = other - offset
    to[other] = one - offset
    this.#permute(this.#slots, this.#permuted)
    for (let slot = 0; slot < this.#slots.length; slot++)
      if (this.#slots[slot] !== this.#permuted[slot]) return false
    return true
  }

  /** Takes the state in which elements are numbered in their order, if it is the least so far. */
  #offer({ order }: Colouring, times: number, out: Int32Array): void {
    const { to, kinds } = this.#identities
    for (const { offset, count } of kinds)
      for (let place = offset; place < offset + count; place++) to[order[place]!] = place - offset
    this.#permute(this.#slots, this.#permuted)
    this.#type.pack(this.#permuted, this.#packed, 0)
    const less = this.#toLeast === 0 ? -1 : compare(this.#packed, out)
    if (less > 0) return
    this.#toLeast = less === 0 ? this.#toLeast + times : times
    for (let word = 0; word < this.#packed.length; word++) out[word] = this.#packed[word]!
  }
}

function compare(one: Int32Array, other: Int32Array): number {
  for (let word = 0; word < one.length; word++)
    if (one[word] !== other[word]) return one[word]! < other[word]! ? -1 : 1
  return 0
}

/** In how many orders elements that look alike can be. */
function arrangements({ order, rank }: Colouring): number {
  let all = 1
  for (let place = 0; place < order.length; place++) all *= place + 1 - rank[order[place]!]!
  return all
}

export function exchangesOf({ kinds }: Identities): number {
  let all = 1
  for (const { count } of kinds) for (let i = 2; i <= count; i++) all *= i
  return all
}

/** Puts an element before those that look like it. */
function putFirst({ order, rank }: Colouring, first: number): void {
  const start = rank[first]!
  let place = order.indexOf(first)
  for (; place > start; place--) order[place] = order[place - 1]!
  order[start] = first
  for (let after = start + 1; after < order.length; after++) {
    if (rank[order[after]!] !== start) break
    rank[order[after]!] = start + 1
  }
}
