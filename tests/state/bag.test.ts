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
    }).toThrow('few: m1 is there 3 times already')
    expect(state.few.count(1)).toBe(2)
  })
})
