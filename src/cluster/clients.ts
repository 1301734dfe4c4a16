import { setTimeout as sleep } from 'node:timers/promises'

import type { Json } from '../core/json.ts'
import type { Random } from '../core/random.ts'
import { seeded } from '../core/random.ts'
import type { Asked, NodeId, Workload, WorkloadClient } from '../node/index.ts'
import type { Asker } from './asker.ts'
import type { HistoryFile } from './history-file.ts'

export interface ClientsOptions {
  readonly workload: Workload
  readonly nodes: readonly NodeId[]
  readonly count: number
  /**
   * `any`: a client asks some node, and goes elsewhere when that node cannot serve it. `own`: the
   * client is a process of the protocol, speaks with its own node only, and is idle while that is
   * down.
   */
  readonly policy: 'any' | 'own'
  /** A client gives an operation up after so many milliseconds. */
  readonly timeoutMs: number
  /**
   * A client without an answer for so many milliseconds asks another node for the same operation:
   * only for protocols that tell by `client` and `serial` that they have served it. Default: never.
   */
  readonly againMs?: number
  /** How many operations all of them ask for in a second. */
  readonly rate: number
  readonly seed: number
  readonly asker: Asker
  readonly history: HistoryFile
}

/** Between two attempts of an operation that was refused, in milliseconds. */
const PAUSE: readonly [number, number] = [5, 25]

/** Clients that ask until they are stopped, each one thing at a time. */
export class Clients {
  readonly #options: ClientsOptions
  readonly #clients: readonly Client[]
  #stopping = false

  constructor(options: ClientsOptions) {
    this.#options = options
    this.#clients = Array.from({ length: options.count }, (_, at) => new Client(at, options))
  }

  /** Returns when they were stopped, or have nothing more to ask for. */
  async run(): Promise<void> {
    const { count, rate } = this.#options
    const pauseMs = (1000 * count) / rate
    await Promise.all(this.#clients.map((client) => client.run(pauseMs, () => this.#stopping)))
  }

  /** They finish what they have begun. */
  stop(): void {
    this.#stopping = true
  }

  /**
   * Every client asks until it is served once, and then what is asked at the end. Answers whether
   * all were.
   */
  async last(withinMs: number, reachable: (node: NodeId) => boolean): Promise<boolean> {
    const deadline = performance.now() + withinMs
    const served = await Promise.all(
      this.#clients.map((client) => client.last(deadline, reachable)),
    )
    return served.every((each) => each)
  }
}

class Client {
  readonly #options: ClientsOptions
  readonly #name: string
  readonly #asks: WorkloadClient
  readonly #random: Random
  #node: NodeId
  #lives = 1
  #serial = 0

  constructor(at: number, options: ClientsOptions) {
    const { workload, nodes, count: clients, seed } = options
    this.#options = options
    this.#name = `c${at + 1}`
    this.#random = seeded(seed * 1000 + 500 + at)
    const random = seeded(seed * 1000 + 700 + at)
    this.#asks = workload.client({ client: at, clients, nodes: nodes.length, random })
    this.#node = nodes[at % nodes.length] ?? ''
  }

  async run(pauseMs: number, stopped: () => boolean): Promise<void> {
    let next = performance.now() + (pauseMs * this.#random.int(0, 100)) / 100
    while (!stopped()) {
      const wait = next - performance.now()
      if (wait > 0) await sleep(Math.min(wait, 100))
      if (performance.now() < next) continue
      if (this.#isIdle()) {
        await sleep(PAUSE[1])
        continue
      }
      const asked = this.#asks.next()
      if (asked === undefined) return
      await this.#operate(asked)
      next = Math.max(performance.now(), next + (pauseMs * this.#random.int(50, 150)) / 100)
    }
  }

  async last(deadline: number, reachable: (node: NodeId) => boolean): Promise<boolean> {
    const { policy } = this.#options
    // Whoever speaks for a node that stays down has nothing to ask for.
    if (policy === 'own' && !reachable(this.#node)) return true
    const asked = this.#asks.last?.()
    if (asked === undefined) return true
    while (performance.now() < deadline) {
      const { type, more } = await this.#operate(asked)
      // A process of its own is asked once: what it refuses, nobody else could serve.
      if (type === 'ok' || (policy === 'own' && more.error !== undefined)) return true
      await sleep(PAUSE[1])
    }
    return false
  }

  /** A client of a process that is down. */
  #isIdle(): boolean {
    return this.#options.policy === 'own' && !this.#options.asker.canReach(this.#node)
  }

  /** One operation from its call to its end. */
  async #operate(asked: Asked): Promise<End> {
    const { history, timeoutMs } = this.#options
    const process = this.#lives === 1 ? this.#name : `${this.#name} (${this.#lives})`
    const { f, key } = asked
    const about = { process, f, ...(key === undefined ? {} : { key: key as Json }) }
    const called = history.write({ ...about, type: 'invoke', value: asked.value as Json })
    const end = await this.#outcome(process, asked, performance.now() + timeoutMs)
    const value = (end.type === 'ok' ? (end.result ?? null) : asked.value) as Json
    const returned = history.write({ ...about, type: end.type, value, ...end.more })
    if (end.type === 'ok') history.served(called, returned)
    // Its operation may still be going on, so what comes next is asked by somebody else.
    if (end.type === 'info') this.#lives++
    return end
  }

  async #outcome(client: string, { f, key, value }: Asked, deadline: number): Promise<End> {
    const { asker, policy, againMs = Infinity } = this.#options
    const request = { client, serial: ++this.#serial, f, ...(key === undefined ? {} : { key }) }
    let surelyNot = true
    for (;;) {
      const left = deadline - performance.now()
      if (left <= 0) return { type: surelyNot ? 'fail' : 'info', more: { error: 'timeout' } }
      const node = this.#node
      const reply = await asker.ask(node, { ...request, value }, Math.min(left, againMs))
      if (reply.type === 'ok') return { type: 'ok', result: reply.result, more: { node } }
      if (reply.type === 'silent') {
        surelyNot = false
        this.#elsewhere()
        if (againMs === Infinity) return { type: 'info', more: { node, error: 'no answer' } }
        continue
      }
      if (reply.type === 'error' && (policy === 'own' || !isElsewhere(reply.error))) {
        const type = reply.definite && surelyNot ? 'fail' : 'info'
        if (type === 'info') this.#elsewhere()
        return { type, more: { node, error: reply.error } }
      }
      this.#elsewhere(reply.type === 'error' ? reply.ask : undefined)
      await sleep(Math.max(0, Math.min(left, this.#random.int(...PAUSE))))
    }
  }

  /** The node that was named, or the next one. */
  #elsewhere(named?: NodeId): void {
    const { nodes, policy } = this.#options
    if (policy === 'own') return
    const next = nodes[(nodes.indexOf(this.#node) + 1) % nodes.length]
    this.#node = named !== undefined && nodes.includes(named) ? named : (next ?? this.#node)
  }
}

interface End {
  readonly type: 'ok' | 'fail' | 'info'
  readonly result?: unknown
  /** Kept in the history beside what is judged. */
  readonly more: { readonly node?: string; readonly error?: string }
}

function isElsewhere(error: string): boolean {
  return error === 'temporarily-unavailable' || error === 'node-not-found'
}
