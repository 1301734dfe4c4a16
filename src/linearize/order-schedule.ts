/**
 * Looks for one order of all events in which every read returns the value written last, along a
 * partial order that has been saturated before.
 *
 * A state is how far every client has come. A write may only happen when nobody still has to read
 * the value it overwrites; so the current value of a key matters only while it has readers left:
 * call the key *owed* then. As the value that is owed follows from the positions, positions alone
 * are a state.
 *
 * What makes real histories easy: if a way from one state to another leaves no key owed that was
 * not owed before, with the same value, it was no mistake. (Take any order that completes the first
 * state, and leave out what has happened since: the result completes the second state.) So no
 * choice between the two has to be tried again, and the search goes back behind all of them at
 * once.
 */
import type { Meter } from '../core/budget.ts'
import { IntList } from './int-list.ts'
import type { Accesses } from './order-accesses.ts'
import { INITIAL, NOTHING } from './order-accesses.ts'
import type { Groups } from './order-groups.ts'
import { RowSet } from './order-rows.ts'

export type Schedule =
  | { readonly type: 'order'; readonly events: Int32Array }
  /** Every order was tried, or is like one that was. */
  | { readonly type: 'none' }
  | { readonly type: 'bound' }

export interface Partial {
  readonly accesses: Accesses
  readonly groups: Groups
  /** As in `ClientOrder`, saturated. */
  readonly before: Int32Array
}

export function schedule(partial: Partial, meter: Meter): Schedule {
  const scheduler = new Scheduler(partial, meter)
  const result = scheduler.run()
  scheduler.free()
  return result
}

const NONE = -1

/** A version is the number of the event that wrote it; the initial ones follow, one a key. */
class Scheduler {
  readonly #accesses: Accesses
  readonly #before: Int32Array
  readonly #meter: Meter
  readonly #chains: number
  /** By chain: how many of its events have happened. */
  readonly #done: Int32Array
  /** By event: the version it reads, or NONE. */
  readonly #reads: Int32Array
  /** By key: the version it holds. */
  readonly #current: Int32Array
  /** By version: how many have not read it yet. */
  readonly #unread: Int32Array
  /** What has happened, in order; and by event, which version it replaced. */
  readonly #events: Int32Array
  readonly #replaced: Int32Array
  #depth = 0
  /** Owed versions in the order of their writes, doubly linked, with the head at `#head`. */
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #head: number
  /** By version: the depth just after it was written. */
  readonly #since: Int32Array
  /** By event: what is less is tried first. */
  readonly #urgency: Float64Array
  /** Pairs: the depth at which there was a choice, the place of its first alternative. */
  readonly #choices: IntList
  readonly #alternatives: IntList
  readonly #visited: RowSet

  constructor({ accesses, groups, before }: Partial, meter: Meter) {
    const { count, keys, key } = accesses
    const versions = count + keys
    this.#accesses = accesses
    this.#before = before
    this.#meter = meter
    this.#chains = accesses.start.length - 1
    this.#done = new Int32Array(this.#chains)
    this.#reads = accesses.reads.map((from, e) =>
      from === INITIAL ? count + key[e]! : from === NOTHING ? NONE : from,
    )
    this.#current = Int32Array.from({ length: keys }, (_, k) => count + k)
    this.#unread = new Int32Array(versions)
    for (const version of this.#reads) if (version >= 0) this.#unread[version]!++
    this.#events = new Int32Array(count)
    this.#replaced = new Int32Array(count)
    this.#head = versions
    this.#next = new Int32Array(versions + 1).fill(versions)
    this.#previous = new Int32Array(versions + 1).fill(versions)
    this.#since = new Int32Array(versions)
    for (const version of this.#current) if (this.#unread[version]! > 0) this.#owe(version)
    this.#urgency = urgencies(accesses, groups)
    this.#choices = new IntList(meter)
    this.#alternatives = new IntList(meter)
    this.#visited = new RowSet(this.#chains, meter)
  }

  run(): Schedule {
    const { count } = this.#accesses
    while (this.#depth < count) {
      if (!this.#meter.step()) return { type: 'bound' }
      const move = this.#freeMove()
      if (move !== NONE) {
        this.#perform(move)
        continue
      }
      const went = this.#branch()
      if (went === 'bound') return { type: 'bound' }
      if (went === 'stuck' && !this.#goBack()) return { type: 'none' }
    }
    return { type: 'order', events: this.#events }
  }

  free(): void {
    this.#choices.free()
    this.#alternatives.free()
    this.#visited.free()
  }

  /** An event that can happen now and owes nothing new, or NONE. */
  #freeMove(): number {
    for (let c = 0; c < this.#chains; c++) {
      const e = this.#nextOf(c)
      if (e === NONE || (this.#accesses.writes[e] === 1 && this.#unread[e]! > 0)) continue
      if (this.#isEnabled(e)) return e
    }
    return NONE
  }

  /** Of the writes that somebody will read the most urgent one happens; the others are kept. */
  #branch(): 'went' | 'stuck' | 'bound' {
    const seen = this.#visited.add(this.#done)
    if (seen !== 'new') return seen === 'old' ? 'stuck' : 'bound'
    const alternatives = this.#alternatives
    const from = alternatives.length
    for (let c = 0; c < this.#chains; c++) {
      const e = this.#nextOf(c)
      if (e === NONE || !this.#isEnabled(e)) continue
      if (!alternatives.reserve(1)) return 'bound'
      alternatives.items[alternatives.length++] = e
    }
    if (alternatives.length === from) return 'stuck'
    // The most urgent one stands last, where it is taken from.
    const items = alternatives.items.subarray(from, alternatives.length)
    items.sort((a, b) => this.#urgency[b]! - this.#urgency[a]!)
    if (!this.#choices.reserve(2)) return 'bound'
    this.#choices.items[this.#choices.length++] = this.#depth
    this.#choices.items[this.#choices.length++] = from
    this.#takeAlternative()
    return 'went'
  }

  #takeAlternative(): void {
    const alternatives = this.#alternatives
    const event = alternatives.items[--alternatives.length]!
    const from = this.#choices.items[this.#choices.length - 1]!
    if (alternatives.length === from) this.#choices.length -= 2
    this.#perform(event)
  }

  #goBack(): boolean {
    if (this.#choices.length === 0) return false
    const depth = this.#choices.items[this.#choices.length - 2]!
    while (this.#depth > depth) this.#undo()
    this.#takeAlternative()
    return true
  }

  #nextOf(c: number): number {
    const { start } = this.#accesses
    const e = start[c]! + this.#done[c]!
    return e < start[c + 1]! ? e : NONE
  }

  #isEnabled(e: number): boolean {
    const { key, writes, chain } = this.#accesses
    const current = this.#current[key[e]!]!
    const reads = this.#reads[e]!
    if (reads !== NONE && current !== reads) return false
    if (writes[e] === 1 && this.#unread[current]! > (reads === NONE ? 0 : 1)) return false
    const own = chain[e]!
    for (let c = 0, at = e * this.#chains; c < this.#chains; c++, at++) {
      if (this.#before[at]! > this.#done[c]! && c !== own) return false
    }
    return true
  }

  #perform(e: number): void {
    const { chain, key, writes } = this.#accesses
    const reads = this.#reads[e]!
    this.#events[this.#depth++] = e
    this.#done[chain[e]!]!++
    if (reads !== NONE && --this.#unread[reads]! === 0) this.#settle(reads)
    if (writes[e] === 1) {
      this.#replaced[e] = this.#current[key[e]!]!
      this.#current[key[e]!] = e
      this.#since[e] = this.#depth
      if (this.#unread[e]! > 0) this.#owe(e)
    }
    this.#forgetChoices()
  }

  /** Exactly `#perform` backwards, so that the links of settled versions are still right. */
  #undo(): void {
    const { chain, key, writes } = this.#accesses
    const e = this.#events[--this.#depth]!
    const reads = this.#reads[e]!
    this.#done[chain[e]!]!--
    if (writes[e] === 1) {
      if (this.#unread[e]! > 0) this.#settle(e)
      this.#current[key[e]!] = this.#replaced[e]!
    }
    if (reads !== NONE && ++this.#unread[reads]! === 1) {
      this.#next[this.#previous[reads]!] = reads
      this.#previous[this.#next[reads]!] = reads
    }
  }

  #owe(version: number): void {
    const last = this.#previous[this.#head]!
    this.#next[last] = version
    this.#previous[version] = last
    this.#next[version] = this.#head
    this.#previous[this.#head] = version
  }

  #settle(version: number): void {
    this.#next[this.#previous[version]!] = this.#next[version]!
    this.#previous[this.#next[version]!] = this.#previous[version]!
  }

  /** Choices after the newest version that is still owed were no mistakes. */
  #forgetChoices(): void {
    const newest = this.#previous[this.#head]!
    const since = newest === this.#head ? 0 : this.#since[newest]!
    const choices = this.#choices
    while (choices.length > 0 && choices.items[choices.length - 2]! >= since) {
      this.#alternatives.length = choices.items[choices.length - 1]!
      choices.length -= 2
    }
  }
}

/** A write has to take effect before it returns, and before the first read of it does. */
function urgencies(accesses: Accesses, { readers, readersFrom }: Groups): Float64Array {
  const { count, operation, operations } = accesses
  const returned = (e: number) => operations[operation[e]!]!.returned
  return Float64Array.from({ length: count }, (_, e) => {
    let least = returned(e)
    for (let i = readersFrom[e]!; i < readersFrom[e + 1]!; i++) {
      least = Math.min(least, returned(readers[i]!))
    }
    return least
  })
}
