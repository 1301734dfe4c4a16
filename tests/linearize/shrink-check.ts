import { expect } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import type { Problem } from '../../src/core/engine.ts'
import { observes } from '../../src/core/model.ts'
import type { Random } from '../../src/core/random.ts'
import { decideBySearch } from '../../src/linearize/decide.ts'
import { shrink } from '../../src/linearize/shrink.ts'
import { isLinearizable } from '../oracle/brute-force.ts'

/** Checks what is left of an illegal problem against the definition; false if it is legal. */
export function expectSmallest(problem: Problem): boolean {
  const decision = decideBySearch(problem, new Meter())
  if (decision.outcome !== 'fail') return false
  const { problem: left, proven, minimal } = shrink(problem, decision, {})
  expect({ proven, minimal, legal: isLinearizable(left) }).toEqual({
    proven: true,
    minimal: true,
    legal: false,
  })
  left.operations.forEach((operation, index) => {
    if (!observes(left.model, operation)) return
    const operations = left.operations.toSpliced(index, 1)
    expect(isLinearizable({ ...left, operations })).toBe(true)
  })
  return true
}

/** Checks that nothing illegal can be made out of a legal problem; false if it is illegal. */
export function expectNothingLeft(random: Random, problem: Problem): boolean {
  if (!isLinearizable(problem)) return false
  const any = () => random.int(0, problem.operations.length - 1)
  const hints = { core: [any(), any(), any()], impossible: any() }
  // Every cut of a legal history is legal, so none is accepted and the proof at the end fails.
  expect(() => shrink(problem, hints, {})).toThrow('does not confirm')
  return true
}
