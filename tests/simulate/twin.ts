import type { Effect, TraceEvent, TraceStep, Write } from '../../src/core/trace.ts'
import type { HistoryEvent } from '../../src/history/event.ts'
import type { Fault } from '../../src/node/index.ts'
import { DiskImage, RecordedFx, runStep } from '../../src/node/index.ts'
import { faultTarget, faultText, nemesisWords } from '../../src/simulate/fault-text.ts'
import { chooseCore } from '../../src/simulate/recovery.ts'
import type { Deviation, Schedule, Simulation } from '../../src/simulate/simulation.ts'
import type { Happening } from './twin-clients.ts'
import { twinClients } from './twin-clients.ts'
import type { Node } from './twin-node.ts'
import { newNode } from './twin-node.ts'
import type { Told } from './twin-links.ts'
import { nameOf, twinLinks } from './twin-links.ts'

/**
 * The simulator once more, slow and obvious, for runs by a schedule: what is to come is a list of
 * closures of which the earliest is looked for, handlers record what they want and it is carried
 * out afterwards, a timer that is set again is taken out of the list and put in anew.
 */
export function twin(simulation: Simulation, schedule: Schedule): Twin {
  const { program, tolerates, disk: speed, clients: policy } = simulation
  const { faults } = schedule
  const nodeNames = Array.from({ length: simulation.nodes }, (_, at) => `n${at + 1}`)
  const trace: TraceStep[] = []
  const history: HistoryEvent[] = []
  let future: Happening[] = []
  let now = 0
  let planned = 2_000_000
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
  const told: Told = (type, about) =>
    tellings.get(nameOf({ type, ...about } as unknown as Deviation)) as never
  const counts = new Map<string, number>()
  const nth = (what: string): number => {
    counts.set(what, (counts.get(what) ?? 0) + 1)
    return counts.get(what) as number
  }

  // Links.
  const going = new Set<Fault>()
  let left: string[] = []
  const { send, passAgain, unclog } = twinLinks({
    simulation,
    going,
    now: () => now,
    left: () => left,
    plan,
    us,
    calmed,
    middle,
    told,
    nth,
  })

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
        const client = clients.clientOf(effect.request as number)
        const after = effect.type === 'reply' ? effect.after : undefined
        leave(after, () =>
          send(node.name, client.name, () =>
            clients.answered(client, effect.request as number, effect),
          ),
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
    clients.nodeStopped(node.name)
  }

  // Clients.
  const ends = [...nodeNames, ...Array.from({ length: policy.count }, (_, at) => `c${at + 1}`)]
  const clients = twinClients({
    simulation,
    schedule,
    nodeNames,
    now: () => now,
    us,
    plan,
    earliest,
    goOn,
    saw,
    send,
    passAgain,
    isUp: (node) => nodeOf(node).up,
    isPaused: (node) => isPaused(nodeOf(node)),
    hold: (node, release) => nodeOf(node).held.push(release),
    step: (node, event) => step(nodeOf(node), event),
  })

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
    clients.nodeStarted(node.name)
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
    const node = newNode(name)
    nodes.set(name, node)
    boot(node)
  }
  clients.start()
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
  clients.leave(core)
  for (const name of core) {
    const node = nodeOf(name)
    work(node)
    if (!node.up) boot(node)
    else resume(node)
  }
  if (!clients.serve('recovery')) return { trace, history, recovery: 'stalled' }
  clients.rest()
  until(now + 1_000_000)
  return { trace, history, recovery: clients.serve('last') ? 'recovered' : 'stalled' }
}

export interface Twin {
  readonly trace: readonly TraceStep[]
  readonly history: readonly HistoryEvent[]
  readonly recovery: 'recovered' | 'stalled' | 'not recoverable'
}
