import { writeFile } from 'node:fs/promises'

import type { Violation } from '../../checkers/condition.ts'
import type { Judgement } from '../../checkers/judge.ts'
import { placeless } from '../core/results.ts'
import type { Timeline } from '../core/timeline.ts'
import { UserError } from '../core/user-error.ts'
import { worst } from '../core/verdict.ts'
import type { History } from '../history/history.ts'
import { historyTimeline } from '../report/history-timeline.ts'
import { timelinePage } from '../report/timeline-page.ts'
import type { Judged } from './judged.ts'
import { judgementLine } from './judgement-text.ts'

/** How many parts of a history that holds are drawn. */
const MOST_PARTS = 10

/**
 * Draws what was found in all files, one at least, as one page. @throws UserError if it cannot be
 * written.
 */
export async function drawPages(judged: readonly Judged[], path: string): Promise<void> {
  // A page is passed on, so it does not tell where this machine keeps its files.
  const named = judged.map(withoutPlace)
  const [first = '', ...more] = named.map(({ file }) => file)
  const title = `${first}${more.length === 0 ? '' : ` and ${more.length} more`}`
  const page = timelinePage({
    title,
    verdict: verdictOf(judged),
    outcome: worst(judged.map(({ judgement }) => judgement.outcome)),
    facts: named.map((each) => judgementLine(each, {}, { colour: false }).trimEnd()),
    timelines: named.flatMap(timelinesOf),
  })
  try {
    await writeFile(path, page)
  } catch (cause) {
    throw new UserError(`the page cannot be written: ${(cause as Error).message}`, {
      where: path,
      hint: 'name a file that you may write to: --html FILE',
      cause,
    })
  }
}

function withoutPlace({ file, history, judgement }: Judged): Judged {
  const name = file === '-' ? 'standard input' : placeless(file)
  return { file: name, history: { ...history, source: name }, judgement }
}

function verdictOf(judged: readonly Judged[]): string {
  const judgements = judged.map(({ judgement }) => judgement)
  const [only] = judgements
  if (only !== undefined && judgements.length === 1) return only.evidence.sentence
  const count = (outcome: Judgement['outcome']): number =>
    judgements.filter((judgement) => judgement.outcome === outcome).length
  return `${count('pass')} hold, ${count('fail')} are violated, ${count('unknown')} are unknown`
}

/** The pictures of one judgement: what is violated, or an order that explains all. */
export function timelinesOf({ history, judgement }: Judged): Timeline[] {
  const { violation, witness, broken = [] } = judgement.evidence
  if (violation !== undefined) {
    // Weaker conditions are often broken by the same operations: one picture is enough then.
    const all = [violation, ...violation.others, ...broken.map((weaker) => weaker.violation)]
    const distinct = new Map(all.toReversed().map((each) => [each.operations.join(), each]))
    return [...distinct.values()].reverse().map((each) => violationTimeline(history, each))
  }
  const orders = witness?.orders ?? []
  if (orders.length === 0) return [historyTimeline({ history })]
  return orders.slice(0, MOST_PARTS).map(({ part, order }) => {
    const placed = new Set(order)
    const operations = history.operations.filter(({ id }) => placed.has(id))
    const title = part === '' ? history.source : `${history.source}, ${part}`
    return historyTimeline({ history: { ...history, operations }, order, title })
  })
}

function violationTimeline(
  history: History,
  violation: Pick<Violation, 'sentence' | 'operations'>,
): Timeline {
  return historyTimeline({ history, violation })
}
