import { UserError } from '../core/user-error.ts'
import { endOfString, parseCall } from './call-text.ts'
import type { HistoryEvent } from './event.ts'
import { isEvent, whyNoEvent } from './event.ts'
import type { History } from './history.ts'
import { NEMESIS, Pairing } from './pair-events.ts'

const SOURCE = 'timeline'

/** A line of dots between two groups of rows: time goes on in the next group. */
export const CONTINUES = '...'

/** One client's row, all groups in one line. */
interface Row {
  readonly name: string
  text: string
  /** The last group it stands in: twice in one group is a mistake. */
  group: number
}

/**
 * An event at its column; calls come before returns of the same column, as intervals are closed.
 */
interface Placed {
  readonly column: number
  readonly returns: boolean
  readonly event: HistoryEvent
}

/**
 * The history that a drawing shows: a row per client, a bracket per call, columns are real time,
 * and a bracket that is not closed never returned.
 *
 *     a: [write x 1]      [cas x 1 2 -> false]
 *     b:       [read x -> 0]   [write x 3
 *
 * What may stand in a bracket is described in docs/history.md. Throws a UserError with row and
 * column.
 */
export function timeline(drawing: string): History {
  const placed: Placed[] = []
  for (const row of rowsOf(drawing)) eventsOf(row, placed)
  if (placed.length === 0) {
    throw new UserError('nothing is drawn', { where: SOURCE, hint: 'a: [write 1]  b: [read -> 1]' })
  }
  placed.sort((a, b) => a.column - b.column || Number(a.returns) - Number(b.returns))
  const pairs = new Pairing({ source: SOURCE })
  for (const { event } of placed) pairs.push(event)
  return pairs.finish()
}

const ROW = /^\s*("(?:[^"\\]|\\.)*"|[^\s:"[\]]+)\s*:/

function rowsOf(drawing: string): Iterable<Row> {
  const rows = new Map<string, Row>()
  let group = 0
  let start = 0
  let width = 0
  for (const [index, line] of drawing.split('\n').entries()) {
    if (line.trim() === CONTINUES) {
      group++
      start += width
      width = 0
      continue
    }
    if (line.trim() === '') continue
    const where = `${SOURCE}:${String(index + 1)}`
    const match = ROW.exec(line)
    if (match === null) {
      throw new UserError('a row begins with the name of a client and a colon', { where })
    }
    const [head, name = ''] = match
    const text = ' '.repeat(head.length) + line.slice(head.length)
    const row = rows.get(name)
    if (row === undefined) rows.set(name, { name, text: ' '.repeat(start) + text, group })
    else if (row.group === group) {
      throw new UserError(`two rows are called ${name}`, {
        where,
        hint: `one row a client; a line '${CONTINUES}' continues the drawing below`,
      })
    } else {
      row.text = row.text.padEnd(start) + text
      row.group = group
    }
    width = Math.max(width, line.length)
  }
  return rows.values()
}

function eventsOf(row: Row, placed: Placed[]): void {
  const { name, text } = row
  const process = processOf(name)
  const place = (column: number, returns: boolean, event: unknown): void => {
    if (!isEvent(event)) fault(row, column, whyNoEvent(event))
    placed.push({ column, returns, event })
  }
  for (let at = text.search(/\S/); at !== -1 && at < text.length;) {
    if (text[at] !== '[') fault(row, at, `expected '[', found '${text[at] ?? ''}'`)
    const end = closing(text, at)
    const returned = end < text.length
    const call = parseCall(text.slice(at + 1, end), returned)
    if (typeof call === 'string') fault(row, at, call)
    const { f, key, value, result, ending } = call
    if (process === NEMESIS) place(at, false, { process, type: 'info', f, value })
    else {
      place(at, false, { process, type: 'invoke', f, key, value })
      if (returned) {
        const answer = ending === 'ok' ? result : value
        place(end, true, { process, type: ending, f, key, value: answer })
      }
    }
    at = end + 1
    while (text[at] === ' ') at++
  }
}

function processOf(name: string): string | number {
  const number = Number(name)
  if (Number.isSafeInteger(number) && String(number) === name) return number
  return name.startsWith('"') ? (JSON.parse(name) as string) : name
}

/** The position of the bracket that closes the one at `start`; the end of the text if none does. */
function closing(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"') at = endOfString(text, at)
    else if (char === '[' || char === '{') depth++
    else if ((char === ']' || char === '}') && --depth === 0) return at
  }
  return text.length
}

function fault(row: Row, column: number, fact: string): never {
  throw new UserError(fact, {
    where: `${SOURCE}, row ${row.name}, column ${String(column + 1)}`,
    hint: 'a call looks like [write x 1], [read -> 1] or [cas 1 2 -> false]',
  })
}
