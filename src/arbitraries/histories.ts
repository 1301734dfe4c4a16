import * as fc from 'fast-check'

import { sameJson } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import type { CallOptions } from '../history/draw-call.ts'
import type { History } from '../history/history.ts'
import type { PlannedOperation } from './planned-history.ts'
import { playedEvents, SOURCE } from './planned-history.ts'
import type { HistoryEvent } from '../history/event.ts'
import { Pairing } from '../history/pair-events.ts'

/** What histories are like. */
export interface HistoriesOptions extends CallOptions {
  /** The object that clients use, or a function that makes it: `register`. */
  readonly model: Model | (() => Model)
  /** The value at the beginning. Default: the model's own. */
  readonly initial?: Json
  /** At most so many operations. Default: 10. */
  readonly operations?: number
  /** How many clients. Default: 3. */
  readonly clients?: number
  /**
   * How many objects, with the keys `k0`, `k1`, ..., if the model has them. Default: one without a
   * key.
   */
  readonly keys?: number
  /** Whether the outcome of some operations stays unknown. Default: yes. */
  readonly unknown?: boolean
}

/**
 * Histories of clients that use the model at the same time, each operation at one moment between
 * its call and its return: linearizable by the way they are made.
 */
export function linearizableHistories(options: HistoriesOptions): fc.Arbitrary<History> {
  return plans(options).map((plan) => historyOf(playedEvents(plan, played(options))))
}

/**
 * The same, but for answers that are exchanged for others: of other operations, or values that
 * were given to one. About half of them are linearizable still.
 */
export function histories(options: HistoriesOptions): fc.Arbitrary<History> {
  const wrong = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 2 })
  return fc.tuple(plans(options), wrong).map(([plan, changes]) => {
    let events = playedEvents(plan, played(options))
    for (const [which, what] of changes) events = exchanged(events, modelOf(options), which, what)
    return historyOf(events)
  })
}

function plans(options: HistoriesOptions): fc.Arbitrary<readonly PlannedOperation[]> {
  const { operations = 10, clients = 3, unknown = true } = options
  const keys = modelOf(options).partitioned === false ? undefined : options.keys
  const short = fc.nat({ max: 3 })
  const certain = fc.constant('certain' as const)
  return fc.array(
    fc.record({
      client: fc.nat({ max: Math.max(0, clients - 1) }),
      key: keys === undefined ? fc.constant(undefined) : fc.nat({ max: Math.max(0, keys - 1) }),
      waits: short,
      before: short,
      after: short,
      outcome: unknown
        ? fc.oneof(
            { weight: 8, arbitrary: certain },
            { weight: 1, arbitrary: fc.constantFrom('never' as const, 'untold' as const) },
          )
        : certain,
      draws: fc.array(fc.nat({ max: 0xffff }), { maxLength: 6 }),
    }),
    { maxLength: operations },
  )
}

function modelOf({ model }: HistoriesOptions): Model {
  return typeof model === 'function' ? model() : model
}

function played(options: HistoriesOptions) {
  return { ...options, model: modelOf(options) }
}

function historyOf(events: readonly HistoryEvent[]): History {
  const pairs = new Pairing({ source: SOURCE })
  for (const event of events) pairs.push(event)
  return pairs.finish()
}

/** With an answer exchanged for another that its operation could give, where there is one. */
function exchanged(
  events: readonly HistoryEvent[],
  model: Model,
  which: number,
  what: number,
): readonly HistoryEvent[] {
  const answers = events.flatMap((event, at) => (event.type === 'ok' ? [at] : []))
  const at = answers[which % Math.max(1, answers.length)]
  const event = at === undefined ? undefined : events[at]
  const shape = event === undefined ? undefined : model.operations[event.f]?.result
  if (event === undefined || shape === undefined) return events
  const others = events
    .map(({ value = null }) => value)
    .filter((value) => shape.accepts(value) && !sameJson(value, event.value ?? null))
  const value = others[what % Math.max(1, others.length)]
  if (value === undefined) return events
  return events.map((each) => (each === event ? { ...event, value } : each))
}
