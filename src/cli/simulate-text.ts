import type { TaskResult } from '../campaign/campaign.ts'
import { seedCount, seedsText } from '../campaign/seeds.ts'
import { counted } from '../core/wording.ts'
import { durationText, grouped } from '../report/time.ts'
import { columns, shown, visible, visibleLines } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import { outcomeWord } from './judgement-text.ts'
import { commandOf, titleOf } from './simulate-asked.ts'
import type { SmallRun, ToldRun } from './simulate-found.ts'
import type { Simulated } from './simulate-run.ts'
import { outcomeOf } from './simulate-run.ts'
import type { StoryLine } from './simulate-story.ts'
import { timeText } from './simulate-story.ts'
import type { Terminal } from './terminal.ts'
import { indented, violationText } from './violation-text.ts'

/** A longer story is no story. */
const MOST_LINES = 60

/** The answer, the story of what went wrong, and what to type next. `kept`: the saved replay. */
export function simulatedText(
  found: Simulated,
  kept: string | undefined,
  terminal: Terminal,
): string {
  const { told, small, result } = found
  const outcome = outcomeOf(result)
  const blocks = [
    simulatedLine(found, terminal),
    outcome === 'fail' && told !== undefined
      ? failureText(told, small, terminal)
      : calmText(found, terminal.width),
    nextText(found, kept),
    `  exit code ${exitOf(outcome)}\n`,
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

/** `raft, 5 nodes: FAIL agreement (seed 7, 1,903 events, ...)`. */
export function simulatedLine(
  found: Pick<Simulated, 'subject' | 'seeds' | 'result'>,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const { subject, seeds, result } = found
  const [first] = result.failures
  const outcome = outcomeWord(outcomeOf(result), terminal)
  const claim = first === undefined ? '' : ` ${visible(first.violated ?? '')}`
  const many = seedCount(seeds) > 1
  const failed = result.failures.length
  const place = many ? `, number ${grouped(result.ran)} of ${seedsText(seeds)}` : ''
  const which =
    first === undefined
      ? seedsText(seeds)
      : failed > 1
        ? `${grouped(failed)} of ${counted(result.ran, 'seed')}, the first is ${first.seed}`
        : `seed ${first.seed}${place}`
  const about = [which, ...sizeTexts(result)].join('; ')
  return `${visible(titleOf(subject))}: ${outcome}${claim} (${about})\n`
}

function sizeTexts(result: TaskResult): readonly string[] {
  const { events, operations, faults, simulatedMs, seconds } = result
  return [
    counted(events, 'event'),
    counted(operations, 'operation'),
    counted(faults, 'fault'),
    `${grouped(Math.round(simulatedMs / 1000))} s simulated`,
    durationText(seconds * 1e9),
  ]
}

/** The sentence, the smallest run as a story, and where a history is wrong its drawing. */
export function failureText(
  told: ToldRun,
  small: SmallRun | undefined,
  terminal: Terminal,
): string {
  const shownRun = small ?? told
  const { violation } = shownRun.judged.judgement?.evidence ?? {}
  const blocks = [
    storyHeading(told, small),
    storyText(shownRun.story, terminal.width),
    violation === undefined
      ? indented(shownRun.judged.sentence, terminal.width)
      : violationText(shownRun.judged.history, violation, terminal),
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

function storyHeading({ schedule }: ToldRun, small: SmallRun | undefined): string {
  if (small === undefined) return '  What happened:\n'
  const before = [
    counted(schedule.faults.length, 'fault'),
    counted(schedule.operations.length, 'operation'),
    `${grouped(schedule.deviations.length)} of chance`,
  ].join(', ')
  const how = small.minimal ? 'none of it can be spared' : 'the bound was hit, more could go'
  return `  The smallest run found, out of ${before}; ${how}:\n`
}

/** Numbered lines: when, who, what. */
export function storyText(story: readonly StoryLine[], width: number): string {
  const told = story.slice(0, MOST_LINES)
  const who = told.reduce((most, line) => Math.max(most, columns(visible(line.who))), 4)
  const when = told.reduce((most, { time }) => Math.max(most, clock(time).length), 4)
  const digits = String(told.length).length
  const left = story.length - told.length
  const lines = told.map(({ time, who: actor, text }, at) => {
    const name = visible(actor)
    const head = `    ${String(at + 1).padStart(digits)}  ${clock(time).padStart(when)}  `
    const begin = `${head}${name}${' '.repeat(who - columns(name))}  `
    return `${begin}${shown(text, Math.max(30, width - columns(begin)))}\n`
  })
  const more = left > 0 ? [`    ${grouped(left)} more lines: --json has all\n`] : []
  return [...lines, ...more].join('')
}

function clock(us: number): string {
  return Number.isFinite(us) ? timeText(us) : ''
}

/** That nothing was found proves nothing; what was not decided is told. */
function calmText({ result, told }: Simulated, width: number): string {
  const { unknown, cutShort, notRecoverable, ran } = result
  const recovery = told?.run.recovery
  const lines = [
    ...(unknown[0] === undefined
      ? []
      : [`seed ${unknown[0].seed} was not decided: ${unknown[0].sentence ?? ''}`]),
    ...(cutShort ? [`the time was used up after ${counted(ran, 'seed')}`] : []),
    ...(recovery?.outcome === 'recovered'
      ? [`healed in the end, ${recovery.core.join(', ')} served all within ${recovery.ms} ms`]
      : []),
    ...(recovery?.outcome === 'not recoverable'
      ? [`nobody can expect it to come back: ${recovery.because}`]
      : []),
    ...(told === undefined && notRecoverable > 0
      ? [`${counted(notRecoverable, 'run')} ended with too many nodes lost to come back`]
      : []),
    ...(unknown.length === 0 ? ['nothing wrong was met, which is no proof'] : []),
  ]
  return lines.map((line) => indented(line, width)).join('')
}

function nextText({ subject, seeds, result }: Simulated, kept: string | undefined): string {
  const [first] = result.failures
  const others = `${seeds.last + 1}..${seeds.last + 200}`
  const lines =
    first === undefined
      ? [`other runs:  ${commandOf(subject, ['--seeds', others])}`]
      : [
          `again:   ${commandOf(subject, ['--seed', String(first.seed)])}`,
          ...(kept === undefined ? [] : [`replay:  synod simulate --replay ${kept}`]),
        ]
  return visibleLines(lines.map((line) => `  ${line}\n`).join(''))
}

/** What a run does that was saved: the same as then, or not any more. */
export function replayText(
  title: string,
  before: { readonly outcome: string; readonly violated?: string },
  told: ToldRun,
  terminal: Terminal,
): string {
  const { outcome, violated, sentence } = told.judged
  const same = outcome === before.outcome && violated === before.violated
  const past = [before.outcome === 'fail' ? 'FAIL' : before.outcome, before.violated ?? '']
  const then = same ? 'as when it was saved' : `${past.join(' ').trim()} when it was saved`
  const claim = violated === undefined ? '' : ` ${visible(violated)}`
  const blocks = [
    `${visible(title)}: ${outcomeWord(outcome, terminal)}${claim} (${visible(then)})\n`,
    outcome === 'fail'
      ? failureText(told, undefined, terminal)
      : `${indented(sentence, terminal.width)}\n${storyText(told.story, terminal.width)}`,
    `  exit code ${exitOf(outcome)}\n`,
  ]
  return blocks.join('\n')
}
