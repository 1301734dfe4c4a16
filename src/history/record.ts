import { performance } from 'node:perf_hooks'

import type { Json } from '../core/json.ts'
import { UserError } from '../core/user-error.ts'
import type { HistoryEvent } from './event.ts'
import type { History } from './history.ts'
import { Pairing } from './pair-events.ts'

/** Writes down what the clients of a system see, to be judged afterwards. */
export interface Recorder {
  /** A client with this name, which has to be its own. It asks one thing at a time. */
  client(name: string): RecordedClient
  /** What was seen until now; what is still open is of unknown outcome. */
  history(): History
  /** The same as events, to be written to a file, one a line. */
  events(): readonly HistoryEvent[]
}

/** A client whose calls are written down. */
export interface RecordedClient {
  /**
   * Calls the system through `run` and writes down the call and how it ended. What `run` answers is
   * the result; if it throws, nobody knows whether the operation took effect (unless
   * `neverHappened` knows), and the error is thrown on.
   */
  call<Result>(operation: RecordedOperation, run: () => Promise<Result> | Result): Promise<Result>
}

/** What a client is about to call. */
export interface RecordedOperation {
  /** As the model calls it: `write`. */
  readonly f: string
  /** The argument. */
  readonly value?: Json
  /** Which object, where there are several. */
  readonly key?: Json
}

/** How calls are written down. */
export interface RecorderOptions {
  /** What messages call the history. Default: `recorded`. */
  readonly source?: string
  /** True for errors that prove that the operation did not happen and never will. Default: none. */
  neverHappened?(error: unknown): boolean
}

interface Seen {
  readonly process: string
  readonly type: HistoryEvent['type']
  readonly f: string
  readonly key?: Json
  readonly value: unknown
}

/**
 * Starts to record. JavaScript runs one thing at a time, so the order in which events are written
 * down is real-time order.
 */
export function record(options: RecorderOptions = {}): Recorder {
  const { source = 'recorded', neverHappened = () => false } = options
  const events: HistoryEvent[] = []
  const names = new Set<string>()
  const started = performance.now()
  const write = (event: Seen): void => {
    const time = Math.round((performance.now() - started) * 1e6)
    // A copy, as the system under test may go on to change what it answered with.
    const value = plainCopy(event.value, `${source}, ${event.f} of ${event.process}`)
    events.push({ ...event, value, time })
  }

  return {
    client(name) {
      if (names.has(name)) {
        throw new UserError(`there are two clients called '${name}'`, { where: source })
      }
      names.add(name)
      return recordedClient(name, write, neverHappened)
    },
    history() {
      const pairing = new Pairing({ source })
      for (const event of events) pairing.push(event)
      return pairing.finish()
    },
    events: () => [...events],
  }
}

function recordedClient(
  name: string,
  write: (event: Seen) => void,
  neverHappened: (error: unknown) => boolean,
): RecordedClient {
  let lives = 1
  return {
    async call({ f, value = null, key }, run) {
      // After an unknown outcome a client goes on as somebody else: its call may still be going on.
      const process = lives === 1 ? name : `${name} (${lives})`
      const about = { process, f, ...(key === undefined ? {} : { key }) }
      write({ ...about, type: 'invoke', value })
      try {
        const result = await run()
        write({ ...about, type: 'ok', value: result ?? null })
        return result
      } catch (error) {
        const failed = neverHappened(error)
        write({ ...about, type: failed ? 'fail' : 'info', value })
        if (!failed) lives++
        throw error
      }
    },
  }
}

/**
 * @throws UserError if the value is not what JSON can hold: it could not be compared or written
 * down.
 */
function plainCopy(value: unknown, where: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, where))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([name, item]) => [name, plainCopy(item, where)]))
  }
  const what = typeof value === 'object' ? value.constructor.name : typeof value
  throw new UserError(`arguments and answers are plain JSON, and this is a ${what}`, {
    where,
    hint: 'record a number, a string or a list that says what matters about it',
  })
}
