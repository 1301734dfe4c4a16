import { coverOf, nextFree } from './collection-empties.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'
import { Cover } from './stack-cover.ts'
import { GapSet } from './stack-gaps.ts'
import { lowerBound, Stab } from './stack-stab.ts'
import { blockedOperations } from './stack-blocked.ts'
import type { Blocked } from './stack-blocked.ts'

/**
 * Takes values of a stack away, each when all its operations have a gap that no other value covers.
 * Waiting operations are woken when a gap becomes free of all values, or of all but their own;
 * every gap becomes so once, and every operation is woken once.
 */
export class StackPeel {
  /** The values in the order in which they were taken: the first are the lowest in the stack. */
  readonly bottomUp: Int32Array
  readonly inserted: Int32Array
  readonly removed: Int32Array
  readonly peeked: Int32Array
  readonly #collection: Collection
  readonly #spans: Spans
  readonly #free: GapSet
  readonly #cover: Cover
  readonly #blocked: Blocked
  /**
   * All blocked operations, by last gap; and the peeks among them, by value and then by last gap.
   */
  readonly #waiting: Stab
  readonly #waitingPeeks: Stab
  readonly #awake: Uint8Array
  /** By value: how many of its operations are blocked. */
  readonly #blockedOf: Int32Array
  /** The gaps that only one value covers, as lists by value. */
  readonly #firstOwn: Int32Array
  readonly #nextOwn: Int32Array
  #ready = 0
  #size = 0

  constructor(collection: Collection, spans: Spans) {
    const { events, peeks } = collection
    const count = spans.in.length
    this.#collection = collection
    this.#spans = spans
    this.bottomUp = new Int32Array(count)
    this.inserted = new Int32Array(count)
    this.removed = new Int32Array(count)
    this.peeked = new Int32Array(peeks.length)
    this.#firstOwn = new Int32Array(count).fill(-1)
    this.#nextOwn = new Int32Array(events + 1)
    this.#free = new GapSet(events)
    const counts = coverOf(events, spans)
    for (let gap = 0; gap <= events; gap++) if (counts[gap] === 0) this.#free.add(gap)

    this.#blocked = blockedOperations(collection, spans, nextFree(events, counts), this.peeked)
    const { lows, peekLows, owners, blockedOf } = this.#blocked
    this.#waiting = new Stab(lows)
    this.#waitingPeeks = new Stab(peekLows)
    this.#awake = new Uint8Array(owners.length)
    this.#blockedOf = blockedOf
    for (let v = 0; v < count; v++) if (blockedOf[v] === 0) this.bottomUp[this.#size++] = v

    this.#cover = new Cover(counts, spans.in, spans.out)
    for (let gap = 0; gap <= events; gap++) if (counts[gap] === 1) this.#owned(gap)
  }

  /** How many values were taken away. */
  get taken(): number {
    return this.#ready
  }

  /** A value that can be taken away, or -1. */
  next(): number {
    return this.#ready < this.#size ? this.bottomUp[this.#ready]! : -1
  }

  /** Takes away what `next` answered. */
  take(v: number): void {
    this.#ready++
    const into = this.#spans.in[v]!
    const out = this.#spans.out[v]!
    if (into >= out) {
      this.#place(v, out, out)
      return
    }
    this.#place(v, this.#free.atMost(into - 1), this.#free.atLeast(out))
    this.#cover.takeAway(v, into, out)
    for (let gap = this.#cover.report(); gap !== -1; gap = this.#cover.report()) this.#owned(gap)
    for (let gap = this.#firstOwn[v]!; gap !== -1; gap = this.#nextOwn[gap]!) this.#freed(gap)
  }

  /** The values that were not taken away. */
  left(): number[] {
    return Array.from(this.#blockedOf.keys()).filter((v) => this.#blockedOf[v]! > 0)
  }

  #place(v: number, inserted: number, removed: number): void {
    const { peekStart } = this.#collection
    this.inserted[v] = inserted
    this.removed[v] = removed
    // A peek reaches into the time of its value, so its free gap may be moved to the nearest in it.
    for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) {
      this.peeked[p] = Math.min(Math.max(this.peeked[p]!, inserted), removed)
    }
  }

  #owned(gap: number): void {
    const v = this.#cover.owner(gap)
    this.#nextOwn[gap] = this.#firstOwn[v]!
    this.#firstOwn[v] = gap
    const { peekStartOf, peekHighs, peekEntries } = this.#blocked
    const end = peekStartOf[v + 1]!
    if (peekStartOf[v] === end) return
    const start = lowerBound(peekHighs, gap, peekStartOf[v]!, end)
    for (;;) {
      const found = this.#waitingPeeks.first(start, end, gap)
      if (found === -1) return
      this.#waitingPeeks.remove(found)
      this.#wake(peekEntries[found]!, gap)
    }
  }

  #freed(gap: number): void {
    this.#free.add(gap)
    const { highs } = this.#blocked
    const start = lowerBound(highs, gap, 0, highs.length)
    for (;;) {
      const found = this.#waiting.first(start, highs.length, gap)
      if (found === -1) return
      this.#waiting.remove(found)
      this.#wake(found, gap)
    }
  }

  #wake(entry: number, gap: number): void {
    if (this.#awake[entry] === 1) return
    this.#awake[entry] = 1
    const { owners, peekOf } = this.#blocked
    const v = owners[entry]!
    if (peekOf[entry] !== -1) this.peeked[peekOf[entry]!] = gap
    if (--this.#blockedOf[v]! === 0) this.bottomUp[this.#size++] = v
  }
}
