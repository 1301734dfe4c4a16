import type { Rounds } from './explore-rounds.ts'
import { RoundWork } from './explore-rounds.ts'
import { BLANK, NOTHING } from './views.ts'

/** A run as it happened. Processes are numbers from 0. */
export interface ToldRun {
  /** `undefined` for those without an input, traitors among them. */
  readonly inputs: readonly (0 | 1 | undefined)[]
  /** Those that count from the beginning: not the traitors. */
  readonly honest: readonly boolean[]
  readonly rounds: readonly ToldRound[]
  /** Everybody's view at the end, `undefined` of those that decide nothing. */
  readonly views: readonly (number | undefined)[]
}

export interface ToldRound {
  /** Who counts after the round. */
  readonly counts: readonly boolean[]
  readonly messages: readonly ToldMessage[]
}

/** What p was told by q in a round: a view, `undefined` if nothing arrived. */
export interface ToldMessage {
  readonly from: number
  readonly to: number
  readonly said: number | undefined
  /** What the sender truly knew; `undefined` of those that do not count. */
  readonly truth: number | undefined
}

/** Finds a run that ends in this position, by taking its moves once more. */
export function toldRun({ model, views, layers }: Rounds, end: number): ToldRun {
  const path = [end]
  for (let round = model.rounds; round > 0; round--) path.unshift(layers[round]!.parents[path[0]!]!)
  const work = new RoundWork(model, views)
  const n = model.processes
  const everybody = Array.from({ length: n }, (_, p) => p)
  let begin: Pick<ToldRun, 'inputs' | 'honest'> | undefined
  model.starts(views, work.start, () => {
    if (begin !== undefined || layers[0]!.find(work.started()) !== path[0]) return
    const { inputs, counts } = work.start
    begin = {
      honest: everybody.map((p) => counts[p] === 1),
      inputs: everybody.map((p) =>
        counts[p] === 1 && inputs[p] !== BLANK ? (inputs[p] as 0 | 1) : undefined,
      ),
    }
  })
  if (begin === undefined) throw new Error('no start leads to the first position')
  const rounds = path.slice(1).map((after, at): ToldRound => {
    let told: ToldRound | undefined
    work.load(layers[at]!, path[at]!)
    model.moves(at + 1, work.before, views, work.move, () => {
      if (told !== undefined || layers[at + 1]!.find(work.moved()) !== after) return
      const { heard, counts } = work.move
      told = {
        counts: everybody.map((p) => counts[p] === 1),
        messages: everybody.flatMap((to) =>
          everybody
            .filter((from) => from !== to && counts[to] === 1)
            .map((from) => ({
              from,
              to,
              said: known(heard[to * n + from]!),
              truth: known(work.before.views[from]!),
            })),
        ),
      }
    })
    if (told === undefined) throw new Error('no move leads to the next position')
    return told
  })
  const last = layers[model.rounds]!
  const base = end * (n + model.notes)
  return { ...begin, rounds, views: everybody.map((p) => known(last.states[base + p]!)) }
}

function known(view: number): number | undefined {
  return view === NOTHING ? undefined : view
}
