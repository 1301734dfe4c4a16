import { expect } from 'vitest'

import type { Random } from '../../src/core/random.ts'
import { validate } from '../../src/explore/validate/index.ts'
import { matchedBy } from './naive.ts'
import { mappingOf, randomCase } from './random-traces.ts'

/** Holds validation against plain enumeration. Answers how often each verdict came out. */
export function compared(random: Random, cases: number) {
  let passed = 0
  let failed = 0
  let several = 0
  for (let at = 0; at < cases; at++) {
    const one = randomCase(random)
    const { mapping, source } = mappingOf(one)
    const found = validate(mapping, source)
    const matched = matchedBy(one.machine, one.trace, one.silent)
    const wanted = matched === one.trace.length ? 'pass' : 'fail'
    const { outcome, misfit, states } = found
    expect({ outcome, matched: found.matched }, JSON.stringify(one)).toEqual({
      outcome: wanted,
      matched,
    })
    if (wanted === 'fail') expect(misfit?.step.step, JSON.stringify(one)).toBe(matched)
    if (wanted === 'pass') passed++
    else failed++
    if (states > 1) several++
  }
  return { passed, failed, several }
}
