import type { Monitor } from '../../src/core/monitor.ts'
import type { Effect, StoredDisk, TraceEvent, Write } from '../../src/core/trace.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Program, View } from '../../src/node/index.ts'
import { DiskImage, errorCodes, RecordedFx, runStep } from '../../src/node/index.ts'

/**
 * The slow, obvious twin of composed systems: clusters are plain objects, copied to their depth
 * before each step and told apart by their texts. Nothing is numbered and nothing remembered.
 */
export interface DirectResult {
  readonly states: number
  /** Levels, the first being that of the initial states. */
  readonly depth: number
  /** What is wrong in the first level in which something is, sorted. */
  readonly wrong: readonly string[]
}

/** Tickets are greater than this, so that they are known in a state. */
const BIG = 2 ** 51

/** It is slow, and the cases are meant to be small. */
const MOST_STATES = 4000

/** A case is not as small as it was meant to be. */
export class TooManyStates extends Error {}

interface DirectNode {
  up: boolean
  state: unknown
  disk: StoredDisk
  pending: Write[]
  held: Said[]
  /** How many writes this life has asked for, how many of them are done, and were when all was. */
  given: number
  done: number
  base: number
  timers: string[]
  shown: View | undefined
}

interface DirectCluster {
  nodes: DirectNode[]
  /** A set, a bag or, by link, queues: `from`, `to`, `message`. */
  messages: { from: number; to: number; message: unknown }[]
  clients: { at: number; waits: boolean }[]
  left: Record<string, number>
  histories: unknown[]
}

type Said = Extract<Effect, { readonly type: 'send' | 'reply' | 'fail' }>

export function exploreDirectly(
  program: Program,
  options: ComposeOptions,
  most = MOST_STATES,
): DirectResult {
  const direct = new Direct(program, options)
  const seen = new Set<string>()
  let level: DirectCluster[] = []
  let depth = 0
  const wrong = new Set<string>()
  const meet = (next: DirectCluster[], cluster: DirectCluster): void => {
    const text = textOf({ ...cluster, nodes: cluster.nodes.map(withoutOldTickets) })
    if (seen.has(text)) return
    if (!direct.within(cluster)) {
      for (const name of direct.wrong(cluster)) wrong.add(name)
      return
    }
    seen.add(text)
    if (seen.size > most) throw new TooManyStates(`more than ${most} states`)
    next.push(cluster)
    for (const name of direct.wrong(cluster)) wrong.add(name)
  }
  for (const cluster of direct.initial()) meet(level, cluster)
  while (level.length > 0) {
    depth++
    if (wrong.size > 0) break
    const next: DirectCluster[] = []
    for (const cluster of level) {
      for (const successor of direct.successors(cluster)) meet(next, successor)
    }
    level = next
  }
  return { states: seen.size, depth, wrong: [...wrong].sort() }
}

class Direct {
  readonly #program: Program
  readonly #options: ComposeOptions
  readonly #names: readonly string[]
  readonly #monitors: readonly Monitor[]

  constructor(program: Program, options: ComposeOptions) {
    this.#program = program
    this.#options = options
    this.#names = Array.from({ length: options.nodes }, (_, at) => `n${at + 1}`)
    this.#monitors = options.monitors ?? []
  }

  *initial(): Generator<DirectCluster> {
    const { crashes = 0, restarts = crashes, losses = 0, duplicates = 0 } = this.#options
    const { repeats = 0, giveUps = 0, timers = 0, clients = [] } = this.#options
    const left = { crashes, restarts, losses, duplicates, repeats, giveUps }
    const counted = typeof timers === 'number' ? { '': timers } : timers
    const cluster: DirectCluster = {
      nodes: this.#names.map(() => ({
        up: false,
        state: null,
        disk: { values: {}, logs: {}, damaged: [] },
        pending: [],
        held: [],
        given: 0,
        done: 0,
        base: 0,
        timers: [],
        shown: undefined,
      })),
      messages: [],
      clients: clients.map(() => ({ at: 0, waits: false })),
      left: {
        ...left,
        ...Object.fromEntries(Object.entries(counted).map(([name, n]) => [`timer ${name}`, n])),
      },
      histories: this.#monitors.map(({ initial }) => initial),
    }
    let started = [cluster]
    for (const node of this.#names.keys()) {
      started = started.flatMap((each) => [...this.#handled(each, node, bootOf(each, node), false)])
    }
    yield* started
  }

  *successors(from: DirectCluster): Generator<DirectCluster> {
    for (const [at, node] of from.nodes.entries()) {
      if (!node.up) {
        const ready = this.#spent(from, 'restarts')
        if (ready === undefined) continue
        yield* this.#event(ready, at, bootOf(ready, at))
        continue
      }
      for (const arrived of this.#arrivals(from, at)) {
        yield* this.#event(arrived.cluster, at, arrived.event, this.#idle(from, at))
      }
      for (const timer of node.timers) {
        const ready = this.#spent(from, this.#counterOf(at, timer))
        if (ready === undefined || !this.#mayFire(from, timer)) continue
        const armed = ready.nodes[at]!
        armed.timers = armed.timers.filter((each) => each !== timer)
        yield* this.#event(ready, at, { type: 'timer', timer }, this.#idle(from, at))
      }
      if (node.pending.length > 0) yield* this.#written(from, at)
      const crashing = this.#crashing(from, at)
      for (let kept = 0; crashing !== undefined && kept <= node.pending.length; kept++) {
        yield* this.#crashed(crashing, at, node.pending, kept, node.state)
      }
    }
    yield* this.#clients(from)
    if (this.#options.network === 'bag' || this.#options.network === 'fifo') {
      const ready = this.#spent(from, 'losses')
      for (const which of ready === undefined ? [] : this.#losable(from)) {
        const lost = copyOf(ready!)
        lost.messages.splice(which, 1)
        yield lost
      }
    }
  }

  #counterOf(node: number, timer: string): string {
    const { timers = 0 } = this.#options
    if (typeof timers === 'number') return 'timer '
    const one = `${this.#names[node]!} ${timer}`
    return `timer ${one in timers ? one : timer}`
  }

  #mayFire({ nodes }: DirectCluster, timer: string): boolean {
    const silent = this.#options.silenceOf?.(timer)
    return silent === undefined || !nodes[this.#names.indexOf(silent)]!.up
  }

  #crashing(from: DirectCluster, node: number): DirectCluster | undefined {
    const { crashing = [...this.#names.keys()] } = this.#options
    return crashing.includes(node) ? this.#spent(from, 'crashes') : undefined
  }

  /** Of a link that keeps the order the next one: to lose another is to lose it later. */
  #losable({ messages }: DirectCluster): readonly number[] {
    if (this.#options.network === 'bag') return [...messages.keys()]
    return [...messages.keys()].filter(
      (at) =>
        at ===
        messages.findIndex(
          ({ from, to }) => from === messages[at]!.from && to === messages[at]!.to,
        ),
    )
  }

  within({ nodes }: DirectCluster): boolean {
    const { within } = this.#options
    return (
      within === undefined ||
      nodes.every(({ up, state }, at) => !up || within(this.#program.view(state), this.#names[at]!))
    )
  }

  wrong({ nodes, histories }: DirectCluster): readonly string[] {
    const views = nodes.map(({ up, state, shown }) => (up ? this.#program.view(state) : shown))
    const { invariants = [] } = this.#options
    return [
      ...invariants
        .filter((invariant) => invariant.violated(views, this.#names) !== undefined)
        .map(({ name }) => name),
      ...this.#monitors
        .filter((monitor, at) => monitor.violated(histories[at]) !== undefined)
        .map(({ name }) => name),
    ]
  }

  /** A node before a step; where messages stay, what only costs a budget is no step. */
  #idle({ nodes }: DirectCluster, node: number): string | undefined {
    const { network = 'set' } = this.#options
    return network === 'set' ? textOf(withoutOldTickets(nodes[node]!)) : undefined
  }

  /** A step that goes well, and all in which the node crashes meanwhile. */
  *#event(
    from: DirectCluster,
    node: number,
    event: TraceEvent,
    idle?: string,
  ): Generator<DirectCluster> {
    yield* this.#handled(from, node, event, false, idle)
    const crashing = this.#crashing(from, node)
    if (crashing !== undefined) yield* this.#handled(crashing, node, event, true)
  }

  *#arrivals(
    from: DirectCluster,
    node: number,
  ): Generator<{ readonly cluster: DirectCluster; readonly event: TraceEvent }> {
    const { network = 'set' } = this.#options
    for (const [at, { from: sender, to, message }] of from.messages.entries()) {
      if (to !== node) continue
      const first = from.messages.findIndex((each) => each.from === sender && each.to === to)
      if (network === 'fifo' && first !== at) continue
      const event: TraceEvent = { type: 'message', from: this.#names[sender]!, message }
      const cluster = copyOf(from)
      if (network === 'set') {
        yield { cluster, event }
        continue
      }
      const doubled = this.#spent(from, 'duplicates')
      if (doubled !== undefined) yield { cluster: doubled, event }
      cluster.messages.splice(at, 1)
      yield { cluster, event }
    }
  }

  *#clients(from: DirectCluster): Generator<DirectCluster> {
    const { clients = [] } = this.#options
    for (const [client, { at, waits }] of from.clients.entries()) {
      const { asks, at: nodes = this.#names.keys() } = clients[client]!
      if (at >= asks.length) continue
      if (waits) {
        const ready = this.#spent(from, 'giveUps')
        if (ready !== undefined) {
          ready.clients[client] = { at: at + 1, waits: false }
          yield this.#noted(ready, client, at, { type: 'info' })
        }
      }
      const ready = waits ? this.#spent(from, 'repeats') : copyOf(from)
      if (ready === undefined) continue
      const asked = waits ? ready : this.#noted(ready, client, at, { type: 'invoke' })
      asked.clients[client] = { at, waits: true }
      for (const node of nodes) {
        if (!from.nodes[node]!.up) continue
        const request = this.#requestOf(client, at)
        const idle = waits ? this.#idle(from, node) : undefined
        yield* this.#event(asked, node, { type: 'request', request }, idle)
      }
    }
  }

  #requestOf(client: number, at: number) {
    const { clients = [] } = this.#options
    const before = clients.slice(0, client).reduce((sum, { asks }) => sum + asks.length, 0)
    const asked = clients[client]!.asks[at]!
    return { id: before + at + 1, client: `c${client + 1}`, serial: at + 1, ...asked }
  }

  #noted(
    cluster: DirectCluster,
    client: number,
    at: number,
    what: { readonly type: 'invoke' | 'ok' | 'fail' | 'info'; readonly result?: unknown },
  ): DirectCluster {
    const { id, client: process, serial: _serial, ...asked } = this.#requestOf(client, at)
    const moment = { ...what, operation: id - 1, process, ...asked }
    cluster.histories = this.#monitors.map((monitor, index) =>
      monitor.next(cluster.histories[index], moment),
    )
    return cluster
  }

  #spent(from: DirectCluster, what: string): DirectCluster | undefined {
    if (!((from.left[what] ?? 0) > 0)) return undefined
    const cluster = copyOf(from)
    cluster.left[what]!--
    return cluster
  }

  /** Runs a handler for each sequence of picks, and everything that follows from it at once. */
  *#handled(
    from: DirectCluster,
    node: number,
    event: TraceEvent,
    crashing: boolean,
    idle?: string,
  ): Generator<DirectCluster> {
    const waiting: number[][] = [[]]
    for (let picks = waiting.shift(); picks !== undefined; picks = waiting.shift()) {
      const told = picks
      let asked = 0
      const pick = (options: number): number => {
        const nth = asked++
        if (nth < told.length) return told[nth]!
        for (let other = 1; other < options; other++) waiting.push([...told.slice(0, nth), other])
        told.push(0)
        return 0
      }
      const choices = { pick, now: () => this.#options.clock ?? 0 }
      yield* this.#ran(copyOf(from), node, event, choices, crashing, idle)
    }
  }

  *#ran(
    cluster: DirectCluster,
    at: number,
    event: TraceEvent,
    choices: { pick(options: number): number; now(): number },
    crashing: boolean,
    idle: string | undefined,
  ): Generator<DirectCluster> {
    const node = cluster.nodes[at]!
    const slow = this.#options.disk === 'slow'
    const name = this.#names[at]!
    const start = BIG + node.given
    const fx = new RecordedFx(name, this.#names, choices, start)
    const before = BIG + node.done
    let [writes, said]: [Write[], { said: Said; since: number }[]] = [[], []]
    const own: unknown[] = []
    // Where messages stay, what changes nothing but a budget is not worth a step.
    const inVain = (saidAnything: number): boolean =>
      saidAnything === 0 && textOf(withoutOldTickets(node)) === idle
    const run = (what: TraceEvent): void => {
      const first = node.up || what.type === 'boot' ? node.state : null
      node.state = runStep(this.#program, first ?? undefined, what, fx)
      for (const effect of fx.take()) {
        if (effect.type === 'write') writes = [...writes, effect.write]
        if (effect.type === 'set-timer') {
          node.timers = [...new Set([...node.timers, effect.timer])].sort()
        }
        if (effect.type === 'cancel-timer') {
          node.timers = node.timers.filter((timer) => timer !== effect.timer)
        }
        if (effect.type !== 'send' && effect.type !== 'reply' && effect.type !== 'fail') continue
        const loops = this.#options.loopback === 'at-once'
        if (loops && effect.type === 'send' && effect.to === name) own.push(effect.message)
        else said = [...said, { said: effect, since: durable }]
      }
      node.up = true
      node.shown = undefined
    }
    let durable = 0
    const crashes: DirectCluster[] = []
    const mayCrash = (): void => {
      for (let kept = durable; kept < writes.length; kept++) {
        const dead = copyOf(cluster)
        dead.nodes[at]!.pending = []
        for (const gone of [...this.#crashed(dead, at, writes, kept, node.state)]) {
          const left = said.filter(({ said: each }) => ticketOf(each) <= start + kept)
          this.#said(
            gone,
            at,
            left.map(({ said: each }) => each),
          )
          crashes.push(gone)
        }
      }
    }
    run(event)
    if (slow) {
      node.pending = [...node.pending, ...writes]
      const all = said.map(({ said: each }) => each)
      node.held = [...node.held, ...all.filter((each) => ticketOf(each) > before)]
      node.given += writes.length
      if (node.pending.length === 0) node.base = node.done = node.given
      this.#said(
        cluster,
        at,
        all.filter((each) => ticketOf(each) <= before),
      )
      if (!crashing && !inVain(all.length)) yield cluster
      return
    }
    for (;;) {
      if (writes.length > durable) {
        mayCrash()
        durable = writes.length
        if (this.#program.onDurable !== undefined) run({ type: 'durable', ticket: start + durable })
        continue
      }
      if (own.length === 0) break
      run({ type: 'message', from: name, message: own.shift() })
    }
    if (crashing) {
      yield* crashes
      return
    }
    node.disk = diskAfter(node.disk, writes)
    node.base = node.done = node.given += writes.length
    // What waits for a write leaves after what its handler said at once.
    const stages = [...new Set(said.map(({ since }) => since))]
    const ordered = stages.flatMap((since) => {
      const these = said.filter((each) => each.since === since).map((each) => each.said)
      return [
        ...these.filter((each) => ticketOf(each) <= start + since),
        ...these.filter((each) => ticketOf(each) > start + since),
      ]
    })
    this.#said(cluster, at, ordered)
    if (!inVain(said.length)) yield cluster
  }

  *#written(from: DirectCluster, at: number): Generator<DirectCluster> {
    const cluster = copyOf(from)
    const node = cluster.nodes[at]!
    const ticket = BIG + node.given
    const released = node.held.filter((each) => ticketOf(each) <= ticket)
    node.disk = diskAfter(node.disk, node.pending)
    node.pending = []
    node.held = []
    node.base = node.done = node.given
    this.#said(cluster, at, released)
    if (this.#program.onDurable !== undefined) {
      yield* this.#handled(cluster, at, { type: 'durable', ticket }, false)
      return
    }
    yield cluster
  }

  *#crashed(
    from: DirectCluster,
    at: number,
    writes: readonly Write[],
    kept: number,
    state: unknown,
  ): Generator<DirectCluster> {
    const cluster = copyOf(from)
    const node = cluster.nodes[at]!
    const read = new Set((this.#options.invariants ?? []).flatMap(({ reads }) => reads))
    const view = Object.entries(this.#program.view(state)).filter(([part]) => read.has(part))
    cluster.nodes[at] = {
      up: false,
      state: null,
      disk: diskAfter(node.disk, writes.slice(0, kept)),
      pending: [],
      held: [],
      given: 0,
      done: 0,
      base: 0,
      timers: [],
      shown: Object.fromEntries(view),
    }
    yield cluster
    const half = writes[kept]
    if (this.#options.torn !== true || half === undefined) return
    const torn = copyOf(cluster)
    const { disk } = torn.nodes[at]!
    const name = half.type === 'put' ? half.key : half.log
    torn.nodes[at]!.disk = { ...disk, damaged: [...new Set([...disk.damaged, name])] }
    yield torn
  }

  #said(cluster: DirectCluster, node: number, said: readonly Said[]): void {
    const { network = 'set' } = this.#options
    for (const each of said) {
      if (each.type !== 'send') {
        this.#told(cluster, each)
        continue
      }
      const sent = { from: node, to: this.#names.indexOf(each.to), message: each.message }
      const known = cluster.messages.some((other) => textOf(other) === textOf(sent))
      if (network !== 'set' || !known) cluster.messages.push(sent)
      // The order counts only on links that keep it.
      if (network !== 'fifo') cluster.messages.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
      else cluster.messages.sort((a, b) => a.from - b.from || a.to - b.to)
    }
  }

  #told(cluster: DirectCluster, told: Exclude<Said, { readonly type: 'send' }>): void {
    for (const [client, { at, waits }] of cluster.clients.entries()) {
      const { asks } = this.#options.clients![client]!
      if (!waits || at >= asks.length || this.#requestOf(client, at).id !== told.request) continue
      const error = told.type === 'fail' ? told.error : undefined
      const again = error === 'temporarily-unavailable' || error === 'node-not-found'
      cluster.clients[client] = { at: again ? at : at + 1, waits: false }
      if (told.type === 'reply') {
        this.#noted(cluster, client, at, { type: 'ok', result: told.result })
      } else {
        const { definite } = errorCodes[error as keyof typeof errorCodes]
        this.#noted(cluster, client, at, { type: definite ? 'fail' : 'info' })
      }
    }
  }
}

/** Tickets of writes that are all done mean nothing any more. */
function withoutOldTickets(node: DirectNode): DirectNode {
  const { pending, base } = node
  const plain = (data: unknown): unknown =>
    JSON.parse(
      JSON.stringify(data ?? null, (_, part: unknown) => {
        if (typeof part !== 'number' || part <= BIG || part > 2 * BIG) return part
        return pending.length === 0 || part - BIG <= base ? 0 : part - base
      }),
    )
  const { state, held } = node
  return {
    ...node,
    given: 0,
    done: 0,
    base: 0,
    state: plain(state),
    held: plain(held) as DirectNode['held'],
  }
}

function bootOf({ nodes }: DirectCluster, node: number): TraceEvent {
  return { type: 'boot', disk: nodes[node]!.disk }
}

function ticketOf(said: Said): number {
  return said.type === 'fail' ? 0 : (said.after ?? 0)
}

function diskAfter(stored: StoredDisk, writes: readonly Write[]): StoredDisk {
  const image = DiskImage.from(stored)
  for (const write of writes) image.apply(write)
  const names = writes.map((write) => (write.type === 'put' ? write.key : write.log))
  const after = image.stored()
  return { ...after, damaged: after.damaged.filter((name) => !names.includes(name)) }
}

function copyOf<Data>(data: Data): Data {
  return structuredClone(data)
}

/** Sorted by name, without what is absent. */
function textOf(data: unknown): string {
  return JSON.stringify(data, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
