import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventJsonSchema, historyEvent, isEvent, whyNoEvent } from '../../src/history/event.ts'
import { eventCases, GOOD_EVENT, parsed } from './event-cases.ts'

const PLAIN =
  'it has to be plain JSON: no number beyond 2^53 (write it as a string), ' +
  "no key '__proto__', at most 100 levels"

describe('an event', () => {
  it('is accepted by the fast check exactly if the schema accepts it', () => {
    let good = 0
    let bad = 0
    fc.assert(
      fc.property(eventCases, (event) => {
        const accepted = historyEvent.safeParse(event).success
        expect(isEvent(event)).toBe(accepted)
        if (accepted) good++
        else bad++
      }),
      { seed: 1, numRuns: 2500 },
    )
    expect(Math.min(good, bad)).toBeGreaterThan(500)
    for (const value of [null, 1, 'x', true, [], [GOOD_EVENT]]) {
      expect(isEvent(value)).toBe(false)
      expect(historyEvent.safeParse(value).success).toBe(false)
    }
  })

  it('may hold values and keys that nest a hundred levels, and no more', () => {
    const nest = (levels: number) => parsed('['.repeat(levels) + ']'.repeat(levels))
    for (const name of ['key', 'value']) {
      expect(isEvent({ ...GOOD_EVENT, [name]: nest(100) })).toBe(true)
      expect(isEvent({ ...GOOD_EVENT, [name]: nest(101) })).toBe(false)
    }
  })

  it('keeps fields that it does not know', () => {
    expect(historyEvent.parse({ ...GOOD_EVENT, node: 'n1', rev: 7 })).toEqual({
      ...GOOD_EVENT,
      node: 'n1',
      rev: 7,
    })
  })

  it.each([
    [[], 'an event is an object, not a list'],
    [3, 'an event is an object, not 3'],
    [{}, "'process' is missing; it has to be a string or a whole number"],
    [
      { ...GOOD_EVENT, process: null },
      "'process' is null; it has to be a string or a whole number",
    ],
    [{ ...GOOD_EVENT, process: 1.5 }, "'process' is 1.5; it has to be a string or a whole number"],
    [
      { ...GOOD_EVENT, type: 'okay' },
      `'type' is "okay"; it has to be 'invoke', 'ok', 'fail' or 'info'`,
    ],
    [
      { ...GOOD_EVENT, f: ['r'] },
      "'f' is a list; it has to be a string, the name of the operation",
    ],
    [
      { ...GOOD_EVENT, time: -1 },
      "'time' is -1; it has to be a number of nanoseconds, not negative",
    ],
    [
      { ...GOOD_EVENT, time: '1' },
      `'time' is "1"; it has to be a number of nanoseconds, not negative`,
    ],
    [{ ...GOOD_EVENT, index: 0.5 }, "'index' is 0.5; it has to be a whole number, not negative"],
    [{ ...GOOD_EVENT, value: 2 ** 60 }, `'value' is 1152921504606847000; ${PLAIN}`],
    [{ ...GOOD_EVENT, key: parsed('{"__proto__": 1}') }, `'key' is an object; ${PLAIN}`],
    [
      { ...GOOD_EVENT, f: undefined, process: 'x'.repeat(100), type: 'y'.repeat(100) },
      `'type' is "${'y'.repeat(59)}…; it has to be 'invoke', 'ok', 'fail' or 'info'`,
    ],
  ])('%j is refused with a reason', (event, reason) => {
    expect(isEvent(event)).toBe(false)
    expect(whyNoEvent(event)).toBe(reason)
  })

  it('has a JSON Schema for recorders in other languages', () => {
    expect(eventJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['process', 'type', 'f'],
      properties: { type: { enum: ['invoke', 'ok', 'fail', 'info'] }, value: {}, key: {} },
      additionalProperties: {},
    })
  })
})
