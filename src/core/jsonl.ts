import { isAscii, isUtf8 } from 'node:buffer'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { UserError } from './user-error.ts'

/**
 * JSON Lines, split at the byte `\n` and nowhere else: JSON permits U+2028 inside of strings, and
 * `node:readline` takes it for the end of a line.
 */
export interface LineOptions {
  /** For messages: a file name. */
  readonly source: string
  /** A longer line is refused, so that memory stays bounded. Default: 64 MiB. */
  readonly maxLineBytes?: number
}

/** A line is its text without the `\n`, or what is wrong with it (too long, not UTF-8). */
export type Line = string | UserError

/** Consecutive lines: as many as one chunk of input happened to complete. */
export interface LineBlock {
  /** The number of the first one, from 1. */
  readonly first: number
  readonly lines: readonly Line[]
  /** True if the input ended without the `\n` of the last line. */
  readonly cut: boolean
}

export const MAX_LINE_BYTES = 64 * 1024 * 1024

/**
 * Deeper nesting than this is refused: no honest history needs it, and it costs memory and stack.
 */
export const MAX_DEPTH = 100

/** A text this short cannot nest too deep, as every level takes two characters. */
const SHORT_TEXT = 2 * (MAX_DEPTH + 1)

const NEWLINE = 10
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Cuts a stream of bytes into lines, a block at a time. Holds one chunk and one unfinished line. A
 * byte order mark at the very beginning is dropped.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: LineOptions,
): AsyncGenerator<LineBlock> {
  const maxBytes = options.maxLineBytes ?? MAX_LINE_BYTES
  let number = 1
  let pending: Buffer[] = []
  let pendingBytes = 0

  const block = (lines: Line[], cut: boolean): LineBlock => {
    const first = number
    const head = lines[0]
    if (first === 1 && typeof head === 'string' && head.startsWith(BYTE_ORDER_MARK)) {
      lines[0] = head.slice(1)
    }
    number += lines.length
    return { first, lines, cut }
  }
  const keep = (part: Uint8Array): void => {
    // Once the line is too long only its length is of interest; a copy, as chunks may be reused.
    pendingBytes += part.length
    if (pendingBytes > maxBytes) pending = []
    else if (part.length > 0) pending.push(Buffer.from(part))
  }
  const takePending = (): Line => {
    const tooLong = pendingBytes > maxBytes
    const bytes = Buffer.concat(pending)
    pending = []
    pendingBytes = 0
    return tooLong ? tooLongAt(number, maxBytes, options) : lineOf(bytes, number, options)
  }

  for await (const piece of chunks) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    const end = chunk.lastIndexOf(NEWLINE)
    if (end === -1) {
      keep(chunk)
      continue
    }
    let start = 0
    const lines: Line[] = []
    if (pendingBytes > 0) {
      start = chunk.indexOf(NEWLINE) + 1
      keep(chunk.subarray(0, start - 1))
      lines.push(takePending())
    }
    if (start <= end) {
      const first = number + lines.length
      for (const line of linesOf(chunk.subarray(start, end), first, maxBytes, options)) {
        lines.push(line)
      }
    }
    keep(chunk.subarray(end + 1))
    yield block(lines, false)
  }
  if (pendingBytes > 0) yield block([takePending()], true)
}

function linesOf(bytes: Buffer, first: number, maxBytes: number, options: LineOptions): Line[] {
  if (bytes.length <= maxBytes) {
    if (isAscii(bytes)) return bytes.toString('latin1').split('\n')
    if (isUtf8(bytes)) return bytes.toString('utf8').split('\n')
  }
  const lines: Line[] = []
  for (let start = 0; start <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline === -1 ? bytes.length : newline
    const line = first + lines.length
    if (end - start > maxBytes) lines.push(tooLongAt(line, maxBytes, options))
    else lines.push(lineOf(bytes.subarray(start, end), line, options))
    start = end + 1
  }
  return lines
}

function lineOf(bytes: Buffer, line: number, { source }: LineOptions): Line {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  return new UserError(`byte ${String(firstBadByte(bytes) + 1)} of this line is not UTF-8`, {
    where: `${source}:${String(line)}`,
    hint: 'save the file as UTF-8',
  })
}

function tooLongAt(line: number, maxBytes: number, { source }: LineOptions): UserError {
  const limit =
    maxBytes % 1048576 === 0 ? `${String(maxBytes / 1048576)} MiB` : `${String(maxBytes)} bytes`
  return new UserError(`this line is longer than ${limit}`, {
    where: `${source}:${String(line)}`,
    hint: 'is every event on a line of its own?',
  })
}

/** The position of the first byte that does not continue valid UTF-8. */
function firstBadByte(bytes: Buffer): number {
  // Decoding puts a U+FFFD where a fault is; one that was written as such is no fault.
  const text = bytes.toString('utf8')
  let position = 0
  let from = 0
  for (;;) {
    const at = text.indexOf('\uFFFD', from)
    position += Buffer.byteLength(text.slice(from, at === -1 ? undefined : at))
    if (at === -1 || bytes.toString('hex', position, position + 3) !== 'efbfbd') return position
    position += 3
    from = at + 1
  }
}

/**
 * The value of one line, or a UserError that says what is wrong with it. `cut`: the line is the
 * last one and its `\n` is missing.
 */
export function parseLine(text: string, source: string, line: number, cut = false): unknown {
  const where = (): string => `${source}:${String(line)}`
  if (text.length > SHORT_TEXT && nestsTooDeep(text)) {
    const fact = `this line nests more than ${String(MAX_DEPTH)} levels deep`
    return new UserError(fact, { where: where(), hint: 'is it an event at all?' })
  }
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    const fact = cut ? 'the last line is cut off' : 'this line is not JSON'
    const hint = cut
      ? 'was the recording cut off? --lenient leaves out what cannot be read'
      : 'each line has to be one JSON object; --lenient leaves out what cannot be read'
    return new UserError(fact, { where: where(), hint, cause })
  }
}

function nestsTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 92) at++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 91 || code === 123) {
      // One more than for a value, which is itself inside of the object of its line.
      if (++depth > MAX_DEPTH + 1) return true
    } else if (code === 93 || code === 125) depth--
  }
  return false
}

/** The values of a JSONL stream with their line numbers. Blank lines are passed over. */
export async function* readJsonl(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: LineOptions,
): AsyncGenerator<{ readonly line: number; readonly value: unknown }> {
  for await (const { first, lines, cut } of readLines(chunks, options)) {
    for (const [offset, text] of lines.entries()) {
      if (text instanceof UserError) throw text
      if (isBlank(text)) continue
      const line = first + offset
      const value = parseLine(text, options.source, line, cut && offset === lines.length - 1)
      if (value instanceof UserError) throw value
      yield { line, value }
    }
  }
}

export function isBlank(text: string): boolean {
  return text.length < 80 && text.trim() === ''
}

/** Text is handed to the stream in pieces of about this many characters. */
const PIECE = 65_536

/**
 * Writes each value as a line and waits whenever the stream is full, so that memory stays bounded.
 * Does not end the stream. Answers how many lines there were.
 */
export async function writeJsonl(
  values: Iterable<unknown> | AsyncIterable<unknown>,
  target: Writable,
): Promise<number> {
  let lines = 0
  let piece = ''
  const flush = async (): Promise<void> => {
    const text = piece
    piece = ''
    if (!target.write(text)) await once(target, 'drain')
  }
  for await (const value of syncOrAsync(values)) {
    for (const one of value) {
      piece += `${JSON.stringify(one)}\n`
      lines++
      if (piece.length >= PIECE) await flush()
    }
  }
  if (piece !== '') await flush()
  return lines
}

/** `for await` over a plain iterable costs three ticks a value; wrapped, it costs them once. */
async function* syncOrAsync<Value>(
  values: Iterable<Value> | AsyncIterable<Value>,
): AsyncGenerator<Iterable<Value>> {
  if (Symbol.iterator in values) yield values
  else for await (const value of values) yield [value]
}
