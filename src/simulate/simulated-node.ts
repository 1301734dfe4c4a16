import type { View } from '../core/invariant.ts'
import type { TraceEvent } from '../core/trace.ts'
import type { CrashFault, Program, Request } from '../node/index.ts'
import type { Network } from './network.ts'
import { NodeDisk } from './node-disk.ts'
import { NodeFx } from './node-fx.ts'
import { NodeTimers } from './node-timers.ts'
import { KIND } from './event-queue.ts'
import type { Watcher } from './watcher.ts'
import type { World } from './world.ts'

/** One node of a run: the program's state, and everything around it that can fail. */
export class SimulatedNode {
  readonly at: number
  readonly disk: NodeDisk
  readonly timers: NodeTimers
  up = false
  /** Of each start. What was planned for a former life does not happen. */
  life = 0
  /** Stopped for ever, as one of those that were not healed. */
  frozen = false
  readonly #world: World
  readonly #network: Network
  readonly #watcher: Watcher
  readonly #program: Program
  readonly #fx: NodeFx
  #state: unknown
  /** How many writes were asked for before the handler that runs. */
  #askedBefore = 0
  #downs = 0
  #pauses = 0
  /** Slots of what happens when it goes on. */
  #held: number[] = []

  constructor(
    world: World,
    network: Network,
    watcher: Watcher,
    program: Program,
    at: number,
    notes: Map<string, number>,
  ) {
    this.at = at
    this.#world = world
    this.#network = network
    this.#watcher = watcher
    this.#program = program
    this.disk = new NodeDisk(world, at)
    this.timers = new NodeTimers(world, at)
    this.#fx = new NodeFx(world, network, this.disk, this.timers, at, notes)
  }

  get paused(): boolean {
    return this.#pauses > 0 || this.frozen
  }

  boot(): void {
    this.up = true
    this.life++
    this.disk.start()
    const { tracing } = this.#watcher
    const event: TraceEvent | undefined = tracing
      ? { type: 'boot', disk: this.disk.stored() }
      : undefined
    this.#begin('boot')
    this.#end(this.#program.boot(this.disk.image, this.#fx), event)
  }

  onMessage(slot: number): void {
    const { queue, names } = this.#world
    const from = names[queue.from[slot]!]!
    const message = queue.data[slot]
    const sent = queue.number[slot]!
    queue.free(slot)
    this.#begin('onMessage')
    const next = this.#program.onMessage(this.#state, from, message, this.#fx)
    this.#end(next, this.#watcher.tracing ? { type: 'message', from, message, sent } : undefined)
  }

  onRequest(slot: number): void {
    const { queue } = this.#world
    const request = queue.data[slot] as Request
    queue.free(slot)
    this.#begin('onRequest')
    const next = this.#program.onRequest(this.#state, request, this.#fx)
    this.#end(next, this.#watcher.tracing ? { type: 'request', request } : undefined)
  }

  onTimer(slot: number): void {
    const timer = this.timers.fire(slot)
    const { name } = timer
    this.#begin('onTimer')
    const next = this.#program.onTimer?.(this.#state, name, this.#fx) ?? this.#state
    this.#end(next, this.#watcher.tracing ? { type: 'timer', timer: name } : undefined)
    this.timers.forget(timer)
  }

  /** Its disk is done with what it was writing. */
  onDisk(slot: number): void {
    this.#world.queue.free(slot)
    const ticket = this.disk.complete()
    for (const { to, kind, number, content } of this.disk.released()) {
      this.#network.send(this.at, to, kind, number, content)
    }
    if (this.#program.onDurable === undefined) {
      this.disk.work(this.life)
      return
    }
    this.#begin('onDurable')
    const next = this.#program.onDurable(this.#state, ticket, this.#fx)
    this.#end(next, this.#watcher.tracing ? { type: 'durable', ticket } : undefined)
  }

  /** Keeps something until the node goes on. */
  hold(slot: number): void {
    this.#held.push(slot)
  }

  /** What it shows of itself; `undefined` while it is down. */
  get view(): View | undefined {
    return this.up ? this.#program.view(this.#state) : undefined
  }

  /** A crash begins, one of perhaps several at the same time; answers whether the node was up. */
  crash(disk: CrashFault['disk']): boolean {
    this.#downs++
    this.disk.crash(disk)
    if (!this.up) return false
    this.up = false
    this.#state = undefined
    this.timers.clear()
    for (const slot of this.#held) this.#world.queue.free(slot)
    this.#held = []
    if (this.#watcher.tracing) this.#watcher.step(this.at, { type: 'crash' }, [])
    this.#world.step++
    return true
  }

  /** A crash is over; answers whether the node may start again. */
  mayRestart(): boolean {
    this.#downs--
    return this.#downs === 0
  }

  pause(): void {
    this.#pauses++
  }

  resume(): void {
    this.#pauses--
    this.#goOn()
  }

  /** Everything that is wrong with it is over. */
  heal(): void {
    this.#downs = 0
    this.#pauses = 0
    this.disk.heal(this.life)
    if (!this.up) this.boot()
    else this.#goOn()
  }

  #goOn(): void {
    if (this.paused) return
    const held = this.#held
    this.#held = []
    for (const slot of held) {
      if (this.#world.queue.kind[slot] === KIND.timer) this.timers.putOff(slot)
      else this.#world.putOff(slot)
    }
  }

  #begin(handler: string): void {
    this.#world.running = this.at
    this.#world.handler = handler
    this.#askedBefore = this.disk.asked
    if (this.#watcher.tracing) this.#fx.effects = []
  }

  #end(state: unknown, event: TraceEvent | undefined): void {
    const before = this.#state
    this.#state = state
    if (state !== before) this.#watcher.changed(this.at, state)
    if (event !== undefined) this.#watcher.step(this.at, event, this.#fx.effects ?? [])
    this.#world.step++
    this.#world.running = -1
    if (this.disk.asked > this.#askedBefore) this.#world.wrote?.(this.at)
    this.disk.work(this.life)
  }
}
