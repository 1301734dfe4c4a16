import type { Json } from './json.ts'
import type { Operation, Process } from './operation.ts'

/**
 * How operations, values and times are put into sentences. Values come from recordings of
 * strangers: they are cut where they are long, and nothing in them can steer a terminal.
 */

/** Longer values are cut to this many characters. */
const LONGEST = 60

/** A value as in a sentence: JSON, cut, with everything invisible escaped. */
export function shown(value: Json | undefined): string {
  return escapedText(JSON.stringify(value ?? null))
}

/** `client 5`, `client c1`. */
export function who(process: Process): string {
  return `client ${escapedText(String(process))}`
}

/**
 * What a client did, as a clause with its client: `client 5 read 812`, `client 2 wrote 835`,
 * `client 1 dequeued nothing`, `client 3 called acquire without an answer`.
 */
export function did(operation: Operation): string {
  return `${who(operation.process)} ${deed(operation)}`
}

/** The same without the client: `read 812`, `wrote 835`. */
export function deed({ f, value, result }: Operation): string {
  const words = DEEDS.get(f)
  if (result === undefined) return `called ${callText(f, value)} without an answer`
  if (words === undefined) {
    const answer = result === null || result === value ? '' : ` and got ${shown(result)}`
    return `called ${callText(f, value)}${answer}`
  }
  return words(value, result)
}

/** A call in few letters, for labels: `write 835`, `read`. */
export function callText(f: string, value: Json): string {
  return value === null ? escapedText(f) : `${escapedText(f)} ${shown(value)}`
}

type Deed = (value: Json, result: Json) => string

const got =
  (verb: string): Deed =>
  (_, result) =>
    `${verb} ${shown(result)}`
const gave =
  (verb: string): Deed =>
  (value) =>
    `${verb} ${shown(value)}`
const took =
  (verb: string): Deed =>
  (_, result) =>
    result === null ? `${verb} nothing` : `${verb} ${shown(result)}`

const compareAndSet: Deed = (value, result) => {
  const [from, to] = Array.isArray(value) ? (value as readonly Json[]) : [null, null]
  return result === false
    ? `was refused to change ${shown(from)} into ${shown(to)}`
    : `changed ${shown(from)} into ${shown(to)}`
}

const contains: Deed = (value, result) =>
  result === true ? `found ${shown(value)}` : `did not find ${shown(value)}`

const DEEDS: ReadonlyMap<string, Deed> = new Map<string, Deed>([
  ['read', got('read')],
  ['get', got('read')],
  ['snapshot', got('saw')],
  ['write', gave('wrote')],
  ['put', gave('wrote')],
  ['append', gave('appended')],
  ['add', gave('added')],
  ['remove', gave('removed')],
  ['enqueue', gave('enqueued')],
  ['push', gave('pushed')],
  ['insert', gave('inserted')],
  ['cas', compareAndSet],
  ['contains', contains],
  ['dequeue', took('dequeued')],
  ['pop', took('popped')],
  ['extract-min', took('extracted')],
  ['find-min', took('found as the smallest')],
  ['peek', took('peeked at')],
  ['acquire', () => 'acquired'],
  ['release', () => 'released'],
])

/** A time span given in nanoseconds, with two to three digits that matter: `4.8 s`, `120 ms`. */
export function duration(ns: number): string {
  if (!Number.isFinite(ns) || ns < 0) return 'an unknown time'
  const units: readonly (readonly [string, number])[] = [
    ['s', 1e9],
    ['ms', 1e6],
    ['µs', 1e3],
  ]
  if (ns >= 59.95e9) return minutesText(Math.round(ns / 1e9))
  for (const [unit, size] of units) {
    // 999.96 ms is 1 s, not 1000 ms: what is rounded up to the next unit is said in it.
    if (ns >= size * 0.99995) return `${digits(ns / size)} ${unit}`
  }
  return `${Math.round(ns)} ns`
}

/**
 * How long before the call of `later` the operation `earlier` had returned: ` 4.8 s before`, or
 * ` before` where the history has no times. Begins with a space.
 */
export function before(earlier: Operation, later: Operation): string {
  if (earlier.returnedAt === undefined || later.calledAt === undefined) return ' before'
  return ` ${duration(later.calledAt - earlier.returnedAt)} before`
}

/** `1 read`, `12,000 reads`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`
}

function minutesText(seconds: number): string {
  const parts: readonly (readonly [string, number])[] = [
    ['h', Math.floor(seconds / 3600)],
    ['min', Math.floor(seconds / 60) % 60],
    ['s', seconds % 60],
  ]
  return parts
    .filter(([, count]) => count > 0)
    .slice(0, 2)
    .map(([unit, count]) => `${count} ${unit}`)
    .join(' ')
}

function digits(number: number): string {
  return number < 99.95 ? String(Number(number.toFixed(1))) : String(Math.round(number))
}

/** Control and format characters, line separators, and what turns the direction of writing. */
const INVISIBLE = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c' +
    '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\uffff]',
  'g',
)

function escapedText(text: string): string {
  const whole = text.length > LONGEST ? `${cut(text)}…` : text
  return whole.replace(INVISIBLE, escaped).replace(/\p{Surrogate}/gu, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Never ends inside a surrogate pair. */
function cut(text: string): string {
  const last = text.charCodeAt(LONGEST - 2)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST - 2 : LONGEST - 1)
}
