import { IntList } from '../../core/int-list.ts'
import { UserError } from '../../core/user-error.ts'
import type { ComposedSystem } from '../composed-system.ts'
import { NetworkFull } from '../network.ts'
import type { Renaming } from './renaming.ts'

const BYTE = 8
const BYTE_VALUES = 1 << BYTE

/** What numbers of a packed state become in one exchange: tables that fill as they are asked. */
export class Images {
  /** Of each node the one whose place it takes. */
  readonly sources: readonly number[]
  readonly #system: ComposedSystem
  readonly #renaming: Renaming
  readonly #values = new IntList()
  readonly #messages = new IntList()
  readonly #queues = new IntList()
  readonly #histories: readonly IntList[]
  /** For a set of messages: of each byte of it, and what it can be, the words that come of it. */
  readonly #bytes: (Int32Array | undefined)[] = []

  constructor(system: ComposedSystem, renaming: Renaming) {
    this.#system = system
    this.#renaming = renaming
    this.#histories = system.parts.histories.map(() => new IntList())
    const { nodes } = renaming.exchange
    this.sources = nodes.map((_, to) => nodes.indexOf(to))
  }

  value(value: number): number {
    return image(this.#values, value, () => {
      const { steps } = this.#system.parts
      return steps.valueOf(this.#renaming.node(steps.values.values[value]!))
    })
  }

  message(message: number): number {
    return image(this.#messages, message, () => {
      const { messages } = this.#system.parts.steps
      const { from, to, message: data } = messages.values[message]!
      const { nodes } = this.#renaming.exchange
      return messages.of({
        from: nodes[from]!,
        to: nodes[to]!,
        message: this.#renaming.data(data),
      })
    })
  }

  queue(queue: number): number {
    return image(this.#queues, queue, () => {
      const { queues } = this.#system
      return queues.of(queues.values.values[queue]!.map((message) => this.message(message)))
    })
  }

  history(which: number, state: number): number {
    const history = this.#system.parts.histories[which]!
    const { requests } = this.#renaming.exchange
    // Clients know nothing of nodes.
    if (requests.every((to, at) => to === at)) return state
    return image(this.#histories[which]!, state, () => {
      const { monitor } = history
      if (monitor.renamed === undefined) {
        throw new UserError(`'${monitor.name}' does not say how clients are exchanged`, {
          where: this.#system.name,
          hint: 'leave --symmetry away, or let each client ask something else',
        })
      }
      const data = (given: unknown) => this.#renaming.data(given)
      const operation = (number: number) => requests[number]!
      return history.stateOf(monitor.renamed(history.states.values[state], operation, data))
    })
  }

  network(from: Int32Array, out: Int32Array): void {
    const { places, parts } = this.#system
    const base = places.network
    const { network = 'set' } = parts.options
    if (network === 'fifo') {
      const { nodes } = this.#renaming.exchange
      const count = nodes.length
      for (let link = 0; link < count * count; link++) {
        const to = nodes[Math.floor(link / count)]! * count + nodes[link % count]!
        const queue = from[base + link]!
        out[base + to] = queue === 0 ? 0 : this.queue(queue)
      }
      return
    }
    for (let word = base; word < out.length; word++) out[word] = 0
    if (network === 'set') this.#set(from, out, base)
    else this.#bag(from, out, base)
  }

  #set(from: Int32Array, out: Int32Array, base: number): void {
    const words = out.length - base
    for (let word = 0; word < words; word++) {
      const bits = from[base + word]!
      if (bits === 0) continue
      for (let place = 0; place < 4; place++) {
        const byte = (bits >>> (place * BYTE)) & (BYTE_VALUES - 1)
        if (byte === 0) continue
        const at = (word * 4 + place) * BYTE_VALUES + byte
        const set = this.#bytes[at] ?? this.#byteSet(at, words)
        for (let each = 0; each < set.length; each += 2) out[base + set[each]!]! |= set[each + 1]!
      }
    }
  }

  /** Words that change, and their bits, one after the other. */
  #byteSet(at: number, words: number): Int32Array {
    const first = Math.floor(at / BYTE_VALUES) * BYTE
    const set = new Map<number, number>()
    for (let bit = 0; bit < BYTE; bit++) {
      if (((at >>> bit) & 1) === 0) continue
      const message = this.message(first + bit)
      const word = message >> 5
      if (word >= words) this.#noRoom(1)
      set.set(word, (set.get(word) ?? 0) | (1 << (message & 31)))
    }
    const made = Int32Array.from([...set].flat())
    this.#bytes[at] = made
    return made
  }

  #bag(from: Int32Array, out: Int32Array, base: number): void {
    const { bits } = this.#system.bagLayout
    const most = (1 << bits) - 1
    const perWord = Math.floor(32 / bits)
    for (let word = base; word < out.length; word++) {
      const all = from[word]!
      if (all === 0) continue
      for (let at = 0; at < perWord; at++) {
        const copies = (all >>> (at * bits)) & most
        if (copies === 0) continue
        const message = this.message((word - base) * perWord + at)
        const to = base + Math.floor(message / perWord)
        if (to >= out.length) this.#noRoom(most)
        out[to]! |= copies << ((message % perWord) * bits)
      }
    }
  }

  #noRoom(copies: number): never {
    throw new NetworkFull(this.#system.parts.steps.messages.values.length, copies)
  }
}

function image(table: IntList, number: number, make: () => number): number {
  while (table.length <= number) table.push(-1)
  const known = table.data[number]!
  if (known !== -1) return known
  const made = make()
  table.data[number] = made
  return made
}
