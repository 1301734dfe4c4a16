import type { Json } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import type { Process } from '../core/operation.ts'
import type { Random } from '../core/random.ts'
import type { CallOptions } from '../history/draw-call.ts'
import { drawCalls } from '../history/draw-call.ts'
import type { HistoryEvent } from '../history/event.ts'

/** For messages, and for `History.source`. */
export const SOURCE = 'arbitrary'

/**
 * An operation before it is played: plain data that means something whatever stands around it, so
 * that a list of them can be made smaller anywhere. Times are counted in moments.
 */
export interface PlannedOperation {
  readonly client: number
  readonly key: number | undefined
  /** How long the client waits before it asks. */
  readonly waits: number
  /** From the call until it takes effect, and from then until the answer. */
  readonly before: number
  readonly after: number
  /** `never`: it has no effect, and no answer. `untold`: it has, and nobody is told. */
  readonly outcome: 'certain' | 'never' | 'untold'
  /** What chance says where the call and its effect leave a choice. */
  readonly draws: readonly number[]
}

export interface Played extends CallOptions {
  readonly model: Model
  readonly initial?: Json
}

/** Who waits so often for a lock gives up. */
const MOST_WAITS = 30

type Happening = 'call' | 'effect' | 'return'

/** What happens at the same moment is in this order, so that effects lie within their intervals. */
const ORDER: readonly Happening[] = ['call', 'effect', 'return']

interface Running {
  readonly plan: PlannedOperation
  readonly random: Random
  f: string
  value: Json
  process: Process
  result: Json
  waits: number
}

interface Due {
  readonly time: number
  readonly happening: Happening
  readonly client: Client
  readonly running: Running
}

interface Client {
  readonly name: string
  readonly plans: PlannedOperation[]
  /** Counts up where an outcome stays unknown, as a process may not go on after that. */
  lives: number
  holds: boolean
}

/**
 * What clients see who follow the plan, each doing its part of it in turn. Each operation takes
 * effect at one moment between its call and its return.
 */
export function playedEvents(
  plan: readonly PlannedOperation[],
  { model, initial, ...calls }: Played,
): readonly HistoryEvent[] {
  const draw = drawCalls(model, calls)
  const states = new Map<string, Json>()
  const clients = clientsOf(plan)
  const agenda: Due[] = []
  const events: HistoryEvent[] = []
  const keyOf = ({ key }: PlannedOperation): string => (key === undefined ? '' : `k${key}`)
  const stateOf = (key: string): Json => states.get(key) ?? model.initial(initial)

  const begin = (client: Client, now: number): void => {
    const next = client.plans.shift()
    if (next === undefined) return
    const running = { plan: next, random: drawnFrom(next.draws), ...IDLE }
    agenda.push({ time: now + next.waits, happening: 'call', client, running })
  }
  const say = (type: HistoryEvent['type'], { plan: { key }, ...running }: Running, value: Json) => {
    const { process, f } = running
    events.push({ type, process, f, value, ...(key === undefined ? {} : { key: `k${key}` }) })
  }
  const lose = (client: Client, running: Running, now: number): void => {
    say('info', running, null)
    client.lives++
    client.holds = false
    begin(client, now + 1)
  }

  for (const client of clients) begin(client, 0)
  for (let due = taken(agenda); due !== undefined; due = taken(agenda)) {
    const { time, happening, client, running } = due
    const { plan: planned, random } = running
    const key = keyOf(planned)
    if (happening === 'call') {
      const call = draw({ random, state: stateOf(key), holds: client.holds })
      running.f = call.f
      running.value = call.value
      running.process = client.lives === 0 ? client.name : `${client.name} (${client.lives + 1})`
      say('invoke', running, running.value)
      agenda.push({ time: time + planned.before, happening: 'effect', client, running })
    } else if (happening === 'effect') {
      const step = stepOf(model, stateOf(key), running)
      if (planned.outcome !== 'never' && step !== undefined) {
        states.set(key, step.state)
        running.result = step.result
      }
      const blocked = planned.outcome === 'certain' && step === undefined
      if (blocked && running.waits++ < MOST_WAITS) agenda.push({ ...due, time: time + 1 })
      else if (blocked || planned.outcome !== 'certain') lose(client, running, time)
      else agenda.push({ ...due, time: time + planned.after, happening: 'return' })
    } else {
      if (running.f === 'acquire') client.holds = true
      if (running.f === 'release') client.holds = false
      say('ok', running, running.result)
      begin(client, time + 1)
    }
  }
  return events
}

const IDLE = { f: '', value: null, process: '', result: null, waits: 0 }

function clientsOf(plan: readonly PlannedOperation[]): readonly Client[] {
  const clients = new Map<number, Client>()
  for (const each of plan) {
    const client = clients.get(each.client)
    if (client !== undefined) client.plans.push(each)
    else
      clients.set(each.client, { name: `c${each.client}`, plans: [each], lives: 0, holds: false })
  }
  return [...clients.values()]
}

function stepOf(model: Model, state: Json, { f, value, process, random }: Running) {
  const steps = model.step(state, { f, value, process })
  return steps.length === 0 ? undefined : steps[random.int(0, steps.length - 1)]
}

/** What is due next; of the same moment, what was due first. */
function taken(agenda: Due[]): Due | undefined {
  let first = 0
  for (let at = 1; at < agenda.length; at++) {
    if (isBefore(agenda[at], agenda[first])) first = at
  }
  return agenda.splice(first, 1)[0]
}

function isBefore(a: Due | undefined, b: Due | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return a.time !== b.time
    ? a.time < b.time
    : ORDER.indexOf(a.happening) < ORDER.indexOf(b.happening)
}

/** Chance that is given: the draws one after the other, then always the first of what there is. */
function drawnFrom(draws: readonly number[]): Random {
  let at = 0
  const int = (low: number, high: number): number => low + ((draws[at++] ?? 0) % (high - low + 1))
  return {
    int,
    chance: (numerator, denominator) => int(1, denominator) <= numerator,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[int(0, items.length - 1)] as (typeof items)[number]
    },
    shuffle: (items) => {
      const rest = [...items]
      return items.map(() => rest.splice(int(0, rest.length - 1), 1)[0] as (typeof items)[number])
    },
  }
}
