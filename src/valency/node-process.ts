import type { Json } from '../core/json.ts'
import type { Effect, TraceEvent } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyProtocol, Program } from '../node/protocol.ts'
import { RecordedFx } from '../node/recorded-fx.ts'
import { runStep } from '../node/run-step.ts'
import type { AnyAsynchronous, Outcome, Process, Send } from './process.ts'
import { asynchronous } from './process.ts'

interface Local {
  readonly input: number
  /** `null` before the first step. */
  readonly state: unknown
  /** Timers that are running, the oldest first. */
  readonly timers: readonly string[]
}

interface Message {
  readonly from: number
  readonly message: unknown
}

/** More choices in one step than this are not looked at. */
const MOST_PICKS = 64
/** A write is done at once, and what is done then may write again, but not without end. */
const MOST_WRITES = 1000

/**
 * A protocol of nodes in the asynchronous model: the first step boots the node and asks it to
 * `propose` its input, an empty step lets the oldest timer fire, writes are on the disk at once,
 * and what `view` shows as `decided` is the decision.
 */
export function asynchronousOf(protocol: AnyProtocol): AnyAsynchronous {
  const header = { about: protocol.about, options: protocol.options }
  return asynchronous(protocol.name, header, (processes, options) => {
    if (protocol.usesClock === true) {
      throw new UserError('this protocol asks for the time, and here there is none', {
        where: protocol.name,
        hint: 'the theorem is about protocols without clocks; use timers',
      })
    }
    return nodes(protocol.name, protocol.make(options), processes)
  })
}

function nodes(name: string, program: Program, processes: number): Process<Local, Message> {
  const ids = Array.from({ length: processes }, (_, self) => `n${self + 1}`)

  function run(local: Local, events: readonly TraceEvent[], self: number, picks: number[]): Ran {
    const choices = chooser(name, picks)
    const fx = new RecordedFx(ids[self]!, ids, choices)
    const ran: Ran = { state: local.state ?? undefined, timers: [...local.timers], sends: [] }
    const queue = [...events]
    for (let at = 0; at < queue.length; at++) {
      if (at > MOST_WRITES) {
        throw new UserError('one step writes to the disk without end', {
          where: `${name}, process ${self}`,
          hint: 'onDurable should not write again each time',
        })
      }
      ran.state = runStep(program, ran.state, queue[at]!, fx)
      for (const effect of fx.take()) carryOut(effect, ran, self, ids, queue)
    }
    ran.picks = choices.taken
    return ran
  }

  return {
    start: (_, input) => ({ input, state: null, timers: [] }),
    step(local, message, self) {
      const [timer, ...timers] = local.timers
      const events: TraceEvent[] = []
      if (local.state === null) events.push(...firstEvents(self, local.input))
      if (message !== undefined)
        events.push({ type: 'message', from: ids[message.from]!, message: message.message })
      else if (local.state !== null && timer !== undefined) events.push({ type: 'timer', timer })
      const fires = message === undefined && local.state !== null
      const before = fires ? { ...local, timers } : local
      return allPicks((picks) => run(before, events, self, picks)).map(
        (ran): Outcome<Local, Message> => ({
          local: { input: local.input, state: ran.state, timers: ran.timers },
          sends: ran.sends,
        }),
      )
    },
    decided(local) {
      if (local.state === null) return undefined
      const { decided } = program.view(local.state)
      return decided === null ? undefined : (decided as Json | undefined)
    },
  }
}

interface Ran {
  state: unknown
  timers: string[]
  readonly sends: Send<Message>[]
  /** How many options each choice had. */
  picks?: readonly number[]
}

function firstEvents(self: number, value: number): readonly TraceEvent[] {
  const request = { id: 1, client: `c${self + 1}`, serial: 1, f: 'propose', value }
  return [
    { type: 'boot', disk: { values: {}, logs: {}, damaged: [] } },
    { type: 'request', request },
  ]
}

function carryOut(
  effect: Effect,
  ran: Ran,
  self: number,
  ids: readonly string[],
  queue: TraceEvent[],
): void {
  if (effect.type === 'send')
    ran.sends.push([ids.indexOf(effect.to), { from: self, message: effect.message }])
  else if (effect.type === 'write') queue.push({ type: 'durable', ticket: effect.ticket })
  else if (effect.type === 'set-timer')
    ran.timers = [...ran.timers.filter((each) => each !== effect.timer), effect.timer]
  else if (effect.type === 'cancel-timer')
    ran.timers = ran.timers.filter((each) => each !== effect.timer)
}

/** Answers with the choices asked for, and with the first option after them. */
function chooser(name: string, picks: readonly number[]) {
  const taken: number[] = []
  return {
    taken,
    pick(options: number): number {
      taken.push(options)
      return picks[taken.length - 1] ?? 0
    },
    now(): number {
      throw new UserError('this protocol asks for the time, and here there is none', {
        where: name,
        hint: 'the theorem is about protocols without clocks; use timers',
      })
    },
  }
}

/** What comes of every sequence of choices. */
function allPicks(run: (picks: number[]) => Ran): readonly Ran[] {
  const all: Ran[] = []
  for (let picks: number[] | undefined = []; picks !== undefined;) {
    const ran = run(picks)
    all.push(ran)
    const options = ran.picks ?? []
    const made: number[] = options.map((_, at) => picks?.[at] ?? 0)
    while (made.length > 0 && made.at(-1)! + 1 >= options[made.length - 1]!) made.pop()
    if (made.length > 0) made[made.length - 1]!++
    picks = made.length === 0 || all.length > MOST_PICKS ? undefined : made
  }
  return all
}
