import type { Found } from '../simulation.ts'
import { failureText } from '../cli/simulate-text.ts'
import { outcomeWord } from '../cli/judgement-text.ts'
import { counted } from '../core/wording.ts'
import { historyTimeline } from '../report/history-timeline.ts'
import { timelineSvg } from '../report/timeline-svg.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { visible } from '../report/visible.ts'
import type { ToldRun } from '../cli/simulate-found.ts'
import { spaceTimeSvgDocument } from './exploration.ts'
import type { TextOptions } from './text-options.ts'
import { WIDTH } from './text-options.ts'

/**
 * What `findFailure` has found, in words: the verdict, the smallest run that goes wrong, and what
 * is wrong with its history. It says nothing about how long it took.
 */
export function simulationText(
  { outcome, ran, seed, told, small }: Found,
  { width = WIDTH }: TextOptions = {},
): string {
  const word = outcomeWord(outcome, { colour: false })
  const violated = told?.judged.violated
  const claim = violated === undefined ? '' : ` ${visible(violated)}`
  const which = seed === undefined ? '' : `; seed ${seed}`
  const line = `${word}${claim} (${counted(ran, 'run')}${which})\n`
  if (told === undefined || outcome !== 'fail') return line
  return `${line}\n${failureText(told, small, { ...PAPER, width })}`
}

const PAPER = { colour: false, input: nothing(), out: () => undefined, err: () => undefined }

async function* nothing(): AsyncIterable<Uint8Array> {
  // Nobody is asked.
}

/** Who did what and which message went where, as an SVG document. */
export function runSvg({ run }: ToldRun, title: string): string {
  return spaceTimeSvgDocument(
    traceSpaceTime(run.header, run.trace, {
      title,
      ...(run.failure === undefined ? {} : { fault: run.failure.step }),
    }),
  )
}

/** What clients saw of a run, as an SVG document. */
export function runHistorySvg({ judged }: ToldRun, title = 'what clients saw'): string {
  const { violation } = judged.judgement?.evidence ?? {}
  const drawn = historyTimeline({
    history: judged.history,
    ...(violation === undefined ? {} : { violation }),
    title,
  })
  return `${timelineSvg(drawn).toString()}\n`
}
