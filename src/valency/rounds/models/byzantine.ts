import type { Demand, Move, Position, RoundModel } from '../round-model.ts'
import type { Views } from '../views.ts'
import { BLANK, NOTHING } from '../views.ts'
import { unanimous } from './inputs.ts'

export interface ByzantineQuestion {
  readonly model: 'byzantine'
  readonly processes: number
  /** How many are traitors: these may say anything to anybody. */
  readonly traitors: number
  readonly rounds: number
  /**
   * `commander`: process 0 gives an order in the first round, then the lieutenants tell each other
   * what they know; those that are loyal follow a loyal commander. `everybody`: all have an input,
   * and what all loyal ones start with is decided.
   */
  readonly speaker: 'commander' | 'everybody'
  /**
   * Signed messages cannot be made up: traitors pass on or keep back what loyal ones said.
   */
  readonly signed: boolean
}

/** Byzantine generals (Pease, Shostak & Lamport 1980; Lamport, Shostak & Pease 1982). */
export function byzantineModel(question: ByzantineQuestion): RoundModel {
  const { processes: n, rounds, speaker } = question
  const ordered = speaker === 'commander'
  const speaks = (round: number, p: number): boolean => !ordered || (round === 1) === (p === 0)
  const forged = forgeries(question, speaks)
  return {
    processes: n,
    rounds,
    // The traitors, and the inputs of the loyal.
    notes: 2,
    starts(_, start, emit) {
      for (const traitors of subsets(n, question.traitors)) {
        const withInput = (ordered ? 1 : (1 << n) - 1) & ~traitors
        start.notes[0] = traitors
        for (let p = 0; p < n; p++) start.counts[p] = 1 - ((traitors >> p) & 1)
        for (let bits = withInput; ; bits = (bits - 1) & withInput) {
          start.notes[1] = bits
          for (let p = 0; p < n; p++)
            start.inputs[p] = ((withInput >> p) & 1) === 1 ? (bits >> p) & 1 : BLANK
          emit()
          if (bits === 0) break
        }
      }
    },
    moves(round, before, views, move, emit) {
      const [traitors, bits] = [before.notes[0]!, before.notes[1]!]
      move.notes[0] = traitors
      move.notes[1] = bits
      move.heard.fill(NOTHING)
      for (let p = 0; p < n; p++) {
        // A commander has said all, and decides nothing.
        move.counts[p] = before.views[p] === NOTHING || (ordered && p === 0) ? 0 : 1
        for (let q = 0; q < n; q++)
          if (q !== p && speaks(round, q)) move.heard[p * n + q] = before.views[q]!
      }
      const lies: Lies = { slots: [], words: [] }
      for (let t = 0; t < n; t++) {
        if (((traitors >> t) & 1) === 0 || !speaks(round, t)) continue
        const words = forged(t, round - 1, before, views)
        for (let p = 0; p < n; p++) {
          if (move.counts[p] === 0) continue
          lies.slots.push(p * n + t)
          lies.words.push(words)
        }
      }
      everyLie(lies, 0, move, emit)
    },
    demand({ notes }: Position): Demand {
      const [traitors, bits] = [notes[0]!, notes[1]!]
      if (ordered) return (traitors & 1) === 1 ? undefined : ((bits & 1) as 0 | 1)
      return unanimous(n, bits, (p) => ((traitors >> p) & 1) === 0)
    },
  }
}

/** Each traitor has something to say to each loyal process. */
interface Lies {
  readonly slots: number[]
  readonly words: (readonly number[])[]
}

function everyLie({ slots, words }: Lies, at: number, move: Move, emit: () => void): void {
  if (at === slots.length) {
    emit()
    return
  }
  for (const word of words[at]!) {
    move.heard[slots[at]!] = word
    everyLie({ slots, words }, at + 1, move, emit)
  }
}

type Forge = (traitor: number, rounds: number, before: Position, views: Views) => readonly number[]

/** What a traitor can pretend to know after so many rounds. */
function forgeries(
  { processes: n, speaker, signed }: ByzantineQuestion,
  speaks: (round: number, process: number) => boolean,
): Forge {
  const known = new Map<number, readonly number[]>()
  const begin = (p: number, views: Views): readonly number[] =>
    speaker === 'commander' && p > 0
      ? [views.start(p, BLANK)]
      : [views.start(p, 0), views.start(p, 1)]

  /** All that could be said at all. */
  const anything: Forge = (p, rounds, before, views) => {
    const key = rounds * n + p
    const there = known.get(key)
    if (there !== undefined) return there
    const all =
      rounds === 0
        ? begin(p, views)
        : combined(p, rounds, before, views, anything, (q) =>
            anything(q, rounds - 1, before, views),
          )
    known.set(key, all)
    return all
  }

  /** Views of loyal processes are their own, or not shown. */
  const shown: Forge = (p, rounds, before, views) => {
    const said: number[] = [NOTHING]
    const pretended = (): readonly number[] =>
      rounds === 0
        ? begin(p, views)
        : combined(p, rounds, before, views, shownWith, (q) => shown(q, rounds - 1, before, views))
    if (((before.notes[0]! >> p) & 1) === 1) said.push(...pretended())
    else said.push(authentic(p, rounds, before, views))
    return said
  }
  const shownWith: Forge = (p, rounds, before, views) =>
    shown(p, rounds, before, views).filter((view) => view !== NOTHING)

  const combined = (
    p: number,
    rounds: number,
    before: Position,
    views: Views,
    own: Forge,
    from: (q: number) => readonly number[],
  ): readonly number[] => {
    const heard = new Int32Array(n).fill(NOTHING)
    const all: number[] = []
    const fill = (q: number, mine: number): void => {
      if (q === n) all.push(views.next(p, mine, heard, 0))
      else if (q === p || !speaks(rounds, q)) fill(q + 1, mine)
      else {
        for (const word of from(q)) {
          heard[q] = word
          fill(q + 1, mine)
        }
        heard[q] = NOTHING
      }
    }
    for (const mine of own(p, rounds - 1, before, views)) fill(0, mine)
    return all
  }
  return signed ? shown : anything
}

/** What a loyal process knew after so many rounds: what it told everybody then. */
function authentic(
  p: number,
  rounds: number,
  { views: now, notes }: Position,
  views: Views,
): number {
  // A loyal commander is no longer there after the first round.
  if (now[p] === NOTHING) return views.start(p, (notes[1]! >> p) & 1)
  let view = now[p]!
  let depth = 0
  for (let older = view; !views.isStart(older); older = views.heardFrom(older, p)) depth++
  for (; depth > rounds; depth--) view = views.heardFrom(view, p)
  return view
}

/** Sets of so many of n processes, as bits. */
function subsets(n: number, size: number): readonly number[] {
  const all: number[] = []
  for (let bits = 0; bits < 1 << n; bits++) {
    let count = 0
    for (let p = 0; p < n; p++) count += (bits >> p) & 1
    if (count === size) all.push(bits)
  }
  return all
}
