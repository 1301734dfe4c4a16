import { counted } from '../core/wording.ts'
import { shown, visible } from '../report/visible.ts'
import type { Terminal } from './terminal.ts'

/** What came of one notebook. Lines count from 1. */
export interface NotebookFinding {
  readonly file: string
  /** `current`: what is stored is what came out. */
  readonly outcome: 'current' | 'written' | 'stale' | 'failed' | 'stopped'
  readonly blocks: number
  readonly figures?: number
  /** What is wrong with the code. */
  readonly faults?: readonly { readonly line: number; readonly text: string }[]
  /** What has changed. */
  readonly stale?: readonly {
    /** A picture; absent: the document itself. */
    readonly file?: string
    readonly line?: number
    /** From 1. */
    readonly block?: number
    readonly shown: readonly string[]
  }[]
}

const WORDS = {
  current: 'as it was',
  written: 'written',
  stale: 'STALE',
  failed: 'FAIL',
  stopped: 'unknown',
} as const

/** A line for the notebook, and beneath it what is wrong. */
export function findingText(
  { file, outcome, blocks, figures = 0, faults = [], stale = [] }: NotebookFinding,
  { width }: Pick<Terminal, 'width'>,
): string {
  if (faults.length > 0) {
    const lines = faults.map(
      ({ line, text }) => `error: ${visible(file)}:${line}: ${indentedLines(text)}\n`,
    )
    return lines.join('')
  }
  const drawn = figures === 0 ? '' : `, ${counted(figures, 'figure')}`
  const head = `${visible(file)}: ${WORDS[outcome]} (${counted(blocks, 'block')}${drawn})\n`
  if (outcome !== 'stale') return head
  const [first] = stale
  if (first === undefined) return head
  const place = first.line === undefined ? '' : `:${first.line}`
  const where = visible(first.file ?? file)
  const what = first.block === undefined ? '' : ` block ${first.block} prints something else`
  const more = stale.length - 1
  return [
    head,
    `\n  ${where}${place}:${what}\n`,
    ...first.shown.map((line) => `    ${shown(line, Math.max(40, width - 4))}\n`),
    more > 0 ? `\n  and ${counted(more, 'more difference')}\n` : '',
    `\n  write what comes out now:  synod notebooks ${visible(file)}\n\n`,
  ].join('')
}

function indentedLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line))
    .join('\n  ')
}
