import { before, did, shown, who } from '../src/core/wording.ts'
import type { Finding } from './findings.ts'
import { byReturn } from './register-part.ts'
import type { RegisterPart } from './register-part.ts'
import type { ReadFacts } from './register-reads.ts'

/**
 * Atomicity of a register whose writes do not overlap (Lamport 1986): the register is regular and
 * no read returns an older write than a read that had returned before it was called.
 *
 * Writes are numbered 1, 2, ... in their order, 0 is the initial value. Every read gets the
 * smallest number that it can have: not below the last write that had returned, nor below the
 * number of a read that had returned. A smaller number never harms a later read, so if the smallest
 * is too large for a read, no choice would have done, also where a value was written several times.
 */
export type SingleWriterDecision =
  | { readonly outcome: 'pass'; readonly order: Int32Array }
  | { readonly outcome: 'fail'; readonly finding: Finding }

/** Decides in n log n. The part must have one writer, and every read of it must be explained. */
export function decideSingleWriter(part: RegisterPart, facts: ReadFacts): SingleWriterDecision {
  const numbers = new NumbersOfValues(part)
  const { reads, readValues } = part
  const chosen = new Int32Array(reads.length)
  const newestBefore = new Int32Array(reads.length)
  const readsByReturn = byReturn(reads)
  let done = 0
  let newest = NO_READ
  for (let r = 0; r < reads.length; r++) {
    const read = reads[r]!
    // Whatever returned before this call was called before it, so it has its number already.
    for (; reads[readsByReturn[done]!]!.returned < read.called; done++) {
      const earlier = readsByReturn[done]!
      if (newest === NO_READ || chosen[earlier]! > chosen[newest]!) newest = earlier
    }
    newestBefore[r] = newest
    const floor = newest === NO_READ ? 0 : chosen[newest]!
    const number = numbers.atLeast(readValues[r]!, Math.max(facts.latest[r]! + 1, floor))
    const begun = number < 1 || part.writes[number - 1]!.called < read.returned
    if (number === NO_NUMBER || !begun) {
      return { outcome: 'fail', finding: inversion(part, facts, numbers, chosen, newestBefore, r) }
    }
    chosen[r] = number
  }
  return { outcome: 'pass', order: orderOf(part, chosen) }
}

const NO_READ = -1
const NO_NUMBER = -1

/** By value: the numbers of its writes, ascending. */
class NumbersOfValues {
  readonly #starts: Int32Array
  readonly #numbers: Int32Array

  constructor({ writeValues, initialValue, values }: RegisterPart) {
    this.#starts = new Int32Array(values + 1)
    this.#starts[initialValue + 1]! += 1
    for (const value of writeValues) this.#starts[value + 1]! += 1
    for (let value = 0; value < values; value++) {
      this.#starts[value + 1]! += this.#starts[value]!
    }
    const next = this.#starts.slice()
    this.#numbers = new Int32Array(writeValues.length + 1)
    this.#numbers[next[initialValue]!++] = 0
    writeValues.forEach((value, w) => (this.#numbers[next[value]!++] = w + 1))
  }

  /** The smallest number of a value that is not below `least`; NO_NUMBER if there is none. */
  atLeast(value: number, least: number): number {
    const at = this.#position(value, least)
    return at < this.#starts[value + 1]! ? this.#numbers[at]! : NO_NUMBER
  }

  /** The largest number of a value that is below `limit`; NO_NUMBER if there is none. */
  below(value: number, limit: number): number {
    const at = this.#position(value, limit) - 1
    return at >= this.#starts[value]! ? this.#numbers[at]! : NO_NUMBER
  }

  #position(value: number, least: number): number {
    let low = this.#starts[value]!
    let high = this.#starts[value + 1]!
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#numbers[middle]! < least) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The ids in a linearization: each write, then the reads of it in order of invocation. */
function orderOf({ writes, reads }: RegisterPart, chosen: Int32Array): Int32Array {
  const counts = new Int32Array(writes.length + 2)
  for (const number of chosen) counts[number + 1]! += 1
  const isRead = (number: number) => counts[number + 1]! > 0
  // A last write of unknown outcome happened only if somebody saw it.
  const total = writes.at(-1)?.returned === Infinity && !isRead(writes.length) ? -1 : 0
  const order = new Int32Array(writes.length + total + reads.length)
  const next = new Int32Array(writes.length + 1)
  let at = 0
  for (let number = 0; number <= writes.length + total; number++) {
    if (number > 0) order[at++] = writes[number - 1]!.id
    next[number] = at
    at += counts[number + 1]!
  }
  chosen.forEach((number, r) => (order[next[number]!++] = reads[r]!.id))
  return order
}

/** A read that returned something older than a read before it, and what proves which is older. */
function inversion(
  part: RegisterPart,
  facts: ReadFacts,
  numbers: NumbersOfValues,
  chosen: Int32Array,
  newestBefore: Int32Array,
  r: number,
): Finding {
  const { reads, writes, readValues } = part
  const operations: number[] = []
  const addWrite = (number: number) => {
    if (number > 0) operations.push(writes[number - 1]!.id)
  }
  const newer = newestBefore[r]!
  operations.push(reads[r]!.id)
  addWrite(numbers.below(readValues[r]!, chosen[newer]!))
  // The newer read has its number because an older write of the same value, if there is one, had
  // been overwritten, or because of a read that was newer still; and so on.
  for (let at = newer; at !== NO_READ;) {
    operations.push(reads[at]!.id)
    addWrite(chosen[at]!)
    const older = numbers.below(readValues[at]!, chosen[at]!)
    if (older === NO_NUMBER) break
    addWrite(older)
    const overwriter = facts.latest[at]! + 1
    if (older < overwriter) {
      addWrite(overwriter)
      break
    }
    at = newestBefore[at]!
  }
  const [late, early] = [reads[r]!, reads[newer]!]
  const sentence =
    `${did(late)}, but ${who(early.process)} had read the newer ${shown(early.result)}` +
    before(early, late)
  const label = part.label === '' ? undefined : part.label
  return { sentence, operations, culprit: late.id, part: label }
}
