import type { Json } from '../core/json.ts'
import type { Asked, ErrorName, NodeId, Request } from '../node/index.ts'
import { errorCodes } from '../node/index.ts'
import type { Client, OpenOperation, Phase } from './client.ts'
import { about, callText, isElsewhere, newClient } from './client.ts'
import { KIND } from './event-queue.ts'
import type { Network } from './network.ts'
import { microseconds } from './network.ts'
import type { ScheduledOperation } from './schedule.ts'
import type { World } from './world.ts'
import { ORDER } from './world.ts'

/** What comes back to a client. */
export type Answer =
  { readonly result: unknown } | { readonly error: ErrorName; readonly ask?: NodeId }

/** A client that was refused waits so long before it asks somebody else. */
const RETRY_US = 10_000
/** Nodes that send a client to each other must not keep it busy. */
const MOST_HINTS = 3
/** In the end clients ask one after the other, and again soon. */
const STAGGER_US = 1000
const SOON_US = 20_000
const LATE_US = 1_000_000
/** Final reads that go on until there is nothing more end here at the latest. */
const MOST_DRAINED = 10_000

/** All clients: each asks for one thing at a time, and writes down what it sees. */
export class Clients {
  readonly #world: World
  readonly #network: Network
  readonly #isUp: (node: number) => boolean
  readonly #recorded: ScheduledOperation[] | undefined
  readonly #all: readonly Client[]
  readonly #own: boolean
  readonly #timeout: number
  readonly #again: number
  readonly #gap: number
  readonly #limit: number
  /** Whom clients ask: all nodes, and those that were healed in the end. */
  #ring: readonly number[]
  #phase: Phase = 'faults'
  #phases = 0
  #ids = 0
  readonly counts = { operations: 0, ok: 0, fail: 0, info: 0 }
  /** How many clients have to be served before the phase is over. */
  unserved = 0

  constructor(
    world: World,
    network: Network,
    isUp: (node: number) => boolean,
    told: readonly ScheduledOperation[] | undefined,
    recorded: ScheduledOperation[] | undefined,
  ) {
    const { clients, nodes, workload } = world.simulation
    const { count, policy, timeoutMs, againMs, rate, operations } = clients
    this.#world = world
    this.#network = network
    this.#isUp = isUp
    this.#recorded = recorded
    this.#own = policy === 'own'
    this.#timeout = timeoutMs === undefined ? 0 : microseconds(timeoutMs)
    this.#again = againMs === undefined ? 0 : microseconds(againMs)
    this.#gap = Math.max(1, Math.round((count * 1_000_000) / rate))
    this.#limit = operations ?? Infinity
    this.#ring = Array.from({ length: nodes }, (_, node) => node)
    this.#all = Array.from({ length: count }, (_, index) => {
      const random = world.draws.random('workload', index)
      const source = workload.client({ client: index, clients: count, nodes, random })
      return newClient(index, nodes + index, world.names[nodes + index]!, source, told)
    })
  }

  start(): void {
    for (const client of this.#all) this.#plan(client)
  }

  /** It is time for a client to ask. */
  due(slot: number): void {
    const { queue } = this.#world
    const client = this.#all[queue.to[slot]!]!
    const current = queue.number[slot] === this.#phases
    queue.free(slot)
    if (!current || client.open !== undefined) return
    if (this.#own && !this.#isUp(this.#nodeOf(client))) {
      client.waiting = true
      return
    }
    const told = client.told === undefined ? undefined : this.#toldNext(client)
    const asked = client.told === undefined ? this.#wish(client) : told?.asked
    if (asked !== undefined) this.#ask(client, asked, told?.node)
    else this.#noLongerDemanded(client)
  }

  /** A request has come to a node that is down. */
  refused(slot: number): void {
    const { queue } = this.#world
    const { id } = queue.data[slot] as Request
    const [from, to] = [queue.from[slot]!, queue.to[slot]!]
    queue.free(slot)
    const answer: Answer = { error: 'node-not-found' }
    this.#network.send(to, from, KIND.answer, Number(id), answer)
  }

  answered(slot: number): void {
    const { queue, simulation } = this.#world
    const client = this.#all[queue.to[slot]! - simulation.nodes]!
    const id = queue.number[slot]!
    const answer = queue.data[slot] as Answer
    queue.free(slot)
    const { open } = client
    if (open === undefined || id < open.firstId) return
    if (!('error' in answer)) {
      this.#finish(client, open, 'ok', answer.result)
      return
    }
    // Somebody else was asked meanwhile, and what he says counts.
    if (id !== open.lastId) return
    open.unanswered--
    const { error, ask } = answer
    if (!this.#own && isElsewhere(error)) this.#elsewhere(client, open, ask)
    else this.#finish(client, open, errorCodes[error].definite ? 'fail' : 'info', null, error)
  }

  /** The time of an operation is up. */
  timedOut(slot: number): void {
    const { queue } = this.#world
    const client = this.#all[queue.to[slot]!]!
    const { open } = client
    const id = queue.number[slot]
    queue.free(slot)
    if (open === undefined || open.firstId !== id) return
    const refused = open.unanswered === 0
    const error = refused ? 'temporarily-unavailable' : 'timeout'
    this.#finish(client, open, refused ? 'fail' : 'info', null, error)
  }

  /** A client has waited long enough for an answer, or after a refusal. */
  again(slot: number): void {
    const { queue } = this.#world
    const client = this.#all[queue.to[slot]!]!
    const id = queue.number[slot]
    queue.free(slot)
    const { open } = client
    if (open !== undefined && open.lastId === id) this.#request(client, open, open.next)
  }

  /** Connections to a node that stops are broken. */
  nodeStopped(node: number): void {
    for (const client of this.#all) {
      const { open } = client
      if (open?.node !== node || open.unanswered === 0) continue
      if (this.#again > 0) this.#wait(client, open, RETRY_US)
      else this.#finish(client, open, 'info', null, 'crash')
    }
  }

  nodeStarted(node: number): void {
    for (const client of this.#all) {
      if (!client.waiting || this.#nodeOf(client) !== node) continue
      client.waiting = false
      this.#planAt(client, this.#world.now)
    }
  }

  /** From now on only these nodes are there; whoever waits for another one waits in vain. */
  leave(core: readonly number[]): void {
    this.#ring = core
    this.#phase = 'quiet'
    this.#phases++
    for (const client of this.#all) {
      client.waiting = false
      const { open } = client
      if (this.#own) client.out = !core.includes(this.#nodeOf(client))
      else if (open !== undefined && !core.includes(open.node)) {
        this.#finish(client, open, 'info', null, 'timeout')
      }
    }
  }

  /**
   * Everybody asks until he is served, or until `end`. Whom a schedule tells to ask only in the
   * second half of that time does not ask at all: it would show nothing about the cluster.
   */
  begin(phase: 'recovery' | 'last', end: number): void {
    const { now } = this.#world
    const soon = now + Math.max((end - now) / 2, LATE_US)
    this.#phase = phase
    this.#phases++
    for (const client of this.#all) {
      client.served = false
      client.demanded = false
      if (client.out) continue
      const asks =
        client.told === undefined ||
        client.told[phase].slice(0, 1).some(({ at }) => microseconds(at) <= soon)
      if (client.open === undefined && !asks) continue
      client.demanded = true
      this.unserved++
      if (client.open === undefined) this.#plan(client)
    }
  }

  /** Nobody asks any more, and nobody has to be served. */
  rest(): void {
    this.#phase = 'quiet'
    this.#phases++
    this.unserved = 0
  }

  /** Who is not served, in words. */
  unservedText(): string {
    return this.#all
      .filter(({ demanded, served }) => demanded && !served)
      .map(({ name, open }) => (open === undefined ? name : `${name} (${callText(open.asked)})`))
      .join(', ')
  }

  #plan(client: Client): void {
    const { now, draws } = this.#world
    if (client.told !== undefined) {
      const next = this.#toldBy(client)?.[0]
      if (next !== undefined) this.#planAt(client, Math.max(now, microseconds(next.at)))
      else if (this.#asksAgain(client)) this.#planSoon(client)
      return
    }
    if (this.#phase === 'faults') {
      if (this.counts.operations >= this.#limit) return
      const gap = draws.gap(client.end, client.serial + 1, this.#gap)
      this.#planAt(client, Math.max(now, client.askedAt + gap))
    } else if (this.#phase !== 'quiet') this.#planSoon(client)
  }

  #planSoon(client: Client): void {
    this.#planAt(client, this.#world.now + SOON_US + client.index * STAGGER_US)
  }

  #planAt(client: Client, time: number): void {
    const { queue } = this.#world
    const order = ORDER.invoke + client.index
    queue.add(time, order, KIND.invoke, client.end, client.index, this.#phases, undefined)
  }

  #toldBy(client: Client): ScheduledOperation[] | undefined {
    return this.#phase === 'quiet' ? undefined : client.told?.[this.#phase]
  }

  /** What a schedule tells a client to ask next. */
  #toldNext(client: Client): ScheduledOperation | undefined {
    const next = this.#toldBy(client)?.shift()
    if (next !== undefined) client.toldLast = next
    return next ?? (this.#asksAgain(client) ? client.toldLast : undefined)
  }

  /** Whoever has to be served asks the same again and again, whatever a schedule leaves out. */
  #asksAgain({ demanded, served, toldLast }: Client): boolean {
    return this.#phase !== 'faults' && demanded && !served && toldLast !== undefined
  }

  /** What the workload says that a client asks for next. */
  #wish({ source }: Client): Asked | undefined {
    if (this.#phase === 'last') return source.last?.()
    if (this.#phase === 'faults' && this.counts.operations >= this.#limit) return undefined
    return source.next()
  }

  #ask(client: Client, asked: Asked, told: NodeId | undefined): void {
    const world = this.#world
    const { now, draws, names } = world
    const process = client.life === 1 ? client.name : `${client.name} (${client.life})`
    client.serial++
    client.askedAt = now
    this.counts.operations++
    const node = this.#firstNode(client, told, draws.told)
    const phase = this.#phase
    this.#recorded?.push({
      at: now / 1000,
      client: client.index,
      node: names[node]!,
      asked,
      ...(phase === 'recovery' || phase === 'last' ? { phase } : {}),
    })
    world.saw({ process, type: 'invoke', ...about(asked), value: asked.value as Json })
    const firstId = (this.#ids + 1) * this.#all.length + client.index
    const open: OpenOperation = {
      asked,
      process,
      firstId,
      lastId: firstId,
      node,
      next: node,
      unanswered: 0,
      hints: 0,
    }
    client.open = open
    if (this.#timeout > 0) {
      world.add(now + this.#timeout, KIND.timeout, client.end, client.index, firstId, undefined)
    }
    this.#request(client, open, node)
  }

  #firstNode(client: Client, told: NodeId | undefined, isTold: boolean): number {
    if (this.#own) return this.#nodeOf(client)
    const ring = this.#ring
    if (!isTold) return ring[this.#world.draws.target(client.end, client.serial, ring.length)]!
    const place = told === undefined ? undefined : this.#world.places.get(told)
    return place !== undefined && ring.includes(place) ? place : ring[client.index % ring.length]!
  }

  #request(client: Client, open: OpenOperation, node: number): void {
    const { asked } = open
    const id = ++this.#ids * this.#all.length + client.index
    open.lastId = id
    open.node = node
    open.next = this.#after(node)
    open.unanswered++
    const request: Request = {
      id,
      client: client.name,
      serial: client.serial,
      f: asked.f,
      ...(asked.key === undefined ? {} : { key: asked.key }),
      value: asked.value,
    }
    this.#network.send(client.end, node, KIND.request, id, request)
    if (this.#again > 0) this.#wait(client, open, this.#again)
  }

  #wait(client: Client, open: OpenOperation, us: number): void {
    const { now } = this.#world
    this.#world.add(now + us, KIND.again, client.end, client.index, open.lastId, undefined)
  }

  /** A node cannot serve it now: another one is asked, at once if it is known which. */
  #elsewhere(client: Client, open: OpenOperation, ask: NodeId | undefined): void {
    const hint = ask === undefined ? undefined : this.#world.places.get(ask)
    if (hint !== undefined && this.#ring.includes(hint)) {
      open.next = hint
      if (hint !== open.node && open.hints++ < MOST_HINTS) {
        this.#request(client, open, hint)
        return
      }
    }
    open.hints = 0
    this.#wait(client, open, RETRY_US)
  }

  #after(node: number): number {
    const ring = this.#ring
    return ring[(ring.indexOf(node) + 1) % ring.length]!
  }

  #nodeOf(client: Client): number {
    return client.index % this.#world.simulation.nodes
  }

  #finish(
    client: Client,
    open: OpenOperation,
    type: 'ok' | 'fail' | 'info',
    result: unknown,
    error?: ErrorName,
  ): void {
    const { asked, process } = open
    const value = type === 'ok' ? (result ?? null) : asked.value
    this.#world.saw({
      process,
      type,
      ...about(asked),
      value: value as Json,
      ...(error === undefined ? {} : { error }),
    })
    this.counts[type]++
    client.open = undefined
    if (type === 'info') client.life++
    this.#goOn(client, type, error)
  }

  #goOn(client: Client, type: 'ok' | 'fail' | 'info', error: ErrorName | undefined): void {
    if (this.#phase === 'quiet' || client.out) return
    if (this.#phase === 'faults') {
      this.#plan(client)
      return
    }
    const refused = error !== undefined && isElsewhere(error)
    const served = type === 'ok' || (type === 'fail' && !refused)
    const drains = this.#phase === 'last' && client.source.drains === true
    const done = drains ? refused || client.serial > MOST_DRAINED : served
    if (done) this.#noLongerDemanded(client)
    else this.#plan(client)
  }

  /** It was served, or has nothing to ask for. */
  #noLongerDemanded(client: Client): void {
    if (!client.demanded || client.served) return
    client.served = true
    this.unserved--
  }
}
