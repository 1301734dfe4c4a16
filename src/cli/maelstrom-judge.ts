import { judge } from '../../checkers/judge.ts'
import type { Judgement } from '../../checkers/judge.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import type { Outcome } from '../core/verdict.ts'
import { worst } from '../core/verdict.ts'
import { callText } from '../core/wording.ts'
import type { BadReply } from '../cluster/maelstrom/client.ts'
import type { MaelstromRun } from '../cluster/maelstrom/run-options.ts'
import type { MaelstromWorkload } from '../cluster/maelstrom/workload.ts'
import type { History } from '../history/history.ts'
import { Pairing } from '../history/pair-events.ts'

/** One thing that was checked. */
export interface MaelstromCheck {
  readonly name: string
  readonly outcome: Outcome
  readonly sentence: string
}

/** What a run of a program amounts to. */
export interface MaelstromVerdict {
  readonly outcome: Outcome
  /** The condition of the workload first. */
  readonly checks: readonly MaelstromCheck[]
  readonly history: History
  readonly judgement: Judgement
}

/**
 * Judges what the clients saw, the form of the answers, and
 * whether all nodes were there in the end.
 */
export async function judgeMaelstrom(
  run: MaelstromRun,
  workload: MaelstromWorkload,
  { source, seconds }: { readonly source: string; readonly seconds: number },
): Promise<MaelstromVerdict> {
  const pairing = new Pairing({ source })
  for (const event of run.events) pairing.push(event)
  const history = pairing.finish()
  const judgement = await judge(history, {
    condition: workload.condition,
    ...(workload.model === undefined ? {} : { model: modelNamed(workload.model) }),
    budget: { seconds, bytes: 1e9 },
  })
  const { outcome, condition, evidence } = judgement
  const checks: MaelstromCheck[] = [
    { name: condition, outcome, sentence: evidence.sentence },
    repliesCheck(run.badReplies, history),
    ...(workload.end === undefined ? [] : [finalReadsCheck(run)]),
  ]
  return { outcome: worst(checks.map((each) => each.outcome)), checks, history, judgement }
}

function repliesCheck(bad: readonly BadReply[], { operations, failed }: History): MaelstromCheck {
  const name = 'replies'
  const [first] = bad
  if (first === undefined) {
    const count = operations.length + failed.length
    const sentence =
      count === 0 ? 'nothing was asked' : 'every reply has the form that its request calls for'
    return { name, outcome: count === 0 ? 'unknown' : 'pass', sentence }
  }
  const others = bad.length === 1 ? '' : ` (and ${bad.length - 1} more)`
  const { node, op, body, why } = first
  const asked = callText(op.f, op.value)
  const sentence = `${node} answered '${asked}' with ${JSON.stringify(body)}: ${why}${others}`
  return { name, outcome: 'fail', sentence }
}

function finalReadsCheck({ silent }: MaelstromRun): MaelstromCheck {
  const name = 'final reads'
  return silent.length === 0
    ? { name, outcome: 'pass', sentence: 'every node answered when all had healed' }
    : {
        name,
        outcome: 'fail',
        sentence: `${silent.join(', ')} did not answer, though all had healed`,
      }
}
