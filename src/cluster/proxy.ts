import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'

import type { Random } from '../core/random.ts'
import { framed, FrameReader } from './frames.ts'
import type { Address } from './link.ts'
import { listening, portOf } from './listener.ts'

/** What is wrong with one direction between two nodes, now. */
export interface LinkState {
  /** Messages are lost. */
  readonly cut: boolean
  /** Messages wait. */
  readonly clogged: boolean
  /** In percent. */
  readonly loss: number
  readonly duplicate: number
  /** Each message is late by up to so many milliseconds. */
  readonly delay: number
}

export const HEALTHY: LinkState = { cut: false, clogged: false, loss: 0, duplicate: 0, delay: 0 }

export interface ProxyOptions {
  /** Where the receiving node listens; `undefined` while it is down. */
  target(): Address | undefined
  readonly random: Random
  /** Late messages may overtake each other. */
  readonly reorders: boolean
}

/**
 * Stands between two nodes, in one direction. It forwards whole frames, so that what is lost is a
 * message as the nodes see it, and never a part of one. The hello that opens a connection passes
 * always: it is no message of the protocol.
 */
export class LinkProxy {
  readonly #options: ProxyOptions
  readonly #server: Server
  readonly #flows = new Set<Flow>()
  #state: LinkState = HEALTHY
  #lost = 0

  private constructor(options: ProxyOptions, server: Server) {
    this.#options = options
    this.#server = server
    server.on('connection', (socket) => this.#accept(socket))
  }

  static async open(options: ProxyOptions): Promise<LinkProxy> {
    const server = createServer({ noDelay: true })
    await listening(server, { host: LOCAL, port: 0 })
    return new LinkProxy(options, server)
  }

  get address(): Address {
    return { host: LOCAL, port: portOf(this.#server) }
  }

  /** How many messages were lost here. */
  get lost(): number {
    return this.#lost
  }

  set(state: LinkState): void {
    this.#state = state
    if (!state.clogged) for (const flow of this.#flows) flow.unclog()
  }

  close(): void {
    this.#server.close()
    for (const flow of this.#flows) flow.close()
  }

  #accept(from: Socket): void {
    const target = this.#options.target()
    if (target === undefined) {
      from.on('error', () => undefined)
      from.destroy()
      return
    }
    const flow = new Flow(from, connect({ ...target, noDelay: true }), {
      copies: () => this.#copies(),
      closed: () => this.#flows.delete(flow),
    })
    this.#flows.add(flow)
  }

  /** When the next message arrives, and when it arrives once more: in milliseconds from now. */
  #copies(): { readonly delays: readonly number[]; clogged: boolean; inOrder: boolean } {
    const { cut, clogged, loss, duplicate, delay } = this.#state
    const { random, reorders } = this.#options
    const late = (): number => (delay > 0 ? random.int(0, Math.ceil(delay * 1000)) / 1000 : 0)
    const inOrder = !reorders
    if (cut || (loss > 0 && random.chance(Math.round(loss * 100), 10_000))) {
      this.#lost++
      return { delays: [], clogged, inOrder }
    }
    const twice = duplicate > 0 && random.chance(Math.round(duplicate * 100), 10_000)
    return { delays: twice ? [late(), late()] : [late()], clogged, inOrder }
  }
}

const LOCAL = '127.0.0.1'

interface FlowOptions {
  copies(): { readonly delays: readonly number[]; clogged: boolean; inOrder: boolean }
  closed(): void
}

/** One connection through a proxy. */
class Flow {
  readonly #from: Socket
  readonly #to: Socket
  readonly #options: FlowOptions
  readonly #reader = new FrameReader()
  #greeted = false
  #held: Buffer[] = []
  /** When the last message of those that are in order arrives. */
  #last = 0

  constructor(from: Socket, to: Socket, options: FlowOptions) {
    this.#from = from
    this.#to = to
    this.#options = options
    for (const socket of [from, to]) {
      socket.on('error', () => undefined)
      socket.on('close', () => this.close())
    }
    from.on('data', (chunk) => this.#forward(chunk))
    to.on('data', (chunk) => from.write(chunk))
  }

  unclog(): void {
    for (const frame of this.#held.splice(0)) this.#to.write(frame)
  }

  close(): void {
    this.#from.destroy()
    this.#to.destroy()
    this.#options.closed()
  }

  #forward(chunk: Buffer): void {
    let payloads: Buffer[]
    try {
      payloads = this.#reader.push(chunk)
    } catch {
      this.close()
      return
    }
    for (const payload of payloads) {
      const frame = framed(payload)
      if (this.#greeted) this.#pass(frame)
      else this.#to.write(frame)
      this.#greeted = true
    }
  }

  #pass(frame: Buffer): void {
    const { delays, clogged, inOrder } = this.#options.copies()
    for (const delay of delays) {
      if (clogged) {
        this.#held.push(frame)
        continue
      }
      const now = performance.now()
      const at = inOrder ? Math.max(this.#last, now + delay) : now + delay
      this.#last = Math.max(this.#last, at)
      if (at <= now) this.#to.write(frame)
      else setTimeout(() => this.#to.write(frame), at - now)
    }
  }
}
