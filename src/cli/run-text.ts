import type { Json } from '../core/json.ts'
import { counted } from '../core/wording.ts'
import type { HappenedFault } from '../cluster/run-cluster.ts'
import { visible, visibleLines } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import { outcomeWord } from './judgement-text.ts'
import type { RanCluster } from './run-cluster-run.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'

/** What `synod run` prints. */
export function runText(ran: RanCluster, terminal: Pick<Terminal, 'colour' | 'width'>): string {
  const { name, run, judgement, outcome } = ran
  const { operations, ok, fail, info } = run.operations
  const word = outcomeWord(outcome, terminal)
  const condition = judgement?.condition ?? 'invariants'
  const lines = [
    `${visible(name)}: ${word} ${condition} (${counted(operations, 'operation')}: ` +
      `${ok} ok, ${fail} failed, ${info} unknown; seed ${run.seed})`,
    ...faultLines(run.faults),
    `  messages lost between nodes: ${run.lost}`,
    ...(run.recoveredMs === undefined
      ? []
      : [`  healed in the end: every client was served within ${run.recoveredMs} ms`]),
    replayLine(ran),
  ]
  const text = `${lines.join('\n')}\n`
  if (outcome === 'pass') return text
  return `${text}${whyText(ran, terminal.width)}`
}

/** How long nobody was served after each kind of fault. */
function faultLines(faults: readonly HappenedFault[]): string[] {
  const kinds = new Map<string, HappenedFault[]>()
  for (const fault of faults) {
    if (BEGIN.test(fault.f)) kinds.set(fault.f, [...(kinds.get(fault.f) ?? []), fault])
  }
  return [...kinds].map(([f, all]) => {
    const served = all.flatMap(({ servedAfterMs }) => servedAfterMs ?? [])
    const never = all.length - served.length
    const worst = served.reduce((most, ms) => Math.max(most, ms), 0)
    const rest = never === 0 ? '' : `, after ${never} of them never`
    const name = f.replace('start-', '')
    return `  ${name}: ${all.length} times; served again within ${worst} ms${rest}`
  })
}

const BEGIN = /^(kill|pause|partition|start-.*|clock-jump)$/

function replayLine({ run }: RanCluster): string {
  const { steps, divergence, changes, looked } = run.replayed
  if (divergence !== undefined) return `  replayed: differs at step ${divergence.step}`
  const rest = looked === changes ? '' : `; invariants after ${looked} of ${changes} changes`
  return `  replayed through the pure code: ${counted(steps, 'step')}, the same effects${rest}`
}

function whyText({ run, judgement, outcome }: RanCluster, width: number): string {
  const wrong = judgement === undefined || judgement.outcome === 'pass' ? undefined : judgement
  const sentences = [
    ...(run.failure === undefined
      ? []
      : [`${run.failure.name}: ${visibleLines(run.failure.sentence)}`]),
    ...(wrong === undefined ? [] : [visibleLines(wrong.evidence.sentence)]),
  ]
  const about = wrong === undefined ? '' : ` --condition ${wrong.condition}`
  return [
    '\n',
    ...sentences.map((sentence) => indented(sentence, width)),
    `  history:  synod judge ${visible(run.history)}${about}\n`,
    `  traces:   ${visible(run.traces)}\n`,
    `  exit code ${exitOf(outcome)}\n`,
  ].join('')
}

/** What `synod run --json` prints. */
export function runJson({ name, run, judgement, outcome }: RanCluster): Json {
  const { discard: _discard, ...rest } = run
  return { name, ...rest, outcome, judgement: judgement ?? null } as unknown as Json
}
