import type { HistoryMoment } from '../core/monitor.ts'
import type {
  Effect,
  StoredDisk,
  TraceEvent,
  TraceHeader,
  TraceStep,
  Write,
} from '../core/trace.ts'
import type { Program } from '../node/index.ts'
import { RecordedFx, runStep } from '../node/index.ts'
import type { ComposeOptions } from './bounds.ts'
import { momentOf } from './composed-parts.ts'
import type { ComposedStep } from './composed-step.ts'
import { written } from './local-step.ts'
import type { ScriptedRequest } from './local-steps.ts'
import { tracedRequest } from './local-steps.ts'
import { toldOf } from './told.ts'

/** What an explored path is told as: the file that all hosts write. */
export interface ComposedTrace {
  readonly header: TraceHeader
  readonly steps: readonly TraceStep[]
  /** What clients did and saw, in order. */
  readonly moments: readonly HistoryMoment[]
}

/** Between two steps, in microseconds: time means nothing here but order. */
const STEP_US = 1000

/**
 * Takes the steps of an explored path with the real code once more, each node living one life from
 * start to crash as in any other host: its trace, which can be replayed, validated and drawn.
 */
export function tracedPath(
  program: Program,
  about: Omit<TraceHeader, 'trace' | 'host'>,
  requests: readonly ScriptedRequest[],
  path: readonly ComposedStep[],
  options: Pick<ComposeOptions, 'disk' | 'loopback' | 'clock'> = {},
): ComposedTrace {
  const cluster = new RetakenCluster(program, about.nodes, requests, options)
  for (const step of path) cluster.take(step)
  const { steps, clients } = cluster
  return { header: { trace: 1, ...about, host: 'explorer' }, steps, moments: clients.moments }
}

type ToldClient = Extract<Effect, { readonly type: 'reply' | 'fail' }>

/** What clients wait for, and what they hear. */
class RetakenClients {
  readonly moments: HistoryMoment[] = []
  readonly #requests: readonly ScriptedRequest[]
  readonly #waits = new Set<number>()

  constructor(requests: readonly ScriptedRequest[]) {
    this.#requests = requests
  }

  ask(request: number): void {
    // A request that is made again is the same operation.
    if (this.#waits.has(request)) return
    this.#waits.add(request)
    this.moments.push(momentOf(this.#requests, request, undefined))
  }

  hear(effect: ToldClient): void {
    const told = toldOf(effect)
    if (!this.#waits.delete(told.request)) return
    this.moments.push(momentOf(this.#requests, told.request, told))
  }

  giveUp(request: number): void {
    this.#waits.delete(request)
    const told = { request, type: 'info', elsewhere: false, result: null } as const
    this.moments.push(momentOf(this.#requests, request, told))
  }
}

interface Life {
  readonly fx: RecordedFx
  state: unknown
  /** Asked for and not on the disk. */
  pending: Write[]
  /** Sent to itself, where that is dealt with at once. */
  own: unknown[]
  /** Answers that wait for a write. */
  held: ToldClient[]
  /** The last ticket whose write is on the disk. */
  done: number
}

class RetakenCluster {
  readonly steps: TraceStep[] = []
  readonly clients: RetakenClients
  readonly #program: Program
  readonly #names: readonly string[]
  readonly #requests: readonly ScriptedRequest[]
  readonly #slow: boolean
  readonly #loopback: boolean
  readonly #clock: number
  readonly #lives = new Map<string, Life>()
  readonly #disks = new Map<string, StoredDisk>()
  /** The steps that sent a message, by its text: the latest counts. */
  readonly #sent = new Map<string, number>()
  #picks: readonly number[] = []
  #picked = 0

  constructor(
    program: Program,
    names: readonly string[],
    requests: readonly ScriptedRequest[],
    { disk, loopback, clock = 0 }: Pick<ComposeOptions, 'disk' | 'loopback' | 'clock'>,
  ) {
    this.#program = program
    this.#names = names
    this.#requests = requests
    this.#slow = disk === 'slow'
    this.#loopback = loopback === 'at-once'
    this.#clock = clock
    this.clients = new RetakenClients(requests)
    for (const name of names) {
      this.#disks.set(name, { values: {}, logs: {}, damaged: [] })
      this.#boot(name, undefined)
    }
  }

  take(step: ComposedStep): void {
    const { type, node = '', crashedAfter, picks = [] } = step
    this.#picks = picks
    this.#picked = 0
    switch (type) {
      case 'crash':
        this.#crash(node, step)
        return
      case 'restart':
        this.#boot(node, crashedAfter)
        break
      case 'gives up':
        this.clients.giveUp(this.#requestOf(step))
        this.#add(undefined, { type: 'fault', label: labelOf(step) }, [], undefined)
        return
      case 'lost':
        this.#add(undefined, { type: 'fault', label: labelOf(step) }, [], undefined)
        return
      case 'durable':
        this.#write(node, this.#lives.get(node)!.pending.length)
        return
      default:
        this.#run(node, this.#eventOf(step), crashedAfter)
    }
    if (crashedAfter !== undefined) this.#crash(node, step)
  }

  #requestOf({ client, serial }: ComposedStep): number {
    return this.#requests.findIndex(
      (request) => request.name === client && request.serial === serial,
    )
  }

  #eventOf(step: ComposedStep): TraceEvent {
    const { type, from = '', message, timer = '' } = step
    if (type === 'timer') return { type, timer }
    if (type === 'message') {
      const sent = this.#sent.get(JSON.stringify(message))
      return { type, from, message, ...(sent === undefined ? {} : { sent }) }
    }
    const index = this.#requestOf(step)
    this.clients.ask(index)
    return { type: 'request', request: tracedRequest(this.#requests[index]!, index) }
  }

  #boot(node: string, until: number | undefined): void {
    const choices = {
      pick: () => this.#picks[this.#picked++] ?? 0,
      now: () => this.#clock,
    }
    const fx = new RecordedFx(node, this.#names, choices)
    this.#lives.set(node, { fx, state: undefined, pending: [], own: [], held: [], done: 0 })
    this.#run(node, { type: 'boot', disk: this.#disks.get(node)! }, until)
  }

  /** Runs a handler, and where the disk is fast what follows from it. */
  #run(node: string, event: TraceEvent, until = Infinity): void {
    const life = this.#lives.get(node)!
    let left = until
    this.#handle(node, life, event)
    if (this.#slow) return
    for (let heard = 0; ;) {
      if (life.pending.length > 0) {
        const count = Math.min(life.pending.length, left)
        left -= count
        if (!this.#write(node, count)) return
        continue
      }
      const next = this.#loopback ? life.own[heard++] : undefined
      if (next === undefined) break
      const sent = this.#sent.get(JSON.stringify(next))
      const told = { type: 'message', from: node, message: next } as const
      this.#handle(node, life, { ...told, ...(sent === undefined ? {} : { sent }) })
    }
    life.own = []
  }

  #handle(node: string, life: Life, event: TraceEvent): void {
    life.state = runStep(this.#program, life.state, event, life.fx)
    const effects = life.fx.take()
    for (const effect of effects) {
      if (effect.type === 'write') life.pending.push(effect.write)
      if (effect.type === 'send' && effect.to === node) life.own.push(effect.message)
      if (effect.type === 'reply' || effect.type === 'fail') life.held.push(effect)
    }
    this.#answer(life)
    this.#add(node, event, effects, life)
  }

  /** So many of the pending writes are done; answers whether that was all, and the node goes on. */
  #write(node: string, count: number): boolean {
    const life = this.#lives.get(node)!
    this.#keep(node, life.pending.splice(0, count))
    life.done += count
    this.#answer(life)
    if (life.pending.length > 0) return false
    if (this.#program.onDurable !== undefined) {
      this.#handle(node, life, { type: 'durable', ticket: life.done })
    }
    return true
  }

  /** Clients hear what waits for no write. */
  #answer(life: Life): void {
    const ready = (effect: ToldClient): boolean =>
      effect.type === 'fail' || (effect.after ?? 0) <= life.done
    for (const effect of life.held.filter(ready)) this.clients.hear(effect)
    life.held = life.held.filter((effect) => !ready(effect))
  }

  #crash(node: string, { crashedAfter = 0, torn }: ComposedStep): void {
    const life = this.#lives.get(node)!
    // A crash by itself says how many of the pending writes were done.
    if (life.pending.length > 0 && this.#slow)
      this.#keep(node, life.pending.splice(0, crashedAfter))
    const half = life.pending[0]
    if (torn === true && half !== undefined) {
      const disk = this.#disks.get(node)!
      const name = half.type === 'put' ? half.key : half.log
      this.#disks.set(node, { ...disk, damaged: [...new Set([...disk.damaged, name])] })
    }
    this.#lives.delete(node)
    this.#add(node, { type: 'crash' }, [], undefined)
  }

  #keep(node: string, writes: readonly Write[]): void {
    this.#disks.set(node, written(this.#disks.get(node)!, writes))
  }

  #add(
    node: string | undefined,
    event: TraceEvent,
    effects: readonly Effect[],
    life: Life | undefined,
  ): void {
    const step = this.steps.length
    for (const effect of effects) {
      if (effect.type === 'send') this.#sent.set(JSON.stringify(effect.message), step)
    }
    this.steps.push({
      step,
      time: step * STEP_US,
      ...(node === undefined ? {} : { node }),
      event,
      effects,
      ...(life === undefined ? {} : { view: this.#program.view(life.state) }),
    })
  }
}

function labelOf({ type, client, node, from }: ComposedStep): string {
  return type === 'lost'
    ? `a message from ${from ?? ''} to ${node ?? ''} is lost`
    : `${client ?? ''} gives up`
}
