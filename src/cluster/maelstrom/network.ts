import type { Random } from '../../core/random.ts'
import type { Fault } from '../../node/index.ts'
import type { Latency } from './draws.ts'
import { latencyOf } from './draws.ts'
import type { Journal, Passage } from './journal.ts'
import { noTrouble, troubleOf } from './link-trouble.ts'
import type { Envelope } from './message.ts'
import { errorBody, inReplyTo } from './message.ts'
import type { Service } from './service.ts'

/** Somebody who can be sent to. */
export interface Receiver {
  /** Takes a message; says why not if it cannot: `n2 is down`. */
  deliver(envelope: Envelope): string | undefined
}

export interface NetworkOptions {
  readonly latency: Latency
  /** Draws of the link and purpose that is named. */
  readonly random: (purpose: string) => Random
  readonly faults: readonly Fault[]
  readonly services: readonly Service[]
  readonly journal: Journal
  /** Microseconds since the start. */
  readonly now: () => number
}

/**
 * Carries messages between nodes, services and clients, late and faultily. What happens to a
 * message is decided by who really sent it: nodes may forward requests under the name of a client.
 */
export class Network {
  readonly #options: NetworkOptions
  readonly #receivers = new Map<string, Receiver>()
  readonly #clients = new Set<string>()
  readonly #services: ReadonlySet<string>
  readonly #timers = new Set<NodeJS.Timeout>()
  #numbers = 0
  #healed = false
  #began: number | undefined

  constructor(options: NetworkOptions) {
    this.#options = options
    this.#services = new Set(options.services.map(({ name }) => name))
    for (const service of options.services) this.#receivers.set(service.name, this.#serve(service))
  }

  node(name: string, receiver: Receiver): void {
    this.#receivers.set(name, receiver)
  }

  /** A client stays known after it has left: what comes too late for it is dropped in silence. */
  client(name: string, receiver: Receiver): void {
    this.#clients.add(name)
    this.#receivers.set(name, receiver)
  }

  leave(client: string): void {
    this.#receivers.delete(client)
  }

  isClient(name: string): boolean {
    return this.#clients.has(name)
  }

  /** From now on the times of faults count. */
  begin(): void {
    this.#began = this.#options.now()
  }

  /** From now on nothing is lost. */
  heal(): void {
    this.#healed = true
  }

  /** Nothing arrives any more. */
  close(): void {
    this.#healed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#receivers.clear()
  }

  send(sender: string, { src, dest, body }: Envelope): void {
    const passage: Passage = {
      id: this.#numbers++,
      from: sender,
      to: dest,
      body,
      sent: this.#options.now(),
      copies: 0,
    }
    const withClient = this.#clients.has(sender) || this.#clients.has(dest)
    this.#options.journal.add(passage, withClient)
    if (!this.#receivers.has(dest)) {
      this.#lose(passage, this.#clients.has(dest) ? 'too late' : 'nobody has this name')
      if (!this.#clients.has(dest)) this.#bounce(sender, dest, body)
      return
    }
    const envelope: Envelope = { id: passage.id, src, dest, body }
    const link = `${sender} to ${dest}`
    const draws = this.#options.random(link)
    const trouble = this.#troubleOf(sender, dest)
    // All are drawn, whatever comes of it, so that the next message of this link gets its own.
    const lost = draws.chance(trouble.loss, 100)
    const twice = draws.chance(trouble.duplicate, 100)
    for (let copy = 0; copy < 2; copy++) {
      const ms = withClient ? 0 : latencyOf(this.#options.latency, draws)
      const late = draws.int(0, 1000)
      if (lost || (copy === 1 && !twice)) continue
      this.#after(ms + (trouble.delay * late) / 1000, () => this.#arrive(envelope, passage))
    }
    if (lost) this.#lose(passage, 'lost')
  }

  #arrive(envelope: Envelope, passage: Passage): void {
    const { cut, clogged } = this.#troubleOf(passage.from, passage.to)
    if (cut) {
      this.#lose(passage, 'cut off')
      return
    }
    if (clogged !== undefined) {
      const wait = clogged - this.#elapsed()
      if (wait !== Infinity) this.#after(wait + 1, () => this.#arrive(envelope, passage))
      else this.#lose(passage, 'stuck')
      return
    }
    const refused = this.#receivers.get(passage.to)?.deliver(envelope)
    if (refused !== undefined) this.#lose(passage, refused)
    else if (passage.arrived === undefined) passage.arrived = this.#options.now()
    else passage.copies++
  }

  #lose(passage: Passage, why: string): void {
    this.#options.journal.countLoss()
    if (passage.arrived === undefined) passage.lost = why
  }

  /** Whoever sends to somebody who does not exist is told so. */
  #bounce(sender: string, dest: string, body: Envelope['body']): void {
    if (body.msg_id === undefined) return
    const error = inReplyTo(body, errorBody(1, `there is no node called ${JSON.stringify(dest)}`))
    this.#receivers.get(sender)?.deliver({
      id: this.#numbers++,
      src: dest,
      dest: sender,
      body: error,
    })
  }

  #serve(service: Service): Receiver {
    return {
      deliver: ({ src, body }) => {
        const answer = inReplyTo(body, service.answer(src, body))
        this.send(service.name, { src: service.name, dest: src, body: answer })
        return undefined
      },
    }
  }

  #troubleOf(from: string, to: string): ReturnType<typeof troubleOf> {
    if (this.#healed || this.#began === undefined) return noTrouble
    return troubleOf(this.#options.faults, from, to, this.#elapsed())
  }

  #elapsed(): number {
    return (this.#options.now() - (this.#began ?? 0)) / 1000
  }

  #after(ms: number, action: () => void): void {
    if (ms <= 0) {
      action()
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, ms)
    this.#timers.add(timer)
  }

  isService(name: string): boolean {
    return this.#services.has(name)
  }
}
