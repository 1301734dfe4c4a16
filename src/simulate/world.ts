import type { HistoryEvent } from '../history/event.ts'
import type { Draws } from './draws.ts'
import { EventQueue } from './event-queue.ts'
import type { Chance } from './run.ts'
import type { Simulation } from './simulation.ts'

/**
 * Faults and what clients do come before whatever else happens at the same time, each in an order
 * of its own, so that it does not matter when they were planned.
 */
export const ORDER = { fault: 0, invoke: 1_000_000, rest: 2_000_000 } as const

/** What all parts of a run share: virtual time in microseconds, what is to come, and chance. */
export class World {
  readonly simulation: Simulation
  readonly draws: Draws
  readonly queue = new EventQueue()
  /** Nodes, then clients. */
  readonly names: readonly string[]
  readonly places: ReadonlyMap<string, number>
  readonly history: HistoryEvent[] = []
  /** What was left to chance, if somebody wants to know. */
  readonly chances: Chance[] | undefined
  now = 0
  /** How many steps the trace has, or would have. */
  step = 0
  /** The node whose handler runs; -1: none does. */
  running = -1
  handler = ''
  /** Told of every node whose handler has asked for a write, if somebody wants to know. */
  wrote: ((node: number) => void) | undefined
  #order: number = ORDER.rest

  constructor(simulation: Simulation, names: readonly string[], draws: Draws) {
    this.simulation = simulation
    this.draws = draws
    this.names = names
    this.chances = simulation.trace === true ? [] : undefined
    this.places = new Map(names.map((name, at) => [name, at]))
  }

  get ends(): number {
    return this.names.length
  }

  /** The order of what is planned now: after all that was planned for the same time. */
  order(): number {
    return this.#order++
  }

  add(time: number, kind: number, from: number, to: number, number: number, data: unknown): number {
    return this.queue.add(time, this.#order++, kind, from, to, number, data)
  }

  /** Something that had to wait happens now. */
  putOff(slot: number): void {
    this.queue.put(slot, this.now, this.#order++)
  }

  /** Writes down what a client saw, or what the nemesis did. */
  saw(event: HistoryEvent): void {
    event.time = this.now * 1000
    this.history.push(event)
  }
}
