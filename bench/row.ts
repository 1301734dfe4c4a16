import { loadavg } from 'node:os'
import { thisMachine } from '../src/core/results.ts'

/** What was measured for one kind of work, and the bar it is held against. */
export interface Row {
  readonly work: string
  /** Absent when nothing could be measured. */
  readonly figure?: number
  readonly unit: 's' | 'ms' | 'MB' | 'events/s' | 'traces/s' | 'states' | 'steps' | 'times' | 'of 1'
  readonly bar?: Bar
  /** Wrong verdicts, or anything else that makes the figure worthless; empty if there are none. */
  readonly faults: readonly string[]
  /** How the figure came about: repetitions, what it is compared with. */
  readonly note: string
}

export interface Bar {
  readonly sense: 'at most' | 'at least'
  readonly value: number
}

/** One theme: a list of rows, measured one after the other. */
export type Theme = (report: (row: Row) => void) => Promise<void>

export const atMost = (value: number): Bar => ({ sense: 'at most', value })
export const atLeast = (value: number): Bar => ({ sense: 'at least', value })

/** `pass`, `short` of the bar, `wrong` in its verdicts, `skipped`, or `-` where there is no bar. */
export function standing({
  figure,
  bar,
  faults,
}: Row): 'pass' | 'short' | 'wrong' | 'skipped' | '-' {
  if (faults.length > 0) return 'wrong'
  if (figure === undefined) return 'skipped'
  if (bar === undefined) return '-'
  return (bar.sense === 'at most' ? figure <= bar.value : figure >= bar.value) ? 'pass' : 'short'
}

export function rowText(row: Row): string {
  const figure = row.figure === undefined ? '' : figureText(row.figure, row.unit)
  const bar = row.bar === undefined ? '' : `${row.bar.sense} ${figureText(row.bar.value, row.unit)}`
  const line = [
    row.work.padEnd(52),
    figure.padStart(16),
    bar.padStart(26),
    `  ${standing(row).padEnd(8)}`,
    row.note,
  ].join('')
  return [line.trimEnd(), ...row.faults.map((fault) => `  wrong: ${fault}`)].join('\n')
}

/** Three digits that matter, and the unit. */
function figureText(value: number, unit: Row['unit']): string {
  const digits = value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)
  return `${digits} ${unit}`
}

export function machineText(): string {
  const { cpu, cores, memoryBytes, system, node } = thisMachine()
  const memory = `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`
  const [load = 0] = loadavg()
  const busy =
    load > cores ? `, busy (load ${load.toFixed(1)}): times by the clock are too long` : ''
  return `${cpu}, ${cores} cores, ${memory}, ${system}, Node ${node}${busy}`
}
