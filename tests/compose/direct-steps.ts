import type { Monitor } from '../../src/core/monitor.ts'
import type { TraceEvent, Write } from '../../src/core/trace.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Program } from '../../src/node/index.ts'
import { errorCodes, RecordedFx, runStep } from '../../src/node/index.ts'
import { BIG, copyOf, diskAfter, textOf, ticketOf, withoutOldTickets } from './direct-cluster.ts'
import type { DirectCluster, Said } from './direct-cluster.ts'

/** What one node, its disk and its clients do in one step. */
export abstract class DirectSteps {
  protected readonly program: Program
  protected readonly options: ComposeOptions
  protected readonly names: readonly string[]
  protected readonly monitors: readonly Monitor[]

  constructor(program: Program, options: ComposeOptions) {
    this.program = program
    this.options = options
    this.names = Array.from({ length: options.nodes }, (_, at) => `n${at + 1}`)
    this.monitors = options.monitors ?? []
  }

  protected requestOf(client: number, at: number) {
    const { clients = [] } = this.options
    const before = clients.slice(0, client).reduce((sum, { asks }) => sum + asks.length, 0)
    const asked = clients[client]!.asks[at]!
    return { id: before + at + 1, client: `c${client + 1}`, serial: at + 1, ...asked }
  }

  protected noted(
    cluster: DirectCluster,
    client: number,
    at: number,
    what: { readonly type: 'invoke' | 'ok' | 'fail' | 'info'; readonly result?: unknown },
  ): DirectCluster {
    const { id, client: process, serial: _serial, ...asked } = this.requestOf(client, at)
    const moment = { ...what, operation: id - 1, process, ...asked }
    cluster.histories = this.monitors.map((monitor, index) =>
      monitor.next(cluster.histories[index], moment),
    )
    return cluster
  }

  protected spent(from: DirectCluster, what: string): DirectCluster | undefined {
    if (!((from.left[what] ?? 0) > 0)) return undefined
    const cluster = copyOf(from)
    cluster.left[what]!--
    return cluster
  }

  /** Runs a handler for each sequence of picks, and everything that follows from it at once. */
  protected *handled(
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
      const choices = { pick, now: () => this.options.clock ?? 0 }
      yield* this.ran(copyOf(from), node, event, choices, crashing, idle)
    }
  }

  protected *ran(
    cluster: DirectCluster,
    at: number,
    event: TraceEvent,
    choices: { pick(options: number): number; now(): number },
    crashing: boolean,
    idle: string | undefined,
  ): Generator<DirectCluster> {
    const node = cluster.nodes[at]!
    const slow = this.options.disk === 'slow'
    const name = this.names[at]!
    const start = BIG + node.given
    const fx = new RecordedFx(name, this.names, choices, start)
    const before = BIG + node.done
    let [writes, said]: [Write[], { said: Said; since: number }[]] = [[], []]
    const own: unknown[] = []
    // Where messages stay, what changes nothing but a budget is not worth a step.
    const inVain = (saidAnything: number): boolean =>
      saidAnything === 0 && textOf(withoutOldTickets(node)) === idle
    const run = (what: TraceEvent): void => {
      const first = node.up || what.type === 'boot' ? node.state : null
      node.state = runStep(this.program, first ?? undefined, what, fx)
      for (const effect of fx.take()) {
        if (effect.type === 'write') writes = [...writes, effect.write]
        if (effect.type === 'set-timer') {
          node.timers = [...new Set([...node.timers, effect.timer])].sort()
        }
        if (effect.type === 'cancel-timer') {
          node.timers = node.timers.filter((timer) => timer !== effect.timer)
        }
        if (effect.type !== 'send' && effect.type !== 'reply' && effect.type !== 'fail') continue
        const loops = this.options.loopback === 'at-once'
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
        for (const gone of [...this.crashed(dead, at, writes, kept, node.state)]) {
          const left = said.filter(({ said: each }) => ticketOf(each) <= start + kept)
          this.said(
            gone,
            at,
            left.map(({ said: each }) => each),
          )
          const same = textOf(withoutOldTickets(gone.nodes[at]!)) === idle
          if (left.length > 0 || !same) crashes.push(gone)
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
      this.said(
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
        if (this.program.onDurable !== undefined) run({ type: 'durable', ticket: start + durable })
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
    this.said(cluster, at, ordered)
    if (!inVain(said.length)) yield cluster
  }

  protected *written(from: DirectCluster, at: number): Generator<DirectCluster> {
    const cluster = copyOf(from)
    const node = cluster.nodes[at]!
    const ticket = BIG + node.given
    const released = node.held.filter((each) => ticketOf(each) <= ticket)
    node.disk = diskAfter(node.disk, node.pending)
    node.pending = []
    node.held = []
    node.base = node.done = node.given
    this.said(cluster, at, released)
    if (this.program.onDurable !== undefined) {
      yield* this.handled(cluster, at, { type: 'durable', ticket }, false)
      return
    }
    yield cluster
  }

  protected *crashed(
    from: DirectCluster,
    at: number,
    writes: readonly Write[],
    kept: number,
    state: unknown,
  ): Generator<DirectCluster> {
    const cluster = copyOf(from)
    const node = cluster.nodes[at]!
    const read = new Set((this.options.invariants ?? []).flatMap(({ reads }) => reads))
    const view = Object.entries(this.program.view(state)).filter(([part]) => read.has(part))
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
    if (this.options.torn !== true || half === undefined) return
    const torn = copyOf(cluster)
    const { disk } = torn.nodes[at]!
    const name = half.type === 'put' ? half.key : half.log
    torn.nodes[at]!.disk = { ...disk, damaged: [...new Set([...disk.damaged, name])] }
    yield torn
  }

  protected said(cluster: DirectCluster, node: number, said: readonly Said[]): void {
    const { network = 'set' } = this.options
    for (const each of said) {
      if (each.type !== 'send') {
        this.told(cluster, each)
        continue
      }
      const sent = { from: node, to: this.names.indexOf(each.to), message: each.message }
      const known = cluster.messages.some((other) => textOf(other) === textOf(sent))
      if (network !== 'set' || !known) cluster.messages.push(sent)
      // The order counts only on links that keep it.
      if (network !== 'fifo') cluster.messages.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
      else cluster.messages.sort((a, b) => a.from - b.from || a.to - b.to)
    }
  }

  protected told(cluster: DirectCluster, told: Exclude<Said, { readonly type: 'send' }>): void {
    for (const [client, { at, waits }] of cluster.clients.entries()) {
      const { asks } = this.options.clients![client]!
      if (!waits || at >= asks.length || this.requestOf(client, at).id !== told.request) continue
      const error = told.type === 'fail' ? told.error : undefined
      const again = error === 'temporarily-unavailable' || error === 'node-not-found'
      cluster.clients[client] = { at: again ? at : at + 1, waits: false }
      if (told.type === 'reply') {
        this.noted(cluster, client, at, { type: 'ok', result: told.result })
      } else {
        const { definite } = errorCodes[error as keyof typeof errorCodes]
        this.noted(cluster, client, at, { type: definite ? 'fail' : 'info' })
      }
    }
  }
}
