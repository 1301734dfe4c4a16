/**
 * The argument of Herlihy (1991, Wait-free synchronization, theorems 2 and 15), executed. Any
 * wait-free consensus protocol gets into a configuration in which the next step of each process
 * decides what comes out, and then all are about to access the same object. What can be told
 * afterwards depends on how two operations on it interfere, in whatever state it is:
 *
 * - `unseen`: they commute and neither caller learns which was first, or one of the two callers
 *   cannot tell whether the other one was there before. If that is so for all operations in all
 *   states, then two processes cannot agree.
 * - `unseen by others`: they commute, or one wipes out what the other one did. The callers may know
 *   the order, but a third process does not. If there is nothing else, three cannot agree.
 * - `seen`: the argument says nothing.
 */
import type { TypeTable } from './type-table.ts'

export type Interference = 'unseen' | 'unseen by others' | 'seen'

/** Two operations in a state; numbers are those of the table. */
export interface CriticalStep {
  readonly state: number
  readonly first: number
  readonly second: number
}

export interface CriticalSteps {
  /** How many pairs of operations, also with themselves, in all states. */
  readonly pairs: number
  readonly counts: Readonly<Record<Interference, number>>
  /** No more processes than this can agree by the argument; `undefined` if it says nothing. */
  readonly atMost: 1 | 2 | undefined
  /** The first pair that is more than `unseen`, and the first that is `seen`. */
  readonly told: CriticalStep | undefined
  readonly seen: CriticalStep | undefined
}

/** Tries every pair of operations in every state. The type must be deterministic. */
export function criticalSteps(table: TypeTable): CriticalSteps {
  const counts = { unseen: 0, 'unseen by others': 0, seen: 0 }
  const operations = table.operations.length
  let pairs = 0
  let told: CriticalStep | undefined
  let seen: CriticalStep | undefined
  for (let state = 0; state < table.states.length; state++) {
    for (let first = 0; first < operations; first++) {
      for (let second = first; second < operations; second++) {
        const kind = interference(table, state, first, second)
        pairs++
        counts[kind]++
        if (kind !== 'unseen') told ??= { state, first, second }
        if (kind === 'seen') seen ??= { state, first, second }
      }
    }
  }
  // Of a nondeterministic type the table has one outcome only.
  const known = table.nondeterministic === undefined
  const atMost = !known || counts.seen > 0 ? undefined : counts['unseen by others'] > 0 ? 2 : 1
  return { pairs, counts, atMost, told, seen }
}

/** How two operations interfere in one state. */
export function interference(
  { next, response, operations }: TypeTable,
  state: number,
  first: number,
  second: number,
): Interference {
  const at = (from: number, operation: number): number => from * operations.length + operation
  const after = (from: number, operation: number): number =>
    from < 0 ? from : next[at(from, operation)]!
  const told = (from: number, operation: number): number => response[at(from, operation)]!
  const afterFirst = after(state, first)
  const afterSecond = after(state, second)
  const both = after(afterFirst, second)
  const reverse = after(afterSecond, first)
  // Outside of the table nothing is known. An incomplete one has such steps.
  if (Math.min(both, reverse) < 0) return 'seen'
  const secondIsBlind = told(afterFirst, second) === told(state, second)
  const firstIsBlind = told(afterSecond, first) === told(state, first)
  const commute = both === reverse
  const secondWipes = both === afterSecond
  const firstWipes = reverse === afterFirst
  if (commute && firstIsBlind && secondIsBlind) return 'unseen'
  if ((secondWipes && secondIsBlind) || (firstWipes && firstIsBlind)) return 'unseen'
  return commute || secondWipes || firstWipes ? 'unseen by others' : 'seen'
}
