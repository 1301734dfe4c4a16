import type { Invariant, View } from '../core/invariant.ts'
import type { TraceEvent } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'
import { IntList } from '../core/int-list.ts'
import { PairTable } from '../core/int-table.ts'
import type { LocalOutcome, LocalRules, NodeValue, Said } from './local-step.ts'
import type { NumberingState } from '../explore/index.ts'
import { AskedForTime, crashOutcomes, durableOutcomes, localOutcomes } from './local-step.ts'
import { PlainNumbers, plainText } from './plain-text.ts'
import type { AlikeCheck } from './symmetry/check-alike.ts'

/** A message on its way, or one that was. */
export interface Sent {
  readonly from: number
  readonly to: number
  readonly message: unknown
}

/** What a client is told. */
export interface Told {
  /** The request, by its number in all scripts. */
  readonly request: number
  readonly type: 'ok' | 'fail' | 'info'
  /** Another node may serve it. */
  readonly elsewhere: boolean
  readonly result: unknown
}

/** A request of a script, with all that a node is told. */
export interface ScriptedRequest {
  readonly client: number
  readonly name: string
  readonly serial: number
  readonly f: string
  readonly key?: unknown
  readonly value: unknown
}

/** Kinds of events at one node. With an index they are numbered: `index * KINDS + kind`. */
export const EVENT = {
  message: 0,
  timer: 1,
  request: 2,
  durable: 3,
  crash: 4,
  restart: 5,
  messageCrash: 6,
  timerCrash: 7,
  requestCrash: 8,
  restartCrash: 9,
} as const
export const KINDS = 10

/** The event changes nothing and says nothing. */
export const NOTHING = 0
const NONE: readonly number[] = []

export interface StepsOptions {
  readonly rules: LocalRules
  readonly invariants: readonly Invariant[]
  readonly requests: readonly ScriptedRequest[]
  readonly told: (said: Exclude<Said, { readonly type: 'send' }>) => Told
  readonly within: ((view: View, node: string) => boolean) | undefined
  readonly recheck: number
  /** Whether all events that change nothing are outcomes too, as they use up a message. */
  readonly idle: boolean
  readonly where: string
  readonly numbering: NumberingState
}

/**
 * What nodes do, each step computed by the real code once and remembered by numbers: values of
 * nodes, messages and events are numbered as they are seen.
 */
export class LocalSteps {
  readonly values: PlainNumbers<NodeValue>
  readonly messages: PlainNumbers<Sent>
  readonly timers: PlainNumbers<string>
  readonly told: PlainNumbers<Told>
  /** Of each value. */
  readonly up: boolean[] = []
  readonly timersOf: (readonly number[])[] = []
  readonly pending: number[] = []
  readonly within: boolean[] = []
  readonly views: (View | undefined)[] = []
  /** Of each invariant and value: the number of what the invariant looks at. */
  readonly parts: readonly IntList[]
  /** Of each outcome; the first is `NOTHING`. */
  readonly next = new IntList()
  readonly sends: (readonly number[])[] = [NONE]
  readonly tells: (readonly number[])[] = [NONE]
  /** The next outcome of the same event, 0 for none. */
  readonly also = new IntList()
  readonly outcomes: (LocalOutcome | undefined)[] = [undefined]
  /** Told of what is new, where nodes are to be alike. */
  alike: AlikeCheck | undefined
  /** Requests have names instead of numbers, where they are to be exchanged. */
  namesRequests = false
  /** How often the real code was run. */
  calls = 0
  readonly #memo = new PairTable()
  readonly #shownParts = new PlainNumbers<unknown>()
  readonly #options: StepsOptions
  #untilRecheck: number

  constructor(options: StepsOptions) {
    this.#options = options
    const { numbering } = options
    this.values = new PlainNumbers(numbering)
    this.messages = new PlainNumbers(numbering)
    this.timers = new PlainNumbers(numbering)
    this.told = new PlainNumbers(numbering)
    this.#untilRecheck = options.recheck
    this.parts = options.invariants.map(() => new IntList())
    this.next.push(0)
    this.also.push(0)
  }

  /** What the nodes are, and the world around them. */
  get rules(): LocalRules {
    return this.#options.rules
  }

  /** Whether an outcome that leaves its node as it was is no step, as it says nothing either. */
  inVain(outcome: number): boolean {
    if (this.#options.idle) return false
    return this.sends[outcome]!.length === 0 && this.tells[outcome]!.length === 0
  }

  /** The number of the first outcome of an event at a node of this value. */
  outcome(value: number, event: number): number {
    const known = this.#memo.get(value, event)
    if (known === -1) return this.#compute(value, event)
    if (--this.#untilRecheck <= 0) this.#recheck(value, event, known)
    return known
  }

  /** The number of a value, with all that is asked of it in the innermost loops. */
  valueOf(value: NodeValue): number {
    const number = this.values.of(value)
    if (number < this.up.length) return number
    const { rules, within } = this.#options
    const view = value.up ? rules.program.view(value.state) : value.shown
    this.up.push(value.up)
    this.timersOf.push(value.timers.map((timer) => this.timers.of(timer)))
    this.pending.push(value.pending.length)
    this.views.push(view)
    const name = rules.names[value.node]!
    this.alike?.value(value, view)
    this.within.push(!value.up || within === undefined || within(view ?? {}, name))
    for (const [at, { reads }] of this.#options.invariants.entries()) {
      const part = view === undefined ? null : reads.map((read) => view[read] ?? null)
      this.parts[at]!.push(this.#shownParts.of(part))
    }
    return number
  }

  /** All ways in which a node may start for the first time. */
  boots(value: NodeValue): readonly number[] {
    const first = this.outcome(this.valueOf(value), EVENT.restart)
    return this.alternatives(first)
  }

  alternatives(first: number): readonly number[] {
    const all: number[] = []
    for (let at = first; at !== 0; at = this.also.data[at]!) all.push(at)
    return all
  }

  /** The event as the real code is told. */
  eventOf(value: number, event: number): TraceEvent {
    const [kind, index] = [event % KINDS, Math.floor(event / KINDS)]
    const { names } = this.#options.rules
    switch (kind) {
      case EVENT.message:
      case EVENT.messageCrash: {
        const { from, message } = this.messages.values[index]!
        return { type: 'message', from: names[from]!, message }
      }
      case EVENT.timer:
      case EVENT.timerCrash:
        return { type: 'timer', timer: this.timers.values[index]! }
      case EVENT.request:
      case EVENT.requestCrash: {
        const request = tracedRequest(this.#options.requests[index]!, index)
        return { type: 'request', request: this.namesRequests ? named(request) : request }
      }
      case EVENT.durable: {
        const { done, pending } = this.values.values[value]!
        return { type: 'durable', ticket: done + pending.length }
      }
      case EVENT.restart:
      case EVENT.restartCrash:
        return { type: 'boot', disk: this.values.values[value]!.disk }
      default:
        return { type: 'crash' }
    }
  }

  #compute(value: number, event: number): number {
    const { numbering } = this.#options
    numbering.open()
    const outcomes = this.#run(value, event)
    this.alike?.step(this.values.values[value]!, event, this.eventOf(value, event), outcomes)
    let first = NOTHING
    // From the last to the first, as each knows the one after it.
    for (const outcome of outcomes.toReversed()) {
      const next = this.valueOf(outcome.next)
      const sends = this.#sendsOf(outcome, value, event)
      const tells = this.#tellsOf(outcome)
      const changes = next !== value || sends.length > 0 || tells.length > 0
      if (!changes && !this.#keepsIdle(event)) continue
      const added = this.outcomes.length
      this.next.push(next)
      this.also.push(first)
      this.sends.push(sends)
      this.tells.push(tells)
      this.outcomes.push(outcome)
      first = added
    }
    this.#memo.set(value, event, first)
    numbering.mix(value)
    numbering.mix(event)
    numbering.mix(first === NOTHING ? -1 : this.next.data[first]!)
    // A message that means nothing is not asked about again.
    if (first === NOTHING && --this.#untilRecheck <= 0) this.#recheck(value, event, first)
    return first
  }

  #run(value: number, event: number): readonly LocalOutcome[] {
    this.calls++
    return this.run(this.values.values[value]!, event % KINDS, this.eventOf(value, event))
  }

  /** All that can come of an event at a node, by the real code. */
  run(before: NodeValue, kind: number, traced: TraceEvent): readonly LocalOutcome[] {
    const { rules, where } = this.#options
    try {
      if (kind === EVENT.crash) return crashOutcomes(rules, before)
      if (kind === EVENT.durable) return durableOutcomes(rules, before)
      return localOutcomes(rules, before, traced, kind >= EVENT.messageCrash)
    } catch (cause) {
      if (cause instanceof UserError) throw cause
      const node = rules.names[before.node]!
      if (cause instanceof AskedForTime) {
        throw new UserError(`${node} asks for the time, and time does not pass here`, {
          where,
          hint: 'give `clock`, which then stands still, or simulate it instead',
          cause,
        })
      }
      const fact = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
      throw new UserError(`${handlerOf(traced)} of ${node} throws: ${fact}`, {
        where,
        hint: `its state was ${plainText(before.state)}, the event ${plainText(traced)}`,
        cause,
      })
    }
  }

  /** The same step once more: whatever differs was not decided by state and event alone. */
  #recheck(value: number, event: number, known: number): void {
    this.#untilRecheck = this.#options.recheck
    const remembered = this.alternatives(known).map((at) => this.outcomes[at]!)
    const idle = this.#keepsIdle(event)
    const before = plainText(this.values.values[value])
    const now = this.#run(value, event).filter(
      ({ next, said }) => idle || said.length > 0 || plainText(next) !== before,
    )
    if (plainText(now) === plainText(remembered)) return
    const { rules, where } = this.#options
    const traced = this.eventOf(value, event)
    const node = rules.names[this.values.values[value]!.node]!
    const at = now.findIndex((one, index) => plainText(one) !== plainText(remembered[index]))
    const difference = firstDifference(remembered[Math.max(at, 0)], now[Math.max(at, 0)])
    throw new UserError(
      `${handlerOf(traced)} of ${node} did something else the second time: ${difference}`,
      {
        where,
        hint:
          'a handler may depend on its state and the event alone: look for clocks, chance and ' +
          `variables outside of the state; the event was ${plainText(traced)}`,
      },
    )
  }

  /** A node may do nothing about a request, and its client waits all the same. */
  #keepsIdle(event: number): boolean {
    return this.#options.idle || event % KINDS === EVENT.request
  }

  #sendsOf({ next, said }: LocalOutcome, value: number, event: number): readonly number[] {
    const { rules, where } = this.#options
    const { names } = rules
    return said.flatMap((each) => {
      if (each.type !== 'send') return []
      const to = names.indexOf(each.to)
      if (to === -1) {
        const handler = handlerOf(this.eventOf(value, event))
        throw new UserError(
          `${handler} of ${names[next.node]!} sends to '${each.to}', which is no node`,
          { where, hint: `the nodes are ${names.join(', ')}` },
        )
      }
      return [this.messages.of({ from: next.node, to, message: each.message })]
    })
  }

  #tellsOf({ said }: LocalOutcome): readonly number[] {
    return said.flatMap((each) =>
      each.type === 'send' ? [] : [this.told.of(this.#options.told(each))],
    )
  }
}

function named(request: ReturnType<typeof tracedRequest>): ReturnType<typeof tracedRequest> {
  return { ...request, id: `r${String(request.id)}` }
}

export function tracedRequest(
  { name, serial, f, key, value }: ScriptedRequest,
  index: number,
): Extract<TraceEvent, { readonly type: 'request' }>['request'] {
  return { id: index + 1, client: name, serial, f, ...(key === undefined ? {} : { key }), value }
}

const HANDLERS: Readonly<Record<TraceEvent['type'], string>> = {
  boot: 'boot',
  request: 'onRequest',
  message: 'onMessage',
  timer: 'onTimer',
  durable: 'onDurable',
  crash: 'view',
  fault: 'view',
}

export function handlerOf({ type }: TraceEvent): string {
  return HANDLERS[type]
}

/** In words, down to the first part that is not the same. */
export function firstDifference(before: unknown, now: unknown, place = ''): string {
  const inside = (data: unknown): data is Readonly<Record<string, unknown>> =>
    typeof data === 'object' && data !== null
  if (inside(before) && inside(now)) {
    for (const part of new Set([...Object.keys(before), ...Object.keys(now)])) {
      if (plainText(before[part]) !== plainText(now[part])) {
        return firstDifference(before[part], now[part], `${place}.${part}`)
      }
    }
  }
  const text = (data: unknown): string => (data === undefined ? 'nothing' : plainText(data))
  return `${place === '' ? 'it' : place.slice(1)} was ${text(before)} and is ${text(now)}`
}
