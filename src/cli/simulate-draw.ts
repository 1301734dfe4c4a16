import { historyTimeline } from '../report/history-timeline.ts'
import { runPage } from '../report/run-page.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { commandOf, titleOf } from './simulate-asked.ts'
import type { ToldRun } from './simulate-found.ts'
import type { Simulated } from './simulate-run.ts'
import { timeText } from './simulate-story.ts'
import { simulatedLine } from './simulate-text.ts'

/** A run as a page: its story, who did what and which message went where, and its operations. */
export function runPageOf(found: Simulated, drawn: ToldRun): string {
  const { subject, result } = found
  const { run, judged, story } = drawn
  const { protocol, because } = subject.entry
  const { violation } = judged.judgement?.evidence ?? {}
  const title = titleOf(subject)
  const line = simulatedLine(found, { colour: false })
  const [seed] = result.failures
  return runPage({
    title,
    about: [
      protocol.about,
      ...(protocol.source === undefined ? [] : [protocol.source]),
      ...(subject.entry.mutant === undefined ? [because] : [mutantText(found)]),
    ],
    outcome: judged.outcome,
    verdict: line.slice(line.indexOf(': ') + 2).trimEnd(),
    sentence: judged.sentence,
    lines: story.map(({ time, who, kind, text }) => ({
      time: Number.isFinite(time) ? timeText(time) : '',
      who,
      kind,
      text,
    })),
    picture: traceSpaceTime(run.header, run.trace, {
      title,
      ...(run.failure === undefined ? {} : { fault: run.failure.step }),
    }),
    timeline: historyTimeline({
      history: judged.history,
      ...(violation === undefined ? {} : { violation }),
      title: 'What clients saw',
    }),
    replay: commandOf(subject, ['--seed', String(seed?.seed ?? drawn.simulation.seed)]),
  })
}

function mutantText({ subject }: Simulated): string {
  const { protocol, mutant = '' } = subject.entry
  return `with a bug: ${protocol.mutants?.[mutant] ?? mutant}`
}
