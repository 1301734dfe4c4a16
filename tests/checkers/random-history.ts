import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'

export interface RandomHistoryOptions {
  readonly operations: number
  readonly clients: number
  /** Unknown outcomes per hundred operations; their clients go on under new names. */
  readonly crashes: number
  readonly call: (random: Random, process: number) => { f: string; value: Json; key?: Json }
  /** The answer, drawn when the operation returns; `earlier` are all operations called so far. */
  readonly answer: (random: Random, op: Operation, earlier: readonly Operation[]) => Json
}

/**
 * A small history of overlapping operations whose answers follow no rule but that of the caller.
 */
export function randomHistory(random: Random, options: RandomHistoryOptions): History {
  const total = random.int(1, options.operations)
  type Open = { -readonly [Name in keyof Operation]: Operation[Name] }
  const operations: Open[] = []
  const open: (Open | undefined)[] = Array.from({ length: options.clients }, () => undefined)
  const names = open.map((_, client) => client)
  let position = 0
  while (operations.length < total || open.some((op) => op !== undefined)) {
    const client = random.int(0, options.clients - 1)
    const op = open[client]
    const process = names[client] ?? 0
    if (op === undefined) {
      if (operations.length >= total) continue
      const { f, value, key } = options.call(random, process)
      const at = position++
      const created = {
        id: operations.length,
        process,
        f,
        key,
        value,
        result: undefined,
        called: at,
      }
      open[client] = { ...created, returned: Infinity, calledAt: undefined, returnedAt: undefined }
      operations.push(open[client])
    } else {
      open[client] = undefined
      if (random.chance(options.crashes, 100)) names[client] = process + options.clients
      else {
        op.result = options.answer(random, op, operations)
        op.returned = position++
      }
    }
  }
  return historyOf(operations, position)
}

export function historyOf(operations: readonly Operation[], events: number): History {
  return { source: 'random', operations, failed: [], faults: [], events, skipped: 0 }
}

/** `p f value -> result`, one operation after the other; `->` alone is an unknown outcome. */
export function sequence(text: string): History {
  const lines = text.trim().split('\n')
  const operations = lines.map((line, id): Operation => {
    const [call = '', answer] = line.split('->').map((side) => side.trim())
    const [process = '', f = '', ...value] = call.split(' ')
    const result = answer === '' ? undefined : plain(answer)
    return {
      id,
      process,
      f,
      key: undefined,
      value: plain(value.join(' ')),
      result,
      called: 2 * id,
      returned: result === undefined ? Infinity : 2 * id + 1,
      calledAt: undefined,
      returnedAt: undefined,
    }
  })
  return historyOf(operations, 2 * lines.length)
}

function plain(text: string | undefined): Json {
  return text === undefined || text === '' ? null : (JSON.parse(text) as Json)
}
