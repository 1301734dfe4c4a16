import { describe, expect, it } from 'vitest'
import { before, callText, who, counted, duration, did, shown } from '../../src/core/wording.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'

function operation(f: string, value: Json, result: Json | undefined): Operation {
  return {
    id: 0,
    process: 5,
    f,
    key: undefined,
    value,
    result,
    called: 0,
    returned: result === undefined ? Infinity : 1,
    calledAt: 0,
    returnedAt: 1000,
  }
}

describe('the wording of operations', () => {
  it('says what a client did in words', () => {
    expect(did(operation('read', null, 812))).toBe('client 5 read 812')
    expect(did(operation('write', 835, null))).toBe('client 5 wrote 835')
    expect(did(operation('cas', [1, 2], true))).toBe('client 5 changed 1 into 2')
    expect(did(operation('cas', [1, 2], false))).toBe('client 5 was refused to change 1 into 2')
    expect(did(operation('dequeue', null, null))).toBe('client 5 dequeued nothing')
    expect(did(operation('contains', 3, false))).toBe('client 5 did not find 3')
    expect(did(operation('acquire', null, null))).toBe('client 5 acquired')
  })

  it('has words for operations that it does not know', () => {
    expect(did(operation('spin', 3, 4))).toBe('client 5 called spin 3 and got 4')
    expect(did(operation('spin', 3, null))).toBe('client 5 called spin 3')
    expect(callText('read', null)).toBe('read')
  })

  it('says that there was no answer', () => {
    expect(did(operation('write', 1, undefined))).toBe('client 5 called write 1 without an answer')
  })

  it('names clients by number or name', () => {
    expect(who('n1\u001b[2J')).toBe('client n1\\u001b[2J')
  })
})

describe('the wording of values', () => {
  it('tells a number from a string', () => {
    expect(shown(1)).toBe('1')
    expect(shown('1')).toBe('"1"')
    expect(shown(undefined)).toBe('null')
  })

  it('cuts long values, never inside a character', () => {
    const long = shown('x'.repeat(1000))
    expect(long).toHaveLength(60)
    expect(long.endsWith('x…')).toBe(true)
    for (let before = 50; before < 62; before++) {
      const text = shown('x'.repeat(before) + '😀'.repeat(20))
      expect(text).not.toMatch(/\p{Surrogate}/u)
      expect(text).not.toContain('\\ud')
    }
  })

  it('lets nothing through that steers a terminal or hides', () => {
    const odd = '\u001b[31m\u0007\n\r\u009b\u202e\u200b\u2028\ufeff\ud800'
    expect(shown(odd)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u200b\u2028\ufeff]/)
    expect(shown('\u202e')).toBe('"\\u202e"')
    expect(who('\ud800')).toBe('client \\ud800')
    expect(shown('é ß 漢 😀')).toBe('"é ß 漢 😀"')
  })
})

describe('the wording of times', () => {
  it('uses the unit that a person would', () => {
    const texts = [0, 999, 1500, 120e6, 4.8e9, 999.999e6, 59.9e9, 60e9, 125e9, 3600e9, 3725e9]
    expect(texts.map(duration)).toEqual([
      '0 ns',
      '999 ns',
      '1.5 µs',
      '120 ms',
      '4.8 s',
      '1 s',
      '59.9 s',
      '1 min',
      '2 min 5 s',
      '1 h',
      '1 h 2 min',
    ])
  })

  it('says before without a figure where there are no times', () => {
    const earlier = { ...operation('write', 1, null), returnedAt: 2e9 }
    const later = { ...operation('read', null, 0), calledAt: 6.8e9 }
    expect(before(earlier, later)).toBe(' 4.8 s before')
    expect(before({ ...earlier, returnedAt: undefined }, later)).toBe(' before')
  })

  it('counts', () => {
    expect(counted(1, 'read')).toBe('1 read')
    expect(counted(12000, 'read')).toBe('12,000 reads')
  })
})
