import { expect } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import type { Decision, Engine } from '../../src/core/engine.ts'
import type { Model } from '../../src/core/model.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { timeline } from '../../src/history/timeline.ts'
import { decideBySearch } from '../../src/linearize/decide.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { allProblems } from './collection-exhaustive.ts'
import type { Names } from './collection-cases.ts'
import type { FastCollection } from './collection-run.ts'
import { longRun, replayFault } from './collection-run.ts'
import type { RunOptions } from './collection-run.ts'
import { expectExact } from './fuzz.ts'

/** A kind of collection, with everything to test its engine. */
export interface Kind {
  readonly model: Model
  readonly names: Names
  readonly engine: Engine
  readonly fast: () => FastCollection
}

/** The decision about a drawn history, after a look by the definition. */
export function judged({ model, engine }: Kind, drawing: string): Decision | undefined {
  const { operations } = timeline(drawing)
  const problem = { model, initial: model.initial(), operations }
  const decision = engine.decide(problem, new Meter())
  expectExact(problem, decision)
  return decision
}

/** Decides all histories of so many operations; answers how many are legal and illegal. */
export function judgeAll({ model, names, engine }: Kind, count: number) {
  const tally = { legal: 0, illegal: 0, undecided: 0 }
  for (const problem of allProblems(model, names, count)) {
    const decision = engine.decide(problem, new Meter())
    const legal = isLinearizable(problem)
    if (decision === undefined) tally.undecided++
    else if (decision.outcome !== (legal ? 'pass' : 'fail')) expectExact(problem, decision)
    tally[legal ? 'legal' : 'illegal']++
  }
  return tally
}

/** Decides a long legal run and replays the order that was found. */
export function judgeRun({ model, names, engine, fast }: Kind, options: RunOptions): string {
  const operations = longRun(fast(), names, options)
  const decision = engine.decide({ model, initial: [], operations }, new Meter())
  if (decision?.outcome !== 'pass') return decision?.outcome ?? 'undecided'
  return replayFault(fast(), names, operations, decision.order) ?? 'pass'
}

/** Runs with a few wrong answers, decided by the engine and by the general search. */
export function compareWithSearch(kind: Kind, runs: number, seed: number) {
  const { model, names, engine, fast } = kind
  const tally = { pass: 0, fail: 0, undecided: 0 }
  for (let run = 0; run < runs; run++) {
    const random = seeded(seed + run)
    const size = { operations: random.int(20, 60), clients: random.int(2, 4), seed: seed + run }
    const run_ = longRun(fast(), names, { ...size, peeks: random.pick([0, 20]), crashes: 20 })
    const problem = { model, initial: [], operations: spoiled(random, run_, names) }
    const decision = engine.decide(problem, new Meter())
    const search = decideBySearch(problem, new Meter({ steps: 200_000 }))
    if (search.outcome === 'unknown' || decision === undefined) tally.undecided++
    else {
      expect(decision.outcome, `seed ${seed + run}`).toBe(search.outcome)
      tally[search.outcome]++
    }
  }
  return tally
}

/**
 * Exchanges the answers of two removals that are near each other, or of a removal and its
 * neighbour.
 */
function spoiled(random: Random, operations: ReturnType<typeof longRun>, { remove }: Names) {
  if (random.chance(1, 3)) return operations
  const removals = operations.filter((op) => op.f === remove && op.result !== undefined)
  const at = random.int(0, Math.max(0, removals.length - 3))
  const one = removals[at]
  const other = removals[at + random.int(1, 2)]
  return operations.map((op) => {
    if (one === undefined || other === undefined) return op
    if (op === one) return { ...op, result: other.result }
    return op === other ? { ...op, result: one.result } : op
  })
}
