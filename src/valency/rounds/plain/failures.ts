import type { CrashQuestion } from '../models/crash.ts'
import type { GraphsQuestion, LossesQuestion } from '../models/graphs.ts'
import type { MessengerQuestion } from '../models/messenger.ts'
import type { Knowledge, PlainRun } from './knowledge.ts'
import { BITS, choices, same, sets, upTo } from './knowledge.ts'

interface Crash {
  readonly process: number
  readonly round: number
  readonly reached: readonly number[]
}

/** Plans first: who crashes, when, and whom it reaches. Then each is played. */
export function* crashRuns(
  { processes: n, failures, rounds, validity }: CrashQuestion,
  knowledge: Knowledge,
): Generator<PlainRun> {
  const everybody = upTo(n)
  for (const plan of plansFor(everybody, failures, rounds)) {
    const crashOf = (p: number): Crash | undefined => plan.find(({ process }) => process === p)
    for (const inputs of choices(everybody.map(() => BITS))) {
      let known: (number | undefined)[] = everybody.map((p) => knowledge.input(p, inputs[p]))
      for (let round = 1; round <= rounds; round++) {
        const arrives = (q: number, p: number): boolean => {
          const crash = crashOf(q)
          if (crash === undefined || crash.round > round) return true
          return crash.round === round && crash.reached.includes(p)
        }
        const before = known
        known = everybody.map((p) => {
          const crash = crashOf(p)
          if (crash !== undefined && crash.round <= round) return undefined
          const heard = everybody.map((q) => (q === p || arrives(q, p) ? before[q] : undefined))
          return knowledge.after(p, heard)
        })
      }
      const bound = inputs.filter((_, p) => validity === 'all' || crashOf(p) === undefined)
      yield { known, demand: same(bound) }
    }
  }
}

/** Who is dead is not reached, so that no plan is there twice. */
function* plansFor(
  processes: readonly number[],
  failures: number,
  rounds: number,
): Generator<readonly Crash[]> {
  for (const crashing of sets(processes)) {
    if (crashing.length > failures) continue
    for (const when of choices(crashing.map(() => upTo(rounds)))) {
      const places = crashing.map((process, at) => {
        const round = (when[at] ?? 0) + 1
        const dead = (p: number): boolean => {
          const other = crashing.indexOf(p)
          return other >= 0 && (when[other] ?? 0) + 1 < round
        }
        const alive = processes.filter((p) => p !== process && !dead(p))
        return sets(alive).map((reached): Crash => ({ process, round, reached }))
      })
      yield* choices(places)
    }
  }
}

type Arc = readonly [from: number, to: number]

/** In each round some messages arrive, and no other ones. */
export function* lossRuns(
  question: LossesQuestion | GraphsQuestion,
  knowledge: Knowledge,
): Generator<PlainRun> {
  const { processes: n, rounds, validity } = question
  const everybody = upTo(n)
  const arcs = everybody
    .flatMap((q) => everybody.map((p): Arc => [q, p]))
    .filter(([q, p]) => q !== p)
  const graphs =
    question.model === 'graphs'
      ? distinct(question.graphs)
      : sets(upTo(arcs.length))
          .filter((lost) => lost.length <= question.perRound)
          .map((lost) => arcs.filter((_, at) => !lost.includes(at)))
  const most = question.model === 'graphs' ? Infinity : (question.total ?? Infinity)
  for (const inputs of choices(everybody.map(() => BITS))) {
    for (const played of choices(upTo(rounds).map(() => graphs))) {
      const lost = played.reduce((sum, graph) => sum + arcs.length - graph.length, 0)
      if (lost > most) continue
      let known = everybody.map((p) => knowledge.input(p, inputs[p]))
      for (const graph of played) {
        const before = known
        known = everybody.map((p) =>
          knowledge.after(
            p,
            everybody.map((q) =>
              q === p || graph.some(([from, to]) => from === q && to === p) ? before[q] : undefined,
            ),
          ),
        )
      }
      const all = same(inputs)
      yield { known, demand: validity === 'attack' && all === 1 && lost > 0 ? undefined : all }
    }
  }
}

/** Graphs as lists without repetition, each once. */
function distinct(graphs: GraphsQuestion['graphs']): readonly (readonly Arc[])[] {
  const key = (graph: readonly Arc[]): string => [...new Set(graph.map(String))].sort().join(' ')
  return [
    ...new Map(
      graphs.map((graph) => [
        key(graph),
        [...new Map(graph.map((arc) => [String(arc), arc])).values()],
      ]),
    ).values(),
  ]
}

/** The messenger comes through so many times. */
export function* messengerRuns(
  { messages }: MessengerQuestion,
  knowledge: Knowledge,
): Generator<PlainRun> {
  for (let came = 0; came <= messages; came++) {
    let a = knowledge.input(0, undefined)
    let b = knowledge.input(1, undefined)
    for (let way = 1; way <= messages; way++) {
      const [before, there] = [a, b]
      const through = way <= came
      a = knowledge.after(0, [before, through && way % 2 === 0 ? there : undefined])
      b = knowledge.after(1, [through && way % 2 === 1 ? before : undefined, there])
    }
    yield { known: [a, b], demand: came === 0 ? 0 : came === messages ? 1 : undefined }
  }
}
