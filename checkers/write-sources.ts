import type { Meter } from '../src/core/budget.ts'
import { byReturn } from './register-part.ts'
import type { RegisterPart } from './register-part.ts'
import { INITIAL, NONE } from './register-reads.ts'
import type { ReadFacts } from './register-reads.ts'

/**
 * From which write each read takes its value, where a value was written several times. Most reads
 * leave no choice or one that does no harm; the others are searched for, going through the history
 * once with the set of all situations that the reads so far allow.
 */
export type Sources =
  | { readonly outcome: 'found'; readonly sources: Int32Array }
  | { readonly outcome: 'none'; readonly read: number }
  | { readonly outcome: 'unknown' }

/** Stands for a source that has yet to be searched for. */
const SEVERAL = -3

/**
 * Finds sources for which an order of all writes exists. Every read must be explained by itself.
 */
export function findSources(part: RegisterPart, facts: ReadFacts, meter: Meter): Sources {
  const sources = clearSources(part, facts)
  if (!sources.includes(SEVERAL)) return { outcome: 'found', sources }
  return new SourceSearch(part, facts, sources, meter).run()
}

/** The sources that can be given without a search; SEVERAL for the others. */
function clearSources(part: RegisterPart, facts: ReadFacts): Int32Array {
  const { reads, writes, writeValues, readValues, values } = part
  const sources = new Int32Array(reads.length)
  const newest = new Int32Array(values).fill(NONE)
  const best = new Int32Array(values).fill(NONE)
  const second = new Int32Array(values).fill(NONE)
  const returned = (w: number) => (w === NONE ? -1 : writes[w]!.returned)
  let begun = 0
  for (const r of byReturn(reads)) {
    for (; begun < writes.length && writes[begun]!.called < reads[r]!.returned; begun++) {
      const value = writeValues[begun]!
      newest[value] = begun
      if (returned(begun) > returned(best[value]!)) {
        second[value] = best[value]!
        best[value] = begun
      } else if (returned(begun) > returned(second[value]!)) second[value] = begun
    }
    const value = readValues[r]!
    const [last, from, latest] = [newest[value]!, best[value]!, facts.latest[r]!]
    if (latest === INITIAL) sources[r] = facts.source[r]!
    // A write that begins during the read comes after all that the read has to respect.
    else if (writes[last]!.called > reads[r]!.called) sources[r] = last
    else if (returned(from) === Infinity) sources[r] = from
    else sources[r] = returned(second[value]!) > writes[latest]!.called ? SEVERAL : from
  }
  return sources
}

/** What was decided so far about ambiguous reads, the last one first. */
interface Choice {
  readonly read: number
  readonly source: number
  readonly before: Choice | undefined
}

/**
 * A situation at some moment of the history. What later reads depend on is only which of the writes
 * that have returned is the last in order, and which of those still open may end up before it.
 */
interface Situation {
  /** Of the writes that have returned, the last in order. */
  readonly last: number
  /** The open writes, as bits, that may still turn out to be before `last`. More is better. */
  readonly free: bigint
  readonly choices: Choice | undefined
}

const BYTES_OF_SITUATION = 120

class SourceSearch {
  readonly #part: RegisterPart
  readonly #facts: ReadFacts
  readonly #sources: Int32Array
  readonly #meter: Meter
  /** The known writes that are open, by slot; a slot is a bit of `free`. */
  readonly #slots: number[] = []
  readonly #slotOf: Int32Array
  #open = 0n
  #situations: readonly Situation[] = [{ last: INITIAL, free: 0n, choices: undefined }]

  constructor(part: RegisterPart, facts: ReadFacts, sources: Int32Array, meter: Meter) {
    this.#part = part
    this.#facts = facts
    this.#sources = sources
    this.#meter = meter
    this.#slotOf = new Int32Array(part.writes.length).fill(NONE)
  }

  run(): Sources {
    const { reads, writes } = this.#part
    const finished = byReturn(writes)
    let called = 0
    let returned = 0
    for (let r = 0; r < reads.length; r++) {
      for (;;) {
        const nextCall = writes[called]?.called ?? Infinity
        const nextReturn = writes[finished[returned] ?? -1]?.returned ?? Infinity
        if (Math.min(nextCall, nextReturn) > reads[r]!.called) break
        if (nextCall < nextReturn) this.#call(called++)
        else this.#return(finished[returned++]!)
        if (this.#isTooMuch()) return { outcome: 'unknown' }
      }
      if (this.#demandsNothing(r)) continue
      this.#read(r)
      if (this.#isTooMuch()) return { outcome: 'unknown' }
      if (this.#situations.length === 0) return { outcome: 'none', read: r }
    }
    return { outcome: 'found', sources: this.#chosen() }
  }

  #isTooMuch(): boolean {
    return !this.#meter.step(this.#situations.length)
  }

  #call(w: number): void {
    if (this.#part.writes[w]!.returned === Infinity) return
    let slot = this.#slots.indexOf(NONE)
    if (slot === -1) slot = this.#slots.length
    this.#slots[slot] = w
    this.#slotOf[w] = slot
    // It is not free: what has returned before it was called is before it.
    this.#open |= 1n << BigInt(slot)
  }

  /** Where it was free it may be before the last one now, or else become the last one itself. */
  #return(w: number): void {
    const bit = 1n << BigInt(this.#slotOf[w]!)
    this.#slots[this.#slotOf[w]!] = NONE
    this.#open &= ~bit
    const [first] = this.#situations
    // Whatever becomes of the others, they are all alike once this one is the last.
    const next: Situation[] = first === undefined ? [] : [{ ...first, last: w, free: this.#open }]
    for (const { last, free, choices } of this.#situations) {
      if ((free & bit) !== 0n) next.push({ last, free: free & ~bit, choices })
    }
    this.#situations = this.#best(next)
  }

  /** A read takes its value from the last write, or from an open one that is after it therefore. */
  #read(r: number): void {
    const { readValues, writeValues } = this.#part
    const value = readValues[r]!
    const open = this.#slots.filter((w) => w !== NONE && writeValues[w] === value)
    const several = this.#sources[r] === SEVERAL
    const next: Situation[] = []
    for (const { last, free, choices } of this.#situations) {
      const choice = (source: number) => (several ? { read: r, source, before: choices } : choices)
      if (last !== INITIAL && writeValues[last] === value) {
        next.push({ last, free, choices: choice(last) })
        continue
      }
      for (const w of open) {
        const bit = 1n << BigInt(this.#slotOf[w]!)
        next.push({ last, free: free & ~bit, choices: choice(w) })
      }
    }
    this.#situations = this.#best(next)
  }

  #demandsNothing(r: number): boolean {
    const source = this.#sources[r]!
    if (source === INITIAL || this.#facts.latest[r] === INITIAL) return true
    if (source === SEVERAL) return false
    const { called, returned } = this.#part.writes[source]!
    return returned === Infinity || called > this.#part.reads[r]!.called
  }

  /** Without the situations that allow no more than another one does. */
  #best(situations: readonly Situation[]): readonly Situation[] {
    const { writeValues } = this.#part
    const kept: Situation[] = []
    const byValue = new Map<number, Situation[]>()
    for (const situation of situations) {
      const value = situation.last === INITIAL ? NONE : writeValues[situation.last]!
      const rivals = byValue.get(value) ?? []
      if (rivals.some(({ free }) => (situation.free & ~free) === 0n)) continue
      const beaten = rivals.filter(({ free }) => (free & ~situation.free) === 0n)
      byValue.set(value, [...rivals.filter((rival) => !beaten.includes(rival)), situation])
    }
    for (const rivals of byValue.values()) kept.push(...rivals)
    this.#meter.release(this.#situations.length * BYTES_OF_SITUATION)
    // What does not fit makes the meter answer false at the next step.
    this.#meter.reserve(kept.length * BYTES_OF_SITUATION)
    return kept
  }

  #chosen(): Int32Array {
    const sources = this.#sources.slice()
    for (let at = this.#situations[0]?.choices; at !== undefined; at = at.before) {
      sources[at.read] = at.source
    }
    return sources
  }
}
