import type { Delay } from '../node/index.ts'
import { KIND } from './event-queue.ts'
import { microseconds } from './network.ts'
import type { World } from './world.ts'

/**
 * A timer of a node. One that is set again stays in the queue, and is moved when its turn comes.
 */
export interface Timer {
  readonly name: string
  set: boolean
  due: number
  order: number
  /** Its slot in the queue; -1: none. */
  slot: number
  /** When that slot comes. */
  queued: number
}

/** The timers and the clock of one node. Both run at the speed of its clock. */
export class NodeTimers {
  readonly #world: World
  readonly #node: number
  readonly #timers = new Map<string, Timer>()
  /**
   * What the clock showed at some moment, in microseconds, and by how many percent it is too fast.
   */
  #shown = 0
  #since = 0
  #percent = 0
  #draws = 0

  constructor(world: World, node: number) {
    this.#world = world
    this.#node = node
  }

  set(name: string, delay: Delay): void {
    const world = this.#world
    const local =
      typeof delay === 'number' ? microseconds(delay) : this.#drawn(name, delay[0], delay[1])
    // A timer that is set when the clock is set right goes on with the speed it had.
    const took = this.#percent === 0 ? local : Math.round((local * 100) / (100 + this.#percent))
    const due = world.now + Math.max(1, took)
    let timer = this.#timers.get(name)
    if (timer === undefined) {
      timer = { name, set: false, due: 0, order: 0, slot: -1, queued: Infinity }
      this.#timers.set(name, timer)
    }
    timer.set = true
    timer.due = due
    timer.order = world.order()
    if (timer.slot < 0 || timer.queued > due) this.#enqueue(timer)
  }

  cancel(name: string): void {
    const timer = this.#timers.get(name)
    if (timer === undefined) return
    timer.set = false
    this.#timers.delete(name)
  }

  /** Whether a slot that came means that its timer is due now; otherwise it is put off or freed. */
  isDue(slot: number): boolean {
    const { queue } = this.#world
    const timer = queue.data[slot] as Timer
    if (timer.slot !== slot || !timer.set) {
      if (timer.slot === slot) timer.slot = -1
      queue.free(slot)
      return false
    }
    if (timer.order === queue.order[slot]) return true
    timer.queued = timer.due
    queue.put(slot, timer.due, timer.order)
    return false
  }

  /** The timer of this slot runs off; the slot is free again. */
  fire(slot: number): Timer {
    const { queue } = this.#world
    const timer = queue.data[slot] as Timer
    timer.set = false
    timer.slot = -1
    queue.free(slot)
    return timer
  }

  /** Forgets a timer that ran off and was not set again. */
  forget(timer: Timer): void {
    if (!timer.set && this.#timers.get(timer.name) === timer) this.#timers.delete(timer.name)
  }

  /** A timer that had to wait runs off now. */
  putOff(slot: number): void {
    const { queue, now } = this.#world
    const timer = queue.data[slot] as Timer
    timer.due = now
    timer.queued = now
    timer.order = this.#world.order()
    queue.put(slot, now, timer.order)
  }

  /** The node stops. */
  clear(): void {
    for (const timer of this.#timers.values()) timer.set = false
    this.#timers.clear()
  }

  clockMs(): number {
    return Math.floor(this.#clock() / 1000)
  }

  skew(percent: number): void {
    this.#shown = this.#clock()
    this.#since = this.#world.now
    this.#percent += percent
  }

  jump(ms: number): void {
    this.#shown += microseconds(ms)
  }

  #clock(): number {
    const passed = this.#world.now - this.#since
    return this.#shown + Math.floor((passed * (100 + this.#percent)) / 100)
  }

  #drawn(timer: string, leastMs: number, mostMs: number): number {
    const [least, most] = [microseconds(leastMs), microseconds(mostMs)]
    const world = this.#world
    const nth = ++this.#draws
    const node = world.names[this.#node]!
    world.chances?.push({ type: 'timer', node, nth, time: world.now, timer })
    return world.draws.timer(this.#node, nth, least, Math.max(least, most))
  }

  #enqueue(timer: Timer): void {
    const { queue } = this.#world
    timer.queued = timer.due
    timer.slot = queue.add(timer.due, timer.order, KIND.timer, this.#node, this.#node, 0, timer)
  }
}
