import type { Effect, TraceEvent } from '../../src/core/trace.ts'
import { DiskImage, RecordedFx, runStep, strict } from '../../src/node/index.ts'
import type { Program } from '../../src/node/index.ts'

export interface Sent {
  readonly from: string
  readonly to: string
  readonly message: { readonly type: string } & Readonly<Record<string, unknown>>
}

interface Node {
  fx: RecordedFx
  state: unknown
  disk: DiskImage
  /** Asked for and not yet on the disk. */
  writes: Extract<Effect, { type: 'write' }>[]
  /** The last write that is on the disk. */
  durable: number
  held: { effect: Effect }[]
  timers: Set<string>
}

/**
 * A cluster that does nothing by itself: a test says which message arrives, which timer fires and
 * who crashes. Writes are done at once unless a test holds the disk.
 */
export class Scripted {
  readonly #program: Program
  readonly #names: readonly string[]
  readonly #nodes = new Map<string, Node>()
  readonly #slow = new Set<string>()
  readonly #replies = new Map<string | number, unknown>()
  #requests = 0
  /** On their way, in the order in which they were sent. */
  sent: Sent[] = []
  /** What the clocks show. */
  clock = 0

  constructor(program: Program, size: number) {
    this.#program = strict(program)
    this.#names = Array.from({ length: size }, (_, at) => `n${at + 1}`)
    for (const name of this.#names) this.#start(name, new DiskImage())
  }

  view(name: string): Readonly<Record<string, unknown>> {
    return this.#program.view(this.#node(name).state)
  }

  timers(name: string): readonly string[] {
    return [...this.#node(name).timers]
  }

  /** The request's id, to ask for its answer. */
  request(name: string, f: string, value: unknown = null, more: object = {}): number {
    const id = ++this.#requests
    const about = { id, client: `c${id}`, serial: 1, f, value, ...more }
    this.#run(name, { type: 'request', request: about })
    return id
  }

  /** `{ result }`, `{ error }`, or `undefined` as long as there is none. */
  answer(id: number): unknown {
    return this.#replies.get(id)
  }

  /** Delivers the messages that fit and were sent until now, each once; answers how many. */
  deliver(fits: (sent: Sent) => boolean = () => true): number {
    const chosen = this.sent.filter(fits)
    this.sent = this.sent.filter((sent) => !chosen.includes(sent))
    for (const sent of chosen) this.receive(sent)
    return chosen.length
  }

  /** Delivers whatever fits until nothing does. */
  settle(fits: (sent: Sent) => boolean = () => true, most = 10_000): void {
    for (let left = most; left > 0; left--) {
      if (this.deliver(fits) === 0) return
    }
    throw new Error('the cluster does not come to rest')
  }

  /** Delivers a message, perhaps once more. */
  receive({ from, to, message }: Sent): void {
    if (this.#node(to).state === undefined) return
    this.#run(to, { type: 'message', from, message })
  }

  /** Loses the messages that fit. */
  lose(fits: (sent: Sent) => boolean = () => true): void {
    this.sent = this.sent.filter((sent) => !fits(sent))
  }

  fire(name: string, timer: string): void {
    if (!this.#node(name).timers.delete(timer)) throw new Error(`${name} has no timer ${timer}`)
    this.#run(name, { type: 'timer', timer })
  }

  /** From now on writes of this node wait. */
  holdDisk(name: string): void {
    this.#slow.add(name)
  }

  /** Does the writes that wait. */
  freeDisk(name: string): void {
    this.#slow.delete(name)
    this.#flush(name)
  }

  /** Does the first of the writes that wait; the others go on waiting. */
  write(name: string, count: number): void {
    const { writes, held } = this.#node(name)
    const done = writes.slice(0, count)
    const last = done.at(-1)?.ticket ?? 0
    const rest = held.filter(({ effect }) => 'after' in effect && (effect.after ?? 0) > last)
    Object.assign(this.#node(name), {
      writes: done,
      held: held.filter((one) => !rest.includes(one)),
    })
    this.#flush(name)
    const after = this.#node(name)
    Object.assign(after, {
      writes: [...writes.slice(count), ...after.writes],
      held: [...rest, ...after.held],
    })
  }

  /** Writes that wait are lost. */
  crash(name: string): void {
    const node = this.#node(name)
    Object.assign(node, { state: undefined, writes: [], held: [] })
    node.timers.clear()
  }

  restart(name: string): void {
    this.#start(name, this.#node(name).disk)
  }

  #start(name: string, disk: DiskImage): void {
    const choices = { pick: () => 0, now: () => this.clock }
    const fx = new RecordedFx(name, this.#names, choices)
    const node: Node = {
      fx,
      state: undefined,
      disk,
      writes: [],
      durable: 0,
      held: [],
      timers: new Set(),
    }
    this.#nodes.set(name, node)
    this.#slow.delete(name)
    this.#run(name, { type: 'boot', disk: disk.stored() })
  }

  #run(name: string, event: TraceEvent): void {
    const node = this.#node(name)
    node.state = runStep(this.#program, node.state, event, node.fx)
    for (const effect of node.fx.take()) {
      if (effect.type === 'set-timer') node.timers.add(effect.timer)
      else if (effect.type === 'cancel-timer') node.timers.delete(effect.timer)
      else if (effect.type === 'write') node.writes.push(effect)
      else if ('after' in effect && (effect.after ?? 0) > node.durable) {
        node.held.push({ effect })
      } else this.#leave(name, effect)
    }
    if (!this.#slow.has(name)) this.#flush(name)
  }

  #flush(name: string): void {
    const node = this.#node(name)
    const { writes, held } = node
    Object.assign(node, { writes: [], held: [] })
    for (const { write } of writes) node.disk.apply(write)
    // What waits, waits for one of these writes or an earlier one.
    for (const { effect } of held) this.#leave(name, effect)
    const last = writes.at(-1)
    if (last === undefined) return
    node.durable = last.ticket
    this.#run(name, { type: 'durable', ticket: last.ticket })
  }

  #leave(from: string, effect: Effect): void {
    if (effect.type === 'send') {
      this.sent.push({ from, to: effect.to, message: effect.message as Sent['message'] })
    }
    if (effect.type === 'reply') this.#replies.set(effect.request, { result: effect.result })
    if (effect.type === 'fail') this.#replies.set(effect.request, { error: effect.error })
  }

  #node(name: string): Node {
    const node = this.#nodes.get(name)
    if (node === undefined) throw new Error(`there is no ${name}`)
    return node
  }
}
