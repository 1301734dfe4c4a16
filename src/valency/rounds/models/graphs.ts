import type { Demand, Position, RoundModel } from '../round-model.ts'
import { NOTHING } from '../views.ts'
import { everyInput, unanimous } from './inputs.ts'

/**
 * When a decision is bound. `all`: if all start with a value, it is decided. `attack`: 1 only if
 * all start with it and every message arrives, 0 if all start with 0 (the coordinated attack).
 */
export type Binding = 'all' | 'attack'

export interface LossesQuestion {
  readonly model: 'losses'
  readonly processes: number
  readonly rounds: number
  /** How many messages may be lost in a round, at most. */
  readonly perRound: number
  /** How many in all. Absent: as many as `perRound` allows. */
  readonly total?: number
  readonly validity: Binding
}

export interface GraphsQuestion {
  readonly model: 'graphs'
  readonly processes: number
  readonly rounds: number
  /** What can arrive in a round: each a list of `[from, to]`. */
  readonly graphs: readonly (readonly (readonly [from: number, to: number])[])[]
  readonly validity: Binding
}

/** Nobody fails, but messages are lost (Santoro & Widmayer 1989). */
export function lossesModel(question: LossesQuestion): RoundModel {
  const { processes: n, rounds, perRound, total, validity } = question
  const arcs = arcsOf(n)
  const masks: number[] = []
  for (let lost = 0; lost < 1 << arcs.length; lost++) if (ones(lost) <= perRound) masks.push(lost)
  return network(n, rounds, validity, arcs, masks, total ?? perRound * rounds)
}

/** In each round one of some graphs says who reaches whom (an oblivious message adversary). */
export function graphsModel(question: GraphsQuestion): RoundModel {
  const { processes: n, rounds, graphs, validity } = question
  const arcs = arcsOf(n)
  const all = 2 ** arcs.length - 1
  const masks = graphs.map((graph) =>
    graph.reduce(
      (lost, [from, to]) => lost & ~(1 << arcs.findIndex(([q, p]) => q === from && p === to)),
      all,
    ),
  )
  return network(n, rounds, validity, arcs, [...new Set(masks)], Infinity)
}

type Arc = readonly [from: number, to: number]

/** Bit a of a mask is arc a. */
function arcsOf(n: number): readonly Arc[] {
  const processes = Array.from({ length: n }, (_, p) => p)
  return processes.flatMap((q) => processes.filter((p) => p !== q).map((p): Arc => [q, p]))
}

/** Notes: the inputs, how many messages were lost so far. */
function network(
  n: number,
  rounds: number,
  validity: Binding,
  arcs: readonly Arc[],
  masks: readonly number[],
  total: number,
): RoundModel {
  const bound = Number.isFinite(total)
  return {
    processes: n,
    rounds,
    notes: 2,
    starts(_, start, emit) {
      start.counts.fill(1)
      start.notes[1] = 0
      everyInput(start.inputs, n, (bits) => {
        start.notes[0] = bits
        emit()
      })
    },
    moves(_, { views, notes }, __, move, emit) {
      const { heard } = move
      move.counts.fill(1)
      move.notes[0] = notes[0]!
      for (const lost of masks) {
        const sum = notes[1]! + ones(lost)
        if (bound && sum > total) continue
        // Only whether any was lost matters where their number is not bound.
        move.notes[1] = bound ? sum : Math.min(1, sum)
        heard.fill(NOTHING)
        for (let arc = 0; arc < arcs.length; arc++) {
          const [q, p] = arcs[arc]!
          if (((lost >> arc) & 1) === 0) heard[p * n + q] = views[q]!
        }
        emit()
      }
    },
    demand({ notes }: Position): Demand {
      const asked = unanimous(n, notes[0]!, () => true)
      return validity === 'attack' && asked === 1 && notes[1]! > 0 ? undefined : asked
    },
  }
}

function ones(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}
