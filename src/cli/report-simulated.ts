import { askedSubject } from '../../suites/subject.ts'
import { counted } from '../core/wording.ts'
import type { Exhibit } from '../report/report/content.ts'
import { historyTimeline } from '../report/history-timeline.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { runOfSeed, shrunkRun } from './simulate-found.ts'
import type { SmallRun } from './simulate-found.ts'
import { timeText } from './simulate-story.ts'

/** A picture of more operations shows less. */
const MOST_DRAWN = 60

export interface Failing {
  /** As on a command line. */
  readonly protocol: string
  readonly mutant?: string | undefined
  readonly seed: number
  /** What was found when it was saved. */
  readonly sentence: string
}

/**
 * A failing run, run once more from its seed and made smaller by at most so many runs (no time, so
 * that pages are the same): its story, who did what, and what clients saw. `undefined` if it does
 * not fail any more.
 */
export async function simulatedExhibits(
  failing: Failing,
  runs: number,
): Promise<readonly Exhibit[] | undefined> {
  const { protocol, mutant, seed } = failing
  const named = await askedSubject({ text: protocol })
  const planted = mutant === undefined || named.entry.mutant === mutant ? {} : { mutant }
  const subject = await askedSubject({ text: protocol, ...planted })
  const told = await runOfSeed(subject, seed)
  if (told.judged.outcome !== 'fail') return undefined
  const small = await shrunkRun(subject, told, { budget: { runs, seconds: 60 } })
  return exhibitsOf(small, seed)
}

function exhibitsOf(small: SmallRun, seed: number): readonly Exhibit[] {
  const { run, judged, story } = small
  const { violation } = judged.judgement?.evidence ?? {}
  return [
    {
      type: 'paragraphs',
      texts: [judged.sentence, sizeText(small, seed)],
    },
    {
      type: 'run',
      lines: story.map(({ time, who, kind, text }) => ({
        time: Number.isFinite(time) ? timeText(time) : '',
        who,
        kind,
        text,
      })),
    },
    {
      type: 'space-time',
      picture: traceSpaceTime(run.header, run.trace, {
        title: 'Who did what',
        ...(run.failure === undefined ? {} : { fault: run.failure.step }),
      }),
    },
    {
      type: 'timeline',
      timeline: historyTimeline({
        history: judged.history,
        ...(violation === undefined ? {} : { violation }),
        title: 'What clients saw',
        limit: MOST_DRAWN,
      }),
    },
  ]
}

function sizeText({ schedule, minimal, runs }: SmallRun, seed: number): string {
  const { operations, faults, deviations } = schedule
  const parts = [
    counted(operations.length, 'operation'),
    counted(faults.length, 'fault'),
    `${counted(deviations.length, 'moment')} in which chance decides`,
  ]
  const size = `Seed ${seed}, made smaller by ${counted(runs, 'run')}: ${parts.join(', ')}.`
  return minimal ? `${size} None of them can be left out.` : size
}
