import type { Demand, Move, Position, RoundModel, Start } from '../round-model.ts'
import { NOTHING } from '../views.ts'
import { everyInput, unanimous } from './inputs.ts'

export interface CrashQuestion {
  readonly model: 'crash'
  readonly processes: number
  /** How many may crash, at most. */
  readonly failures: number
  readonly rounds: number
  /**
   * Whose inputs bind. `all`: if all processes start with a value, it is decided. `correct`: if all
   * that do not crash start with it, it is decided.
   */
  readonly validity: 'all' | 'correct'
}

/**
 * Synchronous rounds with crashes: in the round in which a process crashes it reaches some of the
 * others, and then nobody any more. Those that crash decide nothing.
 */
export function crashModel(question: CrashQuestion): RoundModel {
  const { processes: n, failures, rounds, validity } = question
  return {
    processes: n,
    rounds,
    // The inputs, and how many may still crash.
    notes: 2,
    starts(_, start: Start, emit) {
      start.counts.fill(1)
      start.notes[1] = failures
      everyInput(start.inputs, n, (bits) => {
        start.notes[0] = bits
        emit()
      })
    },
    moves(_, before, __, move, emit) {
      crashRound(n, before, move, emit)
    },
    demand({ views, notes }: Position): Demand {
      const binds = (p: number): boolean => validity === 'all' || views[p] !== NOTHING
      return unanimous(n, notes[0]!, binds)
    },
  }
}

function crashRound(n: number, before: Position, move: Move, emit: () => void): void {
  const { views, notes } = before
  const { heard, counts } = move
  let alive = 0
  for (let p = 0; p < n; p++) if (views[p] !== NOTHING) alive |= 1 << p
  move.notes[0] = notes[0]!
  /** Whether p crashes, and whom it reaches; then the same of those after it. */
  const decide = (p: number, left: number): void => {
    if (p === n) {
      move.notes[1] = left
      emit()
      return
    }
    counts[p] = (alive >> p) & 1
    reach(p, counts[p] === 1 ? alive : 0)
    decide(p + 1, left)
    if (counts[p] === 0 || left === 0) return
    counts[p] = 0
    const others = alive & ~(1 << p)
    for (let some = others; ; some = (some - 1) & others) {
      reach(p, some)
      decide(p + 1, left - 1)
      counts[p] = 0
      if (some === 0) return
    }
  }
  const reach = (p: number, whom: number): void => {
    for (let q = 0; q < n; q++)
      heard[q * n + p] = ((whom >> q) & 1) === 1 && q !== p ? views[p]! : NOTHING
  }
  decide(0, notes[1]!)
}
