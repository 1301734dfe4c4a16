import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'

import { UserError } from '../core/user-error.ts'
import { frameOf, FrameFault, FrameReader, parsePayload } from './frames.ts'
import type { Hello, Membership } from './hello.ts'
import { refusal } from './hello.ts'
import type { Address } from './link.ts'

/** Somebody who has said hello and was accepted. */
export interface Caller {
  readonly from: Hello['from']
  /** Takes an answer; it leaves with the next `release`. */
  answer(message: unknown): void
}

export interface ListenerOptions {
  readonly listen: Address
  readonly self: string
  readonly membership: Membership
  received(caller: Caller, payload: Readonly<Record<string, unknown>>): void
  /** Something that somebody should know: a stranger, a frame that is too long. */
  warn(text: string): void
}

/** The ear of a node: peers and clients connect to it. */
export class Listener {
  readonly #options: ListenerOptions
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #answers = new Map<Socket, Buffer[]>()

  private constructor(options: ListenerOptions, server: Server) {
    this.#options = options
    this.#server = server
    server.on('connection', (socket) => this.#accept(socket))
  }

  /** @throws UserError if the address is not free */
  static async open(options: ListenerOptions): Promise<Listener> {
    const server = createServer({ noDelay: true })
    await listening(server, options.listen)
    return new Listener(options, server)
  }

  get port(): number {
    return portOf(this.#server)
  }

  /** Hands what was answered to the operating system. */
  release(): void {
    const answers = this.#answers
    this.#answers = new Map()
    for (const [socket, frames] of answers) socket.write(Buffer.concat(frames))
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #accept(socket: Socket): void {
    const reader = new FrameReader()
    let caller: Caller | undefined
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#answers.delete(socket)
    })
    socket.on('data', (chunk) => {
      try {
        for (const payload of reader.push(chunk)) {
          const message = parsePayload(payload)
          if (caller !== undefined) this.#options.received(caller, message)
          else caller = this.#welcome(socket, message)
          if (caller === undefined) return
        }
      } catch (error) {
        if (!(error instanceof FrameFault)) throw error
        this.#options.warn(`a connection is closed: ${error.message}`)
        socket.destroy()
      }
    })
  }

  #welcome(socket: Socket, hello: Readonly<Record<string, unknown>>): Caller | undefined {
    const { membership, self, warn } = this.#options
    const why = refusal(membership, self, hello)
    if (why !== undefined) {
      warn(`a connection is refused: ${why}`)
      socket.end(frameOf({ refused: why }))
      return undefined
    }
    socket.write(frameOf({ hello: 1, node: self }))
    const answer = (message: unknown): void => {
      const frames = this.#answers.get(socket)
      if (frames !== undefined) frames.push(frameOf(message))
      else if (!socket.destroyed) this.#answers.set(socket, [frameOf(message)])
    }
    return { from: hello['from'] as Hello['from'], answer }
  }
}

/** Waits until a server listens. @throws UserError if it cannot */
export async function listening(server: Server, { host, port }: Address): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(addressFault(`${host}:${port}`, cause))
    })
    server.listen({ host, port, exclusive: true }, resolve)
  })
}

export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server is closed')
  return address.port
}

function addressFault(where: string, cause: NodeJS.ErrnoException): UserError {
  if (cause.code === 'EADDRINUSE') {
    const hint = 'is the node running already? --listen HOST:0 takes any port that is free'
    return new UserError('this port is in use', { where, hint, cause })
  }
  const fact = `nobody can listen here (${cause.code ?? cause.message})`
  return new UserError(fact, { where, hint: 'an address of this machine, and a port', cause })
}
