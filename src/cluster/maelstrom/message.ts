import type { Json } from '../../core/json.ts'

/**
 * What Maelstrom's nodes say to each other, to clients and to services: one JSON object a line.
 * Nodes may put anything into the bodies of messages among themselves.
 */
export interface Envelope {
  readonly src: string
  readonly dest: string
  readonly body: Body
  /** The network's own number of the message; only on messages that are delivered. */
  readonly id?: number
}

export interface Body {
  readonly type?: Json
  /** Names a request, so that it can be answered. */
  readonly msg_id?: Json
  /** The `msg_id` of the request that this answers. */
  readonly in_reply_to?: Json
  readonly [name: string]: Json | undefined
}

/** The message of a line, or what is wrong with it, as a clause: `it is not JSON`. */
export function parseEnvelope(line: string): Envelope | string {
  let value: unknown
  try {
    value = JSON.parse(BIG.test(line) ? line.replace(TOKENS, keptWhole) : line)
  } catch {
    return 'it is not JSON'
  }
  if (!isObject(value)) return 'it is not an object'
  const { src, dest, body, id } = value
  if (typeof src !== 'string') return `'src' is ${what(src)}, not a string`
  if (typeof dest !== 'string') return `'dest' is ${what(dest)}, not a string`
  if (!isObject(body)) return `'body' is ${what(body)}, not an object`
  if (id !== undefined && !Number.isSafeInteger(id)) return `'id' is ${what(id)}, not an integer`
  return { src, dest, body: body as Body }
}

/**
 * Integers beyond 2^53, which are usual as ids, would lose their last digits: they travel through
 * this process as strings with a mark, and leave it as the integers that they were.
 */
const BIG = /\d{16}/
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g
const MARK = '\u0001'
const MARKED = /"\\u0001(-?\d+)"/g

function keptWhole(token: string): string {
  if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token
  return JSON.stringify(`${MARK}${token}`)
}

/** A message as a line, without its end. */
export function lineOf(envelope: Envelope): string {
  const text = JSON.stringify(envelope)
  return text.includes('"\\u0001') ? text.replace(MARKED, '$1') : text
}

/** What a client was answered, as a history says it: integers beyond 2^53 are strings. */
export function plain(value: Json): Json {
  if (typeof value === 'string') return value.startsWith(MARK) ? value.slice(1) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain)
  const entries = Object.entries(value as Readonly<Record<string, Json>>)
  return Object.fromEntries(entries.map(([name, item]) => [name, plain(item)]))
}

/** Why a request was not served, as nodes and services say it. */
export function errorBody(code: number, text: string): Body {
  return { type: 'error', code, text }
}

/** The body as an answer to a request; as it is where the request did not ask for an answer. */
export function inReplyTo(request: Body, body: Body): Body {
  return request.msg_id === undefined ? body : { ...body, in_reply_to: request.msg_id }
}

/** What kind of message it is; an empty text where it does not say. */
export function typeOf({ type }: Body): string {
  return typeof type === 'string' ? type : ''
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value in few words: `missing`, `null`, `a list`, `"n1"`. */
export function what(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
