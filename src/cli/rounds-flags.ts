import { UserError } from '../core/user-error.ts'
import type { AlgorithmQuestion } from '../valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../valency/rounds/question.ts'

/** What every question about rounds may be given. */
export interface RoundsFlags {
  readonly json?: true
  readonly html?: string
  readonly time: number
  readonly memory: number
}

export interface CrashFlags extends RoundsFlags {
  readonly processes: number
  readonly failures: number
  readonly rounds: number
  readonly validity: 'all' | 'correct'
}

export interface LossFlags extends RoundsFlags {
  readonly processes: number
  readonly rounds: number
  readonly lost: number
  readonly total?: number
  readonly attack?: true
}

export interface GraphsFlags extends RoundsFlags {
  readonly processes: number
  readonly rounds: number
  readonly graph: readonly string[]
  readonly attack?: true
}

export interface TraitorFlags extends RoundsFlags {
  readonly processes: number
  readonly traitors: number
  readonly rounds: number
  readonly everybody?: true
  readonly signed?: true
}

export interface GeneralsFlags extends RoundsFlags {
  readonly processes: number
  readonly traitors: number
  readonly relays: number
}

/** What is asked, and the command line that asks it again. */
export interface Asked<Question> {
  readonly question: Question
  readonly replay: string
}

export function crashAsked(flags: CrashFlags): Asked<RoundQuestion> {
  const { processes, failures, rounds, validity } = flags
  someLeft('--failures', failures, processes, 'crash')
  const told = validity === 'all' ? '' : ' --validity correct'
  return {
    question: { model: 'crash', processes, failures, rounds, validity },
    replay: `crash${numbers({ processes, failures, rounds })}${told}`,
  }
}

export function lossesAsked(flags: LossFlags): Asked<RoundQuestion> {
  const { processes, rounds, lost: perRound, total, attack } = flags
  const question = {
    model: 'losses' as const,
    processes,
    rounds,
    perRound,
    ...(total === undefined ? {} : { total }),
    validity: attack ? ('attack' as const) : ('all' as const),
  }
  const given = { processes, rounds, lost: perRound, ...(total === undefined ? {} : { total }) }
  return { question, replay: `losses${numbers(given)}${attack ? ' --attack' : ''}` }
}

export function graphsAsked(flags: GraphsFlags): Asked<RoundQuestion> {
  const { processes, rounds, graph: texts, attack } = flags
  const graphs = texts.map((text) => graphOf(text, processes))
  const told = texts.map((text) => ` --graph '${text.trim()}'`).join('')
  return {
    question: { model: 'graphs', processes, rounds, graphs, validity: attack ? 'attack' : 'all' },
    replay: `graphs${numbers({ processes, rounds })}${told}${attack ? ' --attack' : ''}`,
  }
}

export function byzantineAsked(flags: TraitorFlags): Asked<RoundQuestion> {
  const { processes, traitors, rounds, everybody, signed = false } = flags
  const lieutenants = everybody ? processes : processes - 1
  someLeft('--traitors', traitors, lieutenants, 'be traitors')
  return {
    question: {
      model: 'byzantine',
      processes,
      traitors,
      rounds,
      speaker: everybody ? 'everybody' : 'commander',
      signed,
    },
    replay:
      `byzantine${numbers({ processes, traitors, rounds })}` +
      `${everybody ? ' --everybody' : ''}${signed ? ' --signed' : ''}`,
  }
}

export function gluedAsked(flags: TraitorFlags): Asked<RoundQuestion> {
  const { processes, traitors, rounds } = flags
  if (processes > 3 * traitors) {
    throw new UserError(`${traitors} of ${processes} processes are less than a third`, {
      where: '--traitors',
      hint: `at least ${Math.ceil(processes / 3)}, or synod rounds byzantine, which shows a rule`,
    })
  }
  return {
    question: { model: 'glued', processes, traitors, rounds },
    replay: `glued${numbers({ processes, traitors, rounds })}`,
  }
}

export function generalsAsked(
  algorithm: 'oral-messages' | 'signed-messages',
  { processes, traitors, relays }: GeneralsFlags,
): Asked<AlgorithmQuestion> {
  someLeft('--traitors', traitors, processes - 1, 'be traitors')
  return {
    question: { algorithm, processes, traitors, relays },
    replay: `${algorithm}${numbers({ processes, traitors, relays })}`,
  }
}

export function floodSetAsked({
  processes,
  failures,
  rounds,
}: CrashFlags): Asked<AlgorithmQuestion> {
  someLeft('--failures', failures, processes, 'crash')
  return {
    question: { algorithm: 'flood-set', processes, failures, rounds },
    replay: `flood-set${numbers({ processes, failures, rounds })}`,
  }
}

/** `--graph '1>2,2>3'`, which may be repeated; in `none` nothing arrives. */
export function graphOption(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

function graphOf(text: string, processes: number): readonly (readonly [number, number])[] {
  const fault = (fact: string): UserError =>
    new UserError(fact, {
      where: '--graph',
      hint: `who reaches whom, as in --graph '1>2,2>1', or --graph none`,
    })
  if (text.trim() === 'none') return []
  return text.split(',').map((arc) => {
    const [, from = '', to = ''] = /^(\d+)>(\d+)$/.exec(arc.trim()) ?? []
    if (from === '') throw fault(`'${arc.trim()}' is no arrow between two processes`)
    const ends = [Number(from), Number(to)] as const
    if (ends.some((end) => end < 1 || end > processes)) {
      throw fault(`'${arc.trim()}' leads out of the processes 1 to ${processes}`)
    }
    if (from === to) throw fault(`'${arc.trim()}' is no message to another process`)
    return [ends[0] - 1, ends[1] - 1]
  })
}

function someLeft(option: string, failing: number, processes: number, what: string): void {
  if (failing < processes) return
  const who = option === '--traitors' ? 'loyal' : 'left'
  throw new UserError(`if ${failing} ${what}, nobody who decides is ${who}`, {
    where: option,
    hint: `at most ${processes - 1} here, or more --processes`,
  })
}

function numbers(given: Readonly<Record<string, number>>): string {
  return Object.entries(given)
    .map(([name, value]) => ` --${name} ${value}`)
    .join('')
}
