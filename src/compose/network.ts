import { IntList } from '../core/int-list.ts'
import { PairTable } from '../core/int-table.ts'
import type { NumberingState } from '../explore/index.ts'
import type { LocalSteps } from './local-steps.ts'
import type { LiveMessages } from './live-messages.ts'
import { PlainNumbers } from './plain-text.ts'

/** The messages that are on their way, as the last words of a packed state. */
export interface Network {
  readonly words: number
  /** Where its words begin. */
  readonly base: number
  /** What `deliverable` found, by the numbers of the messages. */
  readonly found: Int32Array
  /** Finds what may arrive at a node of this value, and answers how many they are. */
  deliverable(words: Int32Array, node: number, value: number): number
  /** Learns that a message means nothing to a node of this value. */
  meansNothing(value: number, message: number): void
  /** Sends what an outcome says. */
  send(out: Int32Array, outcome: number): void
  /** Takes a message off its way, if messages ever get off. */
  take(out: Int32Array, message: number): void
  /** Whether a message that has arrived is gone. */
  readonly arrivesOnce: boolean
  /** The messages of which one may be lost: of a link that keeps the order the next one. */
  losable(words: Int32Array): readonly number[]
  /** All messages, by number. */
  contents(words: Int32Array): readonly number[]
  /** Takes those off their way that are not live; queues keep all. */
  keep?(out: Int32Array, live: LiveMessages, nodes: number): void
}

/** There are more messages, or more of one kind, than there is room for in a packed state. */
export class NetworkFull extends Error {
  /** How many messages must have room, and how many copies of each. */
  readonly messages: number
  readonly copies: number

  constructor(messages: number, copies: number) {
    super('the messages need more room')
    this.name = 'NetworkFull'
    this.messages = messages
    this.copies = copies
  }
}

const BITS = 32

/** What was sent stays for ever: a bit for each message. */
export class MessageSet implements Network {
  readonly words: number
  readonly base: number
  readonly found: Int32Array
  readonly arrivesOnce = false
  readonly #steps: LocalSteps
  /** For each node the messages to it. */
  readonly #to: Int32Array
  /** For each value what means nothing to it. */
  #idle: Int32Array
  /** For each outcome the words that change, and their new bits. */
  readonly #sets: Int32Array[] = []
  #known = 0

  constructor(steps: LocalSteps, base: number, nodes: number, room: number) {
    this.words = Math.ceil(room / BITS)
    this.base = base
    this.found = new Int32Array(this.words * BITS)
    this.#steps = steps
    this.#to = new Int32Array(nodes * this.words)
    this.#idle = new Int32Array(this.words << 10)
  }

  deliverable(words: Int32Array, node: number, value: number): number {
    if (this.#known < this.#steps.messages.values.length) this.#learn()
    const { base, found } = this
    const count = this.words
    const [to, idle] = [this.#to, this.#idle]
    const [toAt, idleAt] = [node * count, value * count]
    let length = 0
    for (let word = 0; word < count; word++) {
      let bits = words[base + word]! & to[toAt + word]!
      if (bits === 0) continue
      if (idleAt < idle.length) bits &= ~idle[idleAt + word]!
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits)
        bits &= bits - 1
        found[length++] = word * BITS + bit
      }
    }
    return length
  }

  meansNothing(value: number, message: number): void {
    const at = value * this.words + (message >> 5)
    if (at >= this.#idle.length) {
      const longer = new Int32Array(Math.max(this.#idle.length * 2, (value + 1) * this.words))
      longer.set(this.#idle)
      this.#idle = longer
    }
    this.#idle[at]! |= 1 << (message & 31)
  }

  send(out: Int32Array, outcome: number): void {
    const set = this.#sets[outcome] ?? this.#setOf(outcome)
    const { base } = this
    for (let at = 0; at < set.length; at += 2) out[base + set[at]!]! |= set[at + 1]!
  }

  take(): void {
    return
  }

  keep(out: Int32Array, live: LiveMessages, nodes: number): void {
    live.keep(out, nodes, this.base)
  }

  losable(): readonly number[] {
    return []
  }

  contents(words: Int32Array): readonly number[] {
    const all: number[] = []
    for (let message = 0; message < this.words * BITS; message++) {
      if (((words[this.base + (message >> 5)]! >>> (message & 31)) & 1) === 1) all.push(message)
    }
    return all
  }

  #setOf(outcome: number): Int32Array {
    if (this.#known < this.#steps.messages.values.length) this.#learn()
    const words = new Map<number, number>()
    for (const message of this.#steps.sends[outcome]!) {
      const word = message >> 5
      words.set(word, (words.get(word) ?? 0) | (1 << (message & 31)))
    }
    const set = Int32Array.from([...words].flat())
    this.#sets[outcome] = set
    return set
  }

  #learn(): void {
    const { values } = this.#steps.messages
    if (values.length > this.words * BITS) throw new NetworkFull(values.length, 1)
    for (; this.#known < values.length; this.#known++) {
      const word = values[this.#known]!.to * this.words + (this.#known >> 5)
      this.#to[word]! |= 1 << (this.#known & 31)
    }
  }
}

/** How many bits count so many copies. */
export function bitsFor(copies: number): number {
  return 32 - Math.clz32(copies)
}

/** Each message is there so many times: some bits for each. */
export class MessageBag implements Network {
  readonly words: number
  readonly base: number
  readonly found: Int32Array
  readonly arrivesOnce = true
  readonly #steps: LocalSteps
  readonly #bits: number
  readonly #most: number
  readonly #perWord: number

  constructor(steps: LocalSteps, base: number, room: number, copies: number) {
    this.#steps = steps
    this.#bits = bitsFor(copies)
    this.#most = (1 << this.#bits) - 1
    this.#perWord = Math.floor(BITS / this.#bits)
    this.words = Math.ceil(room / this.#perWord)
    this.base = base
    this.found = new Int32Array(this.words * this.#perWord)
  }

  deliverable(words: Int32Array, node: number): number {
    const { base, found } = this
    const { values } = this.#steps.messages
    let length = 0
    for (let word = 0; word < this.words; word++) {
      const bits = words[base + word]!
      if (bits === 0) continue
      for (let at = 0; at < this.#perWord; at++) {
        if (((bits >>> (at * this.#bits)) & this.#most) === 0) continue
        const message = word * this.#perWord + at
        if (values[message]!.to === node) found[length++] = message
      }
    }
    return length
  }

  meansNothing(): void {
    return
  }

  send(out: Int32Array, outcome: number): void {
    for (const message of this.#steps.sends[outcome]!) {
      const word = this.base + Math.floor(message / this.#perWord)
      if (word >= this.base + this.words) this.#tooMany(this.#most)
      const shift = (message % this.#perWord) * this.#bits
      if (((out[word]! >>> shift) & this.#most) === this.#most) this.#tooMany(this.#most + 1)
      out[word]! += 1 << shift
    }
  }

  take(out: Int32Array, message: number): void {
    const word = this.base + Math.floor(message / this.#perWord)
    out[word]! -= 1 << ((message % this.#perWord) * this.#bits)
  }

  keep(out: Int32Array, live: LiveMessages, nodes: number): void {
    if (this.#bits === 1) {
      live.keep(out, nodes, this.base)
      return
    }
    for (const message of this.contents(out)) {
      const { to } = this.#steps.messages.values[message]!
      if (!live.keeps(out[to]!, message)) this.take(out, message)
    }
  }

  losable(words: Int32Array): readonly number[] {
    return [...new Set(this.contents(words))]
  }

  contents(words: Int32Array): readonly number[] {
    const all: number[] = []
    for (let message = 0; message < this.words * this.#perWord; message++) {
      const bits = words[this.base + Math.floor(message / this.#perWord)]!
      const copies = (bits >>> ((message % this.#perWord) * this.#bits)) & this.#most
      for (let copy = 0; copy < copies; copy++) all.push(message)
    }
    return all
  }

  #tooMany(copies: number): never {
    throw new NetworkFull(this.#steps.messages.values.length, copies)
  }
}

/** What is on links that are first in, first out, numbered: all who look at a system need these. */
export class Queues {
  readonly values: PlainNumbers<readonly number[]>
  readonly head = new IntList()
  readonly rest = new IntList()
  readonly #longer = new PairTable()
  readonly #numbering: NumberingState

  constructor(numbering: NumberingState) {
    this.#numbering = numbering
    this.values = new PlainNumbers(numbering)
    this.of([])
  }

  /** The queue with a message more at its end. */
  longer(queue: number, message: number): number {
    const known = this.#longer.get(queue, message)
    if (known !== -1) return known
    this.#numbering.open()
    const longer = this.of([...this.values.values[queue]!, message])
    this.#longer.set(queue, message, longer)
    return longer
  }

  /** The number of a queue. */
  of(queue: readonly number[]): number {
    const number = this.values.of(queue)
    if (number < this.head.length) return number
    this.head.push(queue[0] ?? -1)
    this.rest.push(0)
    if (queue.length > 0) {
      // First the number: it may give the list a larger array.
      const rest = this.of(queue.slice(1))
      this.rest.data[number] = rest
    }
    return number
  }
}

/** Each link is first in, first out: a word for each, which numbers what is on it. */
export class MessageQueues implements Network {
  readonly words: number
  readonly base: number
  readonly found: Int32Array
  readonly arrivesOnce = true
  readonly #steps: LocalSteps
  readonly #nodes: number
  readonly #queues: Queues

  constructor(steps: LocalSteps, base: number, nodes: number, queues: Queues) {
    this.#steps = steps
    this.#nodes = nodes
    this.words = nodes * nodes
    this.base = base
    this.found = new Int32Array(nodes)
    this.#queues = queues
  }

  deliverable(words: Int32Array, node: number): number {
    let length = 0
    for (let from = 0; from < this.#nodes; from++) {
      const queue = words[this.base + from * this.#nodes + node]!
      if (queue !== 0) this.found[length++] = this.#queues.head.data[queue]!
    }
    return length
  }

  meansNothing(): void {
    return
  }

  send(out: Int32Array, outcome: number): void {
    for (const message of this.#steps.sends[outcome]!) {
      const link = this.#linkOf(message)
      out[link] = this.#queues.longer(out[link]!, message)
    }
  }

  take(out: Int32Array, message: number): void {
    const link = this.#linkOf(message)
    out[link] = this.#queues.rest.data[out[link]!]!
  }

  losable(words: Int32Array): readonly number[] {
    const links = words.subarray(this.base, this.base + this.words)
    return Array.from(links).flatMap((queue) =>
      queue === 0 ? [] : [this.#queues.head.data[queue]!],
    )
  }

  contents(words: Int32Array): readonly number[] {
    return Array.from(
      { length: this.words },
      (_, link) => this.#queues.values.values[words[this.base + link]!]!,
    ).flat()
  }

  #linkOf(message: number): number {
    const { from, to } = this.#steps.messages.values[message]!
    return this.base + from * this.#nodes + to
  }
}
