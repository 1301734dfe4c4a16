import { counted } from '../core/wording.ts'
import type { AlgorithmQuestion, AttackedCase } from '../valency/rounds/algorithms/attacked.ts'
import { generalName } from '../valency/rounds/algorithms/generals.ts'
import type { RoundQuestion } from '../valency/rounds/question.ts'
import { processNames } from '../valency/rounds/question.ts'
import { deedTexts, startText, viewText } from '../valency/rounds/run-text.ts'
import type { RoundAnswer } from '../valency/rounds/solve.ts'
import type { ToldRun } from '../valency/rounds/told-run.ts'
import { toldRun } from '../valency/rounds/told-run.ts'
import { NOTHING } from '../valency/rounds/views.ts'

/** One run of a chain, and who cannot tell it from the next. */
export interface ChainRun {
  readonly run: ToldRun
  readonly start: string
  readonly deeds: readonly string[]
  readonly demand: 0 | 1 | undefined
  readonly blind?: { readonly process: number; readonly name: string; readonly view: string }
}

/** The chain of an answer in words; empty where something can be decided. */
export function chainRuns({ question, graph, chain }: RoundAnswer): readonly ChainRun[] {
  if (graph === undefined || chain === undefined) return []
  const { rounds, demandOf } = graph
  const names = processNames(question)
  return chain.runs.map((end, at) => {
    const run = toldRun(rounds, end)
    const demand = demandOf[end]
    const shared = chain.shared[at]
    return {
      run,
      start: startText(run, question),
      deeds: deedTexts(run, question, rounds.views),
      demand: demand === 0 || demand === 1 ? demand : undefined,
      ...(shared === undefined
        ? {}
        : {
            blind: {
              process: rounds.views.ownerOf(shared),
              name: names[rounds.views.ownerOf(shared)] ?? '',
              view: viewText(rounds.views, shared, question),
            },
          }),
    }
  })
}

/** The first views that somebody can have at the end, and what is decided on them. */
export function decidedViews(
  { question, graph, rule }: RoundAnswer,
  most: number,
): readonly (readonly [who: string, view: string, decision: number])[] {
  if (graph === undefined || rule === undefined) return []
  const names = processNames(question)
  const { views } = graph.rounds
  const found: [string, string, number][] = []
  for (let view = 0; view < views.count && found.length < most; view++) {
    const decision = rule.decisions[view] ?? NOTHING
    if (decision === NOTHING) continue
    found.push([names[views.ownerOf(view)] ?? '', viewText(views, view, question), decision])
  }
  return found
}

/** The question as a phrase: `3 processes, at most 1 crashes, 2 rounds`. */
export function questionText(question: RoundQuestion): string {
  switch (question.model) {
    case 'crash': {
      const { processes, failures, rounds, validity } = question
      const whose = validity === 'all' ? [] : ['the inputs of those that do not crash bind']
      return phrase(people(processes), crashes(failures), counted(rounds, 'round'), ...whose)
    }
    case 'losses': {
      const { processes, rounds, perRound, total, validity } = question
      const all = total === undefined ? '' : ` and ${total} in all`
      const lost = `at most ${counted(perRound, 'message')} lost in a round${all}`
      return phrase(people(processes), lost, counted(rounds, 'round'), ...attackText(validity))
    }
    case 'graphs': {
      const { processes, rounds, graphs, validity } = question
      const each = `one of ${counted(graphs.length, 'graph')} in each round`
      return phrase(people(processes), each, counted(rounds, 'round'), ...attackText(validity))
    }
    case 'generals':
      return `two generals, ${counted(question.messages, 'message')} at most`
    case 'byzantine': {
      const { processes, traitors, rounds, speaker, signed } = question
      const who =
        speaker === 'commander' ? `${processes} generals with their commander` : people(processes)
      const how = signed ? 'signed messages' : 'oral messages'
      return phrase(who, traitorCount(traitors), how, counted(rounds, 'round'))
    }
    case 'glued': {
      const { processes, traitors, rounds } = question
      const how = 'any oral messages'
      return phrase(people(processes), traitorCount(traitors), how, counted(rounds, 'round'))
    }
  }
}

export function algorithmText(question: AlgorithmQuestion): string {
  if (question.algorithm === 'flood-set') {
    const { processes, failures, rounds } = question
    return phrase('FloodSet', people(processes), crashes(failures), counted(rounds, 'round'))
  }
  const { algorithm, processes, traitors, relays } = question
  const name = algorithm === 'oral-messages' ? 'OM' : 'SM'
  return phrase(`${name}(${relays})`, `${processes} generals`, traitorCount(traitors))
}

/** `C and L1 are traitors`. */
export function caseText({ traitors }: AttackedCase): string {
  if (traitors.length === 0) return 'all crashes'
  const names = traitors.map(generalName)
  return `${names.join(' and ')} ${names.length === 1 ? 'is a traitor' : 'are traitors'}`
}

function phrase(...parts: readonly string[]): string {
  return parts.join(', ')
}

function people(processes: number): string {
  return counted(processes, 'process', 'processes')
}

function crashes(failures: number): string {
  return `at most ${failures} ${failures === 1 ? 'crashes' : 'crash'}`
}

function traitorCount(traitors: number): string {
  return counted(traitors, 'traitor')
}

function attackText(validity: 'all' | 'attack'): readonly string[] {
  return validity === 'all' ? [] : ['1 is demanded only if all arrives']
}
