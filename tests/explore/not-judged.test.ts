import { describe, expect, it } from 'vitest'
import type { ExploreOptions } from '../../src/explore/index.ts'
import { explore, model, modelSystem } from '../../src/explore/index.ts'
import { symmetric } from '../../src/explore/reduce/index.ts'
import { bool, id, mapOf } from '../../src/state/index.ts'

const Node = id('node', 3)

/** Without fairness nobody ever has to start, so both claims about the long run are false. */
const idlers = model({
  state: { on: mapOf(Node, bool()) },
  actions: {
    start: {
      for: [Node],
      when: (s, n) => !s.on.get(n),
      then: (s, n) => {
        s.on.set(n, true)
      },
    },
  },
  sometimes: { 'all are on': (s) => s.on.every((on) => on) },
  properties: {
    'all are on in the end': { eventually: (s) => s.on.every((on) => on) },
    'one is on in the end': { eventually: (s) => s.on.some((on) => on) },
  },
  refines: {
    nothing: {
      model: model({
        state: { on: bool() },
        actions: {},
        sometimes: {},
        ends: 'anywhere',
      }),
      map: (s, abstract: { on: boolean }) => {
        abstract.on = s.on.get(0)
      },
    },
  },
  ends: 'anywhere',
  symmetry: [Node],
  processes: { kind: Node },
})

describe('claims about the long run', () => {
  it('fail where all states and steps are there', async () => {
    const found = await explore(idlers)
    expect(found.outcome).toBe('fail')
    expect(found.limits).toBeUndefined()
  })

  it.each<[how: string, options: ExploreOptions]>([
    ['under symmetry', { symmetry: true }],
    ['under partial orders', { partialOrder: true }],
    ['under sleep sets', { sleepSets: true }],
    ['with fingerprints', { fingerprints: true }],
  ])('are not judged %s, and the result says so', async (how, options) => {
    const found = await explore(idlers, options)
    expect(found.outcome).toBe('pass')
    expect(found.limits).toBe(`safety only: 2 properties and 1 refinement were not judged ${how}`)
    const remarks = [`not judged ${how}`]
    expect(found.properties).toEqual([
      { name: 'nothing', kind: 'refinement', outcome: 'not judged', remarks },
      { name: 'all are on in the end', kind: 'property', outcome: 'not judged', remarks },
      { name: 'one is on in the end', kind: 'property', outcome: 'not judged', remarks },
    ])
  })

  it('are not judged in a system that was reduced before', async () => {
    const found = await explore(symmetric(modelSystem('idlers', idlers)))
    expect(found.distinctStates).toBe(4)
    expect(found.limits).toMatch(/^safety only: 2 properties .* under symmetry$/)
  })

  it('are not missed where they were not asked for', async () => {
    const one = { symmetry: true, refinements: false, properties: ['one is on in the end'] }
    expect((await explore(idlers, one)).limits).toBe(
      'safety only: 1 property was not judged under symmetry',
    )
    const none = await explore(idlers, { symmetry: true, refinements: false, properties: false })
    expect([none.outcome, none.limits, none.properties]).toEqual(['pass', undefined, undefined])
  })
})
