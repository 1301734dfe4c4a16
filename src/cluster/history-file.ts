import { closeSync, openSync, writeSync } from 'node:fs'

import type { Json } from '../core/json.ts'
import { UserError } from '../core/user-error.ts'
import type { HistoryEvent } from '../history/event.ts'

/** An event but for its time, perhaps with more about it that is kept and never judged. */
export interface RecordedEvent {
  readonly process: string
  readonly type: HistoryEvent['type']
  readonly f: string
  readonly key?: Json
  readonly value: Json
  readonly node?: string
  readonly error?: string
}

/**
 * A history that is written as it happens, a line an event, each handed to the operating system
 * before anything else is done: whatever ends this process, all lines but the last can be read.
 */
export class HistoryFile {
  readonly path: string
  readonly #file: number
  readonly #origin: bigint
  readonly #counts = { operations: 0, ok: 0, fail: 0, info: 0 }
  #oks: { called: number; returned: number }[] = []

  constructor(path: string, origin: bigint) {
    this.path = path
    this.#origin = origin
    try {
      this.#file = openSync(path, 'w')
    } catch (cause) {
      throw new UserError(`this file cannot be written (${(cause as Error).message})`, {
        where: path,
        hint: 'does the folder exist, and is there room?',
        cause,
      })
    }
  }

  /** Nanoseconds since the origin. */
  now(): number {
    return Number(process.hrtime.bigint() - this.#origin)
  }

  /** Answers the time of the event. */
  write(event: RecordedEvent): number {
    const time = this.now()
    const line = Buffer.from(`${JSON.stringify({ time, ...event })}\n`)
    for (let done = 0; done < line.length;) done += writeSync(this.#file, line, done)
    if (event.process === 'nemesis') return time
    if (event.type === 'invoke') this.#counts.operations++
    else this.#counts[event.type]++
    return time
  }

  /** An operation was served; times as `write` answered them. */
  served(called: number, returned: number): void {
    this.#oks.push({ called, returned })
  }

  /** When the first operation that was called after this moment had been served. */
  firstServed(after: number): number | undefined {
    let first: number | undefined
    for (const { called, returned } of this.#oks) {
      if (called >= after && (first === undefined || returned < first)) first = returned
    }
    return first
  }

  get counts(): {
    readonly operations: number
    readonly ok: number
    readonly fail: number
    readonly info: number
  } {
    return { ...this.#counts }
  }

  close(): void {
    closeSync(this.#file)
  }
}
