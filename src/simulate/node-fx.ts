import type { Effect, Write } from '../core/trace.ts'
import type { Delay, ErrorName, Fx, NodeId, RequestId, Ticket } from '../node/index.ts'
import type { Answer } from './clients.ts'
import { KIND } from './event-queue.ts'
import type { Network } from './network.ts'
import type { NodeDisk } from './node-disk.ts'
import type { NodeTimers } from './node-timers.ts'
import type { World } from './world.ts'

/** What one node does, carried out at once: virtual time stands still while a handler runs. */
export class NodeFx implements Fx {
  readonly self: NodeId
  readonly nodes: readonly NodeId[]
  readonly others: readonly NodeId[]
  /** What the handler asked for, if somebody wants to know. */
  effects: Effect[] | undefined
  readonly notes: Map<string, number>
  readonly #world: World
  readonly #network: Network
  readonly #disk: NodeDisk
  readonly #timers: NodeTimers
  readonly #at: number
  readonly #wire: boolean
  readonly #clients: number
  #picks = 0

  constructor(
    world: World,
    network: Network,
    disk: NodeDisk,
    timers: NodeTimers,
    at: number,
    notes: Map<string, number>,
  ) {
    const { nodes, clients, wire } = world.simulation
    this.self = world.names[at]!
    this.nodes = world.names.slice(0, nodes)
    this.others = this.nodes.filter((node) => node !== this.self)
    this.notes = notes
    this.#world = world
    this.#network = network
    this.#disk = disk
    this.#timers = timers
    this.#at = at
    this.#wire = wire === true
    this.#clients = clients.count
  }

  send(to: NodeId, message: unknown, after?: Ticket): void {
    this.effects?.push({ type: 'send', to, message, ...since(after) })
    const place = this.#world.places.get(to)
    if (place === undefined || place >= this.nodes.length) {
      throw new RangeError(`${this.self} sends to '${to}', which is no node`)
    }
    this.#leave(place, KIND.message, this.#world.step, message, after)
  }

  reply(request: RequestId, result: unknown, after?: Ticket): void {
    this.effects?.push({ type: 'reply', request, result, ...since(after) })
    const answer: Answer = { result }
    this.#leave(this.#askerOf(request), KIND.answer, Number(request), answer, after)
  }

  fail(request: RequestId, error: ErrorName, ask?: NodeId): void {
    this.effects?.push({
      type: 'fail',
      request,
      error,
      ...(ask === undefined ? {} : { ask }),
    })
    const answer: Answer = ask === undefined ? { error } : { error, ask }
    this.#leave(this.#askerOf(request), KIND.answer, Number(request), answer, undefined)
  }

  setTimer(timer: string, ms: Delay): void {
    this.effects?.push({
      type: 'set-timer',
      timer,
      ms: typeof ms === 'number' ? ms : [ms[0], ms[1]],
    })
    this.#timers.set(timer, ms)
  }

  cancelTimer(timer: string): void {
    this.effects?.push({ type: 'cancel-timer', timer })
    this.#timers.cancel(timer)
  }

  put(key: string, value: unknown): Ticket {
    return this.#write({ type: 'put', key, value: this.#stored(value) })
  }

  append(log: string, record: unknown): Ticket {
    return this.#write({ type: 'append', log, record: this.#stored(record) })
  }

  truncate(log: string, from: number): Ticket {
    return this.#write({ type: 'truncate', log, from })
  }

  compact(log: string, before: number): Ticket {
    return this.#write({ type: 'compact', log, before })
  }

  pick<Option>(options: readonly Option[]): Option {
    if (options.length === 0) throw new RangeError('nothing to pick from')
    const world = this.#world
    const nth = ++this.#picks
    const { length } = options
    world.chances?.push({ type: 'pick', node: this.self, nth, time: world.now, options: length })
    const index = world.draws.pick(this.#at, nth, length)
    this.effects?.push({ type: 'pick', options: options.length, index })
    return options[index] as Option
  }

  now(): number {
    const ms = this.#timers.clockMs()
    this.effects?.push({ type: 'now', ms })
    return ms
  }

  note(label: string, data?: unknown): void {
    this.effects?.push({ type: 'note', label, ...(data === undefined ? {} : { data }) })
    this.notes.set(label, (this.notes.get(label) ?? 0) + 1)
  }

  #write(write: Write): Ticket {
    const ticket = this.#disk.write(write)
    this.effects?.push({ type: 'write', write, ticket })
    return ticket
  }

  #stored(value: unknown): unknown {
    return this.#wire ? (JSON.parse(JSON.stringify(value)) as unknown) : value
  }

  #leave(
    to: number,
    kind: number,
    number: number,
    content: unknown,
    after: Ticket | undefined,
  ): void {
    if (after === undefined || this.#disk.isDone(after)) {
      this.#network.send(this.#at, to, kind, number, content)
    } else {
      this.#disk.wait({ after, to, kind, number, content })
    }
  }

  /** The end of the client that made a request. */
  #askerOf(request: RequestId): number {
    if (typeof request !== 'number' || !Number.isInteger(request) || request < 0) {
      throw new RangeError(`${this.self} answers request '${request}', which nobody made`)
    }
    return this.nodes.length + (request % this.#clients)
  }
}

function since(after: Ticket | undefined): { after?: Ticket } {
  return after === undefined ? {} : { after }
}
