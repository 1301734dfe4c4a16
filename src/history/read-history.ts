import { createReadStream } from 'node:fs'
import { stdin } from 'node:process'
import type { Line } from '../core/jsonl.ts'
import { isBlank, parseLine, readLines } from '../core/jsonl.ts'
import { UserError } from '../core/user-error.ts'
import type { HistoryEvent } from './event.ts'
import { isEvent, whyNoEvent } from './event.ts'
import type { History } from './history.ts'
import { Pairing } from './pair-events.ts'

export interface ReadOptions {
  /** Leave out and count what cannot be read, instead of refusing the file. */
  readonly lenient?: boolean
  /** What messages call the input. Default: the path. */
  readonly source?: string
}

/** A path, `-` for standard input, or the bytes themselves. */
export type Input = string | AsyncIterable<Uint8Array>

const CHUNK_BYTES = 262_144

/** Reads a history and pairs its events. Whatever is wrong with it is a UserError with the place. */
export async function readHistory(input: Input, options: ReadOptions = {}): Promise<History> {
  const source = options.source ?? (typeof input === 'string' ? input : 'input')
  const pairs = new Pairing({ source, lenient: options.lenient ?? false })
  for await (const { first, lines, cut } of readLines(bytesOf(input), { source })) {
    lines.forEach((line, offset) => {
      const event = eventOf(line, `${source}:${String(first + offset)}`, cut)
      if (event === undefined) return
      if (!(event instanceof UserError)) pairs.push(event, first + offset)
      else if (options.lenient === true) pairs.skip()
      else throw event
    })
  }
  return pairs.finish()
}

function bytesOf(input: Input): AsyncIterable<Uint8Array> {
  if (typeof input !== 'string') return input
  return input === '-' ? stdin : createReadStream(input, { highWaterMark: CHUNK_BYTES })
}

function eventOf(line: Line, where: string, cut: boolean): HistoryEvent | UserError | undefined {
  if (line instanceof UserError) return line
  if (isBlank(line)) return undefined
  const value = parseLine(line, where, cut)
  if (value instanceof UserError) return value
  return isEvent(value) ? value : new UserError(whyNoEvent(value), { where })
}
