import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { callText, resultText, tokenText } from './call-text.ts'
import type { Fault, History } from './history.ts'
import { NEMESIS } from './pair-events.ts'
import { CONTINUES } from './timeline.ts'

/** How a history is drawn as text. */
export interface DrawOptions {
  /** Characters in a line, at most, unless a single call needs more. Default: 100. */
  readonly width?: number
}

/** A bracket opens, or one closes. */
interface Mark {
  readonly position: number
  readonly row: string
  /** What is put there: `[write 1`, or `]`. */
  readonly text: string
  readonly closes: boolean
}

/** A row of the group that is being drawn. */
interface Row {
  text: string
  /** The first column at which the open bracket may close. */
  free: number
}

/**
 * Draws a history in the form that `timeline` reads: every event has a column of its own, in order.
 * What does not fit into the width goes on below a line of dots. Everything from the history is
 * shown in printable ASCII.
 */
export function drawTimeline(
  shown: History | readonly Operation[],
  options: DrawOptions = {},
): string {
  const marks = marksOf(shown)
  const names = [...new Set(marks.map((mark) => mark.row))]
  let longest = 0
  for (const name of names) longest = Math.max(longest, name.length)
  const width = Math.max((options.width ?? 100) - longest - 2, 1)

  const groups: string[] = []
  let rows = newRows(names)
  let next = 0
  const finishGroup = (): void => {
    const lines = names.map((name) => {
      const head = `${name}:`.padEnd(longest + 2)
      return (head + (rows.get(name)?.text ?? '')).trimEnd()
    })
    groups.push(lines.join('\n'))
    rows = newRows(names)
    next = 0
  }

  for (const { row: name, text, closes } of marks) {
    let row = rows.get(name) as Row
    let column = Math.max(next, row.free)
    if (column > 0 && column + text.length + (closes ? 0 : 1) > width) {
      finishGroup()
      row = rows.get(name) as Row
      column = 0
    }
    row.text = row.text.padEnd(column) + text
    row.free = row.text.length + (closes ? 1 : 0)
    next = column + 1
  }
  if (marks.length > 0) finishGroup()
  return groups.join(`\n${CONTINUES}\n`)
}

function newRows(names: readonly string[]): Map<string, Row> {
  return new Map(names.map((name) => [name, { text: '', free: 0 }]))
}

function marksOf(shown: History | readonly Operation[]): Mark[] {
  const marks: Mark[] = []
  const add = (row: string, text: string, from: number, to: number): void => {
    marks.push({ position: from, row, text: `[${text}`, closes: false })
    if (to !== Infinity) marks.push({ position: to, row, text: ']', closes: true })
  }
  const addCall = (operation: Operation): void => {
    const { id, process, called, returned } = operation
    const ending = id < 0 ? ' !' : isUnknown(operation) ? '' : resultText(operation)
    add(rowName(process), callText(operation) + ending, called, returned)
  }
  const addFault = ({ f, value, position }: Fault): void => {
    // A moment, not a span: its bracket closes before the next event.
    add(NEMESIS, callText({ f, key: undefined, value }), position, position + 0.5)
  }
  if ('operations' in shown) {
    shown.operations.forEach(addCall)
    shown.failed.forEach(addCall)
    shown.faults.forEach(addFault)
  } else shown.forEach(addCall)
  return marks.sort((a, b) => a.position - b.position)
}

/** A number stands for itself; a name that looks like one, or has odd characters, is quoted. */
function rowName(process: string | number): string {
  if (typeof process === 'number') return String(process)
  return /^[A-Za-z_][\w.-]*$/.test(process) ? process : quoted(process)
}

function quoted(name: string): string {
  const text = tokenText(name)
  return text.startsWith('"') ? text : `"${text}"`
}
