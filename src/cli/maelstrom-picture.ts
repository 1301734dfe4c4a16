import type { SpaceTime } from '../core/story.ts'
import { messagesPicture } from '../cluster/maelstrom/space-time.ts'
import { timelinePage } from '../report/timeline-page.ts'
import { timelinesOf } from './draw.ts'
import type { MaelstromResult } from './maelstrom-text.ts'

/** How much is drawn before and after what contradicts, in microseconds. */
const AROUND = 5_000

/** The messages around what contradicts, or those of the beginning. */
export function messagesOf({ options, run, verdict }: MaelstromResult): SpaceTime {
  const { history, judgement } = verdict
  const { violation } = judgement.evidence
  const wrong = (violation?.operations ?? [])
    .map((id) => history.operations[id])
    .filter((op) => op !== undefined)
  const spans = wrong.flatMap(({ calledAt, returnedAt }) => {
    if (calledAt === undefined) return []
    const to = (returnedAt ?? calledAt) / 1000
    return [{ from: calledAt / 1000 - AROUND, to: to + AROUND }]
  })
  const [bad] = run.badReplies
  if (spans.length === 0 && bad !== undefined) {
    spans.push({ from: bad.time - 10 * AROUND, to: bad.time + AROUND })
  }
  const culprit =
    violation?.culprit === undefined ? undefined : history.operations[violation.culprit]
  const where = spans.length === 0 ? 'at the beginning' : 'around what is wrong'
  return messagesPicture(run.passages, {
    title: `Messages ${where}. Time runs down`,
    nodes: options.nodes,
    spans,
    clients: [...new Set(wrong.map(({ process }) => String(process)))],
    ...(wrong[0]?.key === undefined ? {} : { key: wrong[0].key }),
    ...(culprit === undefined ? {} : { culprit: String(culprit.process) }),
  })
}

/** What was found as one page: the operations that contradict, and the messages around them. */
export function maelstromPage(result: MaelstromResult): string {
  const { title, options, verdict, again } = result
  const { checks, outcome, history, judgement } = verdict
  const [main] = checks
  const worst = checks.find((each) => each.outcome === outcome) ?? main
  return timelinePage({
    title: `${title}, ${options.workload.name}, seed ${options.seed}`,
    verdict: worst === undefined ? '' : `${worst.name}: ${worst.sentence}`,
    outcome,
    facts: [
      ...checks.map((each) => `${each.name}: ${each.outcome}, ${each.sentence}`),
      `again: ${again}`,
    ],
    timelines: timelinesOf({ file: title, history, judgement }),
    messages: messagesOf(result),
  })
}
