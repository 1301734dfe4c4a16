import { counted, duration } from '../core/wording.ts'
import type { MaelstromOptions, MaelstromRun } from '../cluster/maelstrom/run-options.ts'
import type { Fault } from '../node/index.ts'
import { columns, visible } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import type { MaelstromVerdict } from './maelstrom-judge.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'
import { indented, violationText } from './violation-text.ts'

export interface MaelstromResult {
  /** The program as it was named. */
  readonly title: string
  readonly options: MaelstromOptions
  readonly run: MaelstromRun
  readonly verdict: MaelstromVerdict
  readonly again: string
}

/** What a run amounts to, for people. */
export function maelstromText(result: MaelstromResult, terminal: Terminal): string {
  const { title, options, run, verdict, again } = result
  const { history, judgement, checks, outcome } = verdict
  const word = outcomeWord(outcome, terminal)
  const line = `${visible(title)}: ${word} ${options.workload.name} (${aboutText(result)})\n`
  const width = checks.reduce((most, { name }) => Math.max(most, columns(name)), 0)
  const { violation } = judgement.evidence
  const rows = checks.map(({ name, outcome: each, sentence: whole }, at) => {
    // What the workload's condition has to say in case of a violation is said below.
    const sentence = at === 0 && violation !== undefined ? 'as follows' : whole
    const padded = name.padEnd(width)
    // The word may be coloured, which takes no room.
    const word = `${outcomeWord(each, terminal)}${' '.repeat(8 - each.length)}`
    return `  ${padded}  ${word}${visible(sentence)}\n`
  })
  const blocks = [
    `${line}${rows.join('')}`,
    ...(violation === undefined ? [] : [violationText(history, violation, terminal)]),
    [operationsLine(history), faultsLine(options.faults), messagesLine(run, history)]
      .map((text) => indented(text, terminal.width))
      .join(''),
    `  again:  ${visible(again)}\n` +
      (outcome === 'pass' ? '' : `  exit code ${exitOf(outcome)}\n`),
  ]
  return blocks.join('\n')
}

function aboutText({ options, run }: MaelstromResult): string {
  return [
    counted(options.nodes.length, 'node'),
    counted(options.clients, 'client'),
    duration(run.seconds * 1e9),
    `seed ${options.seed}`,
  ].join('; ')
}

function operationsLine({ operations, failed }: MaelstromVerdict['history']): string {
  const ok = operations.filter(({ returned }) => returned !== Infinity).length
  const times = operations
    .flatMap(({ calledAt, returnedAt }) =>
      calledAt === undefined || returnedAt === undefined ? [] : [returnedAt - calledAt],
    )
    .sort((a, b) => a - b)
  const at = (part: number): string => duration(times[Math.floor(part * (times.length - 1))] ?? 0)
  const latency = times.length === 0 ? '' : `; half within ${at(0.5)}, 99 % within ${at(0.99)}`
  const unknown = operations.length - ok
  return `operations: ${ok} done, ${failed.length} refused, ${unknown} of unknown outcome${latency}`
}

function faultsLine(faults: readonly Fault[]): string {
  if (faults.length === 0) return 'faults: none'
  const counts = new Map<string, number>()
  for (const fault of faults) {
    const name = nameOf(fault)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return `faults: ${[...counts].map(([name, count]) => `${count} ${name}`).join(', ')}`
}

/** As `--faults` calls it. */
function nameOf(fault: Fault): string {
  if (fault.type === 'crash') return 'kill'
  return fault.type === 'partition' && fault.both !== true ? 'one-way' : fault.type
}

function messagesLine(
  { messages }: MaelstromRun,
  { operations, failed }: MaelstromVerdict['history'],
) {
  const { sent, amongServers, lost } = messages
  const count = operations.length + failed.length
  const each = count === 0 ? '' : `, ${(amongServers / count).toFixed(1)} of them an operation`
  return `messages: ${sent}, ${lost} lost; ${amongServers} among nodes and services${each}`
}
