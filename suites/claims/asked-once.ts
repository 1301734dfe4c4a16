import type { Question } from './check.ts'

/** A question on which several claims rest: its answer is found once. */
export function askedOnce(asked: Question): Question {
  let found: ReturnType<Question['find']> | undefined
  return { ...asked, find: (budget) => (found ??= asked.find(budget)) }
}
