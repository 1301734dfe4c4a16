import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'

/**
 * What stands in a bracket of a drawing: `write x 1`, `cas 1 2 -> false`, `dequeue -> empty`.
 *
 *     call   = name argument* [ '->' token ] [ '!' | '?' ]
 *     argument = token | 'key=' token | 'value=' token
 *     token  = JSON | word          (`empty` is null; any other word is a string)
 *
 * An operation takes as many arguments as ARITY says; one more in front is its key.
 */
export interface CallText {
  readonly f: string
  readonly key: Json | undefined
  readonly value: Json
  readonly result: Json
  /** `!`: it certainly did not happen. `?`: its outcome is unknown. */
  readonly ending: 'ok' | 'fail' | 'info'
}

/** Operations that do not take one argument. */
const ARITY: Readonly<Record<string, number>> = {
  read: 0,
  get: 0,
  dequeue: 0,
  pop: 0,
  peek: 0,
  'extract-min': 0,
  'find-min': 0,
  snapshot: 0,
  acquire: 0,
  release: 0,
  cas: 2,
}

const TAKES = ['no argument', 'one argument', 'two arguments']

/** Operations whose only answer is that they were done: `null`, or the argument once more. */
const ACKNOWLEDGED: ReadonlySet<string> = new Set(
  'acquire release write put append enqueue push add remove insert cas'.split(' '),
)

const WORD = /^[A-Za-z_][\w.-]*$/
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

interface Token {
  readonly name: 'key' | 'value' | undefined
  readonly sign: '->' | '!' | '?' | undefined
  readonly value: Json
}

/**
 * Reads the text of a call, or says what is wrong with it. Of a call that did not return
 * (`returned` false) everything is an argument; otherwise `read 1` is short for `read -> 1`.
 */
export function parseCall(text: string, returned: boolean): CallText | string {
  const tokens = tokensOf(text)
  if (typeof tokens === 'string') return tokens
  const [head, ...rest] = tokens
  if (head === undefined) return 'the bracket is empty'
  const f = head.value
  if (typeof f !== 'string' || head.sign !== undefined)
    return `a call begins with its name: '${text}'`

  const last = rest.at(-1)?.sign
  const ending = last === '!' ? 'fail' : last === '?' || !returned ? 'info' : 'ok'
  if (last === '!' || last === '?') rest.pop()
  let result: Json | undefined
  if (rest.at(-2)?.sign === '->') {
    result = rest.pop()?.value
    rest.pop()
  }
  const stray = rest.find((token) => token.sign !== undefined)
  if (stray !== undefined) return `'${String(stray.sign)}' cannot stand there: '${text}'`
  if (result !== undefined && !returned) return `a call without ']' has no result: '${text}'`

  const positional = rest.filter((token) => token.name === undefined).map((token) => token.value)
  const answers = ARITY[f] === 0 && !ACKNOWLEDGED.has(f)
  if (answers && ending === 'ok' && result === undefined && positional.length > 0) {
    result = positional.pop()
  }
  const named = (name: string): Json | undefined => rest.find((token) => token.name === name)?.value
  const call = argumentsOf(f, positional, named('key'), named('value'))
  return typeof call === 'string' ? call : { ...call, result: result ?? null, ending }
}

function argumentsOf(
  f: string,
  positional: Json[],
  key: Json | undefined,
  value: Json | undefined,
): Pick<CallText, 'f' | 'key' | 'value'> | string {
  const arity = value !== undefined ? 0 : (ARITY[f] ?? 1)
  const count = positional.length
  if (count > arity + 1 || (count === arity + 1 && key !== undefined)) {
    return `'${f}' takes a key and ${TAKES[ARITY[f] ?? 1] ?? ''}, found ${String(count)} tokens`
  }
  if (count === arity + 1) key = positional.shift()
  if (value !== undefined) return { f, key, value }
  if (arity === 2 && count === 0) return `'${f}' takes two arguments, found none`
  if (arity === 2 && count >= 2) {
    // Were it `key [from, to]`, it would be read as from and to.
    return isPair(positional[1])
      ? `'${f}' takes a key and two arguments`
      : { f, key, value: positional }
  }
  return { f, key, value: positional[0] ?? null }
}

function isPair(value: Json | undefined): value is readonly [Json, Json] {
  return Array.isArray(value) && value.length === 2
}

function tokensOf(text: string): Token[] | string {
  const tokens: Token[] = []
  for (let at = skipSpaces(text, 0); at < text.length; at = skipSpaces(text, at)) {
    const name = text.startsWith('key=', at)
      ? 'key'
      : text.startsWith('value=', at)
        ? 'value'
        : undefined
    const start = name === undefined ? at : at + name.length + 1
    const end = endOfToken(text, start)
    const raw = text.slice(start, end)
    if (raw === '->' || raw === '!' || raw === '?') tokens.push({ name, sign: raw, value: null })
    else {
      const value = valueOf(raw)
      if (value === undefined) return `'${raw}' is neither JSON nor a word`
      tokens.push({ name, sign: undefined, value })
    }
    at = end
  }
  return tokens
}

function valueOf(raw: string): Json | undefined {
  if (raw === 'empty') return null
  if (
    raw === 'null' ||
    raw === 'true' ||
    raw === 'false' ||
    NUMBER.test(raw) ||
    /^["[{]/.test(raw)
  ) {
    try {
      return JSON.parse(raw) as Json
    } catch {
      return undefined
    }
  }
  return WORD.test(raw) ? raw : undefined
}

function skipSpaces(text: string, at: number): number {
  while (at < text.length && /\s/.test(text[at] ?? '')) at++
  return at
}

/** The end of the token that begins at `start`: brackets and strings may hold spaces. */
function endOfToken(text: string, start: number): number {
  let depth = 0
  let at = start
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"') at = endOfString(text, at)
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    else if (depth === 0 && /\s/.test(char)) break
  }
  return Math.min(at, text.length)
}

/** The position of the quotation mark that ends the string begun at `start`. */
export function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

/** The text of a call, without its answer; `parseCall` reads it back. */
export function callText({ f, key, value }: Pick<Operation, 'f' | 'key' | 'value'>): string {
  const parts = [tokenText(f)]
  const arity = ARITY[f] ?? 1
  if (key !== undefined) parts.push(tokenText(key))
  if (arity === 2 && isPair(value) && !isPair(value[1])) {
    parts.push(...value.map(tokenText))
  } else if (arity === 1) {
    const none = value === null && key === undefined && !ACKNOWLEDGED.has(f)
    if (!none) parts.push(tokenText(value))
  } else if (value !== null || arity === 2) parts.push(`value=${tokenText(value)}`)
  return parts.join(' ')
}

/** The answer as it stands in a drawing, with the arrow; '' if it is a mere acknowledgement. */
export function resultText({ f, value, result }: Operation): string {
  if (result === undefined) return ''
  const plain = result === null || sameJson(result, value)
  if (plain && ACKNOWLEDGED.has(f)) return ''
  return ` -> ${tokenText(result)}`
}

/** A value in printable ASCII: whatever a file holds, it cannot steer a terminal. */
export function tokenText(value: Json): string {
  if (typeof value === 'string' && WORD.test(value) && valueOf(value) === value) return value
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
