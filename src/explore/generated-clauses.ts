import type { LoopText } from './generated-loops.ts'
import { parametersSeen } from './generated-loops.ts'
import type { OpenClause, OpenStep } from './model-steps.ts'

/** How a guard is asked, and after how many parameters. */
export function guardOf(step: OpenStep, text: LoopText) {
  if (step.when === undefined) return undefined
  return {
    test: text.constant('when', step.when),
    parameters: parametersSeen(step.when, step.ranges.length),
  }
}

/** Many slots are copied faster by the machine's own loop. */
const MOST_UNROLLED = 48

/** Makes the slots of `b` those of `a`. */
export function copyText(slots: number): string {
  if (slots > MOST_UNROLLED) return 'b.set(a)'
  return Array.from({ length: slots }, (_, slot) => `b[${slot}] = a[${slot}]`).join('; ')
}

/** A function that tells whether a claim holds for all choices in a state. */
export function clauseText(
  name: string,
  clause: OpenClause,
  text: LoopText,
  state: string,
): string {
  const holds = text.constant('holds', clause.holds)
  const seen = parametersSeen(clause.holds, clause.ranges.length)
  const test = `!${holds}`
  return [
    `function ${name}() {`,
    'let all = true',
    text.loops(clause.ranges, state, { test, parameters: seen }, () => 'all = false'),
    'return all',
    '}',
  ].join('\n')
}
