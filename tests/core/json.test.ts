import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/core/json.ts'
import { Interner } from '../../src/core/json.ts'

describe('the numbers of values', () => {
  const values: readonly Json[] = [null, 1, '1', true, 'true', [1], ['1'], { a: 1, b: null }, '[1]']

  it('are the same for equal values and different for different ones', () => {
    const numbers = new Interner()
    expect(values.map((value) => numbers.id(value))).toEqual(values.map((_, at) => at))
    expect(numbers.size).toBe(values.length)
    expect(numbers.id({ b: null, a: 1 })).toBe(7)
    expect(numbers.id(undefined)).toBe(0)
    expect(numbers.size).toBe(values.length)
    expect(values.map((_, at) => numbers.value(at))).toEqual(values)
  })

  it('can be looked up without giving one out', () => {
    const numbers = new Interner()
    expect(values.map((value) => numbers.find(value))).toEqual(values.map(() => -1))
    expect(numbers.size).toBe(0)
    const ids = values.map((value) => numbers.id(value))
    expect(values.map((value) => numbers.find(value))).toEqual(ids)
  })

  it('are given out with a single look at what is in a value', () => {
    let looks = 0
    const watched = new Proxy<Record<string, Json>>(
      { a: 1 },
      {
        ownKeys(target) {
          looks++
          return Reflect.ownKeys(target)
        },
      },
    )
    expect([new Interner().id(watched), looks]).toEqual([0, 1])
  })
})
