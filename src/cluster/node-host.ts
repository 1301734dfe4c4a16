import { randomInt } from 'node:crypto'

import type { Effect, TraceEvent } from '../core/trace.ts'
import { errorCodes, RecordedFx, runStep } from '../node/index.ts'
import type {
  DiskImage,
  ErrorName,
  NodeId,
  Program,
  Request,
  RequestId,
  Ticket,
} from '../node/index.ts'
import type { GroupCommit } from './group-commit.ts'
import type { NodeClock } from './node-clock.ts'
import type { SentBy, TraceLog } from './trace-log.ts'

/** How a request ended. */
export type Answer =
  | { readonly result: unknown }
  | { readonly error: ErrorName; readonly code: number; readonly ask?: NodeId }

/** What a host needs of the world. */
export interface Surroundings {
  readonly self: NodeId
  readonly nodes: readonly NodeId[]
  readonly clock: NodeClock
  /** Absent: nothing is logged. */
  readonly trace?: TraceLog
  /** Microseconds since the origin of the traces. */
  time(): number
  send(to: NodeId, message: unknown, sent: SentBy): void
  answer(request: RequestId, answer: Answer): void
  /** What was given to `send` and `answer` may leave now. */
  release(): void
  /** A handler has thrown. The host does nothing any more. */
  failed(error: unknown, event: TraceEvent): void
}

/**
 * Runs a program: events in, effects out. Handlers that run in one turn of the event loop share one
 * write to the trace, one packet to each peer and one sync of the disk; nothing leaves before the
 * trace knows of it.
 */
export class NodeHost {
  readonly #program: Program
  readonly #world: Surroundings
  readonly #commit: () => GroupCommit
  readonly #fx: RecordedFx
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #toSelf: { message: unknown; sent: SentBy }[] = []
  #afterDurable: { after: Ticket; carryOut: () => void }[] = []
  #state: unknown
  #step = 0
  #durable: Ticket = 0
  #turn = false
  #stopped = false

  /** `commit`: asked for when the first write is made. */
  constructor(program: Program, world: Surroundings, commit: () => GroupCommit) {
    this.#program = program
    this.#world = world
    this.#commit = commit
    const pick = (options: number): number => (options === 1 ? 0 : randomInt(options))
    this.#fx = new RecordedFx(world.self, world.nodes, { pick, now: () => world.clock.now() })
  }

  boot(disk: DiskImage): void {
    this.#run({ type: 'boot', disk: disk.stored() })
  }

  request(request: Request): void {
    this.#run({ type: 'request', request })
  }

  message(from: NodeId, message: unknown, sent?: SentBy): void {
    this.#run({ type: 'message', from, message }, sent)
  }

  /** Everything up to this write is on the disk. */
  durable(ticket: Ticket): void {
    this.#durable = ticket
    this.#run({ type: 'durable', ticket })
    const waiting = this.#afterDurable
    this.#afterDurable = waiting.filter(({ after }) => after > ticket)
    for (const { after, carryOut } of waiting) if (after <= ticket) carryOut()
  }

  view(): Readonly<Record<string, unknown>> | undefined {
    return this.#stopped ? undefined : this.#program.view(this.#state)
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#world.trace?.flush()
  }

  #run(event: TraceEvent, sent?: SentBy): void {
    if (this.#stopped) return
    const { trace, self: node } = this.#world
    const time = this.#world.time()
    try {
      this.#state = runStep(this.#program, this.#state, event, this.#fx)
    } catch (error) {
      trace?.add({ step: this.#step, time, node, event, effects: this.#fx.take() })
      this.stop()
      this.#world.failed(error, event)
      return
    }
    const effects = this.#fx.take()
    const drawn: Record<string, number> = {}
    const by: SentBy = [trace?.life ?? 1, this.#step]
    for (const effect of effects) this.#carryOut(effect, by, drawn)
    trace?.add({
      step: this.#step++,
      time,
      node,
      event,
      effects,
      ...(sent === undefined ? {} : { sent }),
      ...(Object.keys(drawn).length === 0 ? {} : { drawn }),
    })
    this.#endTurnSoon()
  }

  #carryOut(effect: Effect, by: SentBy, drawn: Record<string, number>): void {
    switch (effect.type) {
      case 'send':
        this.#after(effect.after, () => this.#send(effect.to, effect.message, by))
        return
      case 'reply': {
        const { request, result } = effect
        this.#after(effect.after, () => this.#world.answer(request, { result }))
        return
      }
      case 'fail': {
        const error = effect.error as ErrorName
        const { code } = errorCodes[error]
        const ask = effect.ask === undefined ? {} : { ask: effect.ask }
        this.#world.answer(effect.request, { error, code, ...ask })
        return
      }
      case 'set-timer':
        drawn[effect.timer] = this.#setTimer(effect.timer, effect.ms)
        return
      case 'cancel-timer':
        clearTimeout(this.#timers.get(effect.timer))
        this.#timers.delete(effect.timer)
        return
      case 'write':
        this.#commit().add(effect.write, effect.ticket)
        return
      case 'pick':
      case 'now':
      case 'note':
        return
    }
  }

  /** At once, or when that write is on the disk. */
  #after(after: Ticket | undefined, carryOut: () => void): void {
    if (after === undefined || after <= this.#durable) carryOut()
    else this.#afterDurable.push({ after, carryOut })
  }

  #send(to: NodeId, message: unknown, by: SentBy): void {
    if (to !== this.#world.self) {
      this.#world.send(to, message, by)
      return
    }
    // As it would come from somebody else: a copy, without parts that are undefined.
    this.#toSelf.push({ message: JSON.parse(JSON.stringify(message)) as unknown, sent: by })
  }

  #setTimer(timer: string, range: number | readonly [number, number]): number {
    clearTimeout(this.#timers.get(timer))
    const ms = typeof range === 'number' ? range : drawBetween(...range)
    const fire = (): void => {
      this.#timers.delete(timer)
      this.#run({ type: 'timer', timer })
    }
    this.#timers.set(timer, setTimeout(fire, this.#world.clock.trueDelay(ms)))
    return ms
  }

  #endTurnSoon(): void {
    if (this.#turn) return
    this.#turn = true
    setImmediate(() => this.#endTurn())
  }

  #endTurn(): void {
    this.#turn = false
    if (this.#stopped) return
    this.#world.trace?.flush()
    this.#world.release()
    this.#commit().flush()
    for (const { message, sent } of this.#toSelf.splice(0)) {
      this.message(this.#world.self, message, sent)
    }
  }
}

/** In microseconds, as whole milliseconds would let timers of many nodes fire together. */
function drawBetween(least: number, most: number): number {
  const [low, high] = [Math.round(least * 1000), Math.round(most * 1000)]
  return (high <= low ? low : randomInt(low, high + 1)) / 1000
}
