import { IntList } from '../../core/int-list.ts'
import type { ComposedSystem } from '../composed-system.ts'
import { byteAt } from '../composed-parts.ts'
import { PlainNumbers, plainText } from '../plain-text.ts'
import { movedBudget } from './exchanges.ts'
import type { Images } from './images.ts'
import type { Renaming } from './renaming.ts'

/** What is known of exchanges, for all who look for the states that stand for others. */
export interface Known {
  /** The first one renames nothing. */
  readonly renamings: readonly Renaming[]
  readonly images: readonly Images[]
  readonly kinds: Kinds
}

/** Of each value of a node the number of what it is but for names. */
export class Kinds {
  readonly #system: ComposedSystem
  readonly #renamings: readonly Renaming[]
  readonly #kinds = new IntList()
  readonly #texts: PlainNumbers<string>

  constructor(system: ComposedSystem, renamings: readonly Renaming[]) {
    this.#system = system
    this.#renamings = renamings
    this.#texts = new PlainNumbers(system.parts.numbering)
  }

  of(value: number): number {
    const kinds = this.#kinds
    while (kinds.length <= value) kinds.push(-1)
    const known = kinds.data[value]!
    if (known !== -1) return known
    const node = this.#system.parts.steps.values.values[value]!
    const texts = this.#renamings.map((renaming) => plainText(renaming.node(node)))
    const kind = this.#texts.of(texts.sort()[0]!)
    kinds.data[value] = kind
    return kind
  }
}

/**
 * Finds in place of a packed state the one that stands for all that differ from it by an exchange:
 * of those whose nodes come in the order of what is alike at them, the one with the smallest words.
 * The exchanges must be a group, the first of which exchanges nothing.
 */
export class Canonical {
  /** How many states the one that was found last stands for. */
  represented = 1
  /** States of which more than one exchange had to be tried. */
  ties = 0
  readonly #system: ComposedSystem
  readonly #renamings: readonly Renaming[]
  readonly #images: readonly Images[]
  readonly #kinds: Kinds
  /** Of each exchange: where each byte goes, or nothing if none moves. */
  readonly #bytes: readonly (Int32Array | undefined)[]
  readonly #nodes: number
  readonly #least: Int32Array
  readonly #tried: Int32Array
  readonly #best: number[] = []

  constructor(system: ComposedSystem, { renamings, images, kinds }: Known) {
    const { places } = system
    this.#system = system
    this.#renamings = renamings
    this.#images = images
    this.#kinds = kinds
    this.#nodes = places.nodes
    this.#least = new Int32Array(places.nodes)
    this.#tried = new Int32Array(system.words)
    const moves = renamings.map((renaming) => bytesMoved(system, renaming))
    this.#bytes = moves.map((move) => (move.every((to, at) => to === at) ? undefined : move))
  }

  /** Writes the state that stands for `from` to `out`, which is another array. */
  find(from: Int32Array, out: Int32Array): void {
    const best = this.#candidates(from)
    const [first] = best
    this.#apply(first!, from, out)
    this.represented = this.#renamings.length
    if (best.length === 1) return
    this.ties++
    let same = 1
    const tried = this.#tried
    for (let at = 1; at < best.length; at++) {
      this.#apply(best[at]!, from, tried)
      const order = compare(tried, out)
      if (order === 0) same++
      if (order >= 0) continue
      same = 1
      out.set(tried)
    }
    this.represented = this.#renamings.length / same
  }

  /** The exchanges that put the nodes into the least order of kinds. */
  #candidates(from: Int32Array): readonly number[] {
    const best = this.#best
    const least = this.#least
    const kinds = this.#kinds
    best.length = 0
    for (let which = 0; which < this.#renamings.length; which++) {
      const { nodes } = this.#renamings[which]!.exchange
      let order = best.length === 0 ? -1 : 0
      for (let to = 0; to < this.#nodes && order === 0; to++) {
        order = kinds.of(from[this.#images[which]!.sources[to]!]!) - least[to]!
      }
      if (order > 0) continue
      if (order < 0) {
        best.length = 0
        for (let node = 0; node < this.#nodes; node++) {
          least[nodes[node]!] = kinds.of(from[node]!)
        }
      }
      best.push(which)
    }
    return best
  }

  #apply(which: number, from: Int32Array, out: Int32Array): void {
    if (which === 0) {
      out.set(from)
      return
    }
    const { places, parts } = this.#system
    const images = this.#images[which]!
    const { nodes } = this.#renamings[which]!.exchange
    for (let node = 0; node < this.#nodes; node++) {
      out[nodes[node]!] = images.value(from[node]!)
    }
    const move = this.#bytes[which]
    for (let word = places.bytes; word < places.histories; word++) {
      out[word] = move === undefined ? from[word]! : 0
    }
    if (move !== undefined) {
      for (let at = 0; at < move.length; at++) {
        const to = move[at]!
        out[places.bytes + (to >> 2)]! |= byteAt(from, places.bytes, at) << ((to & 3) << 3)
      }
    }
    for (let at = 0; at < parts.histories.length; at++) {
      out[places.histories + at] = images.history(at, from[places.histories + at]!)
    }
    images.network(from, out)
  }
}

function bytesMoved({ parts }: ComposedSystem, { exchange }: Renaming): Int32Array {
  const { scripts, budgets, names } = parts
  const moved = budgets.names.map(
    (name) => scripts.length + budgets.names.indexOf(movedBudget(name, names, exchange.nodes)),
  )
  return Int32Array.from([...exchange.clients, ...moved])
}

function compare(one: Int32Array, other: Int32Array): number {
  for (let word = 0; word < one.length; word++) {
    if (one[word] !== other[word]) return one[word]! - other[word]!
  }
  return 0
}
