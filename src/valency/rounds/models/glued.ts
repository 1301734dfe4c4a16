import type { Demand, RoundModel } from '../round-model.ts'
import type { Views } from '../views.ts'
import { NOTHING } from '../views.ts'

export interface GluedQuestion {
  readonly model: 'glued'
  readonly processes: number
  /** At least a third of them. */
  readonly traitors: number
  readonly rounds: number
}

/**
 * Three runs that settle n <= 3f without signatures, whatever is said and for however many rounds
 * (Fischer, Lynch & Merritt 1986). Two copies of the system are glued into a ring: the processes
 * are three groups A, B and C of at most f; copy 0 starts with 0, copy 1 with 1, and A and C hear
 * each other across the copies. In each run a group of traitors acts towards everybody as its two
 * copies in the ring do towards their neighbours, so the others know what they would in the ring:
 * B and C of copy 0, or C of copy 0 and A of copy 1, or A and B of copy 1.
 */
export function gluedModel({ processes: n, rounds }: GluedQuestion): RoundModel {
  const group = (p: number): number => Math.floor((p * 3) / n)
  /** In which copy somebody of copy `copy` in the group of p hears q. */
  const across = (p: number, q: number, copy: number): number =>
    Math.abs(group(p) - group(q)) === 2 ? 1 - copy : copy
  let ring: readonly Int32Array[] = []
  return {
    processes: n,
    rounds,
    // Which of the three runs.
    notes: 1,
    starts(views, start, emit) {
      ring = ringViews(n, rounds, views, across)
      for (let run = 0; run < 3; run++) {
        start.notes[0] = run
        for (let p = 0; p < n; p++) {
          start.counts[p] = group(p) === run ? 0 : 1
          start.inputs[p] = copyIn(run, group(p))
        }
        emit()
      }
    },
    moves(round, before, _, move, emit) {
      const run = before.notes[0]!
      move.notes[0] = run
      const pretended = ring[round - 1]!
      for (let p = 0; p < n; p++) {
        move.counts[p] = group(p) === run ? 0 : 1
        for (let q = 0; q < n; q++) {
          const as = pretended[across(p, q, copyIn(run, group(p))) * n + q]!
          const said = group(q) === run ? as : before.views[q]!
          move.heard[p * n + q] = p === q ? NOTHING : said
        }
      }
      emit()
    },
    demand: ({ notes }): Demand => ([0, undefined, 1] as const)[notes[0]!],
  }
}

/** The copy that a loyal group plays in a run: traitors are A, then B, then C. */
function copyIn(run: number, group: number): number {
  return run === 2 || (run === 1 && group === 0) ? 1 : 0
}

/** What all of both copies know after each round: process p of copy c at `c * n + p`. */
function ringViews(
  n: number,
  rounds: number,
  views: Views,
  across: (p: number, q: number, copy: number) => number,
): readonly Int32Array[] {
  const first = Int32Array.from({ length: 2 * n }, (_, at) => views.start(at % n, at < n ? 0 : 1))
  const all = [first]
  const heard = new Int32Array(n)
  for (let round = 1; round <= rounds; round++) {
    const before = all[round - 1]!
    all.push(
      before.map((own, at) => {
        const p = at % n
        for (let q = 0; q < n; q++) heard[q] = before[across(p, q, at < n ? 0 : 1) * n + q]!
        return views.next(p, own, heard, 0)
      }),
    )
  }
  return all
}
