import type { RoundQuestion } from './question.ts'
import { processNames } from './question.ts'
import type { ToldMessage, ToldRound, ToldRun } from './told-run.ts'
import type { Views } from './views.ts'
import { BLANK, NOTHING } from './views.ts'

/** Longer views are cut: they grow by a factor with each round. */
const LONGEST_VIEW = 400

/**
 * What a process knows: its input, then for each round what it heard from whom, `1 | p1[0] p3 -`.
 * What it was told by others is in brackets.
 */
export function viewText(views: Views, view: number, question: RoundQuestion): string {
  const names = processNames(question)
  let left = LONGEST_VIEW
  const told = (of: number): string => {
    if (left <= 0) return '…'
    const owner = views.ownerOf(of)
    if (views.isStart(of)) {
      const input = views.inputOf(of)
      left -= 3
      return input === BLANK ? '' : String(input)
    }
    const round = roundOf(views, of)
    const before = told(views.heardFrom(of, owner))
    const heard = names.flatMap((name, q) => {
      if (q === owner || !speaksIn(question, round, q)) return []
      const part = views.heardFrom(of, q)
      left -= name.length + 3
      return [part === NOTHING ? `${name} -` : `${name}[${told(part) || 'nothing'}]`]
    })
    return [before, heard.join(' ')].filter((text) => text !== '').join(' | ')
  }
  return told(view) || 'nothing'
}

function roundOf(views: Views, view: number): number {
  let round = 0
  for (let older = view; !views.isStart(older); round++)
    older = views.heardFrom(older, views.ownerOf(older))
  return round
}

/** `p1=0 p2=1 p3 is a traitor`. */
export function startText(run: ToldRun, question: RoundQuestion): string {
  const names = processNames(question)
  const inputs = names.flatMap((name, p) =>
    run.inputs[p] === undefined ? [] : [`${name}=${run.inputs[p]}`],
  )
  const traitors = names.filter((_, p) => !run.honest[p])
  const plural = traitors.length > 1 ? 'are traitors' : 'is a traitor'
  return [
    ...(inputs.length === 0 ? [] : [inputs.join(' ')]),
    ...(traitors.length === 0 ? [] : [`${traitors.join(', ')} ${plural}`]),
  ].join(', ')
}

/** What the adversary does, a sentence for each round in which it does anything. */
export function deedTexts(run: ToldRun, question: RoundQuestion, views: Views): readonly string[] {
  const names = processNames(question)
  if (question.model === 'generals') return [messengerText(run, question.messages)]
  return run.rounds.flatMap((round, at) => {
    const before = at === 0 ? run.honest : (run.rounds[at - 1]?.counts ?? [])
    const deeds =
      question.model === 'crash'
        ? crashTexts(round, before, names)
        : question.model === 'losses' || question.model === 'graphs'
          ? lossTexts(round, names)
          : lieTexts(round, run, at, question, views)
    return deeds.length === 0 ? [] : [`round ${at + 1}: ${deeds.join('; ')}`]
  })
}

/** Messages that a traitor sends, as opposed to what loyal ones say truly. */
export function isLie({ from }: ToldMessage, run: ToldRun): boolean {
  return run.honest[from] === false
}

/** Whether a process has anything to say in a round, the first being 1. */
export function speaksIn(question: RoundQuestion, round: number, process: number): boolean {
  if (question.model === 'generals') return (round & 1) !== process
  if (question.model !== 'byzantine' || question.speaker === 'everybody') return true
  return (round === 1) === (process === 0)
}

function messengerText(run: ToldRun, messages: number): string {
  const came = run.rounds.filter((round) => round.messages.some(({ said }) => said !== undefined))
  if (came.length === messages) return 'the messenger comes through each time'
  const way = came.length === 0 ? 'on his first way' : `on way ${came.length + 1}`
  return `the messenger is caught ${way}`
}

function crashTexts(
  { counts, messages }: ToldRound,
  before: readonly boolean[],
  names: readonly string[],
): readonly string[] {
  return names.flatMap((name, p) => {
    if (before[p] !== true || counts[p] === true) return []
    const reached = messages.filter(({ from, said }) => from === p && said !== undefined)
    const whom = reached.map(({ to }) => names[to] ?? '').join(', ')
    return [`${name} crashes, reaching ${whom === '' ? 'nobody' : whom}`]
  })
}

function lossTexts({ messages }: ToldRound, names: readonly string[]): readonly string[] {
  const lost = messages.filter(({ said }) => said === undefined)
  if (lost.length === 0) return []
  return [`lost ${lost.map(({ from, to }) => `${names[from] ?? ''}>${names[to] ?? ''}`).join(' ')}`]
}

function lieTexts(
  { messages }: ToldRound,
  run: ToldRun,
  at: number,
  question: RoundQuestion,
  views: Views,
): readonly string[] {
  const names = processNames(question)
  return names.flatMap((name, p) => {
    const lies = messages.filter((message) => message.from === p && isLie(message, run))
    if (lies.length === 0 || !speaksIn(question, at + 1, p)) return []
    const told = lies.map(({ to, said }) => {
      const word = said === undefined ? 'nothing' : `[${viewText(views, said, question)}]`
      return `${names[to] ?? ''} ${word}`
    })
    return [`${name} tells ${told.join(', ')}`]
  })
}
