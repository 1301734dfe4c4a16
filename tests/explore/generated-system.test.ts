import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyModel } from '../../src/explore/index.ts'
import { generatedSystem, model, modelSystem } from '../../src/explore/index.ts'
import { parametersSeen } from '../../src/explore/generated-loops.ts'
import type { Variables } from '../../src/state/index.ts'
import { bool, id, int, setOf, stateType } from '../../src/state/index.ts'
import { specEntries } from '../../suites/specs.ts'
import { cases } from './cases.ts'
import { emissionsFrom, emissionsOf, statesOf } from './emissions.ts'
import { modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'

/** Generated code says the same as closures, of initial states and of the first states reached. */
function expectTheSame(made: AnyModel, most: number): void {
  const type = stateType(made.state as Variables)
  const closures = modelSystem('closures', made, type)
  const generated = generatedSystem('generated', made, type)
  const [told, expected] = [emissionsOf(generated), emissionsOf(closures)]
  expect(told()).toEqual(expected())
  for (const state of statesOf(closures, most)) expect(told(state)).toEqual(expected(state))
}

describe('code generated for a model', () => {
  it('takes the same steps in the same order as closures, on random machines', () => {
    fc.assert(
      fc.property(fc.oneof(plainModels(), plainRings()), (plain) => {
        expectTheSame(modelOf(plain), 12)
      }),
      { numRuns: cases(50), seed: 20_410 },
    )
  })

  const small = specEntries.filter(
    ({ size, spec }, index) =>
      size === 'small' && specEntries.findIndex((other) => other.spec === spec) === index,
  )
  it.each(small.map((entry) => ({ ...entry, title: titleOf(entry) })))(
    'takes the same steps in the same order as closures: $title',
    ({ spec, parameters, mutant }) => {
      expectTheSame(spec.make(parameters, mutant), 5)
    },
  )

  it('numbers the choices that a guard passes over', () => {
    const N = id('n', 3)
    const made = model({
      state: { on: bool(), at: int(0, 8) },
      actions: {
        turn: {
          then: (s) => {
            s.on = !s.on
          },
        },
        go: {
          for: [N, int(0, 2)],
          when: (s, n) => s.on && n !== 1,
          then: (s, n, k) => {
            s.at = Number(n) * 3 + Number(k)
          },
        },
      },
      sometimes: { moved: (s) => s.at > 0 },
    })
    const system = generatedSystem('m', made)
    const on = statesOf(system, 2)[1]!
    const instances = emissionsFrom(system, on).slice(1, -1)
    expect(instances).toMatchObject([0, 1, 2, 6, 7, 8].map((instance) => ({ action: 1, instance })))
  })

  it('goes through the members of a set, those of one type only where a type is named', () => {
    const made = model({
      state: { seen: setOf(int(0, 3)), all: bool() },
      init: (s) => {
        s.seen.add(3)
        s.seen.add(1)
      },
      actions: {
        drop: {
          for: ['seen'],
          then: (s, one) => {
            s.seen.delete(one)
          },
        },
        list: {
          for: [(s: { seen: Iterable<number> }) => [...s.seen].reverse()],
          when: (_, one) => one > 1,
          then: (s) => {
            s.all = true
          },
        },
      },
      sometimes: { none: (s) => s.seen.size === 0 },
    })
    const system = generatedSystem('m', made)
    const told = emissionsFrom(system, statesOf(system, 1)[0])
    expect(told.slice(0, -1)).toMatchObject([
      { action: 0, parameters: [1] },
      { action: 0, parameters: [3] },
      { action: 1, parameters: [3] },
    ])
  })
})

describe('the parameters that a guard sees', () => {
  it('are those that it declares', () => {
    expect(parametersSeen((_s) => true, 2)).toBe(0)
    expect(parametersSeen((_s, one) => one === 1, 2)).toBe(1)
    expect(
      parametersSeen(function (_s, one, two) {
        return one === two
      }, 2),
    ).toBe(2)
    expect(
      parametersSeen(
        {
          when(_s: unknown) {
            return true
          },
        }.when,
        2,
      ),
    ).toBe(0)
  })

  it('are all where its text does not show them', () => {
    expect(parametersSeen((_s, ...rest) => rest.length > 0, 2)).toBe(2)
    expect(parametersSeen((_s, one = 3) => one === 3, 2)).toBe(2)
    expect(
      parametersSeen(function () {
        return arguments.length > 0
      }, 2),
    ).toBe(2)
    expect(parametersSeen(((_s: unknown, one: unknown) => one === 1).bind(undefined), 2)).toBe(2)
  })
})

function titleOf({ spec, parameters, mutant }: (typeof specEntries)[number]): string {
  const given = Object.entries(parameters ?? {}).map(([name, one]) => `${name}=${String(one)}`)
  return [spec.name, ...given, ...(mutant === undefined ? [] : [mutant])].join(' ')
}
