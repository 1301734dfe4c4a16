import { connect } from 'node:net'
import type { Socket } from 'node:net'

import { framed, FrameReader, parsePayload } from './frames.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

export interface LinkOptions {
  /** Asked for at each attempt, as a node may come back elsewhere. `undefined`: it is not up. */
  address(): Address | undefined
  readonly hello: object
  /** How many messages wait while there is no connection; the oldest are lost first. */
  readonly keep: number
  /** What the other side says after hello. */
  received?(payload: Readonly<Record<string, unknown>>): void
  /** The other side does not want to talk with us, and says why. */
  refused?(why: string): void
  /** There is no connection any more; what was sent may be lost. */
  lost?(): void
  /** Between two attempts, in milliseconds: from the first to the last. */
  readonly backoff?: readonly [number, number]
}

/** While a peer reads nothing, so much is held for it; the rest is lost. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024

/** One direction to another process: connects, says hello, sends, and connects again. */
export class Link {
  readonly #options: LinkOptions
  #socket: Socket | undefined
  #ready = false
  #waiting: Buffer[] = []
  #outgoing: Buffer[] = []
  #attempts = 0
  #retry: NodeJS.Timeout | undefined
  #closed = false
  #saidWhy: string | undefined

  constructor(options: LinkOptions) {
    this.#options = options
    this.#connect()
  }

  /** True while the other side has accepted our hello. */
  get ready(): boolean {
    return this.#ready
  }

  /** Takes a message; it leaves with the next `release`. */
  send(message: unknown): void {
    const frame = framed(Buffer.from(JSON.stringify(message)))
    if (this.#ready) {
      this.#outgoing.push(frame)
      return
    }
    this.#waiting.push(frame)
    if (this.#waiting.length > this.#options.keep) this.#waiting.shift()
  }

  /** Hands what was sent to the operating system. */
  release(): void {
    const socket = this.#socket
    if (!this.#ready || socket === undefined || this.#outgoing.length === 0) return
    const frames = this.#outgoing
    this.#outgoing = []
    if (socket.writableLength < MAX_WAITING_BYTES) socket.write(Buffer.concat(frames))
  }

  /** Tries at once, where it would wait for its next attempt. */
  hurry(): void {
    if (this.#retry === undefined) return
    clearTimeout(this.#retry)
    this.#attempts = 0
    this.#connect()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#socket?.destroy()
  }

  #connect(): void {
    this.#retry = undefined
    if (this.#closed) return
    const address = this.#options.address()
    if (address === undefined) {
      this.#tryLater()
      return
    }
    const socket = connect({ ...address, noDelay: true })
    const reader = new FrameReader()
    this.#socket = socket
    socket.on('connect', () => {
      socket.write(framed(Buffer.from(JSON.stringify(this.#options.hello))))
    })
    socket.on('data', (chunk) => {
      try {
        for (const payload of reader.push(chunk)) this.#hear(parsePayload(payload))
      } catch {
        socket.destroy()
      }
    })
    // What went wrong matters less than that it is over, and that is said by 'close'.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#lose(socket)
    })
  }

  #hear(payload: Readonly<Record<string, unknown>>): void {
    if (this.#ready) {
      this.#options.received?.(payload)
      return
    }
    const why = payload['refused']
    if (typeof why === 'string') {
      // Once for each reason: it will be the same at the next attempt.
      if (why !== this.#saidWhy) this.#options.refused?.(why)
      this.#saidWhy = why
      this.#socket?.destroy()
      return
    }
    this.#ready = true
    this.#attempts = 0
    this.#outgoing = this.#waiting
    this.#waiting = []
    this.release()
  }

  #lose(socket: Socket): void {
    if (this.#socket !== socket) return
    const was = this.#ready
    this.#socket = undefined
    this.#ready = false
    this.#outgoing = []
    if (was) this.#options.lost?.()
    this.#tryLater()
  }

  #tryLater(): void {
    if (this.#closed) return
    const [first, last] = this.#options.backoff ?? [20, 500]
    const ms = Math.min(last, first * 2 ** Math.min(this.#attempts++, 10))
    this.#retry = setTimeout(() => this.#connect(), ms)
  }
}
