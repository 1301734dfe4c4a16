import { expect } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import type { Decision, Engine, Problem } from '../../src/core/engine.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { faultIn } from '../oracle/replay.ts'

/** How often an engine answered what. */
export interface Tally {
  pass: number
  fail: number
  /** 'Not for me'. */
  undecided: number
}

/** Everything that a decision claims, checked against the definition. */
export function expectExact(problem: Problem, decision: Decision | undefined): void {
  if (decision === undefined) return
  const story = () => JSON.stringify({ problem, decision }, (_, v: unknown) => (v === Infinity ? 'never' : v))
  const legal = isLinearizable(problem)
  if (decision.outcome !== (legal ? 'pass' : 'fail')) expect.fail(`it is ${String(legal)}: ${story()}`)
  if (decision.outcome === 'pass') {
    const fault = faultIn(decision.order, problem)
    if (fault !== undefined) expect.fail(`${fault}: ${story()}`)
    return
  }
  if (decision.outcome !== 'fail') return
  if (decision.reason === '') expect.fail(`no reason: ${story()}`)
  if (/undefined|NaN/.test(decision.reason)) expect.fail(`a bad reason: ${story()}`)
  const operations = decision.core.map((index) => problem.operations[index]!)
  if (isLinearizable({ ...problem, operations })) expect.fail(`the core is legal: ${story()}`)
  const { impossible } = decision
  if (impossible !== undefined && !decision.core.includes(impossible)) {
    expect.fail(`it points outside of the core: ${story()}`)
  }
}

/** Compares an engine with the definition on random problems. */
export function fuzz(
  engine: Engine,
  problemOf: (random: Random) => Problem,
  cases: number,
  seed: number,
): Tally {
  const tally: Tally = { pass: 0, fail: 0, undecided: 0 }
  for (let n = 0; n < cases; n++) {
    const problem = problemOf(seeded(seed + n))
    const decision = engine.decide(problem, new Meter())
    expectExact(problem, decision)
    if (decision === undefined) tally.undecided++
    else if (decision.outcome !== 'unknown') tally[decision.outcome]++
  }
  return tally
}
