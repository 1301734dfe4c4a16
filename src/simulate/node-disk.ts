import type { StoredDisk, Write } from '../core/trace.ts'
import type { CrashFault, Ticket } from '../node/index.ts'
import { DiskImage } from '../node/index.ts'
import { KIND } from './event-queue.ts'
import { CALM_US, microseconds } from './network.ts'
import type { World } from './world.ts'

/** What leaves a node once a write is on its disk. */
export interface Waiting {
  readonly after: Ticket
  readonly to: number
  readonly kind: number
  readonly number: number
  readonly content: unknown
}

/**
 * The disk of one node. Whatever waits to be written when the disk is free is written at once, as
 * one `fsync` does; what comes meanwhile waits for the next time.
 */
export class NodeDisk {
  readonly #world: World
  readonly #node: number
  readonly #least: number
  #most: number
  image = new DiskImage()
  /** Asked for, and not on the disk. */
  #pending: Write[] = []
  #waiting: Waiting[] = []
  /** The last ticket that was given, and the last whose write is on the disk. */
  #tickets: Ticket = 0
  #done: Ticket = 0
  /** How many of the pending writes are being written; 0: the disk is free. */
  #writing = 0
  /** How many faults make it full, and by how much they slow it down. */
  #full = 0
  #slower = 0
  #busy = 0
  #crashes = 0
  /** Lost its contents, or a record that was done: what it says cannot be relied on. */
  harmed = false

  constructor(world: World, node: number) {
    const [least, most] = world.simulation.disk.writeMs
    this.#world = world
    this.#node = node
    this.#least = microseconds(least)
    this.#most = Math.max(this.#least, microseconds(most))
  }

  /** A node that starts counts its tickets from 1. */
  start(): void {
    this.#tickets = 0
    this.#done = 0
  }

  write(write: Write): Ticket {
    this.#pending.push(write)
    return ++this.#tickets
  }

  isDone(ticket: Ticket): boolean {
    return ticket <= this.#done
  }

  wait(waiting: Waiting): void {
    this.#waiting.push(waiting)
  }

  /** How many writes were asked for in this life. */
  get asked(): number {
    return this.#tickets
  }

  /** Begins to write if there is something to write. */
  work(life: number): void {
    if (this.#pending.length === 0 || this.#writing > 0 || this.#full > 0) return
    const { draws, now, names, chances } = this.#world
    this.#writing = this.#pending.length
    const nth = ++this.#busy
    chances?.push({ type: 'disk', node: names[this.#node]!, nth, time: now })
    const took = draws.disk(this.#node, nth, this.#least, this.#most) + this.#slower
    this.#world.add(now + took, KIND.disk, this.#node, this.#node, life, undefined)
  }

  /** What was being written is on the disk; answers with its last ticket. */
  complete(): Ticket {
    const pending = this.#pending
    const count = this.#writing
    this.#writing = 0
    for (let at = 0; at < count; at++) this.#apply(pending[at]!)
    if (count === pending.length) pending.length = 0
    else pending.splice(0, count)
    this.#done += count
    return this.#done
  }

  /** What may leave now, in the order in which it was asked for. */
  released(): readonly Waiting[] {
    const waiting = this.#waiting
    if (waiting.length === 0) return waiting
    const done = this.#done
    const later = waiting.filter(({ after }) => after > done)
    if (later.length === waiting.length) return NOTHING
    this.#waiting = later
    return later.length === 0 ? waiting : waiting.filter(({ after }) => after <= done)
  }

  /** The node stops: some of what was not yet done is kept, and then something may be damaged. */
  crash(disk: CrashFault['disk'] = 'lose'): void {
    const { draws, now, names, chances } = this.#world
    const pending = this.#pending
    const nth = ++this.#crashes
    chances?.push({ type: 'crash', node: names[this.#node]!, nth, time: now })
    const kept = disk === 'keep' ? pending.length : draws.kept(this.#node, nth, pending.length)
    for (const write of pending.slice(0, kept)) this.#apply(write)
    const torn = disk === 'torn' ? pending[kept] : undefined
    if (torn !== undefined) this.#damaged([...this.image.damaged, nameOf(torn)])
    if (disk === 'corrupt') this.#corrupt(nth)
    if (disk === 'wipe') {
      this.image = new DiskImage()
      this.harmed = true
    }
    this.#pending = []
    this.#waiting = []
    this.#writing = 0
  }

  stored(): StoredDisk {
    return this.image.stored()
  }

  /** A fault begins (`sign` 1) or ends (-1). */
  fill(sign: 1 | -1, life: number): void {
    this.#full += sign
    this.work(life)
  }

  slow(ms: number, sign: 1 | -1): void {
    this.#slower += sign * microseconds(ms)
  }

  heal(life: number): void {
    this.#full = 0
    this.#slower = 0
    this.#most = Math.max(this.#least, Math.min(this.#most, CALM_US))
    this.work(life)
  }

  /** Who writes to what was damaged has seen it, and it is good again. */
  #apply(write: Write): void {
    this.image.apply(write)
    const { damaged } = this.image
    if (damaged.length === 0) return
    const name = nameOf(write)
    if (damaged.includes(name)) this.#damaged(damaged.filter((other) => other !== name))
  }

  /**
   * A write that was half done does not count, and what it was to change is as it was before; but
   * the node is told.
   */
  #damaged(names: readonly string[]): void {
    this.image = DiskImage.from({ ...this.image.stored(), damaged: [...new Set(names)] })
  }

  #corrupt(nth: number): void {
    const { values, logs } = this.image.stored()
    const places: [name: string, index: number][] = Object.keys(values).map((key) => [key, 0])
    for (const [name, { first, records }] of Object.entries(logs)) {
      for (const index of records.keys()) places.push([name, first + index])
    }
    if (places.length === 0) return
    const back = this.#world.draws.damaged(this.#node, nth, places.length)
    const [name, index] = places[places.length - 1 - back]!
    this.image.damage(name, index)
    this.harmed = true
  }
}

const NOTHING: readonly Waiting[] = []

function nameOf(write: Write): string {
  return write.type === 'put' ? write.key : write.log
}
