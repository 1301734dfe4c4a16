import type { Effect, Write } from '../core/trace.ts'
import type { ErrorName } from './error-code.ts'
import type { Delay, Fx, NodeId, RequestId, Ticket } from './fx.ts'

/** Where a recorded node gets its choices from: a seed, the operating system, or a trace. */
export interface Choices {
  /** The index of one of so many options, from 0. */
  pick(options: number): number
  /** The node's own clock, in milliseconds. */
  now(): number
}

/**
 * An `Fx` that writes down what handlers ask for, for hosts that carry it out afterwards, for
 * replays and for tests.
 */
export class RecordedFx<Message = unknown, Timer extends string = string> implements Fx<
  Message,
  Timer
> {
  readonly self: NodeId
  readonly nodes: readonly NodeId[]
  readonly others: readonly NodeId[]
  readonly #choices: Choices
  #effects: Effect[] = []
  #tickets: Ticket = 0

  /**
   * For one life of a node: after a restart it needs a new one, as tickets count from 1 again.
   *
   * @param tickets those that were given already in this life
   */
  constructor(self: NodeId, nodes: readonly NodeId[], choices: Choices, tickets = 0) {
    this.self = self
    this.nodes = nodes
    this.others = nodes.filter((node) => node !== self)
    this.#choices = choices
    this.#tickets = tickets
  }

  /** What was asked for since the last call, in order. */
  take(): Effect[] {
    const effects = this.#effects
    this.#effects = []
    return effects
  }

  send(to: NodeId, message: Message, after?: Ticket): void {
    this.#effects.push({ type: 'send', to, message, ...since(after) })
  }

  reply(request: RequestId, result: unknown, after?: Ticket): void {
    this.#effects.push({ type: 'reply', request, result, ...since(after) })
  }

  fail(request: RequestId, error: ErrorName, ask?: NodeId): void {
    this.#effects.push({ type: 'fail', request, error, ...(ask === undefined ? {} : { ask }) })
  }

  setTimer(timer: Timer, ms: Delay): void {
    this.#effects.push({ type: 'set-timer', timer, ms })
  }

  /** Notes that a timer is cancelled. */
  cancelTimer(timer: Timer): void {
    this.#effects.push({ type: 'cancel-timer', timer })
  }

  put(key: string, value: unknown): Ticket {
    return this.#write({ type: 'put', key, value })
  }

  /** Notes an append, and answers its ticket. */
  append(log: string, record: unknown): Ticket {
    return this.#write({ type: 'append', log, record })
  }

  truncate(log: string, from: number): Ticket {
    return this.#write({ type: 'truncate', log, from })
  }

  compact(log: string, before: number): Ticket {
    return this.#write({ type: 'compact', log, before })
  }

  pick<Option>(options: readonly Option[]): Option {
    if (options.length === 0) throw new RangeError('nothing to pick from')
    const index = this.#choices.pick(options.length)
    this.#effects.push({ type: 'pick', options: options.length, index })
    return options[index] as Option
  }

  now(): number {
    const ms = this.#choices.now()
    this.#effects.push({ type: 'now', ms })
    return ms
  }

  note(label: string, data?: unknown): void {
    this.#effects.push({ type: 'note', label, ...(data === undefined ? {} : { data }) })
  }

  #write(write: Write): Ticket {
    const ticket = ++this.#tickets
    this.#effects.push({ type: 'write', write, ticket })
    return ticket
  }
}

function since(after: Ticket | undefined): { after?: Ticket } {
  return after === undefined ? {} : { after }
}
