import { Meter } from '../src/core/budget.ts'
import type { Json } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import { deed, did, shown, who } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import type { Accesses, Reading, Unreadable } from '../src/linearize/order-accesses.ts'
import { readAccesses } from '../src/linearize/order-accesses.ts'
import type { Step } from '../src/linearize/order-chains.ts'
import { isRegister } from '../src/linearize/order-sequential.ts'
import { ACCESS_PARTS, shrinkOperations } from '../src/linearize/order-shrink.ts'
import type { CheckOptions, Violation } from './condition.ts'
import { casRegister } from './models/cas-register.ts'
import { stringMap } from './models/string-map.ts'

/**
 * What the conditions on reads and writes share: which write each read saw, and how to say it. A
 * compare-and-set counts as its read followed by its write, as a system that is only causally
 * consistent cannot make it one step. A refused one says only what the value was not; it is left
 * out, so a history with such operations can be proved wrong, but not right.
 */
export function readsFrom(history: History, options: CheckOptions): Reading {
  const { operations } = history
  return readAccesses(operations, {
    initial: initialOf(history, options),
    keyed: true,
    split: true,
  })
}

export function initialOf({ operations }: History, { model, initial }: CheckOptions): Json {
  if (model !== undefined) return model.initial(initial)
  const isMap = operations.some(({ f }) => f === 'get' || f === 'put')
  return initial ?? (isMap ? '' : null)
}

/** Why a history is not one of reads and writes with one writer for each value that was read. */
export function unfitForReads(history: History, options: CheckOptions): string | undefined {
  const { model } = options
  if (model !== undefined && !isRegister({ model })) {
    return `it is about reads and writes; these are operations on a ${model.name}`
  }
  if (history.operations.length === 0) return 'there are no operations in it'
  const reading = readsFrom(history, options)
  return reading.type === 'unreadable' ? unreadableText(reading.reason) : undefined
}

export function unreadableText(reason: Unreadable): string {
  if (reason.type === 'operation') {
    return `it is about reads and writes; ${shown(reason.operation.f)} is neither`
  }
  const { operation, value } = reason
  return `it needs unique writes: ${shown(value)}${ofKey(operation)} was read and has two writers`
}

/** A read of what nobody wrote. */
export function thinAir(chain: readonly Operation[]): Violation {
  const [read, ...seers] = chain as readonly [Operation, ...Operation[]]
  const seen = read.f === 'cas' ? (read.value as readonly Json[])[0] : read.result
  const because = seers.length === 0 ? '' : `, as ${told(seers.at(-1) ?? read)} proves`
  return {
    sentence: `${told(read)}${because}, but nobody ever wrote ${shown(seen)} there`,
    operations: idsOf(chain),
    culprit: read.id,
    others: [],
  }
}

/** The ids of operations, in order of invocation, each once. */
export function idsOf(operations: readonly Operation[]): number[] {
  return [...new Set(operations.map(({ id }) => id))].sort((a, b) => a - b)
}

/** `client 5 read 812 of "x"`. */
export function told(operation: Operation): string {
  return `${did(operation)}${ofKey(operation)}`
}

export function ofKey({ key }: Operation): string {
  return key === undefined ? '' : ` at ${shown(key)}`
}

/** The operation of an event. */
export function operationOf(accesses: Accesses, event: number): Operation {
  return accesses.operations[accesses.operation[event]!]!
}

/** More steps than this are not spelled out. */
const SPELLED_OUT = 8

/** `A before B (same client); B before A (the second saw the first)`, from the earliest call on. */
export function circleText(accesses: Accesses, cycle: readonly Step[]): string {
  const ids = cycle.map((step) => operationOf(accesses, step.from).id)
  const first = ids.reduce((best, id, i) => (id < ids[best]! ? i : best), 0)
  const texts = [...cycle.slice(first), ...cycle.slice(0, first)].flatMap((step) => {
    const from = operationOf(accesses, step.from)
    const to = operationOf(accesses, step.to)
    return from === to
      ? []
      : [`${told(from)} before ${toText(from, to)} (${reason(accesses, step)})`]
  })
  const more = texts.length - SPELLED_OUT
  return more > 0 ? `${texts.slice(0, SPELLED_OUT).join('; ')}; and ${more} more` : texts.join('; ')
}

function toText(from: Operation, to: Operation): string {
  return from.process === to.process ? `it ${deed(to)}${ofKey(to)}` : told(to)
}

function reason(accesses: Accesses, { why, by }: Step): string {
  switch (why) {
    case 'client':
      return 'same client'
    case 'reads':
      return 'the second saw the first'
    case 'overwrites':
      return 'the first did not see the second'
    case 'overwritten':
      return `${who(operationOf(accesses, by).process)} saw the second after the first`
  }
}

/** The longest that a counterexample is made smaller, in seconds; the least, even past a budget. */
const SHRINK_SECONDS = 3
const LEAST_SHRINK_SECONDS = 0.3

/** What may be spent on making a counterexample small, of what is left of a budget. */
export function shrinkMeter(meter: Meter): Meter {
  const left = meter.rest.seconds ?? Infinity
  return new Meter({ seconds: Math.max(LEAST_SHRINK_SECONDS, Math.min(SHRINK_SECONDS, left)) })
}

/** A smaller part of a history that breaks a condition by itself, as accesses. */
export function smallest(
  accesses: Accesses,
  events: readonly number[],
  breaks: (part: Accesses) => boolean,
  initial: Json,
  meter: Meter,
): Accesses {
  const { operations } = accesses
  const reading = (part: readonly Operation[]) =>
    readAccesses(part, { initial, keyed: true, split: true })
  const isMap = operations.some(({ f }) => f === 'get' || f === 'put')
  const left = shrinkOperations(
    {
      model: { ...(isMap ? stringMap : casRegister), ...ACCESS_PARTS },
      initial,
      operations,
      core: [...new Set(events.map((e) => accesses.operation[e]!))],
      fails: (part) => {
        const tried = reading(part)
        return tried.type === 'accesses' && breaks(tried.accesses)
      },
    },
    shrinkMeter(meter),
  )
  const result = reading(left)
  return result.type === 'accesses' ? result.accesses : accesses
}
