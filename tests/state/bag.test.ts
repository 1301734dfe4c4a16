import { describe, expect, it } from 'vitest'
import { bagOf, id, stateType, value } from '../../src/state/index.ts'

describe.each([true, false])('a bag (generated: %s)', (generated) => {
  const type = stateType(
    { few: bagOf(id('m', 3), 3), any: bagOf(value<string>(), 3) },
    { generated },
  )

  it('takes several at once', () => {
    const { state } = type.workspace()
    state.few.add(1, 2)
    state.any.add('a', 3)
    expect([state.few.count(1), state.any.count('a'), state.few.size]).toEqual([2, 3, 2])
  })

  it('refuses more than there is room for, and stays as it was', () => {
    const { state } = type.workspace()
    state.few.add(1, 2)
    expect(() => {
      state.few.add(1, 2)
    }).toThrow('few: m1 is there 2 times, and 3 times at most')
    expect(state.few.count(1)).toBe(2)
    state.few.add(1)
    expect(() => {
      state.few.add(1)
    }).toThrow('few: m1 is there 3 times already')
  })

  it('knows a value that it refuses, so that all kinds of code number values alike', () => {
    const { state, slots } = type.workspace()
    expect(() => {
      state.any.add('new', 4)
    }).toThrow('any: new is there 0 times, and 3 times at most')
    state.any.add('newer')
    expect(type.plan.universes.all.map(({ values }) => values)).toEqual([
      [null, 'a', 'new', 'newer'],
    ])
    expect(slots.some((slot) => slot !== 0)).toBe(true)
  })
})
