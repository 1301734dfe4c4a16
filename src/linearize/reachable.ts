import type { Transitions } from './transitions.ts'
import { IMPOSSIBLE } from './transitions.ts'

/**
 * A quick look before the search: the states that any operations in any order could lead to. A
 * class that is impossible in all of them is a contradiction by itself, such as a read of what
 * nobody wrote, and would otherwise be found only when every order has been tried.
 *
 * @returns the class, or -1 if there is none or if more than `limit` steps would be needed
 */
export function impossibleClass(transitions: Transitions, limit: number): number {
  // What has no known outcome may just as well not have happened.
  const possible = transitions.unknown.slice()
  // Mostly each class is possible soon, and then it is not worthwhile to try it in every state.
  const doubtful = explore(transitions, possible, limit, true)
  return doubtful === -1 ? -1 : explore(transitions, possible, limit, false)
}

/**
 * Marks the classes that are possible somewhere, and answers with one that is not. If `hasty`,
 * those that are marked are not tried again, so that there may be more states than are seen.
 */
function explore(
  transitions: Transitions,
  possible: Uint8Array,
  limit: number,
  hasty: boolean,
): number {
  const { classes, initial } = transitions
  const states = [initial]
  const known = new Set(states)
  const add = (state: number): void => {
    if (known.has(state)) return
    known.add(state)
    states.push(state)
  }
  for (let at = 0; at < states.length; at++) {
    // Objects with more states than values that were ever named have no end of them.
    if (states.length > classes + 2 || states.length * classes > limit) return -1
    for (let classId = 0; classId < classes; classId++) {
      if (hasty && possible[classId] === 1) continue
      const answer = transitions.next(states[at]!, classId)
      if (answer === IMPOSSIBLE) continue
      possible[classId] = 1
      if (answer >= 0) add(answer)
      else transitions.outcomes(answer).forEach(add)
    }
  }
  return possible.indexOf(0)
}
