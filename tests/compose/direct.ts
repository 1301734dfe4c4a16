import type { TraceEvent } from '../../src/core/trace.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Program } from '../../src/node/index.ts'
import { bootOf, copyOf, textOf, withoutOldTickets } from './direct-cluster.ts'
import type { DirectCluster } from './direct-cluster.ts'
import { DirectSteps } from './direct-steps.ts'

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

/** It is slow, and the cases are meant to be small. */
const MOST_STATES = 4000

/** A case is not as small as it was meant to be. */
export class TooManyStates extends Error {}

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

class Direct extends DirectSteps {
  *initial(): Generator<DirectCluster> {
    const { crashes = 0, restarts = crashes, losses = 0, duplicates = 0 } = this.options
    const { repeats = 0, giveUps = 0, timers = 0, clients = [] } = this.options
    const left = { crashes, restarts, losses, duplicates, repeats, giveUps }
    const counted = typeof timers === 'number' ? { '': timers } : timers
    const cluster: DirectCluster = {
      nodes: this.names.map(() => ({
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
      histories: this.monitors.map(({ initial }) => initial),
    }
    let started = [cluster]
    for (const node of this.names.keys()) {
      started = started.flatMap((each) => [...this.handled(each, node, bootOf(each, node), false)])
    }
    yield* started
  }

  *successors(from: DirectCluster): Generator<DirectCluster> {
    for (const [at, node] of from.nodes.entries()) {
      if (!node.up) {
        const ready = this.spent(from, 'restarts')
        if (ready === undefined) continue
        yield* this.#event(ready, at, bootOf(ready, at), this.#idle(from, at))
        continue
      }
      for (const arrived of this.#arrivals(from, at)) {
        yield* this.#event(arrived.cluster, at, arrived.event, this.#idle(from, at))
      }
      for (const timer of node.timers) {
        const ready = this.spent(from, this.#counterOf(at, timer))
        if (ready === undefined || !this.#mayFire(from, timer)) continue
        const armed = ready.nodes[at]!
        armed.timers = armed.timers.filter((each) => each !== timer)
        yield* this.#event(ready, at, { type: 'timer', timer }, this.#idle(from, at))
      }
      if (node.pending.length > 0) yield* this.written(from, at)
      const crashing = this.#crashing(from, at)
      for (let kept = 0; crashing !== undefined && kept <= node.pending.length; kept++) {
        yield* this.crashed(crashing, at, node.pending, kept, node.state)
      }
    }
    yield* this.#clients(from)
    if (this.options.network === 'bag' || this.options.network === 'fifo') {
      const ready = this.spent(from, 'losses')
      for (const which of ready === undefined ? [] : this.#losable(from)) {
        const lost = copyOf(ready!)
        lost.messages.splice(which, 1)
        yield lost
      }
    }
  }

  #counterOf(node: number, timer: string): string {
    const { timers = 0 } = this.options
    if (typeof timers === 'number') return 'timer '
    const one = `${this.names[node]!} ${timer}`
    return `timer ${one in timers ? one : timer}`
  }

  #mayFire({ nodes }: DirectCluster, timer: string): boolean {
    const silent = this.options.silenceOf?.(timer)
    return silent === undefined || !nodes[this.names.indexOf(silent)]!.up
  }

  #crashing(from: DirectCluster, node: number): DirectCluster | undefined {
    const { crashing = [...this.names.keys()] } = this.options
    return crashing.includes(node) ? this.spent(from, 'crashes') : undefined
  }

  /** Of a link that keeps the order the next one: to lose another is to lose it later. */
  #losable({ messages }: DirectCluster): readonly number[] {
    if (this.options.network === 'bag') return [...messages.keys()]
    return [...messages.keys()].filter(
      (at) =>
        at ===
        messages.findIndex(
          ({ from, to }) => from === messages[at]!.from && to === messages[at]!.to,
        ),
    )
  }

  within({ nodes }: DirectCluster): boolean {
    const { within } = this.options
    return (
      within === undefined ||
      nodes.every(({ up, state }, at) => !up || within(this.program.view(state), this.names[at]!))
    )
  }

  wrong({ nodes, histories }: DirectCluster): readonly string[] {
    const views = nodes.map(({ up, state, shown }) => (up ? this.program.view(state) : shown))
    const { invariants = [] } = this.options
    return [
      ...invariants
        .filter((invariant) => invariant.violated(views, this.names) !== undefined)
        .map(({ name }) => name),
      ...this.monitors
        .filter((monitor, at) => monitor.violated(histories[at]) !== undefined)
        .map(({ name }) => name),
    ]
  }

  /** A node before a step; where ignored messages stay, what only costs a budget is no step. */
  #idle({ nodes }: DirectCluster, node: number): string | undefined {
    const { network = 'set', ignored = 'stay' } = this.options
    const stays = network === 'set' || (network === 'bag' && ignored === 'stay')
    return stays ? textOf(withoutOldTickets(nodes[node]!)) : undefined
  }

  /** A step that goes well, and all in which the node crashes meanwhile. */
  *#event(
    from: DirectCluster,
    node: number,
    event: TraceEvent,
    idle?: string,
  ): Generator<DirectCluster> {
    yield* this.handled(from, node, event, false, idle)
    const crashing = this.#crashing(from, node)
    if (crashing !== undefined) yield* this.handled(crashing, node, event, true, idle)
  }

  *#arrivals(
    from: DirectCluster,
    node: number,
  ): Generator<{ readonly cluster: DirectCluster; readonly event: TraceEvent }> {
    const { network = 'set' } = this.options
    for (const [at, { from: sender, to, message }] of from.messages.entries()) {
      if (to !== node) continue
      const first = from.messages.findIndex((each) => each.from === sender && each.to === to)
      if (network === 'fifo' && first !== at) continue
      const event: TraceEvent = { type: 'message', from: this.names[sender]!, message }
      const cluster = copyOf(from)
      if (network === 'set') {
        yield { cluster, event }
        continue
      }
      const doubled = this.spent(from, 'duplicates')
      if (doubled !== undefined) yield { cluster: doubled, event }
      cluster.messages.splice(at, 1)
      yield { cluster, event }
    }
  }

  *#clients(from: DirectCluster): Generator<DirectCluster> {
    const { clients = [] } = this.options
    for (const [client, { at, waits }] of from.clients.entries()) {
      const { asks, at: nodes = this.names.keys() } = clients[client]!
      if (at >= asks.length) continue
      if (waits) {
        const ready = this.spent(from, 'giveUps')
        if (ready !== undefined) {
          ready.clients[client] = { at: at + 1, waits: false }
          yield this.noted(ready, client, at, { type: 'info' })
        }
      }
      const ready = waits ? this.spent(from, 'repeats') : copyOf(from)
      if (ready === undefined) continue
      const asked = waits ? ready : this.noted(ready, client, at, { type: 'invoke' })
      asked.clients[client] = { at, waits: true }
      for (const node of nodes) {
        if (!from.nodes[node]!.up) continue
        const request = this.requestOf(client, at)
        const idle = waits ? this.#idle(from, node) : undefined
        yield* this.#event(asked, node, { type: 'request', request }, idle)
      }
    }
  }
}
