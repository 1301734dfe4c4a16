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
import type { ComposedStep } from './composed-step.ts'
import { written } from './local-step.ts'
import type { ScriptedRequest } from './local-steps.ts'
import { tracedRequest } from './local-steps.ts'

/** What an explored path is told as: the file that all hosts write. */
export interface ComposedTrace {
  readonly header: TraceHeader
  readonly steps: readonly TraceStep[]
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
  disk: 'at-once' | 'slow',
): ComposedTrace {
  const cluster = new RetakenCluster(program, about.nodes, requests, disk)
  for (const step of path) cluster.take(step)
  return { header: { trace: 1, ...about, host: 'explorer' }, steps: cluster.steps }
}

interface Life {
  readonly fx: RecordedFx
  state: unknown
  /** Asked for and not on the disk. */
  pending: Write[]
  /** The last ticket whose write is on the disk. */
  done: number
}

class RetakenCluster {
  readonly steps: TraceStep[] = []
  readonly #program: Program
  readonly #names: readonly string[]
  readonly #requests: readonly ScriptedRequest[]
  readonly #slow: boolean
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
    disk: 'at-once' | 'slow',
  ) {
    this.#program = program
    this.#names = names
    this.#requests = requests
    this.#slow = disk === 'slow'
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
      case 'lost':
      case 'gives up':
        this.#add(undefined, { type: 'fault', label: labelOf(step) }, [], undefined)
        return
      case 'durable':
        this.#write(node)
        return
      default:
        this.#run(node, this.#eventOf(step), crashedAfter)
    }
    if (crashedAfter !== undefined) this.#crash(node, step)
  }

  #eventOf({ type, from = '', message, timer = '', client, serial }: ComposedStep): TraceEvent {
    if (type === 'timer') return { type, timer }
    if (type === 'message') {
      const sent = this.#sent.get(JSON.stringify(message))
      return { type, from, message, ...(sent === undefined ? {} : { sent }) }
    }
    const index = this.#requests.findIndex(
      (request) => request.name === client && request.serial === serial,
    )
    return { type: 'request', request: tracedRequest(this.#requests[index]!, index) }
  }

  #boot(node: string, until: number | undefined): void {
    const choices = {
      pick: () => this.#picks[this.#picked++] ?? 0,
      now: () => 0,
    }
    const fx = new RecordedFx(node, this.#names, choices)
    this.#lives.set(node, { fx, state: undefined, pending: [], done: 0 })
    this.#run(node, { type: 'boot', disk: this.#disks.get(node)! }, until)
  }

  /** Runs a handler, and where the disk is fast what follows from its writes. */
  #run(node: string, event: TraceEvent, until: number | undefined): void {
    const life = this.#lives.get(node)!
    life.state = runStep(this.#program, life.state, event, life.fx)
    const effects = life.fx.take()
    for (const effect of effects) if (effect.type === 'write') life.pending.push(effect.write)
    this.#add(node, event, effects, life)
    if (!this.#slow && life.pending.length > 0 && (until === undefined || until > 0)) {
      this.#write(node, until)
    }
  }

  /** All that is pending is done, or as much of it as is done before the node crashes. */
  #write(node: string, until?: number): void {
    const life = this.#lives.get(node)!
    const count = Math.min(life.pending.length, until ?? Infinity)
    this.#keep(node, life.pending.splice(0, count))
    life.done += count
    if (this.#program.onDurable === undefined || life.pending.length > 0) return
    this.#run(
      node,
      { type: 'durable', ticket: life.done },
      until === undefined ? undefined : until - count,
    )
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
