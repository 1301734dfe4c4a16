import { closeSync, openSync, writeSync } from 'node:fs'

import type { Json } from '../../core/json.ts'
import { UserError } from '../../core/user-error.ts'
import type { HistoryEvent } from '../../history/event.ts'

/**
 * What the clients saw, in order. With a file, every event is in it before anything else happens,
 * so that what was recorded survives the end of this process.
 */
export class HistoryLog {
  readonly events: HistoryEvent[] = []
  readonly #now: () => number
  #file: number | undefined

  /** @param now microseconds since the start. @throws UserError if the file cannot be written */
  constructor(now: () => number, path?: string) {
    this.#now = now
    this.#file = path === undefined ? undefined : opened(path)
  }

  add(process: string, type: HistoryEvent['type'], f: string, value: Json, key?: Json): void {
    const time = Math.round(this.#now() * 1000)
    const event = { process, type, f, ...(key === undefined ? {} : { key }), value, time }
    this.events.push(event)
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(event)}\n`)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (cause) {
    throw new UserError('this file cannot be written', {
      where: path,
      hint: 'does the folder exist? --out history.jsonl',
      cause,
    })
  }
}
