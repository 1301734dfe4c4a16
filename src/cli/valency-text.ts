import type { Json } from '../core/json.ts'
import { counted, shown } from '../core/wording.ts'
import { grouped } from '../report/time.ts'
import { alignedRows } from '../report/text-table.ts'
import { messageText } from '../report/trace-words.ts'
import { visibleLines } from '../report/visible.ts'
import type { Delay } from '../valency/adversary/adversary.ts'
import type { InputFindings } from '../valency/findings.ts'
import { inputsText } from '../valency/inputs.ts'
import type { Checked } from '../valency/lemmas.ts'
import type { ValencyReport } from '../valency/report.ts'
import { shownRun } from '../valency/report.ts'
import type { ToldRun, ToldStep } from '../valency/told-run.ts'

/** What `synod valency` prints. */
export function valencyText(report: ValencyReport, width: number): string {
  const { protocol, processes, findings } = report
  const parts = [
    `${protocol.name}, ${processes} processes: ${verdictLine(report)}\n`,
    alignedRows(factRows(report), { width }),
    ...storyTexts(report),
  ]
  const cut = findings.filter((each) => !each.complete)
  if (cut.length > 0) parts.push(cutText(report, cut))
  return visibleLines(parts.join('\n'))
}

/** The answer in one line. */
export function verdictLine({ defects, outcome, options }: ValencyReport): string {
  if (defects.length > 0) return defects.join(', ')
  if (outcome === 'unknown') return 'unknown, as a bound was reached before a defect was found'
  const { agree = 1, coins, omega, gst } = options
  const round = agree > 1 || coins === 'random' || omega || gst
  return round ? 'no defect' : 'no defect, which the theorem says cannot be'
}

export function factRows(report: ValencyReport): readonly (readonly string[])[] {
  const { blocks, bivalentInitial, nullInitial, adjacent, critical, findings } = report
  const [pair] = adjacent
  const unsure = report.perhapsBlocks
  const blocking =
    blocks === undefined
      ? `unknown; ${counted(unsure, 'pair')} would need what was cut off`
      : blocks === 0
        ? 'never, whoever is silent'
        : `${grouped(blocks)} pairs of a configuration and a silent process`
  return [
    ['configurations', `${grouped(report.configurations)}${report.complete ? '' : ', cut off'}`],
    ['agreement', report.agreement],
    ['validity', report.validity],
    ['blocks', blocking],
    ['bivalent inputs', listed(bivalentInitial)],
    ...(nullInitial.length > 0 ? [['never decides', listed(nullInitial)]] : []),
    ...(pair === undefined
      ? []
      : [['neighbours', `${pair.from} and ${pair.to} differ at process ${pair.process} only`]]),
    ['critical', critical === 0 ? 'none' : counted(critical, 'configuration')],
    ['lemma 1', lemmaText(report.lemma1, 'diamond')],
    ...(report.agreement === 'violated'
      ? []
      : [['lemma 3', `${lemmaText(report.lemma3, 'pair')}${hypothesis(report)}`]]),
    ['undecided run', runLine(report)],
    ...findings.flatMap(delayRow),
  ]
}

/** What lemma 3 needs and this protocol does not do. */
function hypothesis({ lemma3, blocks }: ValencyReport): string {
  if ((lemma3?.failed ?? 0) === 0 || blocks === 0) return ''
  return '; it is about protocols that decide with one process silent'
}

function listed(inputs: readonly string[]): string {
  return inputs.length === 0 ? 'none' : inputs.join(', ')
}

function lemmaText(checked: Checked | undefined, noun: string): string {
  if (checked === undefined) return 'not looked at, as the graph is too large or cut off'
  const all = counted(checked.checked, noun)
  const part = checked.whole ? '' : ', and then a bound was reached'
  return checked.failed === 0 ? `holds in ${all}${part}` : `fails in ${checked.failed} of ${all}`
}

function runLine(report: ValencyReport): string {
  const found = shownRun(report)
  const undecided = found?.stories.undecided
  if (found === undefined || undecided === undefined) return report.complete ? 'none' : 'none found'
  const { run, silent, bivalent, component } = undecided
  const { loop = 0, steps } = run
  const fair = silent < 0 ? 'fair to all' : `fair to all but process ${silent}`
  return (
    `inputs ${inputsText(found.inputs)}: prefix ${loop} + cycle ${steps.length - loop}, ${fair}, ` +
    `${bivalent ? 'bivalent' : 'undecided'} for ever, ` +
    (component === undefined
      ? 'by the adversary of the proof'
      : `among ${counted(component, 'configuration')}`)
  )
}

const DELAYS: Readonly<Record<Delay['ends'], string>> = {
  repeats: 'came back, so it can go on for ever',
  stages: 'both decisions are still possible',
  lost: 'and then no way keeps both decisions possible',
  configurations: 'and then no way was found among as many configurations as are looked at',
  'not bivalent': 'only one decision was found to be possible at all',
  time: 'and then the time was used up',
}

/** What the adversary of the proof came to, where it was asked. */
function delayRow({ inputs, delay }: InputFindings): readonly (readonly string[])[] {
  if (delay === undefined) return []
  const { run, stages, ends } = delay
  const far = `${counted(stages, 'stage')}, ${counted(run.steps.length, 'step')}`
  return [['adversary', `inputs ${inputsText(inputs)}: ${far}: ${DELAYS[ends]}`]]
}

function storyTexts(report: ValencyReport): readonly string[] {
  const { findings } = report
  const first = <Found>(pick: (stories: InputFindings['stories']) => Found | undefined) =>
    findings.map(({ stories }) => pick(stories)).find((found) => found !== undefined)
  const disagreement = first((stories) => stories.disagreement)
  const invalid = first((stories) => stories.invalid)
  const blocked = first((stories) => stories.blocked)
  const decider = first((stories) => stories.critical)
  const undecided = shownRun(report)?.stories.undecided
  const silent = blocked?.silent ?? 0
  return [
    ...(disagreement ? [runText('two processes decide differently', disagreement)] : []),
    ...(invalid ? [runText('a value is decided that nobody proposed', invalid)] : []),
    ...(blocked
      ? [runText(`from here on nobody decides without process ${silent}`, blocked.run)]
      : []),
    ...(decider ? [runText('a critical configuration: the next step decides', decider)] : []),
    ...(undecided ? [runText('a run without decision', undecided.run)] : []),
  ]
}

const MOST_LINES = 60

function runText(claim: string, run: ToldRun): string {
  const { inputs, steps, loop } = run
  const lines = steps.slice(0, MOST_LINES).map((step, at) => {
    const mark = loop !== undefined && at >= loop ? '*' : ' '
    return `${String(at + 1).padStart(5)} ${mark} ${stepText(step)}\n`
  })
  const left = steps.length - lines.length
  return [
    `${claim} (inputs ${inputsText(inputs)})\n`,
    ...lines,
    ...(steps.length === 0 ? ['        this is so before the first step\n'] : []),
    ...(left > 0 ? [`        and ${counted(left, 'more step')}\n`] : []),
    ...(loop === undefined ? [] : ['        steps marked * can be repeated for ever\n']),
  ].join('')
}

/** A message that says its type is told by it: `prepare(0, 1)`. */
export function toldMessage(message: Json | undefined): string {
  const { type } = (message ?? {}) as { readonly type?: unknown }
  return typeof type === 'string' ? messageText(message) : shown(message)
}

/** `process 1 gets {...}, sends 2 messages, decides 0`. */
export function stepText({ process, message, sends, decided }: ToldStep): string {
  const event = message === undefined ? 'takes an empty step' : `gets ${toldMessage(message)}`
  const sent = sends.length === 0 ? '' : `, sends ${sentText(sends)}`
  const end = decided === undefined ? '' : `; decided ${shown(decided)}`
  return `process ${process} ${event}${sent}${end}`
}

function sentText(sends: ToldStep['sends']): string {
  const texts = new Map<string, number[]>()
  for (const [to, message] of sends) {
    const text = toldMessage(message)
    texts.set(text, [...(texts.get(text) ?? []), to])
  }
  return [...texts].map(([text, to]) => `${text} to ${to.join(' and ')}`).join(', ')
}

function cutText(report: ValencyReport, cut: readonly InputFindings[]): string {
  const [first] = cut
  const bound = first?.stopped
  const { normal } = report.protocol.make(report.processes, report.options.options)
  const why =
    bound === undefined
      ? `what was left out: ${normal?.bound ?? 'what the protocol says is not within'}`
      : `the bound on ${bound.bound} was reached: ${grouped(bound.limit)}`
  const most = cut.reduce((max, { mostMessages }) => Math.max(max, mostMessages), 0)
  const growing = bound?.growing
  const grows =
    growing === undefined
      ? ''
      : `new local states came to the end (${grouped(growing.locals)} so far), the last one when ` +
        `${growing.step}: ${growing.to}; what only grows can be forgotten or renamed ` +
        '(normal.ranks)\n'
  return (
    `${grows}${why}; for ${listed(cut.map(({ inputs }) => inputsText(inputs)))}, with at most ` +
    `${counted(most, 'message')} on their way\n`
  )
}
