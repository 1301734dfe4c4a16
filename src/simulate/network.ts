import type { LinkFault } from '../node/index.ts'
import { WHOLE } from './draws.ts'
import type { World } from './world.ts'

/** What a node says to itself takes a microsecond, so that time goes on. */
const TO_ITSELF_US = 1
/** What was slow before is at most that slow when it has healed, if it can be. */
export const CALM_US = 10_000

/**
 * Links between all ends (nodes first, then clients), each in one direction. A message is lost if
 * its link is cut when it is sent or when it would arrive, and waits if the link is clogged when
 * it would arrive.
 */
export class Network {
  readonly #world: World
  readonly #ends: number
  readonly #nodes: number
  readonly #least: number
  #most: number
  readonly #ordered: boolean
  readonly #wire: boolean
  /**
   * Of each link: how many faults cut or clog it, and parts in a million that are lost or doubled.
   */
  readonly #cut: Int32Array
  readonly #clogged: Int32Array
  readonly #lost: Int32Array
  readonly #doubled: Int32Array
  /** By how many microseconds faults delay messages at most. */
  readonly #late: Int32Array
  /** How many messages were sent. */
  readonly #sent: Int32Array
  /** When the last message arrives, on links that keep the order. */
  readonly #latest: Float64Array
  /** Slots that wait for their link. */
  readonly #waiting = new Map<number, number[]>()
  messagesLost = 0
  messagesDoubled = 0

  constructor(world: World) {
    const { simulation, ends } = world
    const { network, nodes, tolerates } = simulation
    const links = ends * ends
    this.#world = world
    this.#ends = ends
    this.#nodes = nodes
    this.#least = microseconds(network.delayMs[0])
    this.#most = Math.max(this.#least, microseconds(network.delayMs[1]))
    this.#ordered = tolerates.reordering !== true
    this.#wire = simulation.wire === true
    this.#cut = new Int32Array(links)
    this.#clogged = new Int32Array(links)
    this.#lost = new Int32Array(links)
    this.#doubled = new Int32Array(links)
    this.#late = new Int32Array(links)
    this.#sent = new Int32Array(links)
    this.#latest = new Float64Array(links)
    this.#usual(network.lossPercent ?? 0, network.duplicatePercent ?? 0)
  }

  /** Puts a message, a request or an answer on its way. */
  send(from: number, to: number, kind: number, number: number, message: unknown): void {
    const world = this.#world
    const content: unknown = this.#wire ? JSON.parse(JSON.stringify(message)) : message
    if (from === to) {
      world.add(world.now + TO_ITSELF_US, kind, from, to, number, content)
      return
    }
    const link = from * this.#ends + to
    const nth = ++this.#sent[link]!
    const draws = world.draws
    world.chances?.push({
      type: 'message',
      from: world.names[from]!,
      to: world.names[to]!,
      nth,
      time: world.now,
      message: content,
    })
    if (this.#cut[link]! > 0 || draws.lost(link, nth, this.#lost[link]!)) {
      this.messagesLost++
      return
    }
    const late = this.#late[link]!
    const took = draws.delay(link, nth, this.#least, this.#most, late)
    this.#arrive(link, took, kind, number, content)
    const again = draws.doubled(link, nth, this.#doubled[link]!, this.#least, this.#most + late)
    if (again < 0) return
    this.messagesDoubled++
    this.#arrive(link, again, kind, number, content)
  }

  /** Whether what has come over a link may be delivered now; otherwise it is lost or waits. */
  passes(slot: number): boolean {
    const { queue } = this.#world
    const from = queue.from[slot]!
    const to = queue.to[slot]!
    if (from === to) return true
    const link = from * this.#ends + to
    if (this.#cut[link]! > 0) {
      this.messagesLost++
      queue.free(slot)
      return false
    }
    if (this.#clogged[link]! === 0) return true
    const waiting = this.#waiting.get(link)
    if (waiting === undefined) this.#waiting.set(link, [slot])
    else waiting.push(slot)
    return false
  }

  /** A fault begins (`sign` 1) or ends (-1). */
  apply(fault: LinkFault, sign: 1 | -1): void {
    const { places } = this.#world
    const share = Math.round(((fault.amount ?? 0) * WHOLE) / 100)
    const change = (from: number, to: number): void => {
      const link = from * this.#ends + to
      switch (fault.type) {
        case 'partition':
          this.#cut[link]! += sign
          return
        case 'clog':
          this.#clogged[link]! += sign
          if (this.#clogged[link] === 0) this.#release(link)
          return
        case 'loss':
          this.#lost[link]! += sign * share
          return
        case 'duplicate':
          this.#doubled[link]! += sign * share
          return
        case 'delay':
          this.#late[link]! += sign * microseconds(fault.amount ?? 0)
      }
    }
    for (const fromName of fault.from) {
      for (const toName of fault.to) {
        const [from, to] = [places.get(fromName), places.get(toName)]
        if (from === undefined || to === undefined || from === to) continue
        change(from, to)
        if (fault.both === true) change(to, from)
      }
    }
  }

  /**
   * Makes all links good and fast, but for those of ends that are not in the list: they are cut.
   */
  heal(ends: ReadonlySet<number>): void {
    this.#most = Math.max(this.#least, Math.min(this.#most, CALM_US))
    for (let from = 0; from < this.#ends; from++) {
      for (let to = 0; to < this.#ends; to++) {
        const link = from * this.#ends + to
        this.#cut[link] = ends.has(from) && ends.has(to) ? 0 : 1
        this.#lost[link] = 0
        this.#doubled[link] = 0
        this.#late[link] = 0
        this.#clogged[link] = 0
        this.#release(link)
      }
    }
  }

  #arrive(link: number, took: number, kind: number, number: number, content: unknown): void {
    const world = this.#world
    let time = world.now + took
    if (this.#ordered) {
      // What arrives at the same time arrives in the order in which it was sent.
      time = Math.max(time, this.#latest[link]!)
      this.#latest[link] = time
    }
    const from = Math.floor(link / this.#ends)
    world.add(time, kind, from, link - from * this.#ends, number, content)
  }

  #release(link: number): void {
    const waiting = this.#waiting.get(link)
    if (waiting === undefined) return
    this.#waiting.delete(link)
    for (const slot of waiting) this.#world.putOff(slot)
  }

  /** Clients are near: what they say to nodes, and nodes to them, is not lost by itself. */
  #usual(lossPercent: number, duplicatePercent: number): void {
    for (let from = 0; from < this.#nodes; from++) {
      for (let to = 0; to < this.#nodes; to++) {
        const link = from * this.#ends + to
        this.#lost[link] = Math.round((lossPercent * WHOLE) / 100)
        this.#doubled[link] = Math.round((duplicatePercent * WHOLE) / 100)
      }
    }
  }
}

export function microseconds(ms: number): number {
  return Math.round(ms * 1000)
}
