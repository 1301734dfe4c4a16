import fc from 'fast-check'
import * as fastCheck from 'fast-check'
import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { arbitrary } from '../../src/state/arbitrary.ts'
import type { AnyLayout, Json } from '../../src/state/index.ts'
import { permute } from '../../src/state/permute.ts'
import {
  bagOf,
  bool,
  firstOf,
  format,
  formatState,
  fromItf,
  fromJson,
  id,
  int,
  mapOf,
  NotAValue,
  oneOf,
  option,
  packed,
  record,
  seqOf,
  setOf,
  toItf,
  toJson,
  tuple,
  union,
  value,
} from '../../src/state/index.ts'
import { isValue, junk, randomLayout, randomValue, textOf } from './random-layouts.ts'

const CASES = 300

function forRandomLayouts(check: (layout: AnyLayout, seed: number) => void): void {
  for (let seed = 0; seed < CASES; seed++) check(randomLayout(seeded(seed), seed % 4), seed)
}

const RM = id('rm', 3)
const MESSAGE = union({ prepared: { rm: RM }, vote: { from: RM, yes: bool() }, commit: {} })

describe('values of a layout', () => {
  it('are numbered from 0 without gaps', () => {
    let numbered = 0
    forRandomLayouts((layout, seed) => {
      if (layout.size > 1000) return
      numbered++
      const seen = new Set<string>()
      for (let code = 0; code < layout.size; code++) {
        const one: unknown = layout.decode(code)
        expect([seed, isValue(layout, one)]).toEqual([seed, true])
        expect([seed, layout.encode(one)]).toEqual([seed, code])
        expect(layout.decode(code)).toBe(one)
        seen.add(textOf(one))
      }
      const listed = JSON.stringify(layout).includes('"values":[{}')
      if (!listed) expect([seed, seen.size]).toEqual([seed, layout.size])
      expect(textOf(firstOf(layout))).toBe(textOf(layout.decode(0)))
    })
    expect(numbered).toBeGreaterThan(CASES / 4)
  })

  it('have the same number and JSON, whatever objects they are made of', () => {
    forRandomLayouts((layout, seed) => {
      const one = randomValue(seeded(seed + 1), layout)
      const other = fromJson<unknown>(layout, toJson(layout, one))
      expect([seed, textOf(other)]).toEqual([seed, textOf(one)])
      expect(JSON.stringify(toJson(layout, other))).toBe(JSON.stringify(toJson(layout, one)))
      if (layout.size <= Number.MAX_SAFE_INTEGER)
        expect([seed, layout.encode(other)]).toEqual([seed, layout.encode(one)])
    })
  })

  it('come back from JSON and from ITF', () => {
    forRandomLayouts((layout, seed) => {
      const one = randomValue(seeded(seed + 2), layout)
      const json = JSON.parse(JSON.stringify(toJson(layout, one))) as Json
      const itf = JSON.parse(JSON.stringify(toItf(layout, one))) as Json
      expect([seed, textOf(fromJson(layout, json))]).toEqual([seed, textOf(one)])
      expect([seed, textOf(fromItf(layout, itf))]).toEqual([seed, textOf(one)])
    })
  })

  it('are told from what is none', () => {
    const counts = { good: 0, bad: 0 }
    forRandomLayouts((layout, seed) => {
      const random = seeded(seed + 3)
      for (const one of [junk(random), junk(random), randomValue(random, layout)]) {
        const good = isValue(layout, one)
        counts[good ? 'good' : 'bad']++
        const told = [seed, textOf(one), good]
        const accepts = (ask: () => unknown) => {
          try {
            ask()
            return [seed, textOf(one), true]
          } catch (error) {
            if (!(error instanceof NotAValue)) throw error
            return [seed, textOf(one), false]
          }
        }
        expect(accepts(() => toJson(layout, one))).toEqual(told)
        if (layout.size <= Number.MAX_SAFE_INTEGER)
          expect(accepts(() => layout.encode(one))).toEqual(told)
      }
    })
    expect(Math.min(counts.good, counts.bad)).toBeGreaterThan(CASES / 2)
  })

  it.each<[string, AnyLayout, unknown, string]>([
    ['long', tuple(RM, RM), [0, 0, 0], 'is not a list of 2'],
    ['short', tuple(RM, RM), [0], 'is not a list of 2'],
    ['long', seqOf(RM, 2), [0, 0, 0], 'is not a sequence of at most 2'],
    ['many', bagOf(RM, 2), new Map([[0, 3]]), '3 is not a count from 0 to 2'],
    ['many', bagOf(tuple(RM), 2), new Map([0, 1].map((n) => [[0], n])), 'each key is there once'],
    ['many', mapOf(tuple(id('one', 1)), RM), new Map([0, 1].map(() => [[0], 0])), 'map'],
    ['few', mapOf(RM, RM), new Map([[0, 0]]), 'is not a map of 3 keys'],
  ])('are not too %s: %o', (_, layout, one, told) => {
    expect(() => layout.encode(one)).toThrow(told)
    expect(() => toJson(layout, one)).toThrow(NotAValue)
  })

  it('cannot be changed once they were given out', () => {
    forRandomLayouts((layout, seed) => {
      const one = fromJson<unknown>(layout, toJson(layout, randomValue(seeded(seed), layout)))
      const all: unknown[] = layout.size < 1e15 ? [one, layout.decode(0)] : [one]
      for (const given of all) {
        if (JSON.stringify(layout).includes('"values":[{}')) continue
        if (typeof given === 'object') expect([seed, Object.isFrozen(given)]).toEqual([seed, true])
        if (given instanceof Set) expect(() => given.add(1)).toThrow('never changed')
        if (given instanceof Map) expect(() => given.set(1, 1)).toThrow('never changed')
      }
    })
  })
})

describe('JSON of values', () => {
  it('is plain', () => {
    expect(toJson(setOf(RM), new Set([2, 0]))).toEqual([0, 2])
    expect(toJson(MESSAGE, { type: 'prepared', rm: 2 })).toEqual({ type: 'prepared', rm: 2 })
    expect(toJson(bagOf(MESSAGE, 2), new Map([[{ type: 'commit' } as const, 2]]))).toEqual([
      [{ type: 'commit' }, 2],
    ])
    expect(toJson(option(RM), null)).toBe(null)
  })

  it('is refused with the place that is wrong', () => {
    const layout = record({ log: seqOf(tuple(RM, bool()), 4), next: option(RM) })
    const read = (json: Json) => () => fromJson(layout, json)
    expect(
      read({
        log: [
          [0, true],
          [3, true],
        ],
        next: null,
      }),
    ).toThrow('.log[1][0]: 3 is not a number of a rm, 0 to 2')
    expect(read({ log: [] })).toThrow('.next: undefined is not an option')
    expect(read([])).toThrow('[] is not a record of log, next')
    expect(() => fromJson(setOf(RM), [1, 1])).toThrow('there twice')
    expect(() => fromJson(seqOf(RM, 2), [0, 0, 0])).toThrow('is not a sequence of at most 2')
    expect(() => fromJson(MESSAGE, { type: 'abort' })).toThrow(
      'is not a union of the types prepared',
    )
    expect(() => fromJson(mapOf(RM, bool()), [[0, true]])).toThrow('is not a map of 3 keys')
  })

  it('tells equal values of nothing known by their content alone', () => {
    expect(toJson(value(), { b: 1, a: 2 })).toEqual({ a: 2, b: 1 })
    expect(Object.keys(toJson(value<object>(), { b: 1, a: 2 }) as object)).toEqual(['a', 'b'])
    expect(() => toJson(value(), { a: undefined })).toThrow(
      '.a: undefined is not something that JSON',
    )
    expect(() => toJson(value(), [new Set()])).toThrow('Set(0) {} is not something that JSON')
  })
})

describe('ITF of values', () => {
  it('marks sets, maps, tuples and numbers, and names identities', () => {
    expect(toItf(setOf(RM), new Set([2, 0]))).toEqual({ '#set': ['rm0', 'rm2'] })
    expect(toItf(tuple(int(0, 9), bool()), [7, true])).toEqual({
      '#tup': [{ '#bigint': '7' }, true],
    })
    expect(toItf(mapOf(RM, bool()), new Map([0, 1, 2].map((r) => [r, r > 1])))).toEqual({
      '#map': [
        ['rm0', false],
        ['rm1', false],
        ['rm2', true],
      ],
    })
    expect(toItf(MESSAGE, { type: 'prepared', rm: 1 })).toEqual({
      tag: 'prepared',
      value: { rm: 'rm1' },
    })
    expect(toItf(option(RM), null)).toEqual({ tag: 'None', value: { '#tup': [] } })
  })

  it('is read with plain numbers too', () => {
    expect(fromItf(tuple(int(0, 9), RM), { '#tup': [7, 2] })).toEqual([7, 2])
  })
})

describe('a value on one line', () => {
  it('is written as papers write it', () => {
    expect(format(RM, 1)).toBe('rm1')
    expect(format(setOf(RM), new Set([2, 0]))).toBe('{rm0, rm2}')
    expect(format(MESSAGE, { type: 'prepared', rm: 0 })).toBe('prepared(rm0)')
    expect(format(MESSAGE, { type: 'vote', from: 2, yes: true })).toBe('vote(from: rm2, yes: true)')
    expect(format(MESSAGE, { type: 'commit' })).toBe('commit')
    expect(format(seqOf(tuple(RM, int(0, 3)), 2), [[1, 3]])).toBe('[(rm1, 3)]')
    expect(
      format(
        bagOf(RM, 2),
        new Map([
          [1, 2],
          [0, 1],
        ]),
      ),
    ).toBe('{rm0, rm1 x2}')
    expect(
      format(packed(record({ to: option(RM), at: oneOf('a b', 'c') })), { to: null, at: 'a b' }),
    ).toBe('{to: null, at: "a b"}')
    expect(format(value<unknown>(), { x: [1, 'y'] })).toBe('{x: [1, y]}')
    expect(
      format(
        mapOf(RM, oneOf(1, 2)),
        new Map<number, 1 | 2>([
          [2, 2],
          [0, 2],
          [1, 2],
        ]),
      ),
    ).toBe('{rm0: 2, rm1: 2, rm2: 2}')
  })

  it('stands beside its variable', () => {
    expect(formatState({ x: RM, y: bool() }, { x: 1, y: true })).toBe('x: rm1\ny: true')
  })
})

describe('identities', () => {
  it('change places wherever they occur, and back', () => {
    forRandomLayouts((layout, seed) => {
      const sizes = [...JSON.stringify(layout).matchAll(/"name":"node","count":(\d+)/g)]
      const count = Math.min(...sizes.map(([, digits]) => Number(digits)))
      if (sizes.length === 0) return
      // Kinds of one name are of one size in a spec; here only those that all have change places.
      const there = [1 % count, 0, 2, 3, 4].slice(0, Math.min(2, count)).concat([2, 3, 4])
      const permutation = count === 1 ? [0, 1, 2, 3, 4] : there
      const one = randomValue(seeded(seed), layout)
      const other = permute<unknown>(layout, one, 'node', permutation)
      expect([seed, isValue(layout, other)]).toEqual([seed, true])
      expect([seed, textOf(permute(layout, other, 'node', permutation))]).toEqual([
        seed,
        textOf(one),
      ])
      expect(textOf(permute(layout, one, 'other', permutation))).toBe(textOf(one))
    })
  })

  it('are those of their kind only', () => {
    const layout = record({ votes: mapOf(RM, setOf(id('other', 3))), to: option(RM) })
    const votes = new Map([0, 1, 2].map((r) => [r, new Set([r])]))
    expect(permute(layout, { votes, to: 0 }, 'rm', [2, 0, 1])).toEqual({
      votes: new Map([
        [2, new Set([0])],
        [0, new Set([1])],
        [1, new Set([2])],
      ]),
      to: 2,
    })
  })
})

describe('arbitraries', () => {
  it('make values of the layout', () => {
    for (let seed = 0; seed < 150; seed++) {
      const layout = randomLayout(seeded(seed), 2)
      fc.assert(
        fc.property(arbitrary(fastCheck, layout), (one) => isValue(layout, one)),
        { numRuns: 8, seed },
      )
    }
  })

  it('reach every value of a small layout', () => {
    const layout = setOf(option(RM))
    const seen = fc.sample(arbitrary(fastCheck, layout), { numRuns: 400, seed: 1 })
    expect(new Set(seen.map((one) => layout.encode(one))).size).toBe(16)
  })
})

describe('a layout', () => {
  it('is refused when it makes no sense', () => {
    expect(() => int(3, 2)).toThrow('int(3, 2): give two whole numbers, the lower one first')
    expect(() => int(0, 2 ** 40)).toThrow('narrow the range')
    expect(() => id('rm', 0)).toThrow("id('rm', 0): give a number of at least 1")
    expect(() => oneOf()).toThrow('at least one value')
    expect(() => oneOf(1, 1)).toThrow('listed twice')
    expect(() => option(option(bool()))).toThrow('null is among the values already')
    expect(() => union({ a: { type: bool() } })).toThrow("the field 'type' of 'a'")
    expect(() => seqOf(bool(), -1)).toThrow('at least 0')
    expect(() => bagOf(bool(), 0)).toThrow('at least 1')
  })
})
