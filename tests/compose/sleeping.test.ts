import { describe, expect, it } from 'vitest'

import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import type { Exploration } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { systemOf } from '../../suites/zoo/hunt.ts'
import { zoo } from '../../suites/zoo.ts'
import { cases } from '../explore/cases.ts'
import { alikeClusters } from './alike-clusters.ts'
import { randomCase } from './random-programs.ts'

/** All but how many steps were taken. */
function said({ outcome, distinctStates, depth, violations, cut }: Exploration) {
  return { outcome, distinctStates, depth, violations, cut }
}

async function bothWays(made: () => ReturnType<typeof compose>, keepGoing = false) {
  const whole = await explore(made(), { keepGoing })
  const reduced = await explore(made(), { keepGoing, sleepSets: true })
  return { whole, reduced }
}

describe('steps that are in nobody’s way, taken in one order', () => {
  it('reach the same states of random programs by the same stories', async () => {
    let [saved, found, bounded] = [0, 0, 0]
    for (let seed = 0; seed < cases(100); seed++) {
      const { program, options } = randomCase(seed)
      const { distinctStates } = await explore(compose(program, options), {
        budget: { states: 1000 },
      })
      if (distinctStates >= 1000) continue
      const within: ComposeOptions['within'] =
        seed % 4 === 0 ? ({ at }, node) => node !== 'n1' || at !== 2 : undefined
      const all = within === undefined ? options : { ...options, within }
      const made = () => compose(program, all)
      const { whole, reduced } = await bothWays(made, seed % 2 === 0)
      expect(said(reduced), `seed ${String(seed)}`).toEqual(said(whole))
      expect(reduced.generatedStates).toBeLessThanOrEqual(whole.generatedStates)
      if (reduced.generatedStates < whole.generatedStates) saved++
      if (whole.outcome === 'fail') found++
      if (whole.cut) bounded++
    }
    expect(Math.min(saved, found, bounded)).toBeGreaterThan(3)
  })

  const ticking: Program<number> = {
    boot: (_, fx) => {
      fx.setTimer('t', 1)
      return 0
    },
    onRequest: (state) => state,
    onMessage: (state) => state,
    onTimer: (state) => state + 1,
    view: (at) => ({ at }),
  }

  it('see what is wrong beyond the bounds, whoever crosses them', async () => {
    const both = {
      name: 'not both',
      reads: ['at'],
      violated: (views: readonly (Readonly<Record<string, unknown>> | undefined)[]) =>
        views.every((view) => view?.['at'] === 1) ? 'both' : undefined,
    }
    const within: ComposeOptions['within'] = ({ at }, node) => node !== 'n1' || at === 0
    const options = { nodes: 2, timers: 2, invariants: [both], within }
    const { whole, reduced } = await bothWays(() => compose(ticking, options))
    expect(whole.outcome).toBe('fail')
    expect(said(reduced)).toEqual(said(whole))
  })

  it('know that who starts again is silent no longer', async () => {
    const options = { nodes: 2, timers: 2, crashes: 1, crashing: [0], silenceOf: () => 'n1' }
    const { whole, reduced } = await bothWays(() => compose(ticking, options))
    expect(said(reduced)).toEqual(said(whole))
  })

  it.each(alikeClusters.slice(2))('reach the same states: %s', async (_, program, options) => {
    const { whole, reduced } = await bothWays(() => compose(program, options))
    expect(said(reduced)).toEqual(said(whole))
    expect(reduced.generatedStates).toBeLessThan(whole.generatedStates)
  })

  const few = zoo.filter(({ states }) => states < 800)
  it.each(few.map((bug) => [bug.id, bug] as const))('find %s as it is found', async (_, bug) => {
    const { whole, reduced } = await bothWays(() => systemOf(bug, true))
    expect(said(reduced)).toEqual(said(whole))
  })
})
