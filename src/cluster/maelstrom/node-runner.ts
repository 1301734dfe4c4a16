import { UserError } from '../../core/user-error.ts'
import type { Client } from './client.ts'
import type { Envelope } from './message.ts'
import type { Receiver } from './network.ts'
import type { NodeProcess } from './node-process.ts'

/**
 * One node as the network sees it: it hears nothing but its `init` until it has answered that, and
 * what the others say meanwhile is kept for it.
 */
export class NodeRunner implements Receiver {
  readonly name: string
  readonly #process: NodeProcess
  #phase: 'down' | 'starting' | 'up' = 'down'
  #held: Envelope[] = []
  #started: Promise<void> = Promise.resolve()

  constructor(process: NodeProcess) {
    this.name = process.name
    this.#process = process
  }

  get up(): boolean {
    return this.#phase === 'up'
  }

  deliver(envelope: Envelope): string | undefined {
    if (this.#phase === 'down') return `${this.name} is down`
    if (this.#phase === 'up' || envelope.body.type === 'init') this.#process.write(envelope)
    else this.#held.push(envelope)
    return undefined
  }

  /** Starts the process and tells it who it is. @throws UserError if it does not answer */
  start(client: Client, nodes: readonly string[], timeoutMs: number): Promise<void> {
    this.#started = this.#begin(client, nodes, timeoutMs)
    return this.#started
  }

  async #begin(client: Client, nodes: readonly string[], timeoutMs: number): Promise<void> {
    this.#phase = 'starting'
    this.#process.start()
    const init = { type: 'init', node_id: this.name, node_ids: nodes }
    const ended = await client.ask(this.name, init, timeoutMs)
    if (ended.type === 'answer' && ended.body.type === 'init_ok') {
      this.#phase = 'up'
      for (const envelope of this.#held.splice(0)) this.#process.write(envelope)
      return
    }
    const how =
      ended.type === 'timeout'
        ? `did not answer 'init' within ${timeoutMs} ms`
        : `answered 'init' with ${JSON.stringify(ended.body)}`
    const advice = `slow starters need --init-timeout; the answer is {"type":"init_ok"}`
    throw new UserError(`${this.name} ${how}`, {
      where: this.name,
      hint: `${advice}\n${this.#process.lastLines()}`,
    })
  }

  /** A node that is just starting is waited for: nobody else knows that it was killed. */
  async killWhenStarted(): Promise<void> {
    await this.#started
    await this.kill()
  }

  async kill(): Promise<void> {
    this.#phase = 'down'
    this.#held = []
    await this.#process.kill()
  }

  pause(): void {
    this.#process.pause()
  }

  resume(): void {
    this.#process.resume()
  }
}
