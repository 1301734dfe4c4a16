import { expect } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import type { Decision, Engine, Problem } from '../../src/core/engine.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { faultIn } from '../oracle/replay.ts'

/** The item at an index that is certainly there. */
export function nth<Item>(list: readonly Item[], index: number): Item {
  const item = list[index]
  if (item === undefined) throw new RangeError(`there is no item ${index}`)
  return item
}

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
  const story = () =>
    JSON.stringify({ problem, decision }, (_, v: unknown) => (v === Infinity ? 'never' : v))
  const legal = isLinearizable(problem)
  if (decision.outcome !== (legal ? 'pass' : 'fail'))
    expect.fail(`it is ${String(legal)}: ${story()}`)
  if (decision.outcome === 'pass') {
    const fault = faultIn(decision.order, problem)
    if (fault !== undefined) expect.fail(`${fault}: ${story()}`)
    return
  }
  if (decision.reason === '') expect.fail(`no reason: ${story()}`)
  if (/undefined|NaN/.test(decision.reason)) expect.fail(`a bad reason: ${story()}`)
  const operations = decision.core.map((index) => nth(problem.operations, index))
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

/**
 * The same operations in shorter intervals: some return earlier, some begin later. The order of
 * calls is renewed. What was legal may now be illegal, by time alone.
 */
export function hurried(random: Random, problem: Problem): Problem {
  const end = 2 * problem.operations.length
  const moved = problem.operations.map((op) => {
    const returned = Math.min(op.returned, end)
    const middle = op.called + Math.floor(((returned - op.called) * random.int(0, 9)) / 10)
    if (random.chance(1, 3)) return { ...op, called: middle + 0.1 }
    if (random.chance(1, 2) && op.returned < Infinity) return { ...op, returned: middle + 0.2 }
    return op
  })
  return { ...problem, operations: renumbered(moved) }
}

/** Two answered calls of the same operation get each other's answer. */
export function exchanged(random: Random, problem: Problem): Problem {
  const one = random.pick(problem.operations)
  const others = problem.operations.filter(
    ({ f, id, result }) => f === one.f && id !== one.id && result !== undefined,
  )
  if (one.result === undefined || others.length === 0) return problem
  const other = random.pick(others)
  const operations = problem.operations.map((op) => {
    if (op.id === one.id) return { ...op, result: other.result }
    return op.id === other.id ? { ...op, result: one.result } : op
  })
  return { ...problem, operations }
}

/** Unknown outcomes become answers at the end of the history: what may have happened, happened. */
export function answered(random: Random, problem: Problem): Problem {
  let end = 3 * problem.operations.length
  const operations = problem.operations.map((op) =>
    op.returned === Infinity && random.chance(1, 2) ? { ...op, returned: end++, result: null } : op,
  )
  return { ...problem, operations: renumbered(operations) }
}

/** Positions 0, 1, 2, ... in the order of the given ones; ids by call. */
function renumbered(operations: readonly Operation[]): Operation[] {
  const events = operations.flatMap((op, index) => [
    { index, end: 0, at: op.called },
    { index, end: 1, at: op.returned },
  ])
  events.sort((a, b) => (a.at === b.at ? a.index - b.index || a.end - b.end : a.at - b.at))
  const called = operations.map(() => 0)
  const returned = operations.map(() => Infinity)
  for (const [position, { index, end, at }] of events.entries()) {
    if (end === 0) called[index] = position
    else if (at < Infinity) returned[index] = position
  }
  return operations
    .map((op, index) => ({ ...op, called: nth(called, index), returned: nth(returned, index) }))
    .sort((a, b) => a.called - b.called)
    .map((op, id) => ({ ...op, id }))
}
