import type { Judgement } from '../checkers/judge.ts'
import { judge } from '../checkers/judge.ts'
import { modelNamed } from '../checkers/models/index.ts'
import type { Judged } from '../src/campaign/subject.ts'
import type { HistoryEvent } from '../src/history/event.ts'
import type { History } from '../src/history/history.ts'
import { Pairing } from '../src/history/pair-events.ts'
import type { Run } from '../src/simulate/index.ts'

/** How the history of a run is judged. */
export interface RunCondition {
  /** The name of a condition; `none`: invariants alone judge. */
  readonly condition: string
  readonly model?: string
}

/** What came of a run, with the history and its judgement where there is one. */
export interface RunJudgement extends Judged {
  readonly history: History
  /** Absent where the run failed by itself, and where nobody asked for a condition. */
  readonly judgement?: Judgement
}

/** For one history; hardly any needs a thousandth of it. */
const BUDGET = { seconds: 30, bytes: 1e9 }

/**
 * A run is right if nothing failed while it ran, and if its history is. What failed while it ran is
 * told first: it is nearer to the cause.
 */
export async function judgeRun(
  run: Pick<Run, 'outcome' | 'failure' | 'bound' | 'history' | 'header' | 'recovery'>,
  { condition, model }: RunCondition,
): Promise<RunJudgement> {
  const crashes = TELLS_CRASHES.includes(condition) ? crashesOf(run) : []
  const history = historyOf(run.header.protocol, [...run.history, ...crashes])
  if (run.failure !== undefined) {
    const { name, sentence } = run.failure
    return { outcome: 'fail', violated: name, sentence, history }
  }
  if (condition === 'none' || history.operations.length === 0) {
    return { ...bounded(run), history }
  }
  const judgement = await judge(history, {
    condition,
    ...(model === undefined ? {} : { model: modelNamed(model) }),
    budget: BUDGET,
  })
  const { outcome, evidence } = judgement
  const { part } = evidence.violation ?? {}
  const sentence =
    part === undefined || part === '' ? evidence.sentence : `${part}: ${evidence.sentence}`
  if (outcome === 'fail') return { outcome, violated: condition, sentence, history, judgement }
  if (outcome === 'unknown') return { outcome, sentence, history, judgement }
  return { ...bounded(run), history, judgement }
}

/** Conditions that owe nothing to processes of which the history says that they crashed. */
const TELLS_CRASHES: readonly string[] = ['consensus', 'total-order']

/** The clients of nodes that were left down when the others were healed: client k is of node k. */
function crashesOf({ history, header, recovery }: Pick<Run, 'history' | 'header' | 'recovery'>) {
  if (!('core' in recovery)) return []
  const down = header.nodes.flatMap((node, at) => (recovery.core.includes(node) ? [] : [at + 1]))
  return down.flatMap((client): HistoryEvent[] => {
    const isIts = ({ process }: HistoryEvent): boolean =>
      process === `c${client}` || String(process).startsWith(`c${client} (`)
    const { process, type } = history.findLast(isIts) ?? { process: 0, type: 'info' }
    // Of whom an operation has no known end nothing is expected anyway.
    if (type === 'info' || type === 'invoke') return []
    const about = { process, f: 'crash', value: null }
    return [
      { ...about, type: 'invoke' },
      { ...about, type: 'ok' },
    ]
  })
}

/** A run that a bound cut short showed nothing wrong, and no more than that. */
function bounded({ outcome, bound }: Pick<Run, 'outcome' | 'bound'>): Judged {
  return outcome === 'unknown'
    ? { outcome, sentence: bound?.covered ?? 'the run was cut short' }
    : { outcome: 'pass', sentence: 'all that is claimed holds' }
}

/** Events as a history, to be judged and drawn. */
export function historyOf(source: string, events: readonly HistoryEvent[]): History {
  const pairing = new Pairing({ source })
  for (const event of events) pairing.push(event.f === 'reconfigure' ? ofCluster(event) : event)
  return pairing.finish()
}

/** What changes the cluster is no operation on its data: it is drawn as faults are. */
function ofCluster(event: HistoryEvent): HistoryEvent {
  return { ...event, process: 'nemesis', type: 'info' }
}
