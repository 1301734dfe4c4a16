import type { Judgement } from '../../checkers/judge.ts'
import { timelinesOf } from '../cli/draw.ts'
import { outcomeWord, relationsBlock } from '../cli/judgement-text.ts'
import { indented, violationText } from '../cli/violation-text.ts'
import { counted } from '../core/wording.ts'
import type { History } from '../history/history.ts'
import { historyTimeline } from '../report/history-timeline.ts'
import { timelineSvg } from '../report/timeline-svg.ts'
import { timelineText } from '../report/timeline-text.ts'
import { visible } from '../report/visible.ts'
import type { TextOptions } from './text-options.ts'
import { WIDTH } from './text-options.ts'

/**
 * A judgement in words: the verdict, the sentence, the smallest part that cannot be explained as a
 * drawing, and which weaker conditions hold. It says nothing about how long judging took.
 */
export function judgementText(
  history: History,
  judgement: Judgement,
  { width = WIDTH }: TextOptions = {},
): string {
  const { condition, outcome, evidence, operations, model } = judgement
  const word = outcomeWord(outcome, { colour: false })
  const as = model === null ? '' : `, model ${visible(model)}`
  const line = `${word} ${visible(condition)} (${counted(operations, 'operation')}${as})\n`
  const { violation, sentence } = evidence
  if (violation === undefined) return `${line}\n${indented(sentence, width)}`
  const { others } = violation
  const terminal = { width, colour: false }
  const more = others.length === 0 ? '' : `  ${counted(others.length, 'more violation')} found\n`
  const blocks = [
    violationText(history, { ...violation, others: [] }, terminal),
    more,
    relationsBlock(evidence, width),
  ]
  return `${line}\n${blocks.filter((block) => block !== '').join('\n')}`
}

/** What a picture of a history may be told. */
export interface TimelineOptions {
  /** Default: the sentence of what is violated, or where the history is from. */
  readonly title?: string
  /** The width to aim at, in pixels. Default: 960. */
  readonly width?: number
}

/**
 * A history as an SVG document: a row for each client, a bar for each operation, faults behind
 * them. With a judgement, what is violated stands out among what was around it, and where nothing
 * is, points show an order that explains all.
 */
export function historySvg(
  history: History,
  judgement?: Judgement,
  { title, width }: TimelineOptions = {},
): string {
  const drawn =
    judgement === undefined
      ? historyTimeline({ history })
      : (timelinesOf({ file: history.source, history, judgement })[0] ??
        historyTimeline({ history }))
  const named = title === undefined ? drawn : { ...drawn, title }
  return `${timelineSvg(named, width === undefined ? {} : { width }).toString()}\n`
}

/** The same picture as text. */
export function historyText(
  history: History,
  judgement?: Judgement,
  { width = WIDTH }: TextOptions = {},
): string {
  const drawn =
    judgement === undefined
      ? historyTimeline({ history })
      : (timelinesOf({ file: history.source, history, judgement })[0] ??
        historyTimeline({ history }))
  return timelineText(drawn, { width, colour: false })
}
