import { describe, expect, it } from 'vitest'
import { durationText, grouped, lengthText, placeText, roundStep } from '../../src/report/time.ts'

describe('times in pictures', () => {
  it('says durations as people do', () => {
    const spans = [0, 80, 999, 1500, 350e3, 12e6, 999.6e6, 4.8156e9, 14.2e9, 119e9, 125e9, 7.3e12]
    expect(spans.map(durationText)).toEqual([
      '0 ns',
      '80 ns',
      '999 ns',
      '1.5 µs',
      '350 µs',
      '12 ms',
      '1 s',
      '4.8 s',
      '14.2 s',
      '119 s',
      '2 min 5 s',
      '2 h',
    ])
    expect(durationText(Infinity)).toBe('for ever')
  })

  it('says places just exactly enough to tell them apart', () => {
    expect(placeText(12_242_187_706, 'ns', 1e9)).toBe('12 s')
    expect(placeText(12_242_187_706, 'ns', 1e8)).toBe('12.2 s')
    expect(placeText(12_242_187_706, 'ns', 5e7)).toBe('12.24 s')
    expect(placeText(12_242_187_706, 'ns', 1)).toBe('12.242187706 s')
    expect(placeText(1204, 'events', 1)).toBe('event 1,204')
    expect(placeText(Infinity, 'ns', 1)).toBe('never')
  })

  it('counts events', () => {
    expect(lengthText(1, 'events')).toBe('1 event')
    expect(lengthText(12_345, 'events')).toBe('12,345 events')
    expect(lengthText(4.8e9, 'ns')).toBe('4.8 s')
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567'])
  })

  it('knows round steps', () => {
    expect([1, 2, 3, 5, 6, 11, 99, 101].map(roundStep)).toEqual([1, 2, 5, 5, 10, 20, 100, 200])
  })
})
