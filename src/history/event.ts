import { z } from 'zod'
import type { Json } from '../core/json.ts'
import { MAX_DEPTH } from '../core/jsonl.ts'

/**
 * One event of a history: a client calls an operation, or learns how it ended. `docs/history.md`
 * says what the fields mean.
 */
export const historyEvent = z.looseObject({
  index: z.int(wholeNumberText()).nonnegative(wholeNumberText()).nullish(),
  time: z.number(timeText()).nonnegative(timeText()).nullish(),
  process: z.union([z.string(), z.int()], 'a string or a whole number'),
  type: z.enum(['invoke', 'ok', 'fail', 'info'], "'invoke', 'ok', 'fail' or 'info'"),
  f: z.string('a string, the name of the operation'),
  key: z.custom<Json>(isPlain, plainText()).nullish(),
  value: z.custom<Json>(isPlain, plainText()).optional(),
})

/** One line of a history: a call, how it ended, or a fault. */
export type HistoryEvent = z.infer<typeof historyEvent>

/** The event as a JSON Schema (draft 2020-12), for recorders in other languages. */
export function eventJsonSchema(): Json {
  return z.toJSONSchema(historyEvent, { unrepresentable: 'any' }) as unknown as Json
}

function wholeNumberText(): string {
  return 'a whole number, not negative'
}

function timeText(): string {
  return 'a number of nanoseconds, not negative'
}

function plainText(): string {
  return (
    `plain JSON: no number beyond 2^53 (write it as a string), no key '__proto__', ` +
    `at most ${String(MAX_DEPTH)} levels`
  )
}

/**
 * True exactly if the schema accepts the value, some twenty times faster: it is asked for each of
 * millions of lines. A test compares the two.
 */
export function isEvent(event: unknown): event is HistoryEvent {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return false
  const { type, f, process, key, value, time, index } = event as Record<string, unknown>
  if (type !== 'invoke' && type !== 'ok' && type !== 'fail' && type !== 'info') return false
  if (typeof f !== 'string') return false
  if (typeof process !== 'string' && !Number.isSafeInteger(process)) return false
  if (value !== undefined && !isPlain(value)) return false
  if (key !== undefined && !isPlain(key)) return false
  if (time !== undefined && time !== null && !isTime(time)) return false
  return (
    index === undefined || index === null || (Number.isSafeInteger(index) && Number(index) >= 0)
  )
}

function isTime(time: unknown): boolean {
  return typeof time === 'number' && time >= 0 && time !== Infinity
}

/**
 * Two integers beyond 2^53 may be one and the same after parsing, and a verdict built on that would
 * be a guess; `__proto__` would sooner or later be assigned somewhere.
 */
function isPlain(value: unknown, depth: unknown = MAX_DEPTH): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
  }
  if (typeof value !== 'object') return false
  // zod passes a context object where we pass the depth that is left.
  const left = typeof depth === 'number' ? depth : MAX_DEPTH
  if (left === 0) return false
  if (Array.isArray(value)) return value.every((item) => isPlain(item, left - 1))
  return Object.keys(value).every(
    (name) => name !== '__proto__' && isPlain((value as Record<string, unknown>)[name], left - 1),
  )
}

/** Why something is not an event, in a sentence; to be asked only when `isEvent` said no. */
export function whyNoEvent(event: unknown): string {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return `an event is an object, not ${shown(event)}`
  }
  const issue = historyEvent.safeParse(event).error?.issues[0]
  const name = String(issue?.path[0])
  const expected = issue?.message ?? ''
  const found = (event as Record<string, unknown>)[name]
  if (found === undefined) return `'${name}' is missing; it has to be ${expected}`
  return `'${name}' is ${shown(found)}; it has to be ${expected}`
}

/** Long enough to recognise a value, short enough for a line of a terminal. */
const SHOWN_LENGTH = 60

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object'
  // JSON has no Infinity, but 1e999 is read as that.
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`
}
