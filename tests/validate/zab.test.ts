import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { explore } from '../../src/explore/index.ts'
import { validate } from '../../src/explore/validate/index.ts'
import type { Mapping, TraceSource, Validation } from '../../src/explore/validate/index.ts'
import { zabFacts } from '../../specs/log/zab-facts.ts'
import { mappingFor } from '../../suites/traces.ts'
import { zabTraces } from '../../suites/traces/zab.ts'
import { damaged, damages } from './damaged.ts'
import { traceOf, validated } from './runs.ts'

/** The same mapping that forgets nothing. */
const whole: Mapping = {
  ...zabTraces,
  reader: (header) => ({
    ...zabTraces.reader(header),
    window: () => ({ spare: () => [0, 0], move: () => undefined }),
  }),
}

/** With a spec that has room for all of the trace at once. */
function validatedWhole(trace: TraceSource): Validation {
  const epochs = new Set<unknown>()
  let length = 1
  for (const { effects, event } of trace.steps()) {
    if (event.type === 'boot')
      length = Math.max(length, event.disk.logs['history']?.records.length ?? 0)
    for (const effect of effects) {
      if (effect.type !== 'write') continue
      const { write } = effect
      if (write.type === 'put' && write.key === 'acceptedEpoch') epochs.add(write.value)
      if (write.type === 'append') length++
    }
  }
  const parameters = { epoch: Math.max(1, epochs.size), length }
  return validate(whole, trace, { parameters })
}

const told = ({ outcome, matched, misfit }: Validation) => ({
  outcome,
  matched,
  action: misfit?.nearest.action,
  kind: misfit?.nearest.kind,
})

describe('traces of Zab', () => {
  it.each([
    ['zab', 2, 'many epochs'],
    ['zab', 4, 'many transactions'],
    ['zab/five', 1, 'five nodes'],
    ['zab/synced-reads', 1, 'reads after a sync'],
  ])('%s by seed %d are behaviours of the spec: %s', async (text, seed) => {
    const { outcome, misfit, states, waiting } = await validated(zabTraces, { text }, seed)
    expect(misfit).toBeUndefined()
    expect(outcome).toBe('pass')
    expect(states).toBe(1)
    expect(waiting).toBeLessThan(10)
  })

  it.each([
    ['own-history', 18, 'select', 'initial of epoch 13'],
    ['broadcasts-before-synchronised', 1, 'establish', 'quorum.size >= majority'],
    ['ack-before-logging', 1, 'acknowledge', 's.current.get(j) === e'],
    ['not-truncated', 48, 'select', 'initial of epoch 9'],
    ['gap-accepted', 1, 'accept', 'transaction 4 of the history of server0'],
    ['delivers-uncommitted', 1, 'deliver', 's.committed.get(e)'],
    ['commits-between-missed', 1, undefined, 'committed of epoch 5: 3 in the spec, 0'],
    ['epoch-before-history', 3, 'enter', 's.history.get(j).length >= s.initial.get(e)'],
  ])('with %s by seed %d are none: %s', async (mutant, seed, action, because) => {
    const { outcome, misfit } = await validated(zabTraces, { text: 'zab', mutant }, seed)
    expect(outcome).toBe('fail')
    expect(misfit?.nearest.action).toBe(action)
    expect(misfit?.nearest.because).toContain(because)
  })

  it.each(['executed-ahead-kept', 'sync-local'])(
    'with %s are behaviours: the spec knows no values and no reads',
    async (mutant) => {
      const { outcome } = await validated(zabTraces, { text: 'zab', mutant }, 1)
      expect(outcome).toBe('pass')
    },
  )

  it('are explained by the same mapping whatever the protocol is set to', () => {
    for (const name of ['zab', 'zab/five', 'zab/leader-sync'])
      expect(mappingFor(name)).toBe(zabTraces)
  })
})

describe('Zab as it is run', () => {
  it('keeps what Zab promises, in all states of two servers', async () => {
    const found = await explore(zabFacts.make({ server: 2 }))
    expect(found).toMatchObject({ outcome: 'pass', distinctStates: 4865, depth: 29 })
  })
})

describe('what is forgotten of long traces', () => {
  const random = seeded(1)

  it.each([2, 4, 10])('changes no verdict, by seed %d, right or damaged', async (seed) => {
    const trace = await traceOf({ text: 'zab' }, seed)
    const good = validate(zabTraces, trace)
    expect(good.origins.some((origin) => origin > 0)).toBe(true)
    expect(told(validatedWhole(trace))).toEqual(told(good))
    const steps = [...trace.steps()]
    let failed = 0
    for (let one = 0; one < 5; one++) {
      const wrong = damaged(steps, random)
      const source = { header: trace.header, steps: () => wrong.steps }
      const found = told(validate(zabTraces, source))
      expect({ ...wrong, steps: [], ...found }).toEqual({
        ...wrong,
        steps: [],
        ...told(validatedWhole(source)),
      })
      if (found.outcome === 'fail') failed++
    }
    expect(failed).toBeGreaterThan(1)
  })

  it('is not done any more: an epoch that all have left is promised by nobody', async () => {
    const trace = await traceOf({ text: 'zab' }, 2)
    const steps = [...trace.steps()]
    const damage = damages['an epoch is promised that is older']!
    const last = steps.findLastIndex(
      (step) => step.event.type === 'message' && damage(step) !== undefined,
    )
    steps[last] = damage(steps[last]!)!
    const { outcome, misfit } = validate(zabTraces, { ...trace, steps: () => steps })
    expect(outcome).toBe('fail')
    expect(misfit?.nearest.because).toBe('all have promised later epochs than 1')
  })
})
