import { faultText } from '../cluster/maelstrom/draw-faults.ts'
import type { MaelstromResult } from './maelstrom-text.ts'

/** What `--json` prints. */
export function maelstromJson({ title, options, run, verdict, again }: MaelstromResult): object {
  const { workload, nodes, clients, rate, forMs, seed, faults, latency } = options
  const { operations, failed } = verdict.history
  const done = operations.filter(({ returned }) => returned !== Infinity).length
  return {
    program: title,
    workload: workload.name,
    outcome: verdict.outcome,
    checks: verdict.checks,
    nodes,
    clients,
    rate,
    forMs,
    seed,
    latency,
    faults: faults.map((fault) => ({ ...fault, text: faultText(fault) })),
    operations: { done, refused: failed.length, unknown: operations.length - done },
    badReplies: run.badReplies,
    silent: run.silent,
    messages: run.messages,
    seconds: run.seconds,
    judgement: verdict.judgement,
    again,
  }
}
