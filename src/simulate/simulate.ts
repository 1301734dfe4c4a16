import { Meter } from '../core/budget.ts'
import type { BoundHit } from '../core/verdict.ts'
import type { Program } from '../node/index.ts'
import { strict } from '../node/index.ts'
import { Clients } from './clients.ts'
import { Draws } from './draws.ts'
import { KIND } from './event-queue.ts'
import { Faults } from './faults.ts'
import { Network, microseconds } from './network.ts'
import { chooseCore } from './recovery.ts'
import type { Recovery, Run } from './run.ts'
import type { Deviation, Schedule, ScheduledOperation } from './schedule.ts'
import { SimulatedNode } from './simulated-node.ts'
import type { Simulation } from './simulation.ts'
import { Watcher } from './watcher.ts'
import { World } from './world.ts'

/**
 * Runs a cluster: first faults happen while clients ask, then some nodes are healed and must serve
 * everybody, then the final reads are asked for. Everything that is left to chance is drawn from
 * the seed; told a schedule, it is what the schedule says, and the faults of the schedule happen.
 */
export function simulate(simulation: Simulation, schedule?: Schedule): Run {
  const told = schedule === undefined ? simulation : { ...simulation, faults: schedule.faults }
  return new Simulator(told, schedule).run()
}

const STEPS = 20_000_000
const RECOVER_MS = 30_000
const UNDEMANDED_MS = 5000
/** The cluster comes to rest before the final reads. */
const QUIET_US = 1_000_000

class Simulator {
  readonly #simulation: Simulation
  readonly #schedule: Schedule | undefined
  readonly #world: World
  readonly #program: Program
  readonly #network: Network
  readonly #watcher: Watcher
  readonly #nodes: readonly SimulatedNode[]
  readonly #clients: Clients
  readonly #faults: Faults
  readonly #meter: Meter
  readonly #notes = new Map<string, number>()
  readonly #operations: ScheduledOperation[] = []
  readonly #deviations: Deviation[] = []
  #core: readonly string[] | undefined
  #recovery: Recovery = { outcome: 'not asked' }
  #bound: BoundHit | undefined
  readonly #counts = { message: 0, request: 0, timer: 0, disk: 0 }

  constructor(simulation: Simulation, schedule: Schedule | undefined) {
    const { seed, record, budget } = simulation
    const names = namesOf(simulation)
    const deviations = record === true ? this.#deviations : undefined
    const draws = new Draws(seed, names, schedule?.deviations, deviations)
    const world = new World(simulation, names, draws)
    const network = new Network(world)
    const program = simulation.strict === true ? strict(simulation.program) : simulation.program
    const watcher = new Watcher(world, program)
    this.#simulation = simulation
    this.#schedule = schedule
    this.#world = world
    this.#network = network
    this.#program = program
    this.#watcher = watcher
    this.#nodes = Array.from(
      { length: simulation.nodes },
      (_, at) => new SimulatedNode(world, network, watcher, program, at, this.#notes),
    )
    this.#clients = new Clients(
      world,
      network,
      (node) => this.#nodes[node]!.up,
      schedule?.operations,
      record === true ? this.#operations : undefined,
    )
    this.#faults = new Faults(world, network, this.#nodes, this.#clients, watcher)
    this.#meter = new Meter({ steps: STEPS, ...budget })
  }

  run(): Run {
    try {
      this.#phases()
    } catch (error) {
      this.#threw(error)
    }
    return this.#result()
  }

  /** Each phase is over early if something is found to be wrong, or the budget is used up. */
  #phases(): void {
    const { forMs, aim } = this.#simulation
    this.#faults.start()
    if (aim !== undefined && this.#schedule === undefined) {
      this.#world.wrote = (node) => this.#faults.aim(node, aim)
    }
    for (const node of this.#nodes) node.boot()
    this.#clients.start()
    if (!this.#until(microseconds(forMs))) return
    if (!this.#heal()) return
    const began = this.#world.now
    if (!this.#served('recovery')) return
    if (this.#recovery.outcome === 'recovered') {
      this.#recovery = { ...this.#recovery, ms: (this.#world.now - began) / 1000 }
    }
    this.#clients.rest()
    if (!this.#until(this.#world.now + QUIET_US)) return
    this.#served('last')
  }

  /** Lets everything happen that happens before this time, which it is then. */
  #until(end: number): boolean {
    const { queue } = this.#world
    while (queue.next < end) {
      if (!this.#step()) return false
    }
    this.#world.now = end
    return true
  }

  /** Lets clients ask until all are served; true if they are, or need not be. */
  #served(phase: 'recovery' | 'last'): boolean {
    const { recovers } = this.#simulation
    // Where nothing is demanded, clients are given some time all the same.
    const { recoverMs = recovers === false ? UNDEMANDED_MS : RECOVER_MS } = this.#simulation
    const world = this.#world
    const end = world.now + microseconds(recoverMs)
    this.#clients.begin(phase, end)
    while (this.#clients.unserved > 0) {
      if (world.queue.next > end) {
        if (recovers === false) return true
        this.#stalled(recoverMs)
        return false
      }
      if (!this.#step()) return false
    }
    return true
  }

  #stalled(ms: number): void {
    const core = this.#core ?? []
    const after = `within ${ms / 1000} s after ${core.join(', ')} were healed`
    const sentence = `not served ${after}: ${this.#clients.unservedText()}`
    this.#watcher.fail({ kind: 'stalled', name: 'recovers', sentence })
    this.#recovery = { outcome: 'stalled', core, ms }
  }

  /** The next event; false: the run is over. */
  #step(): boolean {
    const world = this.#world
    const { queue } = world
    const time = queue.next
    const slot = queue.take()
    world.now = time
    switch (queue.kind[slot]) {
      case KIND.message:
        this.#message(slot)
        break
      case KIND.timer:
        this.#timer(slot)
        break
      case KIND.disk:
        this.#disk(slot)
        break
      case KIND.request:
        this.#request(slot)
        break
      case KIND.answer:
        if (this.#network.passes(slot)) this.#clients.answered(slot)
        break
      case KIND.invoke:
        this.#clients.due(slot)
        break
      case KIND.timeout:
        this.#clients.timedOut(slot)
        break
      case KIND.again:
        this.#clients.again(slot)
        break
      default:
        this.#faults.due(slot)
    }
    if (this.#watcher.failure !== undefined) return false
    if (this.#meter.step()) return true
    const seconds = (world.now / 1_000_000).toFixed(1)
    this.#bound = this.#meter.hit(`nothing was wrong in the first ${seconds} simulated seconds`)
    return false
  }

  #message(slot: number): void {
    const { queue } = this.#world
    const node = this.#nodes[queue.to[slot]!]!
    if (!this.#network.passes(slot)) return
    if (!node.up) {
      this.#network.messagesLost++
      queue.free(slot)
    } else if (node.paused) node.hold(slot)
    else {
      this.#counts.message++
      node.onMessage(slot)
    }
  }

  #request(slot: number): void {
    const node = this.#nodes[this.#world.queue.to[slot]!]!
    if (!this.#network.passes(slot)) return
    if (!node.up) this.#clients.refused(slot)
    else if (node.paused) node.hold(slot)
    else {
      this.#counts.request++
      node.onRequest(slot)
    }
  }

  #timer(slot: number): void {
    const node = this.#nodes[this.#world.queue.to[slot]!]!
    if (!node.timers.isDue(slot)) return
    if (node.paused) node.hold(slot)
    else {
      this.#counts.timer++
      node.onTimer(slot)
    }
  }

  #disk(slot: number): void {
    const { queue } = this.#world
    const node = this.#nodes[queue.to[slot]!]!
    // What a crash interrupted is not completed.
    if (!node.up || queue.number[slot] !== node.life) queue.free(slot)
    else if (node.paused) node.hold(slot)
    else {
      this.#counts.disk++
      node.onDisk(slot)
    }
  }

  /** Heals some nodes, stops all others for ever; false: no nodes would be enough. */
  #heal(): boolean {
    const world = this.#world
    const { tolerates } = this.#simulation
    const conditions = this.#nodes.map(({ at, up, disk, view }) => ({
      name: world.names[at]!,
      up,
      harmed: disk.harmed,
      view,
    }))
    const schedule = this.#schedule
    const choice = schedule === undefined ? world.draws.random('core', 0) : schedule.core
    const chosen = chooseCore(this.#program, tolerates, conditions, choice)
    const { core } = chosen
    if (core === undefined) {
      this.#recovery = { outcome: 'not recoverable', because: chosen.because }
      return false
    }
    this.#core = core
    if (this.#simulation.recovers !== false) this.#recovery = { outcome: 'recovered', core, ms: 0 }
    this.#faults.endAll()
    const places = core.map((name) => world.places.get(name)!)
    const left = this.#nodes.filter(({ at }) => !places.includes(at))
    this.#watcher.befell(
      healedText(
        core,
        left.map(({ at }) => world.names[at]!),
      ),
    )
    for (const node of left) node.frozen = true
    const clients = Array.from(
      { length: this.#simulation.clients.count },
      (_, client) => this.#nodes.length + client,
    )
    this.#network.heal(new Set([...places, ...clients]))
    this.#clients.leave(places)
    for (const place of places) this.#nodes[place]!.heal()
    return true
  }

  #threw(error: unknown): void {
    const { running, names, handler } = this.#world
    // Only what a handler throws is the protocol's fault.
    if (running < 0) throw error
    const node = names[running]!
    const known = error instanceof Error ? error : new Error(String(error))
    this.#watcher.fail({
      kind: 'exception',
      name: known.name,
      sentence: `${handler} of ${node} threw ${known.name}: ${known.message}`,
      node,
      ...(known.stack === undefined ? {} : { stack: known.stack }),
    })
  }

  #result(): Run {
    const { name, options, mutant, nodes, seed, record } = this.#simulation
    const { failure, trace } = this.#watcher
    const { message, request, timer, disk } = this.#counts
    const world = this.#world
    const bound = this.#bound
    return {
      outcome: failure !== undefined ? 'fail' : bound !== undefined ? 'unknown' : 'pass',
      ...(failure === undefined ? {} : { failure }),
      ...(bound === undefined ? {} : { bound }),
      history: world.history,
      header: {
        trace: 1,
        protocol: name,
        parameters: options ?? {},
        ...(mutant === undefined ? {} : { mutant }),
        nodes: world.names.slice(0, nodes),
        host: 'simulator',
        seed,
      },
      trace,
      chances: world.chances ?? [],
      ...(record !== true
        ? {}
        : {
            schedule: {
              operations: this.#operations,
              faults: this.#faults.planned,
              deviations: this.#deviations,
              ...(this.#core === undefined ? {} : { core: this.#core }),
            },
          }),
      recovery: this.#recovery,
      stats: {
        events: message + request + timer + disk,
        messages: message,
        requests: request,
        timers: timer,
        diskCompletions: disk,
        lost: this.#network.messagesLost,
        doubled: this.#network.messagesDoubled,
        ...this.#clients.counts,
        crashes: this.#faults.crashes,
        faults: this.#faults.counts,
        simulatedMs: world.now / 1000,
        notes: Object.fromEntries(this.#notes),
      },
    }
  }
}

/** The ends of all links: nodes, then clients. */
function namesOf({ nodes, clients }: Simulation): string[] {
  return [
    ...Array.from({ length: nodes }, (_, at) => `n${at + 1}`),
    ...Array.from({ length: clients.count }, (_, at) => `c${at + 1}`),
  ]
}

function healedText(core: readonly string[], left: readonly string[]): string {
  const healed = `${core.join(', ')} are healed`
  return left.length === 0 ? healed : `${healed}, ${left.join(', ')} cut off and stopped`
}
