import type { Json } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import type { Process } from '../core/operation.ts'
import type { Random } from '../core/random.ts'
import { seeded } from '../core/random.ts'
import { UserError } from '../core/user-error.ts'
import { Agenda } from './agenda.ts'
import type { CallOptions, DrawnCall, Situation } from './draw-call.ts'
import { drawCalls } from './draw-call.ts'
import type { History } from './history.ts'
import { Pairing } from './pair-events.ts'
import type { PlantedFault } from './plant-fault.ts'
import { faultyEffect } from './plant-fault.ts'

/** What a generated history is like. */
export interface GenerateOptions extends CallOptions {
  readonly model: Model
  /** As in `--initial`. Default: the model's own. */
  readonly initial?: Json
  readonly seed: number
  readonly operations: number
  /** How many ask at the same time. Default: 5. */
  readonly clients?: number
  /** Objects, named `k0`, `k1`, ... Default: one without a name. */
  readonly keys?: number
  /** Operations in a thousand whose outcome stays unknown. Default: 0. */
  readonly crashes?: number
  /** Operations in a thousand that certainly do not happen. Default: 0. */
  readonly failures?: number
  /** How long a client waits before it asks again, on average. Default: 1,000,000 ns. */
  readonly thinkNs?: number
  /** How long an answer takes, on average. Default: 1,000,000 ns. */
  readonly latencyNs?: number
  /** What goes wrong once, somewhere in the middle half. Default: nothing. */
  readonly fault?: PlantedFault
  /** Draws the calls, for models with operations of their own. */
  readonly call?: (situation: Situation) => DrawnCall
}

export interface GeneratedHistory extends History {
  /** The id of the operation that carries the fault. */
  readonly planted: number | undefined
}

/** An object: one of a key, or of an independent part of it. */
interface Target {
  state: Json
  /** The call that made the state what it is. */
  author: Ask | undefined
  /**
   * A state that nobody may see any more: an update that began when it was complete has returned.
   */
  overwritten: Json | undefined
}

interface Client {
  process: Process
  holds: boolean
}

interface Ask {
  readonly client: Client
  readonly process: Process
  readonly f: string
  readonly key: string | undefined
  readonly value: Json
  readonly target: Target
  readonly calledAt: number
  readonly called: number
  readonly ending: 'ok' | 'fail' | 'info'
  /** What a stale read would see. */
  readonly stale: Json | undefined
  /** The state before it took effect, if that was complete when it was called. */
  before: Json | undefined
  /** The position of its return, as far as it has returned. */
  returned: number
  result: Json
  /** How often it had to wait: a lock was taken. */
  waits: number
}

type Happening =
  | { readonly type: 'call'; readonly client: Client }
  | { readonly type: 'effect'; readonly ask: Ask }
  | { readonly type: 'return'; readonly ask: Ask }

/** An operation that had to wait this often is given up. */
const MAX_WAITS = 50

/**
 * A history of clients that use the model at the same time. Each operation takes effect at one
 * moment between its call and its return, so the history is linearizable, unless a fault is
 * planted. The same options give the same history on every machine.
 */
export function generate(options: GenerateOptions): GeneratedHistory {
  return new Generation(options).run()
}

class Generation {
  readonly #options: GenerateOptions
  readonly #random: Random
  readonly #draw: (situation: Situation) => DrawnCall
  readonly #agenda = new Agenda<Happening>()
  readonly #events = new Pairing({ source: 'generated' })
  readonly #targets = new Map<string, Target>()
  /** True if every call is on one part of its object: then the parts are kept apart, and small. */
  readonly #inParts: boolean
  readonly #think: number
  readonly #latency: number
  readonly #faultAfter: number
  #fault: PlantedFault | undefined
  #plantedAt: number | undefined
  #position = 0
  #asked = 0
  #now = 0
  #nextProcess: number

  constructor(options: GenerateOptions) {
    this.#options = options
    this.#random = seeded(options.seed)
    this.#draw = options.call ?? drawCalls(options.model, options)
    this.#think = options.thinkNs ?? 1_000_000
    this.#latency = options.latencyNs ?? 1_000_000
    this.#nextProcess = options.clients ?? 5
    this.#fault = options.fault
    const { operations } = options
    this.#faultAfter = this.#random.int(operations >> 2, operations - (operations >> 2))
    const { model, only } = options
    this.#inParts =
      options.call === undefined &&
      Object.keys(model.operations)
        .filter((f) => only?.includes(f) ?? true)
        .every(
          (f) => model.operations[f]?.value.accepts(1) === true && this.#partOf(f, 1) !== undefined,
        )
  }

  run(): GeneratedHistory {
    for (let process = 0; process < (this.#options.clients ?? 5); process++) {
      this.#later(this.#think, { type: 'call', client: { process, holds: false } })
    }
    for (let next = this.#agenda.next(); next !== undefined; next = this.#agenda.next()) {
      this.#now = next.time
      const { item } = next
      if (item.type === 'call') this.#call(item.client)
      else if (item.type === 'effect') this.#takeEffect(item.ask)
      else this.#return(item.ask)
    }
    const history = this.#events.finish()
    if (this.#options.fault !== undefined && this.#plantedAt === undefined) {
      throw new UserError(`no operation could show a ${this.#options.fault}`, {
        hint: 'more operations, or another fault',
      })
    }
    const planted = history.operations.find((operation) => operation.called === this.#plantedAt)
    return { ...history, planted: planted?.id }
  }

  #later(meanNs: number, item: Happening): void {
    this.#agenda.add(this.#now + this.#random.int(1, Math.max(1, 2 * meanNs - 1)), item)
  }

  #call(client: Client): void {
    const { model, operations, keys = 1, crashes = 0, failures = 0 } = this.#options
    if (this.#asked >= operations) return
    this.#asked++
    const random = this.#random
    const named = keys > 1 && model.partitioned !== false
    const key = named ? `k${String(random.int(0, keys - 1))}` : undefined
    const whole = this.#inParts ? null : this.#target(key, undefined).state
    const { f, value } = this.#draw({ random, state: whole, holds: client.holds })
    const target = this.#target(key, this.#inParts ? this.#partOf(f, value) : undefined)
    const luck = random.int(1, 1000)
    const ending = luck <= crashes ? 'info' : luck <= crashes + failures ? 'fail' : 'ok'
    const { process } = client
    const ask: Ask = {
      client,
      process,
      f,
      key,
      value,
      target,
      calledAt: this.#now,
      called: this.#position,
      ending,
      stale: target.overwritten,
      before: undefined,
      returned: Infinity,
      result: null,
      waits: 0,
    }
    this.#push(ask, 'invoke', value)
    if (ending === 'ok') this.#later(this.#latency >> 1, { type: 'effect', ask })
    else {
      // A lost release is done and a lost acquire is not, or everybody would wait for ever.
      const done = f === 'release' || (f !== 'acquire' && random.chance(1, 2))
      const patience = this.#latency * random.int(1, 10)
      if (ending === 'info' && done) this.#later(patience, { type: 'effect', ask })
      this.#later(this.#latency, { type: 'return', ask })
    }
  }

  #takeEffect(ask: Ask): void {
    const { model } = this.#options
    const { target, ending } = ask
    const steps = model.step(target.state, ask)
    const step = steps.length > 1 ? this.#random.pick(steps) : steps[0]
    if (step === undefined) {
      if (++ask.waits <= MAX_WAITS) this.#later(this.#latency, { type: 'effect', ask })
      else if (ending === 'ok') this.#giveUp(ask)
      return
    }
    let effect: { readonly state: Json; readonly result: Json } = step
    if (this.#fault !== undefined && ending === 'ok' && this.#asked > this.#faultAfter) {
      const { stale } = ask
      const { values = 'unique' } = this.#options
      const known = { stale, values }
      const faulty = faultyEffect(this.#fault, model, ask, target.state, step, known)
      if (faulty !== undefined) {
        effect = faulty
        this.#fault = undefined
        this.#plantedAt = ask.called
      }
    }
    if (effect.state !== target.state) {
      const { author } = target
      if (author === undefined || author.returned < ask.called) ask.before = target.state
      target.state = effect.state
      target.author = ask
    }
    ask.result = effect.result
    if (ending === 'ok') this.#later(this.#latency >> 1, { type: 'return', ask })
  }

  #return(ask: Ask): void {
    const { client, ending, f } = ask
    if (ending === 'info') {
      this.#giveUp(ask)
      return
    }
    ask.returned = this.#position
    this.#push(ask, ending, ending === 'ok' ? ask.result : ask.value)
    if (ending === 'ok') {
      if (ask.before !== undefined) ask.target.overwritten = ask.before
      if (f === 'acquire' || f === 'release') client.holds = f === 'acquire'
    }
    this.#later(this.#think, { type: 'call', client })
  }

  /** The client does not know how it ended, and goes on as another process. */
  #giveUp(ask: Ask): void {
    // Some recorders write down the timeout, others nothing.
    if (this.#random.chance(1, 2)) this.#push(ask, 'info', null)
    ask.client.process = this.#nextProcess++
    ask.client.holds = false
    this.#later(this.#think, { type: 'call', client: ask.client })
  }

  #push({ process, f, key }: Ask, type: 'invoke' | 'ok' | 'fail' | 'info', value: Json): void {
    this.#position++
    this.#events.push({ process, type, f, key: key ?? null, value, time: this.#now })
  }

  #partOf(f: string, value: Json): Json | undefined {
    const operation = {
      id: 0,
      process: 0,
      f,
      key: undefined,
      value,
      result: undefined,
      called: 0,
      returned: Infinity,
      calledAt: undefined,
      returnedAt: undefined,
    }
    return this.#options.model.part?.(operation)
  }

  #target(key: string | undefined, part: Json | undefined): Target {
    const name = `${key ?? ''}/${part === undefined ? '' : JSON.stringify(part)}`
    let target = this.#targets.get(name)
    if (target === undefined) {
      const { model, initial } = this.#options
      const state = initial === undefined ? model.initial() : model.initial(initial)
      target = { state, author: undefined, overwritten: undefined }
      this.#targets.set(name, target)
    }
    return target
  }
}
