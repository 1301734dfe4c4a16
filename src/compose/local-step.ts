import type { Effect, StoredDisk, TraceEvent, Write } from '../core/trace.ts'
import type { Choices, Program } from '../node/index.ts'
import { DiskImage, RecordedFx, runStep } from '../node/index.ts'
import { TICKETS, waitsFor, withoutTickets } from './tickets.ts'

/** Everything that is at one node, as plain data. */
export interface NodeValue {
  readonly node: number
  readonly up: boolean
  /** The program's own state; of a node that is down `null`. */
  readonly state: unknown
  readonly disk: StoredDisk
  /** Asked for and not yet on the disk. */
  readonly pending: readonly Write[]
  /** What leaves when a write is on the disk; tickets count from 1 when nothing is pending. */
  readonly held: readonly Effect[]
  /** How many writes of those that tickets count are done. */
  readonly done: number
  /** Timers that are running, sorted. */
  readonly timers: readonly string[]
  /** Of a node that is down: what it showed last of what anybody looks at. */
  readonly shown?: Readonly<Record<string, unknown>> | undefined
}

/** A node before its first start. */
export function newNode(node: number): NodeValue {
  return {
    node,
    up: false,
    state: null,
    disk: { values: {}, logs: {}, damaged: [] },
    pending: [],
    held: [],
    done: 0,
    timers: [],
  }
}

/** After so many handlers in one step a node is taken to go on for ever. */
const MOST_STAGES = 1000

/** What leaves a node: to other nodes and to clients. */
export type Said = Extract<Effect, { readonly type: 'send' | 'reply' | 'fail' }>

/** One of the things that can come of an event at a node. */
export interface LocalOutcome {
  readonly next: NodeValue
  readonly said: readonly Said[]
  /** The options that were picked, in order. */
  readonly picks: readonly number[]
  /** It crashed when so many of the writes were done. */
  readonly crashedAfter?: number
  /** The write that was being done was left half done. */
  readonly torn?: true
}

export interface LocalRules {
  readonly program: Program
  readonly names: readonly string[]
  readonly disk: 'at-once' | 'slow'
  readonly torn: boolean
  /** What a node sends to itself is dealt with at once. */
  readonly loopback: boolean
  readonly clock: number | undefined
  /** What is remembered of the view of a node that is down. */
  shown(view: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
}

/**
 * Runs the real code of a node for one event, once for each sequence of picks.
 *
 * @param crashing only the outcomes in which the node crashes before all of its writes are done
 */
export function localOutcomes(
  rules: LocalRules,
  before: NodeValue,
  event: TraceEvent,
  crashing = false,
): readonly LocalOutcome[] {
  const outcomes: LocalOutcome[] = []
  const choices = new EveryChoice(rules.clock)
  const timers =
    event.type === 'timer' ? before.timers.filter((timer) => timer !== event.timer) : before.timers
  do {
    choices.begin()
    outcomes.push(...ranOnce(rules, { ...before, timers }, event, choices, crashing))
  } while (choices.next())
  return outcomes
}

/** A crash while nothing runs: what was pending is kept up to any place. */
export function crashOutcomes(rules: LocalRules, before: NodeValue): readonly LocalOutcome[] {
  const { pending } = before
  return Array.from({ length: pending.length + 1 }, (_, kept) => kept).flatMap((kept) =>
    crashed(rules, before, pending, kept).map((how): LocalOutcome => ({
      ...how,
      said: [],
      picks: [],
      crashedAfter: kept,
    })),
  )
}

/** What has been asked for while an event is dealt with, and how much of it is done. */
interface Stage {
  /** How many writes were done when the handler ran, of all since the event. */
  readonly begun: number
  readonly effects: readonly Effect[]
  readonly state: unknown
}

function ranOnce(
  rules: LocalRules,
  before: NodeValue,
  event: TraceEvent,
  choices: EveryChoice,
  crashing: boolean,
): readonly LocalOutcome[] {
  const { program, names, disk } = rules
  const given = TICKETS + before.done + before.pending.length
  const fx = new RecordedFx(names[before.node]!, names, choices, given)
  const state = runStep(program, before.state ?? undefined, event, fx)
  const stages: Stage[] = [{ begun: 0, effects: fx.take(), state }]
  if (disk === 'slow') {
    return crashing ? [] : [{ ...pendingOutcome(before, stages[0]!), picks: choices.path }]
  }
  settle(rules, before.node, stages, fx)
  if (!crashing) return [{ ...doneOutcome(rules, before, stages), picks: choices.path }]
  return crashesOf(rules, before, stages).map((how) => ({ ...how, picks: choices.path }))
}

/**
 * Goes on until all is on the disk and, where that is wanted, until what the node has sent to
 * itself has been dealt with.
 */
function settle(
  { program, names, loopback }: LocalRules,
  node: number,
  stages: Stage[],
  fx: RecordedFx,
): void {
  const self = names[node]
  let written = 0
  let heard = 0
  const run = (event: TraceEvent): void => {
    const state = runStep(program, stages.at(-1)?.state, event, fx)
    stages.push({ begun: written, effects: fx.take(), state })
    if (stages.length > MOST_STAGES) throw new Error(`${self ?? ''} does not come to rest`)
  }
  for (;;) {
    const effects = stages.flatMap((stage) => stage.effects)
    const writes = effects.filter(isWrite)
    if (writes.length > written) {
      written = writes.length
      if (program.onDurable !== undefined) run({ type: 'durable', ticket: TICKETS + written })
      continue
    }
    const own = effects.filter((effect) => isToItself(effect, self))
    const next = own[heard++]
    if (!loopback || next?.type !== 'send') return
    run({ type: 'message', from: self ?? '', message: next.message })
  }
}

/** The node crashes before some of its writes, having said what did not wait for them. */
function crashesOf(
  rules: LocalRules,
  before: NodeValue,
  stages: readonly Stage[],
): readonly Omit<LocalOutcome, 'picks'>[] {
  const writes = stages.flatMap(({ effects }) => effects.filter(isWrite).map(({ write }) => write))
  return writes.flatMap((_, kept) => {
    const ran = stages.filter(({ begun }) => begun <= kept)
    const said = ran.flatMap(({ effects }) =>
      outward(rules, before.node, effects).filter((each) => waitsFor(each) <= kept),
    )
    return crashed(rules, { ...before, up: true, state: ran.at(-1)?.state }, writes, kept).map(
      (how) => ({ ...how, said: said.map(unconditional), crashedAfter: kept }),
    )
  })
}

/** Everything is on the disk, and all that waited for it has left. */
function doneOutcome(
  rules: LocalRules,
  before: NodeValue,
  stages: readonly Stage[],
): Omit<LocalOutcome, 'picks'> {
  const effects = stages.flatMap((stage) => stage.effects)
  const last = stages.at(-1)?.state
  // Most of what arrives again means nothing.
  if (effects.length === 0 && last === before.state && before.up) return { next: before, said: [] }
  const said = stages.flatMap((stage) => {
    const now = outward(rules, before.node, stage.effects)
    return [
      ...now.filter((each) => waitsFor(each) <= stage.begun),
      ...now.filter((each) => waitsFor(each) > stage.begun),
    ]
  })
  const next: NodeValue = {
    ...before,
    up: true,
    state: withoutTickets(last),
    disk: written(
      before.disk,
      effects.filter(isWrite).map(({ write }) => write),
    ),
    timers: timersAfter(before.timers, effects),
    shown: undefined,
  }
  return { next, said: said.map(unconditional) }
}

/** What was written is pending, and what waits for it is held back. */
function pendingOutcome(before: NodeValue, { effects, state }: Stage): Omit<LocalOutcome, 'picks'> {
  const pending = [...before.pending, ...effects.filter(isWrite).map(({ write }) => write)]
  const said = effects.filter(isSaid)
  const held = [...before.held, ...said.filter((each) => waitsFor(each) > before.done)]
  const next: NodeValue = {
    ...before,
    up: true,
    state: pending.length === 0 ? withoutTickets(state) : state,
    pending,
    held,
    // Tickets that nobody waits for any more are forgotten, or no two states would be the same.
    done: pending.length === 0 ? 0 : before.done,
    timers: timersAfter(before.timers, effects),
    shown: undefined,
  }
  const now = said.filter((each) => waitsFor(each) <= before.done)
  return { next, said: now.map(unconditional) }
}

/** With a slow disk: all that is pending is written, and the program is told. */
export function durableOutcomes(rules: LocalRules, before: NodeValue): readonly LocalOutcome[] {
  const { program } = rules
  const done = before.done + before.pending.length
  const released = before.held.filter(isSaid)
  const onDisk: NodeValue = {
    ...before,
    disk: written(before.disk, before.pending),
    pending: [],
    held: [],
    done,
  }
  if (program.onDurable === undefined) {
    const next = { ...onDisk, state: withoutTickets(onDisk.state), done: 0 }
    return [{ next, said: released.map(unconditional), picks: [] }]
  }
  return localOutcomes(rules, onDisk, { type: 'durable', ticket: TICKETS + done }).map(
    (outcome) => ({
      ...outcome,
      said: [...released.map(unconditional), ...outcome.said],
    }),
  )
}

function crashed(
  { names, program, shown, torn }: LocalRules,
  before: NodeValue,
  writes: readonly Write[],
  kept: number,
): readonly Pick<LocalOutcome, 'next' | 'torn'>[] {
  const disk = written(before.disk, writes.slice(0, kept))
  const next: NodeValue = {
    node: before.node,
    up: false,
    state: null,
    disk,
    pending: [],
    held: [],
    done: 0,
    timers: [],
    shown: before.up ? shown(program.view(before.state)) : before.shown,
  }
  const half = writes[kept]
  if (!torn || half === undefined || names.length === 0) return [{ next }]
  const name = half.type === 'put' ? half.key : half.log
  const damaged = [...new Set([...disk.damaged, name])]
  return [{ next }, { next: { ...next, disk: { ...disk, damaged } }, torn: true }]
}

/** Goes through all sequences of picks, in the order of the options. */
class EveryChoice implements Choices {
  path: number[] = []
  #options: number[] = []
  #depth = 0
  readonly #clock: number | undefined

  constructor(clock: number | undefined) {
    this.#clock = clock
  }

  begin(): void {
    this.#depth = 0
    this.#options = []
  }

  /** Turns to the next sequence; false when there is none. */
  next(): boolean {
    const path = this.path.slice(0, this.#depth)
    while (path.length > 0 && path.at(-1)! + 1 >= this.#options[path.length - 1]!) path.pop()
    if (path.length === 0) return false
    path[path.length - 1]!++
    this.path = path
    return true
  }

  pick(options: number): number {
    const at = this.#depth++
    this.#options[at] = options
    if (at === this.path.length) this.path = [...this.path, 0]
    return this.path[at]!
  }

  now(): number {
    if (this.#clock === undefined) throw new AskedForTime()
    return this.#clock
  }
}

/** A protocol asked for the time, and there is no clock. */
export class AskedForTime extends Error {
  constructor() {
    super('the protocol asks for the time')
    this.name = 'AskedForTime'
  }
}

/** What is on a disk after writes. */
export function written(stored: StoredDisk, writes: readonly Write[]): StoredDisk {
  if (writes.length === 0) return stored
  const image = DiskImage.from(stored)
  const touched = new Set<string>()
  for (const write of writes) {
    image.apply(write)
    touched.add(write.type === 'put' ? write.key : write.log)
  }
  const after = image.stored()
  // Who writes to what was damaged has seen it, and it is good again.
  return { ...after, damaged: after.damaged.filter((name) => !touched.has(name)) }
}

function timersAfter(before: readonly string[], effects: readonly Effect[]): readonly string[] {
  const running = new Set(before)
  for (const effect of effects) {
    if (effect.type === 'set-timer') running.add(effect.timer)
    if (effect.type === 'cancel-timer') running.delete(effect.timer)
  }
  return [...running].sort()
}

function isWrite(effect: Effect): effect is Extract<Effect, { readonly type: 'write' }> {
  return effect.type === 'write'
}

function isSaid(effect: Effect): effect is Said {
  return effect.type === 'send' || effect.type === 'reply' || effect.type === 'fail'
}

/** What leaves the node. */
function outward(
  { names, loopback }: LocalRules,
  node: number,
  effects: readonly Effect[],
): readonly Said[] {
  const said = effects.filter(isSaid)
  return loopback ? said.filter((effect) => !isToItself(effect, names[node])) : said
}

function isToItself(effect: Effect, self: string | undefined): boolean {
  return effect.type === 'send' && effect.to === self
}

function unconditional(said: Said): Said {
  if (said.type === 'fail') return said
  const { after: _after, ...plain } = said
  return plain
}
