import type { Fault, FaultType } from '../node/index.ts'
import type { View } from '../core/invariant.ts'
import type { Clients } from './clients.ts'
import { KIND } from './event-queue.ts'
import { isTolerated } from './draw-faults.ts'
import { faultTarget, faultText, nemesisWords } from './fault-text.ts'
import type { Network } from './network.ts'
import { microseconds } from './network.ts'
import type { SimulatedNode } from './simulated-node.ts'
import type { Aim } from './simulation.ts'
import type { Watcher } from './watcher.ts'
import type { World } from './world.ts'
import { ORDER } from './world.ts'

/** An aimed crash comes within so many milliseconds. */
const SOON_MS = 10

/** Lets faults begin and end, and tells the history of it. */
export class Faults {
  readonly #world: World
  readonly #network: Network
  readonly #nodes: readonly SimulatedNode[]
  readonly #clients: Clients
  readonly #watcher: Watcher
  readonly #going = new Set<Fault>()
  /** Those that were planned, and crashes that were aimed. */
  readonly all: Fault[]
  readonly #aims: Int32Array
  #aimed = 0
  readonly counts: Partial<Record<FaultType, number>> = {}
  crashes = 0
  over = false
  readonly #spares: boolean
  readonly #spared = new Set<Fault>()

  constructor(
    world: World,
    network: Network,
    nodes: readonly SimulatedNode[],
    clients: Clients,
    watcher: Watcher,
  ) {
    this.#world = world
    this.#network = network
    this.#nodes = nodes
    this.#clients = clients
    this.#watcher = watcher
    // A schedule says what happens.
    this.#spares = world.simulation.spares === true && !world.draws.told
    this.all = [...world.simulation.faults]
    this.#aims = new Int32Array(nodes.length)
  }

  start(): void {
    for (const [index, fault] of this.all.entries()) this.#plan(index, fault)
  }

  /** A node has asked for a write: perhaps it crashes soon. */
  aim(node: number, { oneIn, crashes, downMs }: Aim): void {
    const { draws, now, names, simulation } = this.#world
    if (this.over || this.#aimed >= crashes) return
    const nth = 4 * this.#aims[node]!++
    if (draws.aim(node, nth, oneIn) > 0) return
    const at = Math.floor(now / 1000) + 1 + draws.aim(node, nth + 1, SOON_MS)
    const until = at + 1 + draws.aim(node, nth + 2, downMs)
    const disk = draws.aim(node, nth + 3, 4) === 0 ? 'torn' : 'lose'
    const crash = { type: 'crash', node: names[node]!, disk, at, until } as const
    if (!isTolerated(crash, this.all, simulation.tolerates, this.#nodes.length)) return
    this.#aimed++
    this.#plan(this.all.push(crash) - 1, crash)
  }

  /** Those that happened, or would have if the run had gone on. */
  get planned(): readonly Fault[] {
    return this.#spared.size === 0 ? this.all : this.all.filter((fault) => !this.#spared.has(fault))
  }

  due(slot: number): void {
    const { queue } = this.#world
    const number = queue.number[slot]!
    queue.free(slot)
    const fault = this.all[number >> 1]!
    // What is about a node that is not there does nothing.
    if (this.over || ('node' in fault && this.#nodeOf(fault.node) === undefined)) return
    if (number % 2 === 0) this.#begin(fault)
    else this.#end(fault)
  }

  /** No fault begins or goes on any more. Links and nodes are healed by whoever calls this. */
  endAll(): void {
    this.over = true
    for (const fault of this.#going) this.#tell(fault, 1)
    this.#going.clear()
  }

  #plan(index: number, { at, until }: Fault): void {
    const { queue } = this.#world
    const order = ORDER.fault + 2 * index
    queue.add(microseconds(at), order, KIND.fault, 0, 0, 2 * index, undefined)
    if (until === undefined) return
    const end = Math.max(microseconds(at), microseconds(until))
    queue.add(end, order + 1, KIND.fault, 0, 0, 2 * index + 1, undefined)
  }

  /** Whether nobody could go on any more, even if all came back with what they still have. */
  #isTheEnd(node: SimulatedNode): boolean {
    const { names, simulation } = this.#world
    const nodes = names.slice(0, this.#nodes.length)
    const viewOf = (name: string): View | undefined =>
      name === names[node.at] ? undefined : this.#nodeOf(name)?.view
    return simulation.program.enough?.(nodes, nodes, viewOf) === false
  }

  #begin(fault: Fault): void {
    if (this.#spares && fault.type === 'crash' && this.#isTheEnd(this.#nodeOf(fault.node)!)) {
      this.#spared.add(fault)
      return
    }
    this.#going.add(fault)
    this.counts[fault.type] = (this.counts[fault.type] ?? 0) + 1
    this.#tell(fault, 0)
    this.#watcher.befell(faultText(fault))
    switch (fault.type) {
      case 'crash':
        if (!this.#nodeOf(fault.node)!.crash(fault.disk)) return
        this.crashes++
        this.#clients.nodeStopped(this.#nodeOf(fault.node)!.at)
        return
      case 'pause':
        this.#nodeOf(fault.node)!.pause()
        return
      case 'clock-jump':
        this.#nodeOf(fault.node)!.timers.jump(fault.ms)
        return
      default:
        this.#change(fault, 1)
    }
  }

  #end(fault: Fault): void {
    if (!this.#going.delete(fault)) return
    this.#tell(fault, 1)
    if (fault.type === 'clock-jump') return
    if (fault.type !== 'crash') this.#watcher.befell(`no longer: ${faultText(fault)}`)
    switch (fault.type) {
      case 'crash': {
        const node = this.#nodeOf(fault.node)!
        if (!node.mayRestart()) return
        node.boot()
        this.#clients.nodeStarted(node.at)
        return
      }
      case 'pause':
        this.#nodeOf(fault.node)!.resume()
        return
      default:
        this.#change(fault, -1)
    }
  }

  #change(
    fault: Exclude<Fault, { readonly type: 'crash' | 'pause' | 'clock-jump' }>,
    sign: 1 | -1,
  ): void {
    switch (fault.type) {
      case 'disk-full': {
        const node = this.#nodeOf(fault.node)!
        node.disk.fill(sign, node.life)
        return
      }
      case 'disk-slow':
        this.#nodeOf(fault.node)!.disk.slow(fault.ms, sign)
        return
      case 'clock-skew':
        this.#nodeOf(fault.node)!.timers.skew(sign * fault.percent)
        return
      default:
        this.#network.apply(fault, sign)
    }
  }

  #tell(fault: Fault, which: 0 | 1): void {
    const f = nemesisWords(fault)[which]
    this.#world.saw({ process: 'nemesis', type: 'info', f, value: faultTarget(fault) })
  }

  #nodeOf(name: string): SimulatedNode | undefined {
    const place = this.#world.places.get(name)
    return place === undefined ? undefined : this.#nodes[place]
  }
}
