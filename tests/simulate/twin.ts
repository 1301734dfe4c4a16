import type { Effect, TraceEvent, TraceStep, Write } from '../../src/core/trace.ts'
import type { HistoryEvent } from '../../src/history/event.ts'
import type { Asked, Fault, Request } from '../../src/node/index.ts'
import { DiskImage, RecordedFx, errorCodes, runStep } from '../../src/node/index.ts'
import { faultTarget, faultText, nemesisWords } from '../../src/simulate/fault-text.ts'
import { chooseCore } from '../../src/simulate/recovery.ts'
import type { Deviation, Schedule, Simulation } from '../../src/simulate/simulation.ts'

/**
 * The simulator once more, slow and obvious, for runs by a schedule: what is to come is a list of
 * closures of which the earliest is looked for, handlers record what they want and it is carried
 * out afterwards, a timer that is set again is taken out of the list and put in anew.
 */
export function twin(simulation: Simulation, schedule: Schedule): Twin {
  const { program, tolerates, network, disk: speed, clients: policy } = simulation
  const { faults } = schedule
  const own = policy.policy === 'own'
  const nodeNames = Array.from({ length: simulation.nodes }, (_, at) => `n${at + 1}`)
  const trace: TraceStep[] = []
  const history: HistoryEvent[] = []
  let future: Happening[] = []
  let now = 0
  let planned = 2_000_000
  let requests = 0
  let over = false

  const plan = (time: number, happen: () => void, order = planned++): Happening => {
    const happening = { time, order, happen }
    future.push(happening)
    return happening
  }
  const earliest = (): Happening | undefined => {
    let first: Happening | undefined
    for (const one of future) {
      if (!first || one.time < first.time || (one.time === first.time && one.order < first.order)) {
        first = one
      }
    }
    return first
  }
  const goOn = (next: Happening): void => {
    future = future.filter((one) => one !== next)
    now = next.time
    next.happen()
  }
  const until = (end: number): void => {
    for (let next = earliest(); next && next.time < end; next = earliest()) goOn(next)
    now = end
  }
  const us = (ms: number): number => Math.round(ms * 1000)
  /** When it has healed everything takes 10 ms at most, if it can. */
  const calmed = (least: number, most: number): [number, number] => [
    least,
    over ? Math.max(least, Math.min(most, 10_000)) : most,
  ]
  const middle = (least: number, most: number): number => Math.floor((least + most) / 2)
  const saw = (event: Partial<HistoryEvent>): void => {
    history.push({ ...event, time: now * 1000 } as HistoryEvent)
  }

  // Chance, as it was told.
  const tellings = new Map(schedule.deviations.map((one) => [nameOf(one), one]))
  const told = <Type extends Deviation['type']>(
    type: Type,
    about: Omit<Extract<Deviation, { type: Type }>, 'type' | 'us' | 'index' | 'count'>,
  ) =>
    tellings.get(nameOf({ type, ...about } as unknown as Deviation)) as
      Extract<Deviation, { type: Type }> | undefined
  const counts = new Map<string, number>()
  const nth = (what: string): number => {
    counts.set(what, (counts.get(what) ?? 0) + 1)
    return counts.get(what) as number
  }

  // Links.
  const going = new Set<Fault>()
  const clogged = new Map<string, (() => void)[]>()
  const latest = new Map<string, number>()
  let left: string[] = []
  const hits = (type: Fault['type'], from: string, to: string): Fault[] =>
    [...going].filter(
      (fault) =>
        fault.type === type &&
        'from' in fault &&
        ((fault.from.includes(from) && fault.to.includes(to)) ||
          (fault.both === true && fault.from.includes(to) && fault.to.includes(from))),
    )
  const isCut = (from: string, to: string): boolean =>
    from !== to &&
    (left.includes(from) || left.includes(to) || hits('partition', from, to).length > 0)
  const send = (from: string, to: string, arrive: () => void): void => {
    if (from === to) {
      plan(now + 1, arrive)
      return
    }
    const link = `${from}>${to}`
    const number = nth(link)
    const about = { from, to, nth: number }
    if (isCut(from, to) || told('lost', about)) return
    const [least, most] = calmed(us(network.delayMs[0]), us(network.delayMs[1]))
    let late = 0
    for (const fault of hits('delay', from, to)) {
      late += times(fault, from, to) * us(('amount' in fault && fault.amount) || 0)
    }
    const pass = (): void => {
      if (isCut(from, to)) return
      if (hits('clog', from, to).length === 0) arrive()
      else clogged.set(link, [...(clogged.get(link) ?? []), pass])
    }
    const comeIn = (took: number): void => {
      const ordered = tolerates.reordering !== true
      const time = ordered ? Math.max(now + took, latest.get(link) ?? 0) : now + took
      latest.set(link, time)
      plan(time, pass)
    }
    comeIn(told('delay', about)?.us ?? middle(least, most) + middle(0, late))
    const again = told('doubled', about)
    if (again) comeIn(again.us)
  }
  const unclog = (froms: readonly string[], tos: readonly string[], both: boolean): void => {
    for (const from of froms) {
      for (const to of tos) {
        for (const link of both ? [`${from}>${to}`, `${to}>${from}`] : [`${from}>${to}`]) {
          if (hits('clog', ...(link.split('>') as [string, string])).length > 0) continue
          for (const pass of clogged.get(link) ?? []) plan(now, pass)
          clogged.delete(link)
        }
      }
    }
  }

  // Nodes.
  const nodes = new Map<string, Node>()
  const nodeOf = (name: string): Node => nodes.get(name) as Node
  const on = (type: Fault['type'], node: Node): Fault[] =>
    [...going].filter((fault) => fault.type === type && 'node' in fault && fault.node === node.name)
  const isPaused = (node: Node): boolean => left.includes(node.name) || on('pause', node).length > 0
  const clock = (node: Node): number => {
    const passed = now - node.since
    return node.shown + Math.floor((passed * (100 + node.percent)) / 100)
  }
  const clockMs = (node: Node): number => Math.floor(clock(node) / 1000)
  const life = (node: Node): RecordedFx =>
    new RecordedFx(node.name, nodeNames, {
      pick: (options) => {
        const picked = told('pick', { node: node.name, nth: nth(`pick ${node.name}`) })
        return Math.min(options - 1, picked?.index ?? 0)
      },
      now: () => clockMs(node),
    })
  /** Lets something happen at a node, or wait as long as the node is stopped. */
  const at = (node: Node, happen: () => void): void => {
    if (isPaused(node)) node.held.push(() => plan(now, () => at(node, happen)))
    else happen()
  }
  const resume = (node: Node): void => {
    if (isPaused(node)) return
    const { held } = node
    node.held = []
    for (const release of held) release()
  }
  const step = (node: Node, event: TraceEvent): void => {
    node.state = runStep(program, node.state, event, node.fx)
    const effects = node.fx.take()
    const number = trace.length
    for (const effect of effects) carryOut(node, effect, number)
    node.view = program.view(node.state)
    trace.push({ step: number, time: now, node: node.name, event, effects, view: node.view })
    work(node)
  }
  const boot = (node: Node): void => {
    node.up = true
    node.life++
    node.fx = life(node)
    node.done = 0
    step(node, { type: 'boot', disk: node.image.stored() })
  }
  const work = (node: Node): void => {
    const { name } = node
    if (node.pending.length === 0 || node.writing > 0 || on('disk-full', node).length > 0) return
    node.writing = node.pending.length
    const [least, most] = calmed(us(speed.writeMs[0]), us(speed.writeMs[1]))
    let took = told('disk', { node: name, nth: nth(`disk ${name}`) })?.us ?? middle(least, most)
    for (const fault of on('disk-slow', node)) took += 'ms' in fault ? us(fault.ms) : 0
    const current = node.life
    plan(now + took, function written() {
      if (!node.up || node.life !== current) return
      at(node, () => {
        if (!node.up || node.life !== current) return
        for (const write of node.pending.splice(0, node.writing)) apply(node, write)
        node.done += node.writing
        node.writing = 0
        const free = node.waiting.filter(({ after }) => after <= node.done)
        node.waiting = node.waiting.filter(({ after }) => after > node.done)
        for (const { leave } of free) leave()
        step(node, { type: 'durable', ticket: node.done })
      })
    })
  }
  const apply = (node: Node, write: Write): void => {
    const name = write.type === 'put' ? write.key : write.log
    node.image.apply(write)
    const damaged = node.image.damaged.filter((other) => other !== name)
    node.image = DiskImage.from({ ...node.image.stored(), damaged })
  }
  const carryOut = (node: Node, effect: Effect, sent: number): void => {
    const leave = (after: number | undefined, go: () => void): void => {
      if (after === undefined || after <= node.done) go()
      else node.waiting.push({ after, leave: go })
    }
    switch (effect.type) {
      case 'send': {
        const { to, message } = effect
        const event: TraceEvent = { type: 'message', from: node.name, message, sent }
        const receiver = nodeOf(to)
        const come = (): void => {
          if (!receiver.up) return
          if (isPaused(receiver)) receiver.held.push(() => plan(now, arriveAgain))
          else step(receiver, event)
        }
        // What waited in front of a stopped node still has to pass its link.
        const arriveAgain = (): void => passAgain(node.name, to, come)
        leave(effect.after, () => send(node.name, to, come))
        return
      }
      case 'reply':
      case 'fail': {
        const client = clientOf(effect.request as number)
        const after = effect.type === 'reply' ? effect.after : undefined
        leave(after, () =>
          send(node.name, client.name, () => answered(client, effect.request as number, effect)),
        )
        return
      }
      case 'set-timer':
        setTimer(node, effect.timer, effect.ms)
        return
      case 'cancel-timer':
        clearTimer(node, effect.timer)
        return
      case 'write':
        node.pending.push(effect.write)
    }
  }
  const passAgain = (from: string, to: string, come: () => void): void => {
    if (isCut(from, to)) return
    if (from === to || hits('clog', from, to).length === 0) come()
    else {
      const link = `${from}>${to}`
      clogged.set(link, [...(clogged.get(link) ?? []), () => passAgain(from, to, come)])
    }
  }
  const clearTimer = (node: Node, name: string): void => {
    const timer = node.timers.get(name)
    future = future.filter((one) => one !== timer)
    node.timers.delete(name)
  }
  const setTimer = (node: Node, name: string, ms: number | readonly [number, number]): void => {
    clearTimer(node, name)
    const local =
      typeof ms === 'number'
        ? us(ms)
        : (told('timer', { node: node.name, nth: nth(`timer ${node.name}`) })?.us ??
          middle(us(ms[0]), us(ms[1])))
    const took = Math.max(1, Math.round((local * 100) / (100 + node.percent)))
    const due = (): void => {
      if (isPaused(node)) {
        node.held.push(() => {
          node.timers.set(name, plan(now, due))
        })
        return
      }
      node.timers.delete(name)
      step(node, { type: 'timer', timer: name })
    }
    node.timers.set(name, plan(now + took, due))
  }
  const crash = (node: Node, mode: string): void => {
    const number = nth(`crash ${node.name}`)
    const about = { node: node.name, nth: number }
    const kept = mode === 'keep' ? node.pending.length : (told('kept', about)?.count ?? 0)
    const torn = node.pending[Math.min(kept, node.pending.length)]
    for (const write of node.pending.slice(0, kept)) apply(node, write)
    const stored = node.image.stored()
    if (mode === 'torn' && torn) {
      const name = torn.type === 'put' ? torn.key : torn.log
      const damaged = [...stored.damaged.filter((other) => other !== name), name]
      const known = stored.damaged.includes(name)
      node.image = DiskImage.from({ ...stored, damaged: known ? stored.damaged : damaged })
    }
    if (mode === 'corrupt') {
      const places = Object.keys(stored.values).map((key): [string, number] => [key, 0])
      for (const [name, { first, records }] of Object.entries(stored.logs)) {
        records.forEach((_, index) => places.push([name, first + index]))
      }
      if (places.length > 0) {
        const back = Math.min(told('damaged', about)?.index ?? 0, places.length - 1)
        node.image.damage(...(places[places.length - 1 - back] as [string, number]))
        node.harmed = true
      }
    }
    if (mode === 'wipe') {
      node.image = new DiskImage()
      node.harmed = true
    }
    node.pending = []
    node.waiting = []
    node.writing = 0
    if (!node.up) return
    node.up = false
    node.state = undefined
    for (const name of [...node.timers.keys()]) clearTimer(node, name)
    node.held = []
    const view = node.view
    const event: TraceEvent = { type: 'crash' }
    trace.push({ step: trace.length, time: now, node: node.name, event, effects: [], view })
    for (const client of clients) {
      const { open } = client
      if (open?.node !== node.name || open.unanswered === 0) continue
      if (policy.againMs !== undefined) wait(client, open, 10_000)
      else finish(client, open, 'info', null, 'crash')
    }
  }

  // Clients.
  let phase: 'faults' | 'recovery' | 'quiet' | 'last' = 'faults'
  let phases = 0
  let ring = nodeNames
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
  const ends = [...nodeNames, ...clients.map(({ name }) => name)]
  const clientOf = (request: number): Client => clients[request % policy.count] as Client
  const planNext = (client: Client): void => {
    const next = phase === 'quiet' ? undefined : client[phase][0]
    if (next !== undefined) planAt(client, Math.max(now, us(next.at)))
  }
  const planAt = (client: Client, time: number): void => {
    const current = phases
    const due = (): void => {
      if (current !== phases || client.open) return
      if (own && !nodeOf(client.node).up) {
        client.waiting = true
        return
      }
      const next = phase === 'quiet' ? undefined : client[phase].shift()
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
      plan(now + us(policy.timeoutMs), () => {
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
    const node = nodeOf(to)
    const come = (): void => {
      if (!node.up) {
        const error = { type: 'fail', request: id, error: 'node-not-found' } as const
        send(to, client.name, () => answered(client, id, error))
      } else if (isPaused(node)) {
        node.held.push(() => plan(now, () => passAgain(client.name, to, come)))
      } else step(node, { type: 'request', request: made })
    }
    send(client.name, to, come)
    if (policy.againMs !== undefined) wait(client, open, us(policy.againMs))
  }
  const wait = (client: Client, open: Open, time: number): void => {
    const { last } = open
    plan(now + time, () => {
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
    const end = now + us(most)
    phase = which
    phases++
    for (const client of clients) {
      client.wanting = !client.out && (client.open !== undefined || client[which].length > 0)
      if (client.wanting && !client.open) planNext(client)
    }
    while (clients.some(({ wanting }) => wanting)) {
      const next = earliest()
      if (!next || next.time > end) return simulation.recovers === false
      goOn(next)
    }
    return true
  }

  // Faults.
  const befell = (label: string): void => {
    trace.push({ step: trace.length, time: now, event: { type: 'fault', label }, effects: [] })
  }
  const tell = (fault: Fault, which: 0 | 1): void =>
    saw({
      process: 'nemesis',
      type: 'info',
      f: nemesisWords(fault)[which],
      value: faultTarget(fault),
    })
  const setSkew = (node: Node): void => {
    node.shown = clock(node)
    node.since = now
    node.percent = on('clock-skew', node).reduce(
      (sum, one) => sum + ('percent' in one ? one.percent : 0),
      0,
    )
  }
  const begin = (fault: Fault): void => {
    going.add(fault)
    tell(fault, 0)
    befell(faultText(fault))
    if (fault.type === 'crash') crash(nodeOf(fault.node), fault.disk ?? 'lose')
    if (fault.type === 'clock-jump') nodeOf(fault.node).shown += us(fault.ms)
    if (fault.type === 'clock-skew') setSkew(nodeOf(fault.node))
  }
  const end = (fault: Fault): void => {
    if (!going.delete(fault)) return
    tell(fault, 1)
    if (fault.type === 'clock-jump') return
    if (fault.type !== 'crash') befell(`no longer: ${faultText(fault)}`)
    if (fault.type === 'clog') unclog(fault.from, fault.to, fault.both === true)
    if (!('node' in fault)) return
    const node = nodeOf(fault.node)
    if (fault.type === 'clock-skew') setSkew(node)
    if (fault.type === 'disk-full') work(node)
    if (fault.type === 'pause') resume(node)
    if (fault.type !== 'crash' || on('crash', node).length > 0) return
    boot(node)
    for (const client of clients) {
      if (!client.waiting || client.node !== node.name) continue
      client.waiting = false
      planAt(client, now)
    }
  }

  // The run.
  faults.forEach((fault, index) => {
    const known = !('node' in fault) || nodeNames.includes(fault.node)
    plan(us(fault.at), () => !over && known && begin(fault), 2 * index)
    if (fault.until === undefined) return
    const last = Math.max(us(fault.at), us(fault.until))
    plan(last, () => !over && known && end(fault), 2 * index + 1)
  })
  for (const name of nodeNames) {
    const node: Node = {
      name,
      up: false,
      life: 0,
      image: new DiskImage(),
      pending: [],
      waiting: [],
      held: [],
      timers: new Map(),
      writing: 0,
      done: 0,
      shown: 0,
      since: 0,
      percent: 0,
      harmed: false,
      state: undefined,
      view: undefined,
      fx: undefined as never,
    }
    nodes.set(name, node)
    boot(node)
  }
  for (const client of clients) planNext(client)
  until(us(simulation.forMs))

  const conditions = [...nodes.values()].map(({ name, up, harmed }) => ({ name, up, harmed }))
  const { core } = chooseCore(program, tolerates, conditions, schedule.core)
  if (core === undefined) return { trace, history, recovery: 'not recoverable' }
  over = true
  for (const fault of going) tell(fault, 1)
  left = nodeNames.filter((name) => !core.includes(name))
  const healed = `${core.join(', ')} are healed`
  befell(left.length === 0 ? healed : `${healed}, ${left.join(', ')} cut off and stopped`)
  // Clocks stay as wrong as they are, and those that are left behind do not go on.
  going.clear()
  unclog(ends, ends, false)
  ring = [...core]
  phase = 'quiet'
  phases++
  for (const client of clients) {
    client.waiting = false
    if (own) client.out = !core.includes(client.node)
    else if (client.open && !core.includes(client.open.node)) {
      finish(client, client.open, 'info', null, 'timeout')
    }
  }
  for (const name of core) {
    const node = nodeOf(name)
    work(node)
    if (!node.up) boot(node)
    else resume(node)
  }
  if (!serve('recovery')) return { trace, history, recovery: 'stalled' }
  phase = 'quiet'
  phases++
  until(now + 1_000_000)
  return { trace, history, recovery: serve('last') ? 'recovered' : 'stalled' }
}

export interface Twin {
  readonly trace: readonly TraceStep[]
  readonly history: readonly HistoryEvent[]
  readonly recovery: 'recovered' | 'stalled' | 'not recoverable'
}

interface Happening {
  readonly time: number
  readonly order: number
  readonly happen: () => void
}

interface Node {
  readonly name: string
  up: boolean
  life: number
  image: DiskImage
  pending: Write[]
  waiting: { readonly after: number; readonly leave: () => void }[]
  held: (() => void)[]
  timers: Map<string, Happening>
  writing: number
  done: number
  shown: number
  since: number
  percent: number
  harmed: boolean
  state: unknown
  view: unknown
  fx: RecordedFx
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

/** How often a fault hits a link: the same node may stand on both sides. */
function times(fault: Fault, from: string, to: string): number {
  if (!('from' in fault)) return 0
  const there = fault.from.includes(from) && fault.to.includes(to)
  const back = fault.both === true && fault.from.includes(to) && fault.to.includes(from)
  return Number(there) + Number(back)
}

/** What a deviation is about. */
function nameOf(deviation: Deviation): string {
  const where = 'node' in deviation ? deviation.node : `${deviation.from}>${deviation.to}`
  return `${deviation.type} ${where} ${deviation.nth}`
}
