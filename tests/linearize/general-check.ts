import { expect } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import type { Engine, Problem } from '../../src/core/engine.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { faultIn } from '../oracle/replay.ts'

/** Checks a general engine's whole answer against the definition; what the answer was. */
export function expectGeneral(engine: Engine, problem: Problem): 'pass' | 'fail' {
  const decision = engine.decide(problem, new Meter())
  if (decision === undefined || decision.outcome === 'unknown') expect.fail('no budget was set')
  const legal = isLinearizable(problem)
  if (decision.outcome !== (legal ? 'pass' : 'fail')) expect.fail(`wrong: ${story(problem)}`)
  if (decision.outcome === 'pass') {
    const fault = faultIn(decision.order, problem)
    if (fault !== undefined) expect.fail(`${fault}: ${story(problem)}`)
    return 'pass'
  }
  const core = decision.core
    .map((index) => problem.operations[index])
    .filter((op) => op !== undefined)
  if (core.length > 0 && isLinearizable({ ...problem, operations: core })) {
    expect.fail(`the core is legal: ${story(problem)}`)
  }
  // The longest order must be legal as far as it goes, and lack an operation.
  const fault = decision.longest === undefined ? 'missing' : faultIn(decision.longest, problem)
  if (fault?.includes('missing') !== true) expect.fail(`${String(fault)}: ${story(problem)}`)
  const { impossible } = decision
  if (impossible === undefined || decision.longest?.includes(impossible) === true) {
    expect.fail(`${String(impossible)} is not impossible: ${story(problem)}`)
  }
  return 'fail'
}

function story({ model, initial, operations }: Problem): string {
  const rows = operations.map((op) => [
    op.process,
    op.f,
    op.value,
    op.result,
    op.called,
    op.returned,
  ])
  return JSON.stringify({ model: model.name, initial, rows }, (_, value: unknown) =>
    value === Infinity ? 'never' : value,
  )
}
