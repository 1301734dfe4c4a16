import type { Json } from '../../core/json.ts'
import { isDefinite } from '../../node/index.ts'
import type { HistoryLog } from './history-log.ts'
import type { Body, Envelope } from './message.ts'
import { plain, typeOf, what } from './message.ts'
import type { Network } from './network.ts'
import type { MaelstromWorkload, Op } from './workload.ts'

/** How a request ended. */
export type Ended =
  | { readonly type: 'answer'; readonly body: Body }
  | { readonly type: 'error'; readonly code: number; readonly body: Body }
  | { readonly type: 'timeout' }

/** Gives clients of the network their names. */
export class ClientNames {
  #given = 0

  next(): string {
    return `c${this.#given++}`
  }
}

/** Asks nodes one thing at a time, under one name in the network. */
export class Client {
  readonly name: string
  readonly #network: Network
  #serial = 0
  #open: { readonly id: number; readonly end: (ended: Ended) => void } | undefined

  constructor(network: Network, name: string) {
    this.#network = network
    this.name = name
    network.client(name, { deliver: (envelope) => this.#take(envelope) })
  }

  ask(node: string, body: Body, timeoutMs: number): Promise<Ended> {
    const id = ++this.#serial
    return new Promise((resolve) => {
      // The nodes keep this process going; when all is over nobody waits for an answer.
      const timer = setTimeout(() => end({ type: 'timeout' }), timeoutMs).unref()
      const end = (ended: Ended): void => {
        clearTimeout(timer)
        this.#open = undefined
        resolve(ended)
      }
      this.#open = { id, end }
      const request = { ...body, msg_id: id }
      this.#network.send(this.name, { src: this.name, dest: node, body: request })
    })
  }

  leave(): void {
    this.#network.leave(this.name)
  }

  /** Answers to anything but what is open now come too late, or twice. */
  #take({ body }: Envelope): string | undefined {
    const open = this.#open
    if (open === undefined || body.in_reply_to !== open.id) return 'too late'
    if (body.type !== 'error') open.end({ type: 'answer', body })
    else open.end({ type: 'error', code: Number(body['code'] ?? NaN), body })
    return undefined
  }
}

/** An answer that cannot be the answer to what was asked. */
export interface BadReply {
  readonly node: string
  readonly op: Op
  readonly body: Body
  readonly why: string
  /** Microseconds since the start. */
  readonly time: number
}

export interface RecordedClientOptions {
  readonly network: Network
  readonly names: ClientNames
  readonly log: HistoryLog
  readonly workload: MaelstromWorkload
  readonly timeoutMs: number
  /** Errors that say something about the object count as what they say. */
  readonly refusalsObserve: boolean
  readonly now: () => number
  readonly bad: (reply: BadReply) => void
}

/** A client whose operations are recorded. After an unknown outcome it goes on as somebody else. */
export class RecordedClient {
  readonly #options: RecordedClientOptions
  #client: Client

  constructor(options: RecordedClientOptions) {
    this.#options = options
    this.#client = new Client(options.network, options.names.next())
  }

  /** Does an operation at a node. Answers whether it was done. */
  async do(node: string, op: Op): Promise<boolean> {
    const { workload, log, timeoutMs } = this.#options
    const process = this.#client.name
    const body = workload.request(op)
    log.add(process, 'invoke', op.f, op.value, op.key)
    const ended = await this.#client.ask(node, body, timeoutMs)
    const { type, value } = this.#outcome(node, op, body, ended)
    log.add(process, type, op.f, value, op.key)
    if (type === 'info') this.#becomeSomebodyElse()
    return type === 'ok'
  }

  leave(): void {
    this.#client.leave()
  }

  #outcome(
    node: string,
    op: Op,
    request: Body,
    ended: Ended,
  ): { type: 'ok' | 'fail' | 'info'; value: Json } {
    // What only reads cannot have changed anything, whatever became of it.
    const unknown = { type: op.f === 'read' ? 'fail' : 'info', value: op.value } as const
    switch (ended.type) {
      case 'timeout':
        return unknown
      case 'error': {
        if (!Number.isSafeInteger(ended.code)) {
          return this.#bad(node, op, ended.body, "'code' is no whole number", unknown)
        }
        const observed = this.#options.refusalsObserve
          ? this.#options.workload.observed?.(op, ended.code)
          : undefined
        if (observed !== undefined) return { type: 'ok', value: observed }
        return isDefinite(ended.code) ? { type: 'fail', value: op.value } : unknown
      }
      case 'answer': {
        const why = this.#wrong(request, ended.body)
        if (why === undefined) {
          const reading = this.#options.workload.read(op, ended.body)
          if ('result' in reading) return { type: 'ok', value: plain(reading.result) }
          return this.#bad(node, op, ended.body, reading.wrong, unknown)
        }
        return this.#bad(node, op, ended.body, why, unknown)
      }
    }
  }

  #wrong(request: Body, answer: Body): string | undefined {
    const expected = `${typeOf(request)}_ok`
    return answer.type === expected
      ? undefined
      : `'type' is ${what(answer.type)}, not "${expected}"`
  }

  #bad<Outcome>(node: string, op: Op, body: Body, why: string, outcome: Outcome): Outcome {
    this.#options.bad({ node, op, body, why, time: this.#options.now() })
    return outcome
  }

  #becomeSomebodyElse(): void {
    this.#client.leave()
    this.#client = new Client(this.#options.network, this.#options.names.next())
  }
}
