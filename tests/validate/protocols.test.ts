import { describe, expect, it } from 'vitest'

import { validate } from '../../src/explore/validate/index.ts'
import { mappingFor } from '../../suites/traces.ts'
import { traceChecks } from '../../suites/trace-checks.ts'
import { traceOf } from './runs.ts'

async function validated(protocol: string, mutant: string | undefined, seed: number) {
  const mapping = mappingFor(protocol)
  if (mapping === undefined) throw new Error(`no mapping for ${protocol}`)
  const given = { text: protocol, ...(mutant === undefined ? {} : { mutant }) }
  return validate(mapping, await traceOf(given, seed))
}

describe('simulated runs with faults', () => {
  it.each(traceChecks.filter(({ mutant }) => mutant === undefined))(
    'of $protocol are behaviours of the spec',
    async ({ protocol }) => {
      const { outcome, actions, misfit } = await validated(protocol, undefined, 2)
      expect(misfit).toBeUndefined()
      expect(outcome).toBe('pass')
      expect(actions).toBeGreaterThan(10)
    },
  )

  it.each(traceChecks.filter(({ mutant }) => mutant !== undefined))(
    'of $protocol with $mutant are none',
    async ({ protocol, mutant, seed }) => {
      const { outcome, misfit } = await validated(protocol, mutant, seed)
      expect(outcome).toBe('fail')
      expect(misfit?.nearest.because).not.toBe('')
    },
  )

  it.each([
    ['paxos/five', 1, 'many instances in one run'],
    ['raft', 275, 'what refuses an old leader tells a term that is on the disk'],
    ['multi-paxos', 914, 'a vote in a slot that is forgotten is a promise'],
  ])('of %s by seed %d are behaviours of the spec: %s', async (protocol, seed) => {
    const { outcome, misfit } = await validated(protocol, undefined, seed)
    expect(misfit).toBeUndefined()
    expect(outcome).toBe('pass')
  })

  it('of many instances tell in which of them something is wrong', async () => {
    const { outcome, misfit } = await validated('paxos/half-is-enough', undefined, 1)
    expect(outcome).toBe('fail')
    expect(misfit?.nearest.because).toContain('have promised ballot')
  })

  it('end where the bug shows, with the action that comes nearest', async () => {
    const { misfit, matched } = await validated('two-phase-commit', 'doubt-ends-in-abort', 1)
    expect(misfit?.step.event).toEqual({ type: 'timer', timer: 'doubt 1.4' })
    expect(misfit?.step.step).toBeLessThanOrEqual(matched)
    expect(misfit?.nearest).toMatchObject({
      action: 'rmChooseToAbort',
      parameters: ['rm0'],
      kind: 'guard',
    })
  })

  it('are behaviours of a spec with the same bug', async () => {
    const mapping = mappingFor('two-phase-commit')
    const trace = await traceOf({ text: 'two-phase-commit', mutant: 'doubt-ends-in-abort' }, 1)
    const found = validate(mapping!, trace, { mutant: 'abort-after-prepare' })
    expect(found.outcome).toBe('pass')
  })
})
