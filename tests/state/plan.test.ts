import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import type { AnyLayout } from '../../src/state/index.ts'
import {
  bagOf,
  bool,
  id,
  int,
  mapOf,
  oneOf,
  option,
  record,
  seqOf,
  setOf,
  stateType,
  tuple,
  union,
  value,
} from '../../src/state/index.ts'
import { randomLayout } from './random-layouts.ts'

const wordsOf = (...layouts: AnyLayout[]) =>
  stateType(Object.fromEntries(layouts.map((layout, index) => [`v${index}`, layout]))).plan.words

describe('a packed state', () => {
  it('takes as many bits as the values need', () => {
    const bits = (layout: AnyLayout) =>
      stateType({ v: layout }).plan.bits.reduce((all, width) => all + width, 0)
    expect(bits(bool())).toBe(1)
    expect(bits(oneOf('a', 'b', 'c'))).toBe(2)
    expect(bits(int(5, 12))).toBe(3)
    expect(bits(int(5, 13))).toBe(4)
    expect(bits(int(-1, 2 ** 31 - 4))).toBe(31)
    expect(bits(option(id('n', 3)))).toBe(2)
    expect(bits(setOf(id('n', 40)))).toBe(40)
    expect(bits(bagOf(id('n', 11), 3))).toBe(22)
    expect(bits(seqOf(id('n', 4), 3))).toBe(2 + 3 * 2)
    expect(bits(mapOf(id('n', 5), record({ a: bool(), b: int(0, 4) })))).toBe(5 * 4)
    expect(bits(union({ a: { n: id('n', 3) }, b: {} }))).toBe(2)
    expect(bits(setOf(tuple(int(0, 99), int(0, 99))))).toBe(31)
    expect(bits(value())).toBe(5)
  })

  it('takes few words: two for two-phase commit with eight managers', () => {
    const RM = id('rm', 8)
    const two = [mapOf(RM, oneOf(1, 2, 3, 4)), oneOf(1, 2, 3), setOf(RM)]
    expect(wordsOf(...two, setOf(union({ p: { rm: RM }, c: {}, a: {} })))).toBe(2)
    expect(wordsOf(bool())).toBe(1)
    expect(wordsOf()).toBe(1)
    expect(wordsOf(int(0, 2 ** 30), int(0, 2 ** 30), bool(), bool())).toBe(2)
  })

  it('has a place of its own for each bit', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seeded(seed)
      const variables = { a: randomLayout(random, 2), b: randomLayout(random, 2) }
      let plan
      try {
        plan = stateType(variables).plan
      } catch {
        continue
      }
      const used = Array<number>(plan.words).fill(0)
      const need = plan.bits.reduce((all, width) => all + width, 0)
      for (const [slot, width] of plan.bits.entries()) {
        expect(plan.shift[slot]! + width).toBeLessThanOrEqual(32)
        for (let bit = 0; bit < width; bit++) {
          const mask = (1 << (plan.shift[slot]! + bit)) >>> 0
          expect((used[plan.word[slot]!]! & mask) >>> 0).toBe(0)
          used[plan.word[slot]!] = (used[plan.word[slot]!]! | mask) >>> 0
        }
      }
      // The widest first wastes little: never as much as a third.
      expect(plan.words).toBeLessThanOrEqual(Math.max(1, Math.ceil((need / 32) * 1.5)))
    }
  })

  it('needs values in one piece where not all keys are listed', () => {
    const far = mapOf(tuple(int(0, 99), int(0, 99)), setOf(bool()))
    expect(() => stateType({ far })).toThrow('values are in one piece: packed(...)')
  })
})

describe('generated code', () => {
  it('is shared by places of equal shape, so that code that works on them stays fast', () => {
    const variables = { a: setOf(id('n', 3)), b: setOf(id('n', 3)), c: setOf(id('n', 4)) }
    const { state } = stateType(variables).workspace()
    expect(Object.getPrototypeOf(state.a)).toBe(Object.getPrototypeOf(state.b))
    expect(Object.getPrototypeOf(state.a)).not.toBe(Object.getPrototypeOf(state.c))
    const other = stateType({ ...variables }).workspace().state
    expect(Object.getPrototypeOf(other)).toBe(Object.getPrototypeOf(state))
  })

  it('takes loops where there are very many slots', () => {
    const type = stateType({
      many: mapOf(int(0, 499), record({ a: int(0, 9), b: bool(), c: bool() })),
    })
    const { state, slots } = type.workspace()
    expect(slots.length).toBe(1500)
    state.many.get(499).a = 7
    const words = new Int32Array(type.plan.words)
    type.pack(slots, words, 0)
    const other = type.workspace()
    type.unpack(words, 0, other.slots)
    expect(other.state.many.get(499).a).toBe(7)
    type.copy(type.workspace().slots, other.slots)
    expect(other.state.many.get(499).a).toBe(0)
  })
})
