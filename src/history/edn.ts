import type { Json } from '../core/json.ts'
import { MAX_DEPTH } from '../core/jsonl.ts'
import { UserError } from '../core/user-error.ts'
import { atomOf, characterOf } from './edn-atom.ts'

/**
 * A strict reader of EDN, the notation of Clojure and so of Jepsen. It refuses what a lax one would
 * pass over: truncated or trailing input, duplicate keys, numbers that lose digits, unknown tags.
 *
 * The values come out as plain data. Keywords and symbols become strings (`:read` is `"read"`),
 * lists and sets become lists, `nil` becomes `null`, and keys of maps that are not words become
 * their JSON.
 */
export interface EdnForm {
  readonly value: Json
  /** Where it begins, from 1. */
  readonly line: number
}

/** Tags with a meaning for us: a record is read as its map, the others as their text. */
const TAGS: ReadonlySet<string> = new Set(['jepsen.history.Op', 'inst', 'uuid'])

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '"': '"',
  '\\': '\\',
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' }

const DELIMITER = /[\s,()[\]{}";]/g
const BLANK = /[\s,]*/y

/** What a reader meets where no value begins. */
const END = Symbol('end')
const CLOSER = Symbol('closer')

/** Reads one value after the other from a text; `source` is for messages. */
export class EdnReader {
  readonly #text: string
  readonly #source: string
  #at = 0
  /** Where the value began that is being read. */
  #formStart = 0
  #depth = 0
  #countedTo = 0
  #line = 1

  constructor(text: string, source: string) {
    this.#text = text
    this.#source = source
  }

  /**
   * The elements of the list or vector that is the whole text, or else the values that stand there
   * one after the other. Throws a UserError with line and column.
   */
  *forms(): Generator<EdnForm> {
    this.#skipBlanks()
    this.#formStart = this.#at
    const open = this.#text[this.#at]
    const close = open === '[' || open === '(' ? CLOSING[open] : undefined
    const start = this.#at
    if (close !== undefined) this.#at++
    for (;;) {
      const line = this.#beginForm()
      const value = this.#value()
      if (value === CLOSER && close !== undefined && this.#text[this.#at] === close) break
      if (value === CLOSER) this.#fail(`'${this.#text[this.#at] ?? ''}' closes nothing`, this.#at)
      if (value === END) {
        if (close === undefined) return
        this.#fail(
          `the '${open ?? ''}' of line ${String(this.#lineAt(start))} is never closed`,
          start,
        )
      }
      yield { value, line }
    }
    this.#at++
    this.#skipBlanks()
    if (this.#at < this.#text.length) this.#fail('something follows after the end', this.#at)
  }

  /**
   * After an error: goes on at the next line that begins with a map. False if there is none. What
   * follows is read as values one after the other, so a closing bracket at the very end is dropped.
   */
  *formsAfterFault(): Generator<EdnForm> {
    const next = /\n[\s,[(]*(?=\{|#jepsen\.history\.Op\{)/g
    next.lastIndex = this.#formStart
    const match = next.exec(this.#text)
    if (match === null) return
    this.#at = next.lastIndex
    for (;;) {
      const line = this.#beginForm()
      const value = this.#value()
      if (value === END) return
      if (value === CLOSER) {
        this.#at++
        continue
      }
      yield { value, line }
    }
  }

  /** Goes to the next value and answers its line. */
  #beginForm(): number {
    this.#depth = 0
    this.#skipBlanks()
    this.#formStart = this.#at
    return this.#lineOf(this.#at)
  }

  /** The next value; END or CLOSER, which is left in place, where none begins. */
  #value(): Json | typeof END | typeof CLOSER {
    if (++this.#depth > MAX_DEPTH) {
      this.#fail(`this nests more than ${String(MAX_DEPTH)} levels deep`, this.#at)
    }
    this.#skipBlanks()
    const value = this.#next()
    this.#depth--
    return value
  }

  #next(): Json | typeof END | typeof CLOSER {
    const start = this.#at
    const char = this.#text[start]
    switch (char) {
      case undefined:
        return END
      case ']':
      case ')':
      case '}':
        return CLOSER
      case '"':
        return this.#string()
      case '[':
      case '(':
        return this.#items(CLOSING[char] ?? '')
      case '{':
        return this.#map()
      case '#':
        return this.#dispatch()
      case '\\':
        return this.#character()
      default:
        return this.#atom(start)
    }
  }

  #items(close: string): Json[] {
    const start = this.#at++
    const items: Json[] = []
    for (;;) {
      const value = this.#value()
      if (value === END || value === CLOSER) {
        this.#close(start, close)
        return items
      }
      items.push(value)
    }
  }

  #map(): Json {
    const start = this.#at
    const items = this.#items('}')
    if (items.length % 2 === 1) this.#fail('this map has a key without a value', start)
    const map: Record<string, Json> = {}
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i] ?? null
      const name = typeof key === 'string' ? key : JSON.stringify(key)
      if (name === '__proto__') this.#fail("no key may be called '__proto__'", start)
      if (Object.hasOwn(map, name)) this.#fail(`this map has the key '${name}' twice`, start)
      map[name] = items[i + 1] ?? null
    }
    return map
  }

  #close(start: number, close: string): void {
    const found = this.#text[this.#at]
    const open = this.#text[start] ?? ''
    if (found === undefined) {
      this.#fail(`the '${open}' of line ${String(this.#lineAt(start))} is never closed`, start)
    }
    if (found !== close) this.#fail(`expected '${close}', found '${found}'`, this.#at)
    this.#at++
  }

  #string(): string {
    const text = this.#text
    const start = this.#at
    let result = ''
    let from = start + 1
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 34) {
        this.#at = at + 1
        return result + text.slice(from, at)
      }
      if (code !== 92) continue
      result += text.slice(from, at)
      const unicode = /^u([0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6))
      const escape = ESCAPES[text[at + 1] ?? '']
      if (unicode !== null) result += String.fromCharCode(parseInt(unicode[1] ?? '', 16))
      else if (escape !== undefined) result += escape
      else this.#fail(`'${text.slice(at, at + 2)}' is no escape that a string may hold`, at)
      at += unicode === null ? 1 : 5
      from = at + 1
    }
    this.#fail('this string is never closed', start)
  }

  #character(): string {
    const start = this.#at++
    const first = this.#text[this.#at] ?? ''
    this.#at++
    const name = first + this.#token()
    return characterOf(name) ?? this.#fail(`'\\${name}' is no character`, start)
  }

  #atom(start: number): Json {
    const token = this.#token()
    const atom = atomOf(token === '' ? (this.#text[start] ?? '') : token)
    if ('fault' in atom) this.#fail(atom.fault, start, atom.hint)
    return atom.value
  }

  #dispatch(): Json | typeof END | typeof CLOSER {
    const start = this.#at
    this.#at++
    if (this.#text[this.#at] === '{') return this.#items('}')
    const tag = this.#token()
    if (!TAGS.has(tag)) {
      const hint = 'print it as plain data; --lenient leaves out what cannot be read'
      this.#fail(`the tag '#${tag}' is not known`, start, hint)
    }
    const value = this.#value()
    if (value === END || value === CLOSER) this.#fail(`nothing follows the tag '#${tag}'`, start)
    return value
  }

  /** The characters up to the next delimiter. */
  #token(): string {
    DELIMITER.lastIndex = this.#at
    const end = DELIMITER.exec(this.#text)?.index ?? this.#text.length
    const token = this.#text.slice(this.#at, end)
    this.#at = end
    return token
  }

  /** Goes past spaces, comments and values that are commented out by `#_`. */
  #skipBlanks(): void {
    for (;;) {
      BLANK.lastIndex = this.#at
      BLANK.exec(this.#text)
      this.#at = BLANK.lastIndex
      if (this.#text[this.#at] === ';') {
        const end = this.#text.indexOf('\n', this.#at)
        this.#at = end === -1 ? this.#text.length : end
      } else if (this.#text.startsWith('#_', this.#at)) this.#discard()
      else return
    }
  }

  /** `#_ #_ a b` discards two values, so the marks are counted first. */
  #discard(): void {
    const start = this.#at
    let marks = 0
    for (; this.#text.startsWith('#_', this.#at); marks++) {
      this.#at += 2
      BLANK.lastIndex = this.#at
      BLANK.exec(this.#text)
      this.#at = BLANK.lastIndex
    }
    for (; marks > 0; marks--) {
      const value = this.#value()
      if (value === END || value === CLOSER) this.#fail("nothing follows '#_'", start)
    }
  }

  /** The line of a position that only grows from call to call: counts on from the last one. */
  #lineOf(position: number): number {
    for (;;) {
      const newline = this.#text.indexOf('\n', this.#countedTo)
      if (newline === -1 || newline >= position) return this.#line
      this.#countedTo = newline + 1
      this.#line++
    }
  }

  #lineAt(position: number): number {
    let line = 1
    for (let at = this.#text.indexOf('\n'); at !== -1 && at < position; line++) {
      at = this.#text.indexOf('\n', at + 1)
    }
    return line
  }

  #fail(fact: string, position: number, hint = 'was the file cut off or edited by hand?'): never {
    const column = position - this.#text.lastIndexOf('\n', position - 1)
    const where = `${this.#source}:${String(this.#lineAt(position))}:${String(column)}`
    throw new UserError(fact, { where, hint })
  }
}
