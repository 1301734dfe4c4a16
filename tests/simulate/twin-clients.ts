import type { Effect, TraceEvent } from '../../src/core/trace.ts'
import type { HistoryEvent } from '../../src/history/event.ts'
import type { Asked, Request } from '../../src/node/index.ts'
import { errorCodes } from '../../src/node/index.ts'
import type { Schedule, Simulation } from '../../src/simulate/simulation.ts'

/** What the clients of the twin need of it. */
export interface Host {
  readonly simulation: Simulation
  readonly schedule: Schedule
  readonly nodeNames: readonly string[]
  now(): number
  us(ms: number): number
  plan(time: number, happen: () => void, order?: number): Happening
  earliest(): Happening | undefined
  goOn(next: Happening): void
  saw(event: Partial<HistoryEvent>): void
  send(from: string, to: string, arrive: () => void): void
  passAgain(from: string, to: string, come: () => void): void
  isUp(node: string): boolean
  isPaused(node: string): boolean
  hold(node: string, release: () => void): void
  step(node: string, event: TraceEvent): void
}

/** The clients of the twin. */
export function twinClients(host: Host) {
  const { simulation, schedule, nodeNames, us, plan, earliest, goOn, saw } = host
  const { send, passAgain, isUp, isPaused, hold, step } = host
  const { clients: policy } = simulation
  const own = policy.policy === 'own'
  let requests = 0
  let phase: 'faults' | 'recovery' | 'quiet' | 'last' = 'faults'
  let phases = 0
  let ring: readonly string[] = nodeNames
  const clients = Array.from({ length: policy.count }, (_, index): Client => {
    const about = { client: index, clients: policy.count, nodes: simulation.nodes }
    const source = simulation.workload.client({ ...about, random: undefined as never })
    const mine = schedule.operations.filter(({ client }) => client === index)
    return {
      index,
      name: `c${index + 1}`,
      node: nodeNames[index % nodeNames.length] as string,
      drains: source.drains === true,
      faults: mine.filter((one) => one.phase === undefined),
      recovery: mine.filter((one) => one.phase === 'recovery'),
      last: mine.filter((one) => one.phase === 'last'),
      life: 1,
      serial: 0,
      waiting: false,
      out: false,
      wanting: false,
    }
  })
  const clientOf = (request: number): Client => clients[request % policy.count] as Client
  const planNext = (client: Client): void => {
    const next = phase === 'quiet' ? undefined : client[phase][0]
    if (next !== undefined) planAt(client, Math.max(host.now(), us(next.at)))
    else if (repeats(client)) planAt(client, host.now() + 20_000 + client.index * 1000)
  }
  /** Who was not served asks the same again. */
  const repeats = (client: Client): boolean =>
    (phase === 'recovery' || phase === 'last') && client.wanting && client.latest !== undefined
  const planAt = (client: Client, time: number): void => {
    const current = phases
    const due = (): void => {
      if (current !== phases || client.open) return
      if (own && !isUp(client.node)) {
        client.waiting = true
        return
      }
      const told = phase === 'quiet' ? undefined : client[phase].shift()
      const next = told ?? (repeats(client) ? client.latest : undefined)
      if (told) client.latest = told
      if (next === undefined) client.wanting = false
      else ask(client, next.asked, next.node)
    }
    plan(time, due, 1_000_000 + client.index)
  }
  const ask = (client: Client, asked: Asked, wanted: string): void => {
    const process = client.life === 1 ? client.name : `${client.name} (${client.life})`
    client.serial++
    const fallback = ring[client.index % ring.length] as string
    const node = own ? client.node : ring.includes(wanted) ? wanted : fallback
    saw({ process, type: 'invoke', ...about(asked), value: asked.value as null })
    const open: Open = {
      asked,
      process,
      first: Infinity,
      last: 0,
      node,
      next: node,
      unanswered: 0,
      hints: 0,
    }
    client.open = open
    if (policy.timeoutMs !== undefined) {
      plan(host.now() + us(policy.timeoutMs), () => {
        if (client.open !== open) return
        const refused = open.unanswered === 0
        const error = refused ? 'temporarily-unavailable' : 'timeout'
        finish(client, open, refused ? 'fail' : 'info', null, error)
      })
    }
    request(client, open, node)
  }
  const request = (client: Client, open: Open, to: string): void => {
    const { f, key, value } = open.asked
    const id = ++requests * policy.count + client.index
    open.first = Math.min(open.first, id)
    open.last = id
    open.node = to
    open.next = ring[(ring.indexOf(to) + 1) % ring.length] as string
    open.unanswered++
    const { serial } = client
    const made: Request = {
      id,
      client: client.name,
      serial,
      f,
      ...(key === undefined ? {} : { key }),
      value,
    }
    const come = (): void => {
      if (!isUp(to)) {
        const error = { type: 'fail', request: id, error: 'node-not-found' } as const
        send(to, client.name, () => answered(client, id, error))
      } else if (isPaused(to)) {
        hold(to, () => plan(host.now(), () => passAgain(client.name, to, come)))
      } else step(to, { type: 'request', request: made })
    }
    send(client.name, to, come)
    if (policy.againMs !== undefined) wait(client, open, us(policy.againMs))
  }
  const wait = (client: Client, open: Open, time: number): void => {
    const { last } = open
    plan(host.now() + time, () => {
      if (client.open === open && open.last === last) request(client, open, open.next)
    })
  }
  const answered = (
    client: Client,
    id: number,
    answer: Extract<Effect, { type: 'reply' | 'fail' }>,
  ): void => {
    const { open } = client
    if (!open || id < open.first) return
    if (answer.type === 'reply') {
      finish(client, open, 'ok', answer.result)
      return
    }
    if (id !== open.last) return
    open.unanswered--
    const error = answer.error as keyof typeof errorCodes
    if (own || !elsewhere(error)) {
      finish(client, open, errorCodes[error].definite ? 'fail' : 'info', null, error)
      return
    }
    if (answer.ask !== undefined && ring.includes(answer.ask)) {
      open.next = answer.ask
      if (answer.ask !== open.node && open.hints++ < 3) {
        request(client, open, answer.ask)
        return
      }
    }
    open.hints = 0
    wait(client, open, 10_000)
  }
  const finish = (
    client: Client,
    open: Open,
    type: 'ok' | 'fail' | 'info',
    result: unknown,
    error?: string,
  ): void => {
    const value = type === 'ok' ? (result ?? null) : open.asked.value
    const why = error === undefined ? {} : { error }
    saw({ process: open.process, type, ...about(open.asked), value: value as null, ...why })
    delete client.open
    if (type === 'info') client.life++
    if (phase === 'quiet' || client.out) return
    if (phase === 'faults') {
      planNext(client)
      return
    }
    const refused = elsewhere(error)
    const served = type === 'ok' || (type === 'fail' && !refused)
    if (phase === 'last' && client.drains ? refused : served) client.wanting = false
    else planNext(client)
  }
  /** True if everybody was served. */
  const serve = (which: 'recovery' | 'last'): boolean => {
    const most = simulation.recoverMs ?? (simulation.recovers === false ? 5000 : 30_000)
    const end = host.now() + us(most)
    phase = which
    phases++
    for (const client of clients) {
      const [first] = client[which]
      const early = Math.max(us(most) / 2, 1_000_000)
      const asks = first !== undefined && us(first.at) <= host.now() + early
      client.wanting = !client.out && (client.open !== undefined || asks)
      if (client.wanting && !client.open) planNext(client)
    }
    while (clients.some(({ wanting }) => wanting)) {
      const next = earliest()
      if (!next || next.time > end) return simulation.recovers === false
      goOn(next)
    }
    return true
  }
  const rest = (): void => {
    phase = 'quiet'
    phases++
  }
  const nodeStopped = (node: string): void => {
    for (const client of clients) {
      const { open } = client
      if (open?.node !== node || open.unanswered === 0) continue
      if (policy.againMs !== undefined) wait(client, open, 10_000)
      else finish(client, open, 'info', null, 'crash')
    }
  }
  const nodeStarted = (node: string): void => {
    for (const client of clients) {
      if (!client.waiting || client.node !== node) continue
      client.waiting = false
      planAt(client, host.now())
    }
  }
  const leave = (core: readonly string[]): void => {
    ring = [...core]
    rest()
    for (const client of clients) {
      client.waiting = false
      if (own) client.out = !core.includes(client.node)
      else if (client.open && !core.includes(client.open.node)) {
        finish(client, client.open, 'info', null, 'timeout')
      }
    }
  }
  const start = (): void => clients.forEach(planNext)
  return { start, answered, clientOf, nodeStopped, nodeStarted, leave, serve, rest }
}

export interface Happening {
  readonly time: number
  readonly order: number
  readonly happen: () => void
}

interface Client {
  readonly index: number
  readonly name: string
  readonly node: string
  readonly drains: boolean
  readonly faults: Schedule['operations'][number][]
  readonly recovery: Schedule['operations'][number][]
  readonly last: Schedule['operations'][number][]
  life: number
  serial: number
  open?: Open
  latest?: Schedule['operations'][number]
  waiting: boolean
  out: boolean
  wanting: boolean
}

interface Open {
  readonly asked: Asked
  readonly process: string
  first: number
  last: number
  node: string
  next: string
  unanswered: number
  hints: number
}

function about({ f, key }: Asked): Partial<HistoryEvent> {
  return key === undefined ? { f } : { f, key: key as null }
}

function elsewhere(error: string | undefined): boolean {
  return error === 'temporarily-unavailable' || error === 'node-not-found'
}
