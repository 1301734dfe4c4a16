import { createReadStream } from 'node:fs'
import { stdin } from 'node:process'
import type { LineBlock } from '../core/jsonl.ts'
import { isBlank, parseLine, readLines } from '../core/jsonl.ts'
import { UserError } from '../core/user-error.ts'
import { EdnReader } from './edn.ts'
import type { HistoryEvent } from './event.ts'
import { isEvent, whyNoEvent } from './event.ts'
import type { Format } from './format.ts'
import { detectFormat, HEAD_BYTES } from './format.ts'
import type { History } from './history.ts'
import { Pairing } from './pair-events.ts'
import { parseEtcdLine } from './read-etcd-log.ts'
import type { JepsenOptions, PlacedEvent } from './translate-jepsen.ts'
import { translateJepsen } from './translate-jepsen.ts'

/** How a file is read. */
export interface ReadOptions extends JepsenOptions {
  /** Default: told from the content. */
  readonly format?: Format
  /** Leave out and count what cannot be read, instead of refusing the file. */
  readonly lenient?: boolean
  /** Told of everything that is left out. */
  readonly onSkip?: (fault: UserError) => void
  /** What messages call the input. Default: the path. */
  readonly source?: string
  /** Longer lines are refused. Default: 64 MiB. */
  readonly maxLineBytes?: number
}

/** A path, `-` for standard input, or the bytes themselves. */
export type Input = string | AsyncIterable<Uint8Array>

/**
 * Reads a history and pairs its events. Whatever is wrong with it is a UserError that says where;
 * with `lenient` it is left out and counted in `skipped`.
 */
export async function readHistory(input: Input, options: ReadOptions = {}): Promise<History> {
  const { lenient = false, onSkip = ignore } = options
  const source = sourceOf(input, options)
  let pairs: Pairing | undefined
  for await (const { format, items, lines } of batchesOf(input, options)) {
    // Jepsen stamped events before it put them in order; the order is what counts.
    const backwards = format === 'edn' ? 'raised' : 'refused'
    pairs ??= new Pairing({ source, lenient, backwards, onSkip })
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as HistoryEvent | UserError
      if (!(item instanceof UserError)) pairs.push(item, lines[i])
      else if (!lenient) throw item
      else pairs.skip(item)
    }
  }
  const history = pairs?.finish()
  if (history === undefined || history.events === 0) {
    throw noEvents(source, history?.skipped ?? 0)
  }
  return history
}

/**
 * The events of a history one after the other, without pairing them, in constant memory (EDN
 * excepted, which is held as a whole). Throws as `readHistory` does.
 */
export async function* readEvents(
  input: Input,
  options: ReadOptions = {},
): AsyncGenerator<HistoryEvent> {
  const { lenient = false, onSkip = ignore } = options
  let events = 0
  let skipped = 0
  for await (const { items } of batchesOf(input, options)) {
    for (const item of items) {
      if (!(item instanceof UserError)) {
        events++
        yield item
      } else if (!lenient) throw item
      else {
        skipped++
        onSkip(item)
      }
    }
  }
  if (events === 0) throw noEvents(sourceOf(input, options), skipped)
}

/** Consecutive events, or what is wrong with them, and the lines they stand on. */
interface Batch {
  readonly format: Format
  readonly items: readonly (HistoryEvent | UserError)[]
  readonly lines: readonly number[]
}

const CHUNK_BYTES = 262_144
const MAX_EDN_BYTES = 512 * 1024 * 1024 - 1024

async function* batchesOf(input: Input, options: ReadOptions): AsyncGenerator<Batch> {
  const source = sourceOf(input, options)
  const { head, chunks } = await peek(bytesOf(input, source))
  const format = options.format ?? detectFormat(head, source)
  if (format === 'edn') {
    yield* ednBatches(chunks, source, options)
    return
  }
  const limit = options.maxLineBytes === undefined ? {} : { maxLineBytes: options.maxLineBytes }
  const parse = format === 'jsonl' ? parseJsonLine : parseEtcdLine
  for await (const block of readLines(chunks, { source, ...limit })) {
    yield lineBatch(block, format, source, parse)
  }
}

type ParseLine = (
  text: string,
  source: string,
  line: number,
  cut: boolean,
) => HistoryEvent | UserError

function lineBatch(block: LineBlock, format: Format, source: string, parse: ParseLine): Batch {
  const items: (HistoryEvent | UserError)[] = []
  const lines: number[] = []
  for (let i = 0; i < block.lines.length; i++) {
    const text = block.lines[i] ?? ''
    if (typeof text === 'string' && isBlank(text)) continue
    const line = block.first + i
    const cut = block.cut && i === block.lines.length - 1
    items.push(typeof text === 'string' ? parse(text, source, line, cut) : text)
    lines.push(line)
  }
  return { format, items, lines }
}

function parseJsonLine(
  text: string,
  source: string,
  line: number,
  cut: boolean,
): HistoryEvent | UserError {
  const value = parseLine(text, source, line, cut)
  if (isEvent(value)) return value
  if (value instanceof UserError) return value
  return noEvent(value, source, line)
}

async function* ednBatches(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  options: ReadOptions,
): AsyncGenerator<Batch> {
  const texts: string[] = []
  for await (const { lines } of readLines(chunks, { source, maxLineBytes: MAX_EDN_BYTES })) {
    for (const line of lines) {
      if (typeof line !== 'string') throw line
      texts.push(line)
    }
  }
  const faults: UserError[] = []
  const events: PlacedEvent[] = []
  const reader = new EdnReader(texts.join('\n'), source)
  for (let forms = reader.forms(); ; forms = reader.formsAfterFault()) {
    try {
      for (const { value, line } of forms) {
        if (isEvent(value)) events.push({ event: value, line })
        else faults.push(noEvent(value, source, line))
      }
      break
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(error)
      if (options.lenient !== true) break
    }
  }
  const format = 'edn'
  if (faults.length > 0) yield { format, items: faults, lines: faults.map(() => 0) }
  const placed = translateJepsen(events, source, options)
  const items = placed.map((item) => (item instanceof UserError ? item : item.event))
  yield { format, items, lines: placed.map((item) => (item instanceof UserError ? 0 : item.line)) }
}

function noEvent(value: unknown, source: string, line: number): UserError {
  const hint = 'docs/history.md describes the fields; --lenient leaves out what cannot be read'
  return new UserError(whyNoEvent(value), { where: `${source}:${String(line)}`, hint })
}

function noEvents(source: string, skipped: number): UserError {
  if (skipped === 0) {
    return new UserError('this file is empty', { where: source, hint: 'did the recording start?' })
  }
  const fact = `none of its ${String(skipped)} lines could be read`
  return new UserError(fact, { where: source, hint: 'without --lenient the first fault is shown' })
}

/** The beginning of a stream, and the stream as if nobody had looked. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let bytes = 0
  while (bytes < HEAD_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    // A copy, as the owner of the stream may use its buffer again.
    seen.push(Buffer.from(next.value))
    bytes += next.value.length
  }
  const again = async function* (): AsyncGenerator<Uint8Array> {
    yield* seen
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(seen).subarray(0, HEAD_BYTES), chunks: again() }
}

async function* bytesOf(input: Input, source: string): AsyncGenerator<Uint8Array> {
  if (typeof input !== 'string') {
    yield* input
    return
  }
  try {
    const stream = input === '-' ? stdin : createReadStream(input, { highWaterMark: CHUNK_BYTES })
    yield* stream as AsyncIterable<Uint8Array>
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    const fault = FILE_FAULTS[code]
    if (fault === undefined) throw cause
    throw new UserError(fault.fact, { where: source, hint: fault.hint, cause })
  }
}

const MISSING = {
  fact: 'there is no such file',
  hint: 'paths are relative to the directory you are in',
}

const FILE_FAULTS: Readonly<Record<string, { readonly fact: string; readonly hint: string }>> = {
  ENOENT: MISSING,
  ENOTDIR: MISSING,
  EISDIR: { fact: 'this is a folder, not a file', hint: 'name the files that are in it' },
  EACCES: { fact: 'this file may not be read', hint: 'who owns it, and may others read it?' },
}

function sourceOf(input: Input, { source }: ReadOptions): string {
  return (
    source ?? (typeof input === 'string' ? (input === '-' ? 'standard input' : input) : 'input')
  )
}

function ignore(): void {
  // Nobody wants to know.
}
