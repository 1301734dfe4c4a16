import { createWriteStream } from 'node:fs'
import { stdout } from 'node:process'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Json } from '../core/json.ts'
import { writeJsonl } from '../core/jsonl.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { UserError } from '../core/user-error.ts'
import type { HistoryEvent } from './event.ts'
import type { Fault, History } from './history.ts'
import { NEMESIS } from './pair-events.ts'

/** A path, `-` for standard output, or a stream, which is left open. */
export type Output = string | Writable

/** Writes a history as JSONL and answers how many events that were. */
export function writeHistory(history: History, output: Output): Promise<number> {
  return writeEvents(eventsOf(history), output)
}

/** Writes events as JSONL and answers how many there were. Waits for a slow reader. */
export async function writeEvents(
  events: Iterable<HistoryEvent> | AsyncIterable<HistoryEvent>,
  output: Output,
): Promise<number> {
  if (typeof output !== 'string') return writeJsonl(events, output)
  if (output === '-') return writeJsonl(events, stdout)
  const file = createWriteStream(output)
  const closed = finished(file)
  const written = (async () => {
    const lines = await writeJsonl(events, file)
    file.end()
    return lines
  })()
  try {
    // A file that cannot be opened ends the stream before anything was written.
    await Promise.all([closed, written])
    return await written
  } catch (cause) {
    file.destroy()
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause
    throw new UserError('this file cannot be written', {
      where: output,
      hint: 'does the folder exist, and is there room?',
      cause,
    })
  }
}

/**
 * The events of a history in their order. What pairing left out is gone: unknown fields, and the
 * `info` at which a client gave up (the invocation simply stays open).
 */
export function* eventsOf(history: History): Generator<HistoryEvent> {
  const { operations, failed, faults } = history
  const calls = [...operations, ...failed]
  let last = -1
  for (const { called, returned } of calls) {
    last = Math.max(last, called, returned === Infinity ? -1 : returned)
  }
  for (const { position } of faults) last = Math.max(last, position)

  // Which event is at a position: nothing 0, the call of the n-th operation 2n + 1, its return 2n +
  // 2, the n-th fault -n - 1.
  const events = new Int32Array(last + 1)
  calls.forEach(({ called, returned }, n) => {
    events[called] = 2 * n + 1
    if (returned !== Infinity) events[returned] = 2 * n + 2
  })
  faults.forEach(({ position }, n) => {
    events[position] = -n - 1
  })
  for (const code of events) {
    if (code < 0) yield faultEvent(faults[-code - 1] as Fault)
    else if (code > 0) {
      const operation = calls[(code - 1) >> 1] as Operation
      yield code % 2 === 1 ? callEvent(operation) : returnEvent(operation)
    }
  }
}

function callEvent({ process, f, key, value, calledAt }: Operation): HistoryEvent {
  return event(process, 'invoke', f, key, value, calledAt)
}

function returnEvent(operation: Operation): HistoryEvent {
  const { id, process, f, key, result, returnedAt } = operation
  const type = id < 0 ? 'fail' : isUnknown(operation) ? 'info' : 'ok'
  return event(process, type, f, key, result ?? null, returnedAt)
}

function faultEvent({ f, value, time }: Fault): HistoryEvent {
  return event(NEMESIS, 'info', f, undefined, value, time)
}

function event(
  process: string | number,
  type: HistoryEvent['type'],
  f: string,
  key: Json | undefined,
  value: Json,
  time: number | undefined,
): HistoryEvent {
  return {
    process,
    type,
    f,
    ...(key === undefined ? {} : { key }),
    value,
    ...(time === undefined ? {} : { time }),
  }
}
