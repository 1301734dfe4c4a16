import type { Violation } from '../../checkers/condition.ts'
import { counted } from '../core/wording.ts'
import type { History } from '../history/history.ts'
import { historyTimeline } from '../report/history-timeline.ts'
import { grouped } from '../report/time.ts'
import { timelineText } from '../report/timeline-text.ts'
import { visible, wrap } from '../report/visible.ts'
import type { Terminal } from './terminal.ts'

/** What is wrong, in words, and the smallest part that cannot be explained, as a drawing. */
export function violationText(
  history: History,
  violation: Violation,
  terminal: Pick<Terminal, 'colour' | 'width'>,
): string {
  const { part, sentence, operations, others, caveat } = violation
  const headline = part === undefined || part === '' ? sentence : `${part}: ${sentence}`
  const blocks = [indented(headline, terminal.width)]
  const drawing = drawingOf(history, violation, terminal)
  if (drawing !== '') {
    const all = grouped(history.operations.length)
    const size = `${counted(operations.length, 'operation')} of ${all}`
    blocks.push(`  The smallest part found that cannot be explained (${size}):\n`, drawing)
  }
  if (caveat !== undefined) blocks.push(indented(`Mind: ${caveat}.`, terminal.width))
  if (others.length > 0) {
    blocks.push(`  ${counted(others.length, 'more violation')} found; --json names each.\n`)
  }
  return blocks.join('\n')
}

function drawingOf(
  history: History,
  violation: Violation,
  { width, colour }: Pick<Terminal, 'colour' | 'width'>,
): string {
  const timeline = historyTimeline({ history, violation })
  return timelineText(timeline, { width: width - 4, colour })
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')
}

/** A text in lines of the terminal, two columns from the left. */
export function indented(text: string, width: number): string {
  return wrap(visible(text), width - 4)
    .map((line, at) => `${at === 0 ? '  ' : '    '}${line}\n`)
    .join('')
}
