import { IntList } from '../core/int-list.ts'

/** Of each step that sleeps: its name, and what it has to do with. */
const ENTRY = 2

/**
 * Of two steps that are in nobody's way only one order is taken (sleep sets; Godefroid 1996,
 * chapter 5), in a breadth-first search by one thread. In each state some steps sleep: those taken
 * before the steps that led here, and have nothing to do with them.
 *
 * What sleeps in a state is what sleeps on the way by which it was found. Of all shortest ways to a
 * state that is the first one, in the order in which steps are tried: were one of its own steps
 * asleep, it could be taken earlier, where it was tried before another one, and lead here by a way
 * that comes before. So every state is found as soon as without, and by the same way.
 *
 * A step that leads out of bounds never sleeps, as the states that it would have led to are not
 * gone on from. Bounds are about nodes one by one, so that another order of steps keeps them.
 */
export class Sleeper {
  /** Steps that were taken, and that were not. */
  taken = 0
  slept = 0
  /** Of each state of this level and the next one: where its entries are, and how many. */
  readonly #starts = new IntList()
  readonly #lengths = new IntList()
  #here = new IntList()
  #next = new IntList()
  /** The first state that is not of the level that is gone on from. */
  #levelEnd = 0
  #count = 0
  #active = false
  /** What sleeps in the state that is gone on from, and then what was taken from it. */
  readonly #before = new IntList(1 << 8)
  #inherited = 0
  /** What the step that is taken now has to do with, and all its ways. */
  #mask = 0
  #group = 0
  #emitted = false
  #isMet = true
  #within = true

  /** The state that is gone on from next has this number. */
  goOnFrom(state: number): void {
    if (state === this.#levelEnd) {
      const done = this.#here
      this.#here = this.#next
      this.#next = done
      done.length = 0
      this.#levelEnd = this.#count
    }
    this.#active = true
    this.#before.length = 0
    const start = this.#starts.data[state]!
    const end = start + this.#lengths.data[state]! * ENTRY
    for (let at = start; at < end; at++) this.#before.push(this.#here.data[at]!)
    this.#inherited = this.#before.length
  }

  /** All steps of the state were looked at. */
  done(): void {
    this.#active = false
  }

  isAsleep(step: number): boolean {
    if (!this.#active) return false
    for (let at = 0; at < this.#inherited; at += ENTRY) {
      if (this.#before.data[at] !== step) continue
      this.slept++
      return true
    }
    return false
  }

  /** A step begins, of which there may be several ways. */
  begin(): void {
    this.#group = 0
    this.#emitted = false
    this.#within = true
  }

  /** One way of it is emitted next, and has to do with this. */
  way(mask: number): void {
    this.#mask = mask
    this.#group |= mask
    this.#emitted = true
    // Who hears of the state says that it is.
    this.#isMet = false
  }

  /** The way was emitted. */
  ended(): void {
    if (!this.#isMet) this.#within = false
  }

  /** The step is over: from now on it sleeps. */
  end(step: number): void {
    if (!this.#active || !this.#emitted) return
    this.taken++
    if (!this.#within) return
    this.#before.push(step)
    this.#before.push(this.#group)
  }

  /** The state that was emitted last has this number, `~number` if it is new. */
  met(number: number): void {
    this.#isMet = true
    if (number < 0) this.#add(~number)
  }

  #add(state: number): void {
    this.#count = state + 1
    const next = this.#next
    this.#starts.push(next.length)
    const { data, length } = this.#before
    let entries = 0
    for (let at = 0; this.#active && at < length; at += ENTRY) {
      if ((data[at + 1]! & this.#mask) !== 0) continue
      next.push(data[at]!)
      next.push(data[at + 1]!)
      entries++
    }
    this.#lengths.push(entries)
  }
}

/** What a step has to do with, as bits: what shares a bit is taken to be in each other's way. */
export const FOOTPRINT = {
  node: (node: number): number => 1 << (node & 7),
  histories: 1 << 8,
  client: (client: number): number => 1 << (9 + (client % 6)),
} as const
