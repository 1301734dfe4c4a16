import { SearchAgain } from '../explore/index.ts'
import { UserError } from '../core/user-error.ts'
import type { LocalSteps } from './local-steps.ts'
import { EVENT, KINDS } from './local-steps.ts'
import { samePlain } from './plain-text.ts'

const BITS = 32

/**
 * Which messages may still matter, as variables are live in programs: a message is live at a value
 * of its node if the node would do something about it there, or at a value that may come of this
 * one. All others mean nothing for ever, and states that differ by them alone have the same future:
 * they are taken off their way, so that these states are one.
 *
 * Whether a node would do something is asked of its real code, for each value and each message.
 * What may come of a value is what was seen to come of it in the search. When more is seen, and
 * a message turns out to be live where it was taken away, the search begins again and knows better,
 * until nothing was taken away too early. Then nothing is missed. Think of the first step of the
 * whole system that the search has not seen at that node: all before it was seen, by the same
 * nodes with the same values. A message that is missing for it was taken away at a value of which,
 * by steps that were seen, the present one came; at this one the node does something about it, so
 * it is live at both.
 */
export class LiveMessages {
  /** How often a search had to begin again. */
  again = 0
  readonly #steps: LocalSteps
  readonly #mayCrash: (node: number) => boolean
  /** Rows of bits, one for each value: messages that are live, taken away, asked about. */
  #live = new Int32Array(1 << 10)
  #gone = new Int32Array(1 << 10)
  #asked = new Int32Array(1 << 10)
  #stride = 1
  #values = 0
  /** Of each value those of which it came, and those that came of it. */
  readonly #before: number[][] = []
  readonly #after: number[][] = []
  readonly #seen: boolean[] = []
  #tooEarly = false

  constructor(steps: LocalSteps, mayCrash: (node: number) => boolean) {
    this.#steps = steps
    this.#mayCrash = mayCrash
  }

  /** A step was taken, in this way. */
  took(from: number, outcome: number): void {
    if (this.#seen[outcome] === true) return
    this.#seen[outcome] = true
    this.learn()
    const next = this.#steps.next.data[outcome]!
    if (next === from) return
    this.#before[next]!.push(from)
    this.#after[from]!.push(next)
    const stride = this.#stride
    for (let word = 0; word < stride; word++) {
      this.#ask(next, word, this.#asked[from * stride + word]!)
      this.#spread(next, word, this.#live[next * stride + word]!)
    }
  }

  /** Makes room for all values and messages that are new. */
  learn(): void {
    const values = this.#steps.values.values.length
    this.#makeRoom(values, this.#steps.messages.values.length)
    for (; this.#values < values; this.#values++) {
      this.#before.push([])
      this.#after.push([])
    }
  }

  /** Takes away what is not live: of a set of messages, a bit for each. */
  keep(state: Int32Array, nodes: number, base: number): void {
    const stride = this.#stride
    const words = Math.min(stride, state.length - base)
    for (let word = 0; word < words; word++) {
      const bits = state[base + word]!
      if (bits === 0) continue
      let kept = 0
      for (let node = 0; node < nodes; node++) {
        const at = state[node]! * stride + word
        if ((bits & ~this.#asked[at]!) !== 0) this.#ask(state[node]!, word, bits)
        kept |= this.#live[at]!
      }
      const gone = bits & ~kept
      if (gone === 0) continue
      state[base + word] = bits & kept
      for (let node = 0; node < nodes; node++) this.#gone[state[node]! * stride + word]! |= gone
    }
  }

  /** Whether a message is live at a value; if not, it is about to be taken away there. */
  keeps(value: number, message: number): boolean {
    const at = value * this.#stride + (message >> 5)
    const bit = 1 << (message & 31)
    if ((this.#asked[at]! & bit) === 0) this.#ask(value, message >> 5, bit)
    if ((this.#live[at]! & bit) !== 0) return true
    this.#gone[at]! |= bit
    return false
  }

  /** The search begins again anyhow: what it took away too early it takes away no more. */
  beginAgain(): void {
    this.#tooEarly = false
  }

  /** @throws SearchAgain where something was taken away too early */
  judge(): void {
    if (!this.#tooEarly) return
    this.#tooEarly = false
    this.again++
    throw new SearchAgain('a message that was taken off its way may matter')
  }

  /** Asks about messages at a value that were met there, and at all that came of it. */
  #ask(value: number, word: number, bits: number): void {
    const stride = this.#stride
    const stack = [value, bits]
    while (stack.length > 0) {
      const met = stack.pop()!
      const at = stack.pop()!
      const added = met & ~this.#asked[at * stride + word]!
      if (added === 0) continue
      this.#asked[at * stride + word]! |= added
      for (let left = added; left !== 0; left &= left - 1) {
        const bit = 31 - Math.clz32(left & -left)
        if (this.#matters(at, word * BITS + bit)) this.#spread(at, word, 1 << bit)
      }
      for (const after of this.#after[at]!) stack.push(after, added)
    }
  }

  /** What is live at a value is live at those of which it came. */
  #spread(value: number, word: number, bits: number): void {
    const stride = this.#stride
    const stack = [value, bits]
    this.#live[value * stride + word]! |= bits
    while (stack.length > 0) {
      const met = stack.pop()!
      const at = stack.pop()!
      for (const before of this.#before[at]!) {
        const place = before * stride + word
        const added = met & ~this.#live[place]!
        if (added === 0) continue
        this.#live[place]! |= added
        if ((this.#gone[place]! & added) !== 0) this.#tooEarly = true
        stack.push(before, added)
      }
    }
  }

  /** Whether a node of this value does anything about a message, by its real code. */
  #matters(value: number, message: number): boolean {
    const steps = this.#steps
    const before = steps.values.values[value]!
    if (!before.up || before.node !== steps.messages.values[message]!.to) return false
    const event = steps.eventOf(value, message * KINDS + EVENT.message)
    steps.calls++
    try {
      const outcomes = steps.run(before, EVENT.message, event)
      if (outcomes.some(({ next, said }) => said.length > 0 || !samePlain(next, before)))
        return true
      // What is written as it was may be half written.
      return this.#mayCrash(before.node) && steps.run(before, EVENT.messageCrash, event).length > 0
    } catch (error) {
      // It need not arrive here at all: if it does, that is told then.
      if (error instanceof UserError) return true
      throw error
    }
  }

  #makeRoom(values: number, messages: number): void {
    const stride = Math.max(this.#stride, Math.ceil(messages / BITS))
    if (stride === this.#stride && values * stride <= this.#live.length) return
    const room = Math.max(values * 2, 1 << 10) * stride
    this.#live = widened(this.#live, this.#values, this.#stride, stride, room)
    this.#gone = widened(this.#gone, this.#values, this.#stride, stride, room)
    this.#asked = widened(this.#asked, this.#values, this.#stride, stride, room)
    this.#stride = stride
  }
}

function widened(
  rows: Int32Array,
  count: number,
  before: number,
  stride: number,
  room: number,
): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(room)
  for (let row = 0; row < count; row++) {
    for (let word = 0; word < before; word++) {
      wider[row * stride + word] = rows[row * before + word]!
    }
  }
  return wider
}
