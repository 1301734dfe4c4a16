import type { Choice, Plain, PlainState } from './plain.ts'
import { after, choicesOf, firstState, holdsIn } from './plain.ts'

/**
 * The slow, obvious search: plain values, JSON texts as keys, nothing shared with the engine.
 * States outside of `within` are generated and their invariants asked, and that is all.
 */
export interface NaiveGraph {
  readonly states: readonly PlainState[]
  /** The level of each state, 1 for the initial ones. */
  readonly levels: readonly number[]
  readonly initial: readonly number[]
  /** All steps, idle ones too; `to` is -1 where the step leaves what is `within`. */
  readonly edges: readonly NaiveEdge[]
  readonly generated: number
  readonly depth: number
  /** Numbers of the invariants that are false somewhere, and the level at which they first are. */
  readonly falseInvariants: ReadonlyMap<number, number>
  readonly deadlocks: readonly number[]
  readonly never: readonly number[]
}
export interface NaiveEdge {
  readonly from: number
  readonly to: number
  readonly action: number
  readonly choice: Choice
}

/** `undefined` when there are more than `most` states. */
export function naiveSearch(plain: Plain, most = Infinity): NaiveGraph | undefined {
  const numbers = new Map<string, number>()
  const states: PlainState[] = []
  const levels: number[] = []
  const edges: NaiveEdge[] = []
  const falseInvariants = new Map<number, number>()
  const deadlocks: number[] = []
  let generated = 0

  const reach = (state: PlainState, level: number): number => {
    generated++
    const key = JSON.stringify(state)
    const known = numbers.get(key)
    if (known !== undefined) return known
    for (const [index, { ranges, holds }] of plain.invariants.entries()) {
      const choices = choicesOf(plain, ranges, state)
      const fails = choices.some((choice) => !holdsIn(plain, holds, state, choice))
      if (fails && !falseInvariants.has(index)) falseInvariants.set(index, level)
    }
    if (plain.within !== null && !holdsIn(plain, plain.within, state)) return -1
    numbers.set(key, states.length)
    levels.push(level)
    return states.push(state) - 1
  }

  const first = firstState(plain)
  if (plain.init.length === 0) reach(first, 1)
  for (const { ranges, when, then } of plain.init)
    for (const choice of choicesOf(plain, ranges, first))
      if (holdsIn(plain, when, first, choice)) reach(after(plain, then, first, choice), 1)
  const initial = states.map((_, number) => number)

  for (let from = 0; from < states.length; from++) {
    if (states.length > most) return undefined
    const state = states[from]!
    const before = edges.length
    for (const [action, { ranges, when, then }] of plain.actions.entries())
      for (const choice of choicesOf(plain, ranges, state)) {
        if (!holdsIn(plain, when, state, choice)) continue
        const to = reach(after(plain, then, state, choice), levels[from]! + 1)
        edges.push({ from, to, action, choice })
      }
    const ends =
      plain.ends !== 'nowhere' && (plain.ends === 'anywhere' || holdsIn(plain, plain.ends, state))
    if (edges.length === before && !ends) deadlocks.push(from)
  }
  const never = [...plain.sometimes.keys()].filter(
    (claim) => !states.some((state) => holdsIn(plain, plain.sometimes[claim]!, state)),
  )
  const depth = levels.at(-1) ?? 0
  return { states, levels, initial, edges, generated, depth, falseInvariants, deadlocks, never }
}
