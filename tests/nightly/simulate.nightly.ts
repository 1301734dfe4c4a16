import { describe, expect, it } from 'vitest'

import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import { simulate } from '../../src/simulate/index.ts'
import { altered, caseOf } from '../simulate/cases.ts'
import { twin } from '../simulate/twin.ts'

const CASES = 20_000

describe('the simulator beside its slow twin', () => {
  it('does the same by thousands of schedules and parts of them', () => {
    for (let seed = 1; seed <= CASES; seed++) {
      const simulation = caseOf(seed)
      const drawn = simulate(simulation)
      const part = altered(drawn.schedule!, seed)
      for (const [run, schedule] of [
        [drawn, drawn.schedule!],
        [simulate(simulation, part), part],
      ] as const) {
        const other = twin(simulation, schedule)
        expect(textOf(run.trace) === textOf(other.trace), `seed ${seed}`).toBe(true)
        expect(textOf(run.history) === textOf(other.history), `seed ${seed}`).toBe(true)
        expect(run.recovery.outcome, `seed ${seed}`).toBe(other.recovery)
      }
    }
  })
})

function textOf(data: unknown): string {
  return canonical(data as Json)
}
