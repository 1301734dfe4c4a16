import { describe, expect, it } from 'vitest'

import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import { simulate } from '../../src/simulate/index.ts'
import { altered, caseOf } from './cases.ts'
import { twin } from './twin.ts'

describe('the simulator beside its slow twin', () => {
  it('does the same by the schedule of a run, and by what is left of it', () => {
    const seen = new Map<string, number>()
    const outcomes = new Map<string, number>()
    for (let seed = 1; seed <= CASES; seed++) {
      const simulation = caseOf(seed)
      const drawn = simulate(simulation)
      const schedule = drawn.schedule!
      expectSame(drawn, twin(simulation, schedule), `seed ${seed}, as it was drawn`)

      const part = altered(schedule, seed)
      const told = simulate(simulation, part)
      expectSame(told, twin(simulation, part), `seed ${seed}, a part of it`)
      for (const { type } of part.faults) seen.set(type, (seen.get(type) ?? 0) + 1)
      for (const run of [drawn, told]) {
        const { outcome } = run.recovery
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
    }
    // Without these the comparison would say little.
    expect([...seen.keys()].length).toBe(11)
    for (const outcome of ['recovered', 'stalled', 'not recoverable']) {
      expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(0)
    }
  })
})

const CASES = 100

function expectSame(
  run: ReturnType<typeof simulate>,
  other: ReturnType<typeof twin>,
  what: string,
): void {
  const length = Math.max(run.trace.length, other.trace.length)
  for (let at = 0; at < length; at++) {
    const [one, two] = [text(run.trace[at]), text(other.trace[at])]
    if (one !== two) expect(one, `${what}, step ${at}`).toBe(two)
  }
  expect(run.history.map(text), what).toEqual(other.history.map(text))
  expect(run.recovery.outcome, what).toBe(other.recovery)
}

function text(data: unknown): string {
  return data === undefined ? 'nothing' : canonical(data as Json)
}
